import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { listInFragment, listUrl, MAX_PACKED, pageKind } from '../../../src/site/address.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { type PostList, readList } from '../../../src/exchange/import/post-list.ts';
import { listAsText, listAsUrl, packList, unpackList } from '../../../src/exchange/share.ts';
import { post, realCatalogue, seeded } from '../support.ts';
import { catalogue } from './arbitraries.ts';

const id = fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 999_999 }));
const ids = fc.uniqueArray(id, { minLength: 1, maxLength: 40 });
const title = fc.oneof(
  fc.constant(''),
  fc
    .string({ unit: fc.constantFrom(...Array.from('甲乙𝒜ab12【】 :/-')), maxLength: 20 })
    .map((text) => `计${text}划`),
);
const list: fc.Arbitrary<PostList> = fc.record({ title, ids });

describe('a list as text', () => {
  it('is readable', () => {
    expect(listAsText({ title: '先读', ids: [20, 10, 60] }, catalogue, 'spaces.ac.cn')).toBe(
      [
        '【先读】',
        '',
        '1. 长路：2、乙 https://spaces.ac.cn/archives/20',
        '2. 长路：1、甲 https://spaces.ac.cn/archives/10',
        '3. https://spaces.ac.cn/archives/60',
        '',
      ].join('\n'),
    );
  });

  it('reads back as that list, whatever the titles are', () => {
    const names = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'kexue.fm/archives/5',
        'https://kexue.fm/archives/6',
        '【x】',
        '- [ ] x',
        '7',
      ),
    );
    fc.assert(
      fc.property(list, fc.array(names), (given, titles) => {
        const posts = given.ids.map((each, index) => post(each, { title: titles[index] ?? '' }));
        const read = readList(listAsText(given, new Catalogue({ posts, series: [] })));
        expect(read).toEqual({ ...given, refused: [] });
      }),
      { numRuns: 500 },
    );
  });
});

describe('a list in an address', () => {
  it('reads back as that list, in its order', () => {
    fc.assert(
      fc.property(list, (given) => {
        const url = new URL(listAsUrl(given) ?? '');
        expect(url.hash).toMatch(/^#[\w=.-]+$/);
        expect(pageKind(url)).toBe('archive');
        expect(unpackList(listInFragment(url.hash) ?? '')).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  it('has a form that never changes, so old addresses stay valid', () => {
    expect(listAsUrl({ title: '先读', ids: [9708, 8265, 11_111] })).toBe(
      'https://kexue.fm/content.html#kexue-list=1.at5lFAblhYjor7vYlwHFFrws',
    );
  });

  it('has room for the whole blog in order, and for 2,000 posts in any', () => {
    const all = [...realCatalogue().posts.keys()];
    expect((listAsUrl({ title: '', ids: all }) ?? '').length).toBeLessThan(2_500);
    const random = seeded(7);
    const shuffled = Array.from({ length: 12_000 }, (_, index) => index + 1)
      .map((each) => ({ each, key: random() }))
      .sort((a, b) => a.key - b.key)
      .slice(0, 2_000)
      .map(({ each }) => each);
    const list = { title: '很长的计划'.repeat(5), ids: shuffled };
    expect(unpackList(packList(list) ?? '')).toEqual(list);
  });

  it.each([
    ['no post', { title: '', ids: [] }],
    ['2,001 posts', { title: '', ids: Array.from({ length: 2_001 }, (_, index) => index + 1) }],
    ['a post twice', { title: '', ids: [5, 5] }],
    ['what is no id', { title: '', ids: [0] }],
    ['half an id', { title: '', ids: [1.5] }],
    ['a title with a line break', { title: 'a\nb', ids: [5] }],
    ['a title with a tag', { title: '<b>x</b>', ids: [5] }],
    ['a title of 100 Chinese letters', { title: '长'.repeat(100), ids: [5] }],
    [
      'more than 8,000 characters',
      { title: '', ids: Array.from({ length: 2_000 }, (_, i) => (i % 2 ? 999_999 - i : i + 1)) },
    ],
  ])('is not made of %s', (_, given) => {
    expect(listAsUrl(given)).toBe(undefined);
  });
});

describe('a fragment that is hostile', () => {
  const good = packList({ title: '先读', ids: [9708, 8265, 11_111] }) ?? '';

  it('of a newer version is reported as such', () => {
    expect(unpackList(good.replace(/^1/, '2'))).toEqual({ trouble: 'newer' });
  });

  it('with any one letter changed, missing or added is refused', () => {
    const letters = Array.from('AZaz09-_');
    for (let at = 2; at < good.length; at++) {
      const changed = letters.map((letter) => good.slice(0, at) + letter + good.slice(at + 1));
      const cut = good.slice(0, at) + good.slice(at + 1);
      const longer = letters.map((letter) => good.slice(0, at) + letter + good.slice(at));
      for (const packed of [...changed, cut, ...longer])
        if (packed !== good) expect(unpackList(packed)).toEqual({ trouble: 'damaged' });
    }
  });

  it.each([
    '',
    '1.',
    '1.A',
    '1.====',
    '0.AAAA',
    '1.AAAAAAAA',
    '1.____________________',
    `1.${'_'.repeat(7_998)}`,
    `1.${'g'.repeat(7_998)}`,
    `1.${'A'.repeat(1_000_000)}`,
    '__proto__',
    good.replace('.', ''),
    `${good}=`,
    `${good}\n`,
    encodeURIComponent(`${good}。`),
  ])('%.30s is damaged', (packed) => {
    expect(unpackList(packed)).toEqual({ trouble: 'damaged' });
  });

  it('of any letters never throws, and a list that is read packs to the same letters', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.base64String().map((data) => `1.${data.replaceAll('+', '-').replaceAll('/', '_')}`),
    );
    fc.assert(
      fc.property(text, (packed) => {
        const read = unpackList(packed);
        if (!('trouble' in read)) expect(packList(read)).toBe(packed);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a fragment is ours', () => {
  it('if it is a complete list of our letters, of any version', () => {
    for (const packed of ['1.abc', '2.AB_-', '1.'.padEnd(MAX_PACKED, 'A')]) {
      expect(listInFragment(new URL(listUrl(packed)).hash)).toBe(packed);
    }
  });

  it.each([
    '',
    '#',
    '#comments',
    '#list=1.abc',
    '#kexue-list=',
    '#kexue-list=1.a b',
    '#kexue-list=1.a%20',
    '#kexue-list=<b>',
    '#kexue-list=1.abc\n',
    'kexue-list=1.abc',
    '#x#kexue-list=1.abc',
    `#kexue-list=${'A'.repeat(MAX_PACKED + 1)}`,
  ])('but not if it is %.30j', (hash) => {
    expect(listInFragment(hash)).toBe(undefined);
  });
});
