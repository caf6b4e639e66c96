/** Openings of posts that a page of the blog showed to the companion. */
import { decodeShard, textsOf, openingShardOf } from '../catalogue/discovered/openings.ts';
import { typeset } from '../maths/typeset.ts';
import { load, openingKey } from '../platform/storage.ts';
import { h } from '../ui/h.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';

/**
 * The opening of a post with its formulas typeset; undefined if no page showed it, or if it cannot be
 * read. Never rejects.
 */
export async function seenOpening(id: number): Promise<HTMLElement | undefined> {
  const shard = openingShardOf(id);
  const key = openingKey(shard);
  const stored = await load([key]).catch(() => undefined);
  const opening = stored && decodeShard(stored[key], shard).get(id);
  return (
    opening && h('p', { class: 'opening', lang: BLOG_LANGUAGE }, ...typeset(textsOf(opening)).nodes)
  );
}
