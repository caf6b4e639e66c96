/** What every section of the popup is drawn from. */
import { postUrl } from '../blog/address.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { ReadingRecord } from '../reading/marks.ts';
import type { Settings } from '../platform/settings.ts';
import { h } from '../ui/dom.ts';
import type { PageWords } from '../ui/words/pages.ts';

export interface Desk {
  catalogue: Catalogue;
  record: ReadingRecord;
  settings: Settings;
  words: PageWords;
  /** Whether the record has arrived; before it no mark is known. */
  loaded: boolean;
  /** Keys of the lists that stand open. */
  open: ReadonlySet<string>;
}

/** The blog's titles and names are Chinese, whatever language our own words are in. */
export const BLOG_LANGUAGE = 'zh-CN';

/** A link to a post, in a tab of its own: the popup closes when the tab under it changes. */
export function postLink(
  desk: Desk,
  id: number,
  attributes: Record<string, string | undefined>,
  ...children: (Node | string)[]
): HTMLAnchorElement {
  return h(
    'a',
    {
      href: postUrl(id, desk.settings.host),
      target: '_blank',
      rel: 'noopener',
      lang: BLOG_LANGUAGE,
      ...attributes,
    },
    ...children,
  );
}

export function heading(text: string, aside?: string): HTMLElement {
  return h('div', { class: 'head' }, h('h2', {}, text), aside && h('span', {}, aside));
}
