/** What an open page does not know about a post: its categories, its tags, and its opening if a page showed it. */
import { decodeDiscovered } from '../catalogue/discovered/codec.ts';
import { type Details, NO_DETAILS } from '../catalogue/post.ts';
import type { PostDetails } from '../app/messages.ts';
import { load } from '../platform/storage.ts';
import { bundledSearch } from './bundled.ts';
import type { Memory } from './memory.ts';

/** Never rejects: what cannot be read of the package, the storage or the memory is left out. */
export async function postDetails(
  { id }: { id: number },
  memory: Pick<Memory, 'opening'>,
): Promise<PostDetails> {
  const [details, opening] = await Promise.all([detailsOf(id), memory.opening(id)]);
  return opening === undefined ? details : { ...details, opening };
}

/** A post that is not bundled may be a discovered one. */
async function detailsOf(id: number): Promise<Details> {
  try {
    const bundled = (await bundledSearch()).details.get(id);
    if (bundled) return bundled;
  } catch (error) {
    console.warn('[科学空间伴读]', error);
  }
  return discoveredDetails(id);
}

async function discoveredDetails(id: number): Promise<Details> {
  try {
    const { discovered } = decodeDiscovered((await load(['learned'])).learned);
    const { categories, tags } = { ...NO_DETAILS, ...discovered.get(id) };
    return { categories, tags };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return NO_DETAILS;
  }
}
