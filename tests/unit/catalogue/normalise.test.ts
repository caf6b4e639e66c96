import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { normaliseTitle } from '../../../src/catalogue/normalise.ts';
import { realCatalogue } from '../support.ts';

const titles = [...realCatalogue().posts.values()].map(({ title }) => title);

describe('two titles are the same', () => {
  it.each([
    ['full- and half-width forms', 'ＧＡＮ＝“挖坑”＋“跳坑”（２）：？', 'GAN=“挖坑”+“跳坑”(2):?'],
    ['letter case', 'RoPE', 'rope'],
    ['white space of any kind', '低秩 近似\u3000之\u00a0路\n', '低秩近似之路'],
    ['invisible characters', '低\u200b秩\ufeff近\u2060似\u202e之\u00ad\u061c路', '低秩近似之路'],
    ['the blog’s # after a heading', '低秩近似之路 #', '低秩近似之路'],
    ['compatibility forms', '①②Ⅲ', '12iii'],
  ])('but for %s', (_, a, b) => {
    expect(normaliseTitle(a)).toBe(normaliseTitle(b));
  });
});

describe('two titles differ', () => {
  it.each([
    ['a Cyrillic а in place of a', 'Trаnsformer升级之路', 'Transformer升级之路'],
    ['a Greek Ο in place of O', 'ΟCR技术浅探', 'OCR技术浅探'],
    ['another character', '低秩近似之路（一）', '低秩近似之路（二）'],
    ['punctuation', '低秩近似之路？', '低秩近似之路'],
  ])('by %s', (_, a, b) => {
    expect(normaliseTitle(a)).not.toBe(normaliseTitle(b));
  });

  it('for any two posts with different titles', () => {
    expect(new Set(titles.map(normaliseTitle)).size).toBe(new Set(titles).size);
  });
});

/** A title of the catalogue with other widths, cases and spaces. */
const spelling = fc
  .tuple(
    fc.constantFrom(...titles),
    fc.array(fc.constantFrom('same', 'wide', 'upper', 'space', 'hidden'), { minLength: 1 }),
  )
  .map(([title, ways]) => {
    const spelt = Array.from(title, (letter, at) => {
      switch (ways[at % ways.length]) {
        case 'wide':
          return /[!-~]/.test(letter)
            ? String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)
            : letter;
        case 'upper':
          return letter.toUpperCase();
        case 'space':
          return `${letter} `;
        case 'hidden':
          return `\u200b${letter}`;
        default:
          return letter;
      }
    });
    return { title, spelt: spelt.join('') };
  });

it('recognises a title in any spelling', () => {
  fc.assert(
    fc.property(spelling, ({ title, spelt }) => {
      // The capital of ß is SS, which is another spelling.
      fc.pre(!title.includes('ß'));
      expect(normaliseTitle(spelt)).toBe(normaliseTitle(title));
    }),
    { numRuns: 1_000 },
  );
});

it('normalising any title twice equals normalising it once', () => {
  // Characters that combine with their neighbours once the characters between them are removed.
  const touchy = fc.constantFrom(
    ...Array.from('\udc00 \ud835\u3000\u200b\u061c\u0301\u0316\u1100\u1161\u212a¨eİΣẞﷺﬀᾳ가#＃①'),
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(touchy).map((pieces) => pieces.join('')),
  );
  fc.assert(
    fc.property(anything, (title) => {
      const normal = normaliseTitle(title);
      expect(normaliseTitle(normal)).toBe(normal);
    }),
    { numRuns: 5_000 },
  );
});
