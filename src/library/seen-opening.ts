/** The opening of a post, if a page showed it to the companion; its formulas are typeset. */
import { decodeShard, shardOf, textsOf } from '../catalogue/discovered/openings.ts';
import { typeset } from '../maths/typeset.ts';
import { load, openingKey } from '../platform/storage.ts';
import { h } from '../ui/h.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';

/** undefined where none was met, or where it cannot be read. Never rejects. */
export async function metOpening(id: number): Promise<HTMLElement | undefined> {
  const shard = shardOf(id);
  const key = openingKey(shard);
  const stored = await load([key]).catch(() => undefined);
  const opening = stored && decodeShard(stored[key], shard).get(id);
  return (
    opening && h('p', { class: 'opening', lang: BLOG_LANGUAGE }, ...typeset(textsOf(opening)).nodes)
  );
}
