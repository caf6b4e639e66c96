/**
 * A line under every post that the page shows. The empty line is inserted before its item is painted, so nothing
 * jumps; all lines are filled in together when the record has been read. A line is removed with its item. A line that
 * the page removes is put back, but only MOST_RETURNS times.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/category/Big-Data/2/ https://kexue.fm/search/RoPE/
 * https://kexue.fm/archives/9708
 */
import { findAll, insertAfter, isConnected, previousOf } from '../../site/dom.ts';
import { type Feature, type FeatureContext, ORPHANED } from '../feature.ts';
import type { PagePost } from '../page-items.ts';
import { Line } from './line.ts';
import { standClear } from './stand-clear.ts';

export const listingLines: Feature = {
  setting: 'listingLines',
  kinds: ['listing'],
  isEarly: true,
  init,
};

export const postLine: Feature = { setting: 'postLines', kinds: ['post'], isEarly: true, init };

/** The number of lines that are filled in at once. The blog's own listings have eight items. */
const FILLED_AT_ONCE = 40;
/** How often lines that the page removes are put back, on the whole page. */
const MOST_RETURNS = 24;

function init(context: FeatureContext, signal: AbortSignal): void {
  const lines = new Map<PagePost, Line>();
  const byHost = new Map<Element, Line>();
  /** The lines that are filled in. One further down a very long page is filled in when the reader comes near. */
  const near = new Set<Line>();

  const observer = new IntersectionObserver(
    (entries) => {
      const arrived = entries.flatMap(({ target, isIntersecting }) =>
        isIntersecting ? (byHost.get(target) ?? []) : [],
      );
      for (const line of arrived) {
        observer.unobserve(line.host);
        comeNear(line);
      }
      draw(arrived);
    },
    { rootMargin: '200% 0%' },
  );

  const rooms = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      rooms.unobserve(target);
      const line = byHost.get(target);
      if (line) standClear(line.host, line.post.anchor);
    }
  });

  const comeNear = (line: Line) => {
    near.add(line);
    rooms.observe(line.host);
  };

  const draw = (some: Iterable<Line>) => {
    if (context.live.isLoaded) for (const line of some) line.draw();
  };

  const add = (post: PagePost) => {
    const line = new Line(post, context, signal);
    lines.set(post, line);
    byHost.set(line.host, line);
    if (near.size < FILLED_AT_ONCE) comeNear(line);
    else observer.observe(line.host);
    return line;
  };

  const remove = (post: PagePost) => {
    const line = lines.get(post);
    if (!line) return;
    lines.delete(post);
    byHost.delete(line.host);
    near.delete(line);
    observer.unobserve(line.host);
    rooms.unobserve(line.host);
    line.remove();
  };

  let returns = 0;
  /** Puts back lines that the page has removed or moved although their items are still there. */
  const putBack = (removed: readonly Element[]) => {
    for (const host of removed.flatMap((root) => [root, ...findAll(root, 'div')])) {
      const anchor = byHost.get(host)?.post.anchor;
      if (!anchor || !isConnected(anchor) || previousOf(host) === anchor) continue;
      if (returns++ >= MOST_RETURNS) return;
      insertAfter(anchor, host);
      rooms.observe(host);
    }
  };

  context.posts.follow((found, gone) => {
    gone.forEach(remove);
    draw(found.map(add).filter((line) => near.has(line)));
  }, signal);
  context.changes.follow(({ removed }) => putBack(removed), signal);
  context.onChange(() => draw(near));
  signal.addEventListener('abort', () => {
    observer.disconnect();
    rooms.disconnect();
    if (signal.reason === ORPHANED) sayUpdated([...near], context.live.words.updated);
    else for (const host of byHost.keys()) host.remove();
  });
}

/** Removes the controls of all lines. The first line that can be seen shows the message. */
function sayUpdated(lines: readonly Line[], message: string): void {
  const speaker = lines.find(({ host }) => host.getBoundingClientRect().bottom > 0) ?? lines[0];
  for (const line of lines) line.close(line === speaker ? message : undefined);
}
