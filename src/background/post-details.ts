/** What a page of the blog does not carry of a post: category, tags, and the opening if it was met. */
import { isPostId } from '../site/address.ts';
import { decodeLearned } from '../catalogue/discovered/discovered.ts';
import { decodeShard, shardOf } from '../catalogue/discovered/openings.ts';
import type { Details } from '../catalogue/packing.ts';
import type { About, Particulars } from '../app/messages.ts';
import { load, openingKey } from '../platform/storage.ts';
import { bundled, whenAsked } from './bundled.ts';

const detailsOf = whenAsked(async () => {
  const { catalogue, details } = await bundled();
  return new Map([...catalogue.posts.keys()].map((id, at) => [id, details[at]]));
});

/** A message as the question which post this is about, or undefined. */
export function readAbout(message: unknown): About | undefined {
  const { type, id } = (message ?? {}) as Record<string, unknown>;
  return type === 'about' && isPostId(id) ? { type, id } : undefined;
}

/** The answer; where package or storage cannot be read, what the other says. Never rejects. */
export async function answerAbout({ id }: About): Promise<Particulars> {
  const known = await bundledDetails(id);
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
