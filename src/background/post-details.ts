/** What an open page does not know about a post: its category, its tags, and its opening if a page showed it. */
import { decodeLearned } from '../catalogue/discovered/discovered.ts';
import { decodeShard, shardOf } from '../catalogue/discovered/openings.ts';
import type { Details } from '../catalogue/packing.ts';
import type { PostDetails } from '../app/messages.ts';
import { load, openingKey } from '../platform/storage.ts';
import { bundled, once } from './bundled.ts';

const detailsOf = once(async () => {
  const { catalogue, details } = await bundled();
  return new Map([...catalogue.posts.keys()].map((id, at) => [id, details[at]]));
});

/** Never rejects: if the package or the storage cannot be read, the answer is what the other has. */
export async function postDetails({ id }: { id: number }): Promise<PostDetails> {
  const known = await bundledDetails(id);
  const shard = shardOf(id);
  const key = openingKey(shard);
  try {
    // Discovered posts are long: they are read only for a post that is not bundled.
    const stored = await load(known ? [key] : [key, 'learned']);
    const opening = decodeShard(stored[key], shard).get(id) ?? null;
    return { ...(known ?? learnedOf(stored['learned'], id)), opening };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return known ?? NOTHING;
  }
}

async function bundledDetails(id: number): Promise<Details | undefined> {
  try {
    return (await detailsOf()).get(id);
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return undefined;
  }
}

const NOTHING: Details = { category: '', tags: [] };

function learnedOf(stored: unknown, id: number): Details {
  const { category = '', tags = [] } = decodeLearned(stored).learned.get(id) ?? {};
  return { category, tags };
}
