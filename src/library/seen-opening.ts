/** Openings of posts that a page of the blog showed to the companion. */
import { textsOf } from '../catalogue/discovered/openings.ts';
import { query } from '../app/transport.ts';
import { typeset } from '../maths/typeset.ts';
import { h } from '../ui/h.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';

/**
 * The opening of a post with its formulas typeset; undefined if no page showed it, or if it cannot be
 * read. Never rejects.
 */
export async function seenOpening(id: number): Promise<HTMLElement | undefined> {
  const opening = (await query('postDetails', { id }))?.opening;
  if (!opening) return undefined;
  return h('p', { class: 'opening', lang: BLOG_LANGUAGE }, ...typeset(textsOf(opening)).nodes);
}
