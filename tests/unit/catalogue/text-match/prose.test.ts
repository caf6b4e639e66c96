import { describe, expect, it } from 'vitest';
import { MOST_LETTERS, MOST_READ, readProse } from '../../../../src/catalogue/text-match/prose.ts';

const letters = (text: string) => String.fromCharCode(...readProse(text).letters);

describe('the letters of a text', () => {
  it.each([
    ['Chinese and words', '我们用Attention，它很好。', '我们用attention它很好'],
    ['widths and case', '用ＧＰＴ３做（ＮＬＰ）', '用gpt3做nlp'],
    ['compatibility forms', '⽂字的㈠⼆', '文字的一二'],
    ['short words', '设x为2维的AI向量', '设为维的向量'],
    ['an inline formula', '当$x\\to 0$时', '当时'],
    ['a display with a remark', '有$$a\\text{若有}b$$成立', '有成立'],
    ['an environment', '有\\begin{align*}a&=b\\end{align*}成立', '有成立'],
    ['a formula cut at its front', '_{t-1}$，于是有', '于是有'],
    ['a formula cut at its end', '于是\\begin{equation}\\boldsymbol{x}_t = \\frac{\\su', '于是'],
    [
      'a formula without dollars',
      '我们考虑\\mathcal{L}_{loss}，显然它有下界',
      '我们考虑显然它有下界',
    ],
    ['a dollar lost', '当x$时，我们有很多$y$可以选', '当时我们有很多可以选'],
    ['an odd $$ between', '$$a$$这里是正文的一部分$$b$$', '这里是正文的一部分'],
    ['an odd $$ in front', 'a$$这里是正文的一部分$$b$$', '这里是正文的一部分'],
    ['addresses', '代码在https://github.com/a/b-c.html这里', '代码在这里'],
    ['invisible characters', '我\u200b们\u202e的\ufeff', '我们的'],
    ['unpaired surrogates', '\ud83d我们\udc00', '我们'],
    ['nothing', '', ''],
  ])('%s', (_, text, expected) => {
    expect(letters(text)).toBe(expected);
  });

  it('are bounded', () => {
    expect(letters('的'.repeat(MOST_LETTERS + 1))).toHaveLength(MOST_LETTERS);
    expect(letters(`${'。'.repeat(MOST_READ)}的`)).toBe('');
  });
});

describe('the length of a text', () => {
  it.each([
    ['我们 用\n Attention，它很好。', 17],
    ['设$x+y$为$$z$$的值', 4],
    ['\u200b\u202e\ufeff \u3000', 0],
    ['', 0],
  ])('%j is %i: punctuation counts, white space and formulas do not', (text, length) => {
    expect(readProse(text).length).toBe(length);
  });
});
