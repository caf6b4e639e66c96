/** Titles and names as nodes, in pieces: what a search found in them, and where a line may break. */
import { highlight } from '../catalogue/search/highlight.ts';
import type { SearchResults } from '../catalogue/search/search.ts';
import { breakTitle } from '../catalogue/title.ts';
import { type Child, h } from './h.ts';

/** A text in which what a search found is marked. */
export function foundNodes(text: string, found: SearchResults): (HTMLElement | string)[] {
  if (!found.query) return [text];
  return highlight(text, found).map((piece) =>
    piece.isHit ? h('mark', {}, piece.text) : piece.text,
  );
}

/** A title in large type; a line breaks after the name of its series rather than elsewhere. */
export function titlePieces(
  title: string,
  series: readonly { name: string }[],
  nodesOf: (piece: string) => readonly Child[] = (piece) => [piece],
): HTMLElement[] {
  const names = series.map(({ name }) => name);
  return breakTitle(title, names).map((piece) => h('span', { class: 'piece' }, ...nodesOf(piece)));
}
