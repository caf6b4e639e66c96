/** What blog/listing.ts reads of a page, for a test to run in that page. */
import { findTitles, readExcerpt } from '../../src/blog/listing.ts';

export function readPage() {
  return findTitles(document).map((heading) => {
    const { title, date, link, text } = readExcerpt(heading);
    return { title, date, link, text: text.replaceAll(/\s+/g, '') };
  });
}
