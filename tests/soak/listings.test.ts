/**
 * The text of three real listing pages. It is the author's and not in the repository, so this test is
 * part of `npm run soak` only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import { SIGNATURES } from '../../scripts/signatures.ts';
import { findItemsInText } from '../../src/site/listing-text.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { recogniseText } from '../../scripts/posts-on.ts';
import { recognise } from '../../src/catalogue/recognise.ts';
import { TextIndex } from '../../src/catalogue/text-match/text-index.ts';

const LISTINGS = new URL('../../../shared/listings/', import.meta.url);
const isThere = existsSync(LISTINGS);
if (!isThere) console.warn(`SKIPPED: no real listing pages at ${LISTINGS.pathname}`);

/** The ids of the posts on each page, from top to bottom. */
const EXPECTED = {
  'listing-a.txt': [9698, 9736, 9731, 9752, 9859, 9783, 9787, 9797],
  'listing-b.txt': [9752, 9862, 9768, 9844, 9826, 9920, 9948, 10007],
  'listing-c.txt': [10347, 10249, 10091, 10017, 9862, 9787, 9783, 9762],
};

describe.skipIf(!isThere)('text of real listing pages', () => {
  const catalogue = new Catalogue(catalogueOf(readSource()));

  it.each(Object.entries(EXPECTED))('recognises all 8 posts of %s', (name, ids) => {
    const text = readFileSync(new URL(name, LISTINGS), 'utf8');
    const found = findItemsInText(text).map((item) =>
      recognise({ ...item, link: undefined }, catalogue),
    );
    expect(found.map((each) => each?.id)).toEqual(ids);
    expect(found.every((each) => each?.by === 'title' && each.score === 1)).toBe(true);
  });

  const index = TextIndex.decode(readFileSync(SIGNATURES));

  it.each(Object.entries(EXPECTED))(
    'recognises all 8 posts of %s without titles and bylines',
    (name, ids) => {
      const text = readFileSync(new URL(name, LISTINGS), 'utf8');
      const found = findItemsInText(text).map((item) => recogniseText(item.text, index, catalogue));
      expect(found.map((each) => each?.id)).toEqual(
        ids.map((id) => (index.ids.includes(id) ? id : undefined)),
      );
      expect(found.filter((each) => each?.by === 'text').length).toBeGreaterThanOrEqual(7);
    },
  );
});
