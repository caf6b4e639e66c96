/** Which posts the extension recognises on a page or by a text, for scripts and tests. */
import type { Catalogue } from '../src/catalogue/catalogue.ts';
import { recognise, titleLookup } from '../src/catalogue/recognise.ts';
import type { TextIndex } from '../src/catalogue/text-match/text-index.ts';
import { postIdOf } from '../src/site/address.ts';
import { foreignItems } from '../src/site/foreign-items.ts';
import { foreignPost } from '../src/site/foreign-post.ts';
import { isForeign } from '../src/site/foreign.ts';
import { findTitles, readExcerpt } from '../src/site/listing.ts';
import { postPage } from '../src/site/post-page.ts';

/** The ids in the order of the page: those of a listing, or the one of a post page. */
export function postsOn(page: Document, catalogue: Catalogue): number[] {
  const own = postIdOf(new URL(page.URL));
  const titled = titleLookup(catalogue);
  if (own !== undefined) {
    const shown = isForeign(page) ? foreignPost(page, own, titled) : undefined;
    return (shown ?? postPage(page, own)) ? [own] : [];
  }
  if (isForeign(page)) return foreignItems(page, titled).map(({ id }) => id);
  return findTitles(page).flatMap((title) => recognise(readExcerpt(title), catalogue)?.id ?? []);
}

/** The post that a text without a usable link or a known title is from. The score is the share that agrees. */
export function recogniseText(text: string, index: TextIndex, catalogue: Catalogue) {
  const found = index.recogniseText(text);
  return found && { ...found, post: catalogue.post(found.id), by: 'text' as const };
}
