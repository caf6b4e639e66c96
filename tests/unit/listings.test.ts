/**
 * The text of listing pages in the forms that copying gives it, with real titles and dates, and
 * invented excerpts.
 */
import { describe, expect, it } from 'vitest';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { recogniseText } from '../../scripts/posts-on.ts';
import { recognise } from '../../src/catalogue/recognise.ts';
import { computeSignatures } from '../../scripts/compute-signatures.ts';
import { TextIndex } from '../../src/catalogue/text-match/text-index.ts';
import { findItemsInText } from '../../src/site/listing-text.ts';
import { readTexts } from '../fixtures/texts.ts';

const IDS = [9698, 9736, 9731, 9752, 9859, 9783, 9787, 10347];

interface Item {
  title: string;
  /** YYYY-MM-DD */
  date: string;
  excerpt: string;
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const dayAndMonth = (date: string) =>
  `${Number(date.slice(8))} ${MONTHS[Number(date.slice(5, 7)) - 1]}`;
const halfWidth = (text: string) =>
  text.replaceAll('：', ':').replaceAll('，', ',').replaceAll('（', '(').replaceAll('）', ')');
const byline = (date: string) => `By 某人 | ${date} | 31098位读者 | 引用`;

const FORMS: Record<string, (item: Item) => string> = {
  'day and month before each title, half-width punctuation': ({ title, date, excerpt }) =>
    `${dayAndMonth(date)}\n\n${halfWidth(title)}\n\n${halfWidth(excerpt)}\n\n点击阅读全文...\n`,
  'a byline after each title': ({ title, date, excerpt }) =>
    `${title}\n${byline(date)}\n\n${excerpt}\n\n点击阅读全文...\n`,
  'a byline that runs together with the text': ({ title, date, excerpt }) =>
    `${title}\n${byline(date)}${excerpt}\n`,
};

describe.each(Object.entries(FORMS))('text of a listing page with %s', (_, form) => {
  const catalogue = new Catalogue(catalogueOf(readSource()));
  const openings = readTexts()
    .slice(0, IDS.length)
    .map((text, at) => ({ id: IDS[at] ?? 0, text }));
  const items = openings.map(({ id, text }): Item => {
    const { title, date } = catalogue.post(id) ?? { title: '', date: '' };
    return { title, date, excerpt: text.split('\n\n').slice(0, 2).join('\n\n') };
  });
  const found = findItemsInText(items.map(form).join('\n'));

  it('recognises every post by its title', () => {
    const posts = found.map((item) => recognise({ ...item, link: undefined }, catalogue));
    expect(posts.map((post) => post?.id)).toEqual(IDS);
    expect(posts.every((post) => post?.by === 'title' && post.score === 1)).toBe(true);
  });

  it('recognises every post by its text alone', () => {
    const titles = readSource().posts.map(({ title }) => title);
    const index = new TextIndex(computeSignatures(openings, titles, 'the texts of the tests'));
    const posts = found.map(({ text }) => recogniseText(text, index, catalogue));
    expect(posts.map((post) => post?.id)).toEqual(IDS);
    expect(posts.every((post) => post?.by === 'text')).toBe(true);
  });
});
