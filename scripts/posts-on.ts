/** Which posts the extension recognises on a page, for scripts and tests. */
import { recognise } from '../src/catalogue/recognise.ts';
import type { Catalogue } from '../src/catalogue/catalogue.ts';
import { postIdOf } from '../src/site/address.ts';
import { findTitles, readExcerpt } from '../src/site/listing.ts';
import { postPage } from '../src/site/post-page.ts';

/** The ids in the order of the page: those of a listing, or the one of a post page. */
export function postsOn(page: Document, catalogue: Catalogue): number[] {
  const own = postIdOf(new URL(page.URL));
  if (own !== undefined) return postPage(page, own) ? [own] : [];
  return findTitles(page).flatMap((title) => recognise(readExcerpt(title), catalogue)?.id ?? []);
}
