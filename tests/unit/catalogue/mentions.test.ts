import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { mentionsIn } from '../../../src/catalogue/mentions.ts';
import { post, realCatalogue } from '../support.ts';

const catalogue = new Catalogue({
  posts: [
    post(1, { title: 'Transformer升级之路：1、占位' }),
    post(2, { title: '《方程与占位》：第二篇(二)' }),
    post(3, { title: '两篇同名的文章' }),
    post(4, { title: '两篇同名的文章' }),
    post(5, { title: '我害怕' }),
    post(6, { title: '方程与占位的总结' }),
  ],
  series: [],
});

/** The mentions in a text as `id text`. */
const named = (text: string) =>
  mentionsIn(text, catalogue).map(({ id, start, end }) => `${id} ${text.slice(start, end)}`);

describe('a post is named', () => {
  it.each([
    ['见《Transformer升级之路：1、占位》。', ['1 《Transformer升级之路：1、占位》']],
    ['见《 transformer升级之路:1、占位 》', ['1 《 transformer升级之路:1、占位 》']],
    [
      '《方程与占位的总结》和《Transformer升级之路：1、占位》',
      ['6 《方程与占位的总结》', '1 《Transformer升级之路：1、占位》'],
    ],
    // Brackets in a title.
    ['《《方程与占位》：第二篇(二)》', ['2 《《方程与占位》：第二篇(二)》']],
    // Brackets around other text.
    ['《又见《方程与占位的总结》一书》', ['6 《方程与占位的总结》']],
    // The first bracket is never closed.
    ['《没有关上，《方程与占位的总结》', ['6 《方程与占位的总结》']],
  ])('in %s', (text, wanted) => {
    expect(named(text)).toEqual(wanted);
  });
});

describe('no post is named', () => {
  it.each([
    '《Attention Is All You Need》',
    '《Transformer升级之路》',
    'Transformer升级之路：1、占位',
    '《两篇同名的文章》',
    '《我害怕》',
    '《》',
    '《',
    '》',
    '》《',
    '',
    `《${'占'.repeat(400)}》`,
  ])('in %s', (text) => {
    expect(named(text)).toEqual([]);
  });
});

it('takes the outer of two nested pairs with titles', () => {
  const nested = new Catalogue({
    posts: [post(1, { title: '里面的标题六字' }), post(2, { title: '外面《里面的标题六字》' })],
    series: [],
  });
  expect(mentionsIn('《外面《里面的标题六字》》', nested)).toEqual([{ id: 2, start: 0, end: 13 }]);
});

it('every title of the catalogue names its post, or nothing if it is short or shared', () => {
  const real = realCatalogue();
  for (const { id, title } of real.posts.values()) {
    const whole = mentionsIn(`《${title}》`, real).filter(({ start }) => start === 0);
    for (const mention of whole) expect(mention).toEqual({ start: 0, end: title.length + 2, id });
  }
});

it('ranges are ordered and disjoint, and begin and end with brackets, in any text', () => {
  const titles = [...catalogue.posts.values()].map(({ title }) => title);
  const text = fc
    .array(fc.oneof(fc.constantFrom('《', '》', ...titles), fc.string()))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, (all) => {
      let last = 0;
      for (const { start, end } of mentionsIn(all, catalogue)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(all[start]).toBe('《');
        expect(all[end - 1]).toBe('》');
        last = end;
      }
    }),
  );
});
