/** Adds facts to the discovered posts, and finds out which facts are new. */
import { compareText } from '../../record/clock.ts';
import { readingMinutes } from '../../record/reading-time.ts';
import type { Catalogue } from '../catalogue.ts';
import { normaliseTitle } from '../normalise.ts';
import { encodePost } from './codec.ts';
import { maxNewPosts, type NewestBundled, type PostFacts, soundFacts } from './facts.ts';
import { capped, type DiscoveredPost, type DiscoveredPosts } from './post.ts';

/** The share of the bundled posts on an archive page that must have their known titles. */
const MIN_AGREEMENT = 0.95;
const HAN = /\p{Script=Han}/u;

/** The values that decide how many new posts are accepted (maxNewPosts). */
export interface Bounds {
  newest: NewestBundled;
  /** YYYY-MM-DD */
  today: string;
}

/**
 * Returns the discovered posts with the facts of a page; the same map if all the facts are known. New
 * facts replace earlier ones. A new post is left out if the limit of new posts is reached.
 */
export function addFacts(
  discovered: DiscoveredPosts,
  added: readonly PostFacts[],
  { newest, today }: Bounds,
): DiscoveredPosts {
  const next = new Map(discovered);
  let room = roomForNewPosts(discovered, { newest, today });
  let isChanged = false;
  for (const facts of added) {
    const old = next.get(facts.id);
    if (!old && facts.id > newest.id && room-- <= 0) continue;
    const seen = old && !hasTitle(facts) ? old.seen : today;
    const post: DiscoveredPost = { ...old, ...facts, seen };
    if (old && encodePost(old) === encodePost(post)) continue;
    isChanged = true;
    next.delete(facts.id);
    next.set(facts.id, post);
  }
  return isChanged ? capped(next) : discovered;
}

/**
 * Merges the discovered posts of another browser into ours. If both know a post, the facts seen on the
 * later day win and the others fill the gaps; on the same day ours win. New posts are added up to the
 * limit.
 */
export function mergeFacts(
  ours: DiscoveredPosts,
  theirs: DiscoveredPosts,
  bounds: Bounds,
): DiscoveredPosts {
  const all = new Map(ours);
  let room = roomForNewPosts(ours, bounds);
  for (const their of theirs.values()) {
    const our = all.get(their.id);
    if (!our && their.id > bounds.newest.id && room-- <= 0) continue;
    const isLater = !our || their.seen > our.seen;
    all.set(their.id, isLater ? { ...our, ...their } : { ...their, ...our });
  }
  const byDay = [...all].sort(([, a], [, b]) => compareText(a.seen, b.seen));
  return capped(new Map(byDay));
}

/** Whether a title has no Chinese character though the known one has: it is a translation. */
export function isInOtherScript(title: string, known: string): boolean {
  return HAN.test(known) && !HAN.test(title);
}

function roomForNewPosts(known: DiscoveredPosts, { newest, today }: Bounds): number {
  const count = [...known.keys()].filter((id) => id > newest.id).length;
  return maxNewPosts(newest, today) - count;
}

/**
 * Returns the facts that the catalogue does not have yet. Returns undefined if there are none, for a new post
 * without a title, and for an id below the newest bundled one that the catalogue lacks, because no page shows
 * such a post.
 */
export function newFacts(
  facts: PostFacts,
  catalogue: Catalogue,
  discovered: DiscoveredPosts,
): PostFacts | undefined {
  const post = catalogue.post(facts.id);
  if (!post && (facts.id <= catalogue.newestBundled.id || !hasTitle(facts))) return undefined;
  const known = discovered.get(facts.id);
  // The bundled index has the title, categories and tags of each of its posts.
  const isDiscovered = !post || post.isNew === true;
  const isOther = (title: string | undefined) =>
    !post ||
    (normaliseTitle(post.title) !== normaliseTitle(title ?? '') &&
      !isInOtherScript(title ?? '', post.title));
  const isNew: { [Field in keyof PostFacts]?: boolean } = {
    // A list may cut or label a title, so it is used only until the post's own page has shown one.
    title: isDiscovered && known?.ownTitle === undefined && isOther(facts.title),
    ownTitle: isOther(facts.ownTitle),
    date: !post || (post.isNew === true && post.date !== facts.date),
    categories: isDiscovered && known?.categories?.join() !== facts.categories?.join(),
    tags: isDiscovered && (known?.tags ?? []).join() !== (facts.tags ?? []).join(),
    refs: !post?.refs,
    // A length that gives the same minutes tells a reader nothing new.
    length: !post || (facts.length && readingMinutes(facts.length)) !== post.minutes,
  };
  return soundFacts({
    id: facts.id,
    ...Object.fromEntries(
      Object.entries(facts).filter(([name]) => isNew[name as keyof PostFacts] === true),
    ),
  });
}

function hasTitle({ title, ownTitle }: PostFacts): boolean {
  return title !== undefined || ownTitle !== undefined;
}

/**
 * Whether an archive page is genuine: at least 95 % of the bundled posts that it lists have their known
 * titles. A page that is false, translated or of another blog fails.
 */
export function isTrueArchive(
  entries: readonly { id: number; title: string }[],
  catalogue: Catalogue,
): boolean {
  let known = 0;
  let same = 0;
  for (const { id, title } of entries) {
    const post = catalogue.post(id);
    if (!post || post.isNew) continue;
    known += 1;
    if (normaliseTitle(title) === normaliseTitle(post.title)) same += 1;
  }
  return known > 0 && same >= MIN_AGREEMENT * known;
}
