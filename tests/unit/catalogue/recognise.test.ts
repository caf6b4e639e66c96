import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { recognise, type Sighting } from '../../../src/catalogue/recognise.ts';
import { recogniseText } from '../../../scripts/posts-on.ts';
import { computeSignatures } from '../../../scripts/compute-signatures.ts';
import { TextIndex } from '../../../src/catalogue/text-match/text-index.ts';
import { realCatalogue } from '../support.ts';
import { madeUpOpenings } from './texts.ts';

const catalogue = realCatalogue();
const see = (sighting: Partial<Sighting>) =>
  recognise({ link: undefined, title: '', date: undefined, ...sighting }, catalogue);

const TITLE = 'Transformer升级之路：12、无限外推的ReRoPE？'; // 9708
const SHARED = catalogue.post(681)?.title ?? ''; // also 1375

describe('with a link', () => {
  it('decides by the link, with any title and date', () => {
    for (const title of [TITLE, '全新的标题', '', SHARED])
      for (const date of ['1999-01-01', '2023-08-07', undefined])
        expect(see({ link: 8265, title, date })).toMatchObject({
          id: 8265,
          post: { id: 8265 },
          by: 'link',
          score: 1,
        });
  });

  it('recognises a post above the newest as new', () => {
    const link = catalogue.newestBundled.id + 1;
    expect(see({ link, title: TITLE })).toEqual({
      id: link,
      post: undefined,
      by: 'link',
      score: 1,
    });
  });

  it.each([1, 2, 3, 500, 9709])('does not recognise %i, which the index does not have', (link) => {
    expect(catalogue.post(link)).toBeUndefined();
    expect(see({ link, title: TITLE, date: '2023-08-07' })).toBeUndefined();
  });

  it('does not recognise a link to another page, even if title and date match', () => {
    expect(see({ link: 'elsewhere', title: TITLE, date: '2023-08-07' })).toBeUndefined();
  });
});

describe('without a link', () => {
  it('is certain of title and date together', () => {
    for (const date of ['2023-08-07', '08-07'])
      expect(see({ title: TITLE, date })).toMatchObject({ id: 9708, by: 'title', score: 1 });
  });

  it('is less certain of a unique title without a date', () => {
    const found = see({ title: TITLE });
    expect(found).toMatchObject({ id: 9708, by: 'title' });
    expect(found?.score).toBeLessThan(1);
  });

  it.each(['2023-08-08', '2022-08-07', '08-08', '07-08'])(
    'does not recognise a title with the wrong date %s',
    (date) => {
      expect(see({ title: TITLE, date })).toBeUndefined();
    },
  );

  it('recognises a shared title by its date only', () => {
    expect(see({ title: SHARED })).toBeUndefined();
    expect(see({ title: SHARED, date: '2010-06-16' })?.id).toBe(681);
    expect(see({ title: SHARED, date: '2011-06-06' })?.id).toBe(1375);
    expect(see({ title: SHARED, date: '06-06' })?.id).toBe(1375);
    expect(see({ title: SHARED, date: '2012-06-06' })).toBeUndefined();
  });

  it.each([
    ['full width', 'Ｔｒａｎｓｆｏｒｍｅｒ升级之路：１２、无限外推的ＲｅＲｏＰＥ？'],
    ['half width', 'Transformer升级之路:12、无限外推的ReRoPE?'],
    ['zero-width characters', 'Transformer\u200b升级之路：12、无限\ufeff外推的ReRoPE？'],
    ['spaces and the blog’s #', ' Transformer 升级之路： 12、无限外推的 ReRoPE？ #'],
  ])('recognises a title in %s', (_, title) => {
    expect(see({ title, date: '2023-08-07' })?.id).toBe(9708);
  });

  it.each([
    ['a Cyrillic а', 'Trаnsformer升级之路：12、无限外推的ReRoPE？'],
    ['one character less', 'Transformer升级之路：12、无限外推的ReRoPE'],
    ['the next part’s number', 'Transformer升级之路：13、无限外推的ReRoPE？'],
    ['only its beginning', 'Transformer升级之路'],
    ['nothing', ''],
    ['a name that every object has', 'constructor'],
  ])('does not recognise a title with %s', (_, title) => {
    expect(see({ title, date: '2023-08-07' })).toBeUndefined();
    expect(see({ title })).toBeUndefined();
  });

  it('recognises every post of the catalogue by title and date', () => {
    for (const { id, title, date } of catalogue.posts.values())
      expect(see({ title, date })?.id).toBe(id);
  });
});

it('never throws, and a recognised post has the link or the title of the excerpt', () => {
  const real = [...catalogue.posts.values()];
  const some = fc.constantFrom(...real);
  const sightings = fc.record({
    link: fc.oneof(
      fc.constantFrom(undefined, 'elsewhere' as const, Number.NaN, -1, 1e9),
      fc.integer(),
      some.map(({ id }) => id),
    ),
    title: fc.oneof(
      fc.string({ unit: 'binary' }),
      some.map(({ title }) => title),
    ),
    date: fc.oneof(
      fc.constant(undefined),
      fc.string(),
      some.map(({ date }) => date),
    ),
  });
  fc.assert(
    fc.property(sightings, (sighting) => {
      const found = recognise(sighting, catalogue);
      if (!found) return;
      if (found.by === 'link') expect(found.id).toBe(sighting.link);
      else expect(found.post?.title).toBe(sighting.title);
    }),
    { numRuns: 2_000 },
  );
});

describe('by the text', () => {
  const [{ text } = { text: '' }, other] = madeUpOpenings(2, 1);
  const index = new TextIndex(computeSignatures([{ id: 9708, text }], [], 'a test'));

  it('recognises a post, with the share that agrees', () => {
    const found = recogniseText(text, index, catalogue);
    expect(found).toMatchObject({ id: 9708, post: { id: 9708 }, by: 'text' });
    expect(found?.score).toBeGreaterThan(0.9);
  });

  it('does not recognise another text', () => {
    expect(recogniseText(other?.text ?? '', index, catalogue)).toBeUndefined();
    expect(recogniseText('', index, catalogue)).toBeUndefined();
  });
});
