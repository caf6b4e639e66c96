/**
 * 上次来时到这里: a horizontal rule on listing pages and in the archive, between the posts that are newer than the reader's
 * last stay on the blog and the others. record/stay.ts decides which are newer. The rule has no height, so it moves
 * nothing whenever it is inserted.
 *
 * In a private window nothing is shown and nothing is stored.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/content.html
 */
import { archiveEntries, archiveList } from '../site/archive.ts';
import { append, insertBefore, listen, nextOf } from '../site/dom.ts';
import { isForeign } from '../site/foreign.ts';
import { itemAround } from '../site/listing.ts';
import { write } from '../app/transport.ts';
import { isPrivate } from '../platform/browser.ts';
import { load } from '../platform/storage.ts';
import { lastSeen, withLook } from '../record/stay.ts';
import { h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { isVisible } from './reader-activity.ts';
import { createShadowHost } from './shadow-host.ts';
import css from './since-last.css?inline';
import { whenParsed } from './when-parsed.ts';

export const sinceLast: Feature = {
  setting: 'sinceLast',
  kinds: ['listing', 'post', 'archive'],
  init,
};

/** How often the rule is inserted: a page may remove it again and again. */
const MOST_MOVES = 24;
/** How often the items are looked at again because the page has removed something. Each look sorts them. */
const MOST_LOOKS = 200;

/** A post of the page. */
interface Item {
  id: number;
  /** Whether the rule is right before it. */
  followsRule: (host: HTMLElement) => boolean;
  /** Inserts the rule before it. */
  place: (host: HTMLElement) => void;
}

function init(context: FeatureContext, signal: AbortSignal): void {
  if (isPrivate()) return;
  const { host, root } = createShadowHost(css);
  const rule = h('div', {
    class: context.kind === 'archive' ? 'line since entry' : 'line since',
    role: 'separator',
  });
  root.append(rule);
  signal.addEventListener('abort', () => host.remove());

  const newest = () => [...context.catalogue().posts.keys()].at(-1) ?? 0;
  let known = newest();
  context.onChange(() => {
    patch(rule, [h('span', {}, context.live.words.upToHere)]);
    // A new post is known only after its first page has told the background, and the reader has seen it by then.
    const now = newest();
    if (now > known) context.attempt(look);
    known = now;
  });

  let moves = 0;
  let looks = 0;
  const draw = async () => {
    const last = lastSeen(await look(), Date.now(), newest());
    if (last === null || signal.aborted) return;
    const place = (items: readonly Item[]) => {
      const item = ruleBefore(items, last);
      if (!item) host.remove();
      else if (!item.followsRule(host) && moves++ < MOST_MOVES) item.place(host);
    };
    if (context.kind === 'archive') return place(archiveItems());
    const placeInList = () => place(listingItems(context));
    // Other extensions append the items of further pages.
    context.posts.follow(placeInList, signal);
    // A script may move the items, or the rule.
    context.changes.follow(({ removed }) => {
      if (removed.length > 0 && looks++ < MOST_LOOKS) placeInList();
    }, signal);
  };

  /**
   * Records that the reader looks at the page. Asks the background only if there is something to write.
   *
   * @returns the stay that was stored before, because this look may end it
   */
  const look = async () => {
    const { stay } = await load(['stay']);
    if (isVisible() && withLook(stay, Date.now(), newest())) void write('look', {});
    return stay;
  };

  whenParsed(() => context.attempt(draw), signal);
  listen(document, 'visibilitychange', () => context.attempt(look), { signal });
}

/** Returns the first post that is not newer than `last`, if all before it are newer and none after it is. */
export function ruleBefore<Post extends { id: number }>(
  items: readonly Post[],
  last: number,
): Post | undefined {
  const at = items.findIndex(({ id }) => id <= last);
  return at > 0 && items.slice(at).every(({ id }) => id <= last) ? items[at] : undefined;
}

/** In another theme the space between two items is not known. */
function listingItems({ posts }: FeatureContext): Item[] {
  if (isForeign(document)) return [];
  return posts.all.map(({ id, anchor }) => ({
    id,
    followsRule: (host) => nextOf(host) === itemAround(anchor),
    place: (host) => insertBefore(itemAround(anchor), host),
  }));
}

/** In the archive the rule is appended to the entry above, so that the entry's own text stays its first line. */
function archiveItems(): Item[] {
  const list = archiveList(document);
  const entries = list ? archiveEntries(list) : [];
  return entries.map(({ id }, at) => ({
    id,
    followsRule: () => false,
    place: (host) => {
      const above = entries[at - 1]?.item;
      if (above) append(above, host);
    },
  }));
}
