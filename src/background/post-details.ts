/** What an open page does not know about a post: its categories, its tags, and its opening if a page showed it. */
import { decodeDiscovered } from '../catalogue/discovered/codec.ts';
import { decodeShard, openingShardOf } from '../catalogue/discovered/openings.ts';
import { type Details, NO_DETAILS } from '../catalogue/post.ts';
import type { PostDetails } from '../app/messages.ts';
import { load, openingKey } from '../platform/storage.ts';
import { bundledSearch } from './bundled.ts';

/** Never rejects: if the package or the storage cannot be read, the answer is what the other has. */
export async function postDetails({ id }: { id: number }): Promise<PostDetails> {
  const known = await bundledDetails(id);
  const shard = openingShardOf(id);
  const key = openingKey(shard);
  try {
    // Discovered posts are long: they are read only for a post that is not bundled.
    const stored = await load(known ? [key] : [key, 'learned']);
    const opening = decodeShard(stored[key], shard).get(id) ?? null;
    return { ...(known ?? discoveredDetails(stored['learned'], id)), opening };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return known ?? NO_DETAILS;
  }
}

async function bundledDetails(id: number): Promise<Details | undefined> {
  try {
    return (await bundledSearch()).details.get(id);
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return undefined;
  }
}

function discoveredDetails(stored: unknown, id: number): Details {
  const { categories, tags } = { ...NO_DETAILS, ...decodeDiscovered(stored).discovered.get(id) };
  return { categories, tags };
}
