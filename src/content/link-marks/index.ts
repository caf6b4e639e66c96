/**
 * A small mark on every link to a post that is read, being read or kept for later. The link gets attributes only, and
 * one style sheet draws them. A link to an unread post is not changed.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html https://kexue.fm/
 */
import { displayName } from '../../catalogue/series-name.ts';
import { findAll, isConnected } from '../../site/dom.ts';
import { postLinksIn, type PostLink } from '../../site/links.ts';
import { markOf } from '../../record/marks.ts';
import { markText } from '../../ui/words/index.ts';
import coloursCss from '../colours.css?inline';
import type { Feature, FeatureContext } from '../feature.ts';
import css from './link-marks.css?inline';
import { addPageSheet, type PageSheet, removeLinkMarks } from '../page-sheet.ts';
import { whenParsed } from '../when-parsed.ts';

/** More than ten times the blog's posts. On a page with more links, only the first ones get marks. */
const MOST_LINKS = 20_000;

const ATTRIBUTES = ['data-kexue-mark', 'aria-description', 'title'] as const;
type Annotation = Partial<Record<(typeof ATTRIBUTES)[number], string>>;

interface MarkedLink {
  id: number;
  /** The attributes that we have set. One that the page has set itself is left out. */
  annotation: Annotation | undefined;
}

export const linkMarks: Feature = {
  setting: 'linkMarks',
  options: ['sidebarLinks'],
  kinds: ['listing', 'post', 'archive'],
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  const withSides = context.live.settings.sidebarLinks;
  const read = (roots: readonly (Document | Element)[]) =>
    postLinksIn(roots, withSides, context.foreignText());
  const links = new Map<HTMLAnchorElement, MarkedLink>();
  let sheet: PageSheet | undefined;

  const annotate = (anchors: Iterable<HTMLAnchorElement>) => {
    for (const anchor of anchors) {
      const link = links.get(anchor);
      if (!link) continue;
      const wanted = annotationOf(link.id, context);
      if (wanted) sheet ??= addPageSheet(coloursCss + css);
      change(anchor, link, wanted);
    }
  };

  const add = (found: PostLink[]) => {
    const fresh = found.filter(({ anchor }) => !links.has(anchor));
    for (const { anchor, id } of fresh.slice(0, MOST_LINKS - links.size))
      links.set(anchor, { id, annotation: undefined });
    annotate(fresh.map(({ anchor }) => anchor));
  };

  /** Examines known links again, and removes our attributes from those that are gone or no longer get a mark. */
  const review = (anchors: readonly HTMLAnchorElement[]) => {
    if (anchors.length === 0) return;
    const now = new Map(read(anchors.filter(isConnected)).map(({ anchor, id }) => [anchor, id]));
    for (const anchor of anchors) {
      const link = links.get(anchor);
      if (!link || now.get(anchor) === link.id) continue;
      change(anchor, link, undefined);
      links.delete(anchor);
    }
  };

  const linksIn = (root: Element) =>
    [root, ...findAll(root, 'a[href]')].filter((each): each is HTMLAnchorElement =>
      links.has(each as HTMLAnchorElement),
    );

  add(read([document]));
  whenParsed(() => {
    // Now it is known whether the page is in another theme, where only the article has marks.
    if (context.foreignText()) review([...links.keys()]);
    add(read([document]));
  }, signal);
  context.changes.follow(({ added, removed }) => {
    review(removed.flatMap(linksIn));
    // A copy of a link that we have marked has our attributes too.
    if (sheet) removeLinkMarks(added, (anchor) => links.has(anchor as HTMLAnchorElement));
    const found = links.size < MOST_LINKS ? read(added) : [];
    if (found.length > 0) add(found);
  }, signal);
  let mentioned: readonly HTMLAnchorElement[] = [];
  context.mentioned.follow((now) => {
    review(mentioned);
    add(read(now));
    mentioned = now;
  }, signal);
  context.onChange(() => annotate(links.keys()));

  signal.addEventListener('abort', () => {
    // If our sheet is gone, a newer script of ours has taken over the page and these attributes.
    if (!sheet?.remove()) return;
    for (const [anchor, link] of links) change(anchor, link, undefined);
  });
}

/** Returns the attributes for a link to a post; undefined if the post has no mark. */
function annotationOf(id: number, { live, catalogue }: FeatureContext): Annotation | undefined {
  const { record, words } = live;
  const mark = markOf(record, id);
  if (mark.kind === 'unread') return undefined;
  const [series] = catalogue().seriesOf(id);
  let said = markText(mark, words);
  if (series) {
    const part = words.part(series.posts.indexOf(id) + 1, series.posts.length).join('');
    said = words.linkMark(said, words.partIn(displayName(series.name), part));
  }
  return { 'data-kexue-mark': mark.kind, 'aria-description': said, title: said };
}

/** Writes only attributes that differ, and never overwrites one that the page has set. */
function change(anchor: HTMLAnchorElement, link: MarkedLink, wanted: Annotation | undefined): void {
  const old = link.annotation;
  if (!old && !wanted) return;
  const next: Annotation = {};
  for (const name of ATTRIBUTES) {
    const [there, before, now] = [anchor.getAttribute(name), old?.[name], wanted?.[name]];
    if (there !== null && there !== before) continue;
    if (now === undefined) anchor.removeAttribute(name);
    else if (there !== now) anchor.setAttribute(name, now);
    if (now !== undefined) next[name] = now;
  }
  link.annotation = wanted && next;
}
