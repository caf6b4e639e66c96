/** The addresses of the library: a fragment with the name of a view, and what the view is asked to show. */
import type { PlanOptions } from '../catalogue/plans/planner.ts';
import { encodeFilters, type Filters, NO_FILTERS } from '../catalogue/search/filters.ts';
import { GIVEN_MARKS, type GivenMark } from '../record/marks.ts';
import { isPostId } from '../site/address.ts';

export const VIEWS = ['map', 'plan', 'list', 'year', 'record', 'settings'] as const;
/** Has no tab: the background opens it when the companion is installed. */
const UNLISTED = ['welcome'] as const;
export type ViewName = (typeof VIEWS | typeof UNLISTED)[number];

/** The address of a view, a fragment such as `#list?mark=later`. */
export function viewAddress(name: ViewName, query = new URLSearchParams()): string {
  const text = query.toString();
  return text ? `#${name}?${text}` : `#${name}`;
}

/** The address of the list with these filters, and with these words in the search field. */
export function listAddress(filters: Partial<Filters>, typed = ''): string {
  const query = new URLSearchParams(encodeFilters({ ...NO_FILTERS, ...filters }));
  if (typed) query.set('q', typed);
  return viewAddress('list', query);
}

/** The address of the list of a series, in its own order. */
export function seriesAddress(name: string): string {
  return listAddress({ series: [name], sort: 'series', isDescending: false });
}

/** The address of the plan for a post; `#plan?goal=9708&reach=all&scope=own` with options. */
export function planAddress(goal: number, options?: PlanOptions): string {
  const query = new URLSearchParams({ goal: String(goal) });
  if (options) query.set('reach', options.reach);
  if (options?.sameCategory) query.set('scope', 'own');
  return viewAddress('plan', query);
}

/** The address at which the record view offers to import a packed list. */
export function importAddress(list: string): string {
  return viewAddress('record', new URLSearchParams({ list }));
}

/** The address at which the library marks a post. */
export function markAddress(post: number, mark: GivenMark): string {
  return viewAddress('record', new URLSearchParams({ post: String(post), mark }));
}

/** What markAddress asks for. */
export function askedMark(query: URLSearchParams): { post: number; mark: GivenMark } | undefined {
  const post = Number(query.get('post'));
  const mark = GIVEN_MARKS.find((each) => each === query.get('mark'));
  return mark && isPostId(post) ? { post, mark } : undefined;
}

/** The address at which the settings show what is new. */
export function newsAddress(): string {
  return viewAddress('settings', new URLSearchParams({ news: '' }));
}

/** The view and the query of a fragment; the first view if it names none. */
export function readAddress(hash: string): { name: ViewName; query: URLSearchParams } {
  const [name, query = ''] = hash.slice(1).split('?', 2);
  return {
    name: [...VIEWS, ...UNLISTED].find((each) => each === name) ?? VIEWS[0],
    query: new URLSearchParams(query),
  };
}
