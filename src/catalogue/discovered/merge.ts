/** Adding facts to what is known of posts, and telling which facts are new. */
import { readingMinutes } from '../../record/time.ts';
import type { Catalogue } from '../catalogue.ts';
import { normaliseTitle } from '../normalise.ts';
import { encodePost } from './codec.ts';
import { type PostFacts, soundFacts } from './facts.ts';
import { capped, type DiscoveredPost, type DiscoveredPosts } from './post.ts';

/**
 * What is known after a page said some facts on `today`, YYYY-MM-DD; the very same map if they are all
 * known. New facts replace earlier ones.
 */
export function addFacts(
  discovered: DiscoveredPosts,
  added: readonly PostFacts[],
  today: string,
): DiscoveredPosts {
  const next = new Map(discovered);
  let isChanged = false;
  for (const facts of added) {
    const old = next.get(facts.id);
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
 * What is known together with what another browser knew. Of one post the facts of the later day stand
 * and the others fill the gaps; on the same day ours stand.
 */
export function mergeFacts(ours: DiscoveredPosts, theirs: DiscoveredPosts): DiscoveredPosts {
  const all = new Map(ours);
  for (const their of theirs.values()) {
    const our = all.get(their.id);
    const isLater = !our || their.seen > our.seen;
    all.set(their.id, isLater ? { ...our, ...their } : { ...their, ...our });
  }
  const byDay = [...all].sort(([, a], [, b]) => (a.seen < b.seen ? -1 : a.seen > b.seen ? 1 : 0));
  return capped(new Map(byDay));
}

/**
 * The facts that are new to the catalogue; undefined if none is, for a new post without a title, and
 * for a gap in the bundled ids, which is no post that a page would show.
 */
export function newFacts(
  facts: PostFacts,
  catalogue: Catalogue,
  discovered: DiscoveredPosts,
): PostFacts | undefined {
  const post = catalogue.post(facts.id);
  if (!post && (facts.id <= catalogue.newestBundled.id || !hasTitle(facts))) return undefined;
  const known = discovered.get(facts.id);
  // The bundled index says these of its own posts.
  const isUnsaid = !post || post.isNew === true;
  const isOther = (title: string | undefined) =>
    !post || normaliseTitle(post.title) !== normaliseTitle(title ?? '');
  const isNew: { [Field in keyof PostFacts]?: boolean } = {
    // What a list shows may be cut or labelled: it names a post only until its own page does.
    title: isUnsaid && known?.ownTitle === undefined && isOther(facts.title),
    ownTitle: isOther(facts.ownTitle),
    date: !post || (post.isNew === true && post.date !== facts.date),
    categories: isUnsaid && known?.categories?.join() !== facts.categories?.join(),
    tags: isUnsaid && (known?.tags ?? []).join() !== (facts.tags ?? []).join(),
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
