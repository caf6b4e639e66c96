/**
 * A line under every title that is recognised: each excerpt of a listing page, the one post of a
 * post page. Items are recognised as they are parsed, and the empty line stands before the frame is
 * painted, so nothing jumps; the record fills all lines in one batch.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/category/Big-Data/2/ https://kexue.fm/search/RoPE/
 * https://kexue.fm/archives/9708
 */
import { postIdOf } from '../../site/address.ts';
import { findTitles, lineAnchor, readExcerpt, titlesIn } from '../../site/listing.ts';
import { postPage } from '../../site/post-page.ts';
import { recognise, type Sighting } from '../../catalogue/recognise.ts';
import type { Context } from '../context.ts';
import { insertLine, type Line } from './line.ts';
import { whenParsed } from '../when-parsed.ts';

/** The blog's own listings have eight items. */
const FILLED_AT_ONCE = 40;

export interface Lines {
  /** One line says `message`, the controls of all go. */
  retire(message: string): void;
}

export function init(context: Context, signal: AbortSignal): Lines {
  /** Items that were looked at, with their line where they got one. */
  const lines = new Map<Element, Line | undefined>();
  /** Titles whose byline is still to come. */
  let waiting = new Set<Element>();
  const ownId = context.kind === 'post' ? postIdOf(location) : undefined;

  /** The lines that are filled in; those of a very long page only when they come near. */
  const near = new Set<Line>();
  const far = new Map<Element, Line>();
  const nearing = new IntersectionObserver(
    (entries) => {
      const arrived = entries.flatMap(({ target, isIntersecting }) =>
        isIntersecting ? (far.get(target) ?? []) : [],
      );
      for (const line of arrived) {
        nearing.unobserve(line.host);
        far.delete(line.host);
        near.add(line);
      }
      draw(arrived);
    },
    { rootMargin: '200% 0%' },
  );

  const draw = (some: Iterable<Line>) => {
    if (context.live.loaded) for (const line of some) line.draw();
  };

  /** Until the settings are there, lines have their place, so that nothing jumps where they stay. */
  const isOff = () => {
    const { listingLines, postLines } = context.live.settings;
    return !(ownId === undefined ? listingLines : postLines);
  };

  /** Inserts the line of the post that was seen, if it is recognised. */
  const insert = (anchor: Element, seen: Sighting, title: string): Line | undefined => {
    const found = recognise(seen, context.catalogue);
    if (!found) return undefined;
    const line = insertLine(anchor, found.id, title, context, signal);
    line.host.hidden = isOff();
    context.shown.set(found.id, found.post?.title ?? title);
    return line;
  };

  const isParsed = () => document.readyState !== 'loading';

  /** Finds new items among these titles of a listing page. */
  const lookAtTitles = (titles: Iterable<Element>) => {
    const added: Line[] = [];
    for (const title of titles) {
      const excerpt = readExcerpt(title);
      if (lines.has(excerpt.element)) continue;
      const anchor = lineAnchor(title, isParsed());
      if (!anchor) {
        waiting.add(title);
        continue;
      }
      const line = insert(anchor, excerpt, excerpt.title);
      lines.set(excerpt.element, line);
      if (!line) continue;
      if (near.size < FILLED_AT_ONCE) {
        near.add(line);
        added.push(line);
      } else {
        far.set(line.host, line);
        nearing.observe(line.host);
      }
    }
    draw(added);
  };

  /** Looks for the one title of a post page, until it has its line. */
  const lookAtPost = (id: number) => {
    const { title } = context.own ? {} : (postPage(document, id) ?? {});
    const anchor = title && lineAnchor(title, isParsed());
    if (!anchor) return;
    const seen = { link: id, title: '', date: undefined };
    const line = insert(anchor, seen, readExcerpt(title).title);
    if (!line) return;
    context.own = line;
    lines.set(title, line);
    near.add(line);
    draw([line]);
  };

  const look = (titles: Iterable<Element>) => {
    if (ownId === undefined) lookAtTitles(titles);
    else lookAtPost(ownId);
  };

  const observer = new MutationObserver((records) => {
    const titles = waiting;
    waiting = new Set();
    for (const { addedNodes } of records)
      for (const node of addedNodes) for (const title of titlesIn(node)) titles.add(title);
    look(titles);
  });

  // While the page comes in, all of it is watched; then only the boxes that hold the items, so that
  // MathJax, which rewrites texts for seconds after, never wakes us.
  observer.observe(document, { childList: true, subtree: true });
  look(findTitles(document));
  whenParsed(() => {
    look(findTitles(document));
    observer.disconnect();
    const boxes = new Set([...lines.keys()].map((item) => item.parentElement));
    for (const box of boxes) if (box) observer.observe(box, { childList: true });
  }, signal);
  signal.addEventListener('abort', () => {
    observer.disconnect();
    nearing.disconnect();
  });

  context.live.subscribe(() => {
    for (const line of lines.values()) if (line) line.host.hidden = isOff();
    draw(near);
  });

  return {
    retire(message) {
      const all = [...near];
      const speaker = all.find(({ host }) => host.getBoundingClientRect().bottom > 0) ?? all[0];
      for (const line of all) line.retire(line === speaker ? message : undefined);
    },
  };
}
