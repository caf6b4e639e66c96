/** What a page of the blog does not carry of a post: category, tags, and the opening if it was met. */
import { isPostId } from '../blog/address.ts';
import { decodeLearned } from '../catalogue/learned.ts';
import { decodeShard, shardOf } from '../catalogue/opening.ts';
import packedDetails from '../catalogue/packed/details.ts';
import packedIds from '../catalogue/packed/ids.ts';
import { type Details, unpackDetails, unpackIds } from '../catalogue/packing.ts';
import type { About, Particulars } from '../platform/protocol.ts';
import { load, openingKey } from '../platform/storage.ts';

let index: { ids: number[]; details: Details[] } | undefined;

/** A message as the question which post this is about, or undefined. */
export function readAbout(message: unknown): About | undefined {
  const { type, id } = (message ?? {}) as Record<string, unknown>;
  return type === 'about' && isPostId(id) ? { type, id } : undefined;
}

/** The answer; where the storage cannot be read, what the index says. Never rejects. */
export async function answerAbout({ id }: About): Promise<Particulars> {
  index ??= { ids: unpackIds(packedIds), details: unpackDetails(packedDetails) };
  const known = index.details[index.ids.indexOf(id)];
  const shard = shardOf(id);
  const key = openingKey(shard);
  try {
    // What was learned is long: it is read only for a post that the index does not have.
    const stored = await load(known ? [key] : [key, 'learned']);
    const opening = decodeShard(stored[key], shard).get(id) ?? null;
    return { ...(known ?? learnedOf(stored['learned'], id)), opening };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return known ?? NOTHING;
  }
}

const NOTHING: Details = { category: '', tags: [] };

function learnedOf(stored: unknown, id: number): Details {
  const { category = '', tags = [] } = decodeLearned(stored).learned.get(id) ?? {};
  return { category, tags };
}
