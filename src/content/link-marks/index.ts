/**
 * A small mark on every link to a post that has one: read, reading, later. The link gets attributes
 * and nothing else, one style sheet draws them, and a link to an unread post is not touched at all.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html https://kexue.fm/
 */
import { displayName } from '../../catalogue/series-name.ts';
import { linkBoxes, linkReader, type PostLink } from '../../site/links.ts';
import { markOf } from '../../record/marks.ts';
import { markText } from '../../ui/words/index.ts';
import type { Context } from '../context.ts';
import coloursCss from '../colours.css?inline';
import css from './link-marks.css?inline';
import { addPageSheet, type PageSheet } from '../page-sheet.ts';
import { whenParsed } from '../when-parsed.ts';

/** Ten times the blog's posts. A page with more links has marks on the first of them. */
const MOST_LINKS = 20_000;

/** What a link wears, as far as it was not there before. */
interface Dress {
  mark: string;
  'aria-description'?: string;
  title?: string;
}
const ATTRIBUTES = {
  mark: 'data-kexue-mark',
  'aria-description': 'aria-description',
  title: 'title',
} as const satisfies Record<keyof Dress, string>;

interface Marks {
  readonly withSides: boolean;
  draw(): void;
  end(): void;
}

export function init(context: Context, signal: AbortSignal): void {
  let marks: Marks | undefined;
  context.live.subscribe(() => {
    const { linkMarks, sidebarLinks } = context.live.settings;
    if (!linkMarks || marks?.withSides !== sidebarLinks) {
      marks?.end();
      marks = undefined;
    }
    if (linkMarks) marks ??= begin(context, sidebarLinks, signal);
    marks?.draw();
  });
  signal.addEventListener('abort', () => marks?.end());
}

function begin(context: Context, withSides: boolean, signal: AbortSignal): Marks {
  const read = linkReader(document, withSides);
  /** The links that were found, and what each wears of ours. */
  const links = new Map<HTMLAnchorElement, { id: number; worn: Dress | undefined }>();
  let sheet: PageSheet | undefined;
  const ending = new AbortController();

  const dress = (found: Iterable<HTMLAnchorElement>) => {
    for (const anchor of found) {
      const link = links.get(anchor);
      if (!link) continue;
      const wanted = dressFor(link.id, context);
      if (wanted) sheet ??= addPageSheet(coloursCss + css);
      change(anchor, link, wanted);
    }
  };

  const take = (found: PostLink[]) => {
    const fresh = found.filter(({ anchor }) => !links.has(anchor));
    for (const { anchor, id } of fresh.slice(0, MOST_LINKS - links.size))
      links.set(anchor, { id, worn: undefined });
    dress(fresh.map(({ anchor }) => anchor));
  };

  const observer = new MutationObserver((records) => {
    const added = new Set(records.flatMap(({ addedNodes }) => [...addedNodes]));
    // A parser adds node by node: what stands in another that was added is read with that one.
    const found = [...added].flatMap((node) =>
      node instanceof Element && !(node.parentNode && added.has(node.parentNode)) ? read(node) : [],
    );
    if (found.length > 0) take(found);
  });
  // While the page comes in, all of it is watched; then only what holds such links.
  observer.observe(document, { childList: true, subtree: true });
  whenParsed(
    () => {
      observer.disconnect();
      take(read(document));
      for (const box of linkBoxes(document, withSides))
        observer.observe(box, { childList: true, subtree: true });
    },
    AbortSignal.any([signal, ending.signal]),
  );
  take(read(document));

  return {
    withSides,
    draw() {
      for (const anchor of links.keys()) if (!anchor.isConnected) links.delete(anchor);
      dress(links.keys());
    },
    end() {
      ending.abort();
      observer.disconnect();
      if (sheet && !sheet.remove()) return;
      for (const [anchor, link] of links) change(anchor, link, undefined);
    },
  };
}

/** What a link to a post wears; undefined where the post has no mark. */
function dressFor(id: number, { live, catalogue }: Context): Required<Dress> | undefined {
  const { record, words } = live;
  const mark = markOf(record, id);
  if (mark.kind === 'unread') return undefined;
  const [series] = catalogue.seriesOf(id);
  const said = markText(mark, words);
  if (!series) return { mark: mark.kind, 'aria-description': said, title: said };
  const part = words.part(series.posts.indexOf(id) + 1, series.posts.length).join('');
  const all = words.linkMark(said, words.partIn(displayName(series.name), part));
  return { mark: mark.kind, 'aria-description': all, title: all };
}

/** Writes only what differs, and never over what the page itself says of its link. */
function change(
  anchor: HTMLAnchorElement,
  link: { worn: Dress | undefined },
  wanted: Required<Dress> | undefined,
): void {
  const { worn } = link;
  if (!worn && !wanted) return;
  const next: Partial<Dress> = {};
  for (const key of Object.keys(ATTRIBUTES) as (keyof Dress)[]) {
    const [name, before, now] = [ATTRIBUTES[key], worn?.[key], wanted?.[key]];
    const there = anchor.getAttribute(name);
    if (there !== null && there !== before) continue;
    if (now === undefined) anchor.removeAttribute(name);
    else if (there !== now) anchor.setAttribute(name, now);
    if (now !== undefined) next[key] = now;
  }
  link.worn = wanted && { mark: wanted.mark, ...next };
}
