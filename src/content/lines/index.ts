/**
 * A line under every post that the page shows. The empty line is inserted before its item is painted, so
 * nothing jumps; all lines are filled in together when the record has been read.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/category/Big-Data/2/ https://kexue.fm/search/RoPE/
 * https://kexue.fm/archives/9708
 */
import { type Feature, type FeatureContext, ORPHANED } from '../feature.ts';
import type { PagePost } from '../page-posts.ts';
import { insertLine, type Line } from './line.ts';

export const listingLines: Feature = {
  setting: 'listingLines',
  kinds: ['listing'],
  isEarly: true,
  init,
};

export const postLine: Feature = { setting: 'postLines', kinds: ['post'], isEarly: true, init };

/** The blog's own listings have eight items. */
const FILLED_AT_ONCE = 40;

function init(context: FeatureContext, signal: AbortSignal): void {
  /** Lines that are filled in. */
  const near = new Set<Line>();
  /** Lines further down a very long page, by host; they are filled in when the reader comes near. */
  const far = new Map<Element, Line>();
  const observer = new IntersectionObserver(
    (entries) => {
      const arrived = entries.flatMap(({ target, isIntersecting }) =>
        isIntersecting ? (far.get(target) ?? []) : [],
      );
      for (const line of arrived) {
        observer.unobserve(line.host);
        far.delete(line.host);
        near.add(line);
      }
      draw(arrived);
    },
    { rootMargin: '200% 0%' },
  );

  const draw = (lines: Iterable<Line>) => {
    if (context.live.loaded) for (const line of lines) line.draw();
  };

  const add = (post: PagePost): Line[] => {
    const line = insertLine(post, context, signal);
    if (near.size < FILLED_AT_ONCE) {
      near.add(line);
      return [line];
    }
    far.set(line.host, line);
    observer.observe(line.host);
    return [];
  };

  context.posts.onFound((found) => draw(found.flatMap(add)), signal);
  context.onChange(() => draw(near));
  signal.addEventListener('abort', () => {
    observer.disconnect();
    if (signal.reason === ORPHANED) sayUpdated([...near], context.live.words.updated);
    else for (const { host } of [...near, ...far.values()]) host.remove();
  });
}

/** The controls of all lines go; the first line that can be seen says why. */
function sayUpdated(lines: readonly Line[], message: string): void {
  const speaker = lines.find(({ host }) => host.getBoundingClientRect().bottom > 0) ?? lines[0];
  for (const line of lines) line.close(line === speaker ? message : undefined);
}
