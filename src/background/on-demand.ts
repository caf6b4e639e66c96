/** The second script of the background, fetched when something in it is first asked for. */

/** Rejects where the package cannot be read. scripts/background.ts puts each browser's own way here. */
export const errands = () => import('./errands.ts');
