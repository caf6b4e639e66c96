/** The search in kept texts: whatever a text contains is found, and the passage shows it. */
import { describe, expect, it } from 'vitest';
import { findTexts, needlesOf, passageOf } from '../../../src/memory/find.ts';
import { foldWithOrigins } from '../../../src/catalogue/normalise.ts';
import { foldText } from '../../../src/memory/fold.ts';
import { foldBlocks } from '../../../src/memory/kept-text.ts';
import { findPassage } from '../../../src/site/position.ts';
import type { TextBlock } from '../../../src/site/types.ts';
import * as fc from '../fc.ts';
import { runs } from '../runs.ts';
import { blocksOf, parsePage } from '../support.ts';
import { blockOf, paragraphs, textBlocks } from './texts.ts';

const simplify = (text: string) =>
  text.replaceAll('機', '机').replaceAll('學', '学').replaceAll('習', '习');
const foldsOf = (texts: Record<number, TextBlock[]>) =>
  new Map(Object.entries(texts).map(([id, blocks]) => [Number(id), foldBlocks(blocks)]));
const find = (texts: Record<number, TextBlock[]>, typed: string) =>
  findTexts(foldsOf(texts), needlesOf(typed, simplify)).map(({ id }) => id);

describe('a search in texts', () => {
  const texts = {
    1: paragraphs('机器学习从数据里学。', '梯度下降有时很慢。'),
    2: [blockOf(['扩散模型里 ', '$\\beta_t$', ' 随时间变大。'])],
    3: paragraphs('Attention is All you Need，而梯度也要学。'),
  };

  it.each([
    ['words in any order', '学 机器', [1]],
    ['words in different paragraphs', '数据 梯度', [1]],
    ['all words', '梯度 没有', []],
    ['a phrase in quotes', '"梯度下降"', [1]],
    ['a phrase in Chinese quotes', '「梯度也要学」', [3]],
    ['a phrase while it is typed', '"梯度下', [1]],
    ['a phrase while it is typed, after a word', '学 「梯度也要', [3]],
    ['a word before a phrase is typed', '梯度下降"', [1]],
    ['TeX as typed', '\\beta_t', [2]],
    ['TeX with other spaces', '\\beta _t', [2]],
    ['a TeX phrase with other spaces', '"\\beta _t"', [2]],
    ['Latin without case', 'attention IS', [3]],
    ['full width', 'Ａttention', [3]],
    ['traditional characters', '機器學習', [1]],
    ['traditional characters with simplified ones', '機器學習 梯度', [1]],
    ['terms of Taiwan together with others', '資料 機器', [1]],
    ['nothing', '  ', []],
    ['one letter', 't', []],
  ])('finds %s', (_what, typed, ids) => {
    expect(find(texts, typed)).toEqual(ids);
  });

  it('puts the post with the words together first, and shows that paragraph', () => {
    const found = findTexts(
      foldsOf({
        7: paragraphs('甲甲在前。', '乙乙在后。'),
        8: paragraphs('无关。', '甲甲和乙乙在一起。'),
      }),
      needlesOf('甲甲 乙乙', simplify),
    );
    expect(found.map(({ id, block }) => [id, block])).toEqual([
      [8, 1],
      [7, 0],
    ]);
  });

  it('finds every phrase that is there, with its passage marked', () => {
    fc.assert(
      fc.property(textBlocks, fc.nat(), fc.nat(), fc.nat(), (blocks, which, from, length) => {
        const at = which % blocks.length;
        const characters = Array.from(blocks[at]?.text ?? '');
        const start = from % characters.length;
        const phrase = characters.slice(start, start + 2 + (length % 12)).join('');
        fc.pre(Array.from(foldText(phrase)).length >= 2 && !/["“”„「」『』]/.test(phrase));
        const needles = needlesOf(`"${phrase}"`, (text) => text);
        const [found] = findTexts(foldsOf({ 5: blocks }), needles);
        expect(found?.id).toBe(5);
        const { passage } = passageOf(blocks[found?.block ?? -1] as TextBlock, needles);
        const marked = passage.filter(({ isHit }) => isHit).map(({ text }) => text);
        expect(marked.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('cuts no formula, and stays short', () => {
    const block = blockOf([
      '很长的话'.repeat(50),
      '$\\alpha_t$',
      '目标',
      '$\\gamma$',
      '后面'.repeat(200),
    ]);
    const { passage } = passageOf(block, needlesOf('目标', simplify));
    expect(passage.filter(({ isFormula }) => isFormula).map(({ text }) => text)).toEqual([
      '$\\alpha_t$',
      '$\\gamma$',
    ]);
    expect(passage.map(({ text }) => text).join('').length).toBeLessThan(260);
    expect(passage[0]?.text).toBe('…');
  });
});

it('ends a passage with a whole character', () => {
  for (let before = 140; before < 150; before++) {
    const block = blockOf([`${'目'.repeat(before)}${'𠮷'.repeat(20)}`]);
    const shown = passageOf(block, needlesOf('目目', simplify)).passage.map(({ text }) => text);
    expect(shown.join('')).not.toMatch(/\p{Cs}/u);
  }
});

it('shows a text with an empty formula, which no page of ours sends', () => {
  const block = { ...blockOf(['某个目标在这里']), formulas: [2, 2, 4, 4] };
  expect(passageOf(block, needlesOf('目标', simplify)).passage.map(({ text }) => text)).toEqual([
    '某个',
    '目标',
    '在这里',
  ]);
});

it('shows a passage of a text that begins within a character or is one word of megabytes', () => {
  const needles = needlesOf('目标', simplify);
  const half = passageOf(blockOf(['\udc00目标']), needles).passage;
  expect(half.map(({ text }) => text)).toEqual(['\udc00', '目标']);
  const long = blockOf(['word'.repeat(45_000), '$', '\uffff'.repeat(9_000), '目标']);
  for (let post = 0; post < 4; post++) {
    const { passage } = passageOf(long, needles);
    expect(passage.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(['目标']);
  }
});

it('says where in a long paragraph the passage begins, as the page finds it', () => {
  const filler = (n: number) => Array.from({ length: n }, (_, k) => `第${k}句。`).join('');
  const page = parsePage(`<div class="Post"><div class="PostContent" id="PostContent">
    <p>开头一段，<code>$HOME</code>在内。</p><p>${filler(300)}设 $x_1$ 和 \\begin{equation}abc\\end{equation} 为量，${filler(8)}目标在此。${filler(300)}</p>
    <pre>${'line = $1\n'.repeat(200)}target = 2\n</pre></div></div>`);
  const article = page.querySelector('#PostContent') as Element;
  const blocks = blocksOf(article);
  const places = ['目标', '开头', 'target', '第3句'].map((word) => {
    const needles = needlesOf(word, simplify);
    const [found] = findTexts(foldsOf({ 5: blocks }), needles);
    const { place } = passageOf(blocks[found?.block ?? -1]!, needles);
    const { passage: range } = findPassage(article, place);
    const after = page.createRange();
    after.setStart(range.startContainer, range.startOffset);
    after.setEndAfter(article);
    return after.toString().indexOf(word);
  });
  // A passage begins 36 characters before the first hit, or earlier if a formula would be cut.
  for (const letters of places) {
    expect(letters).toBeGreaterThanOrEqual(0);
    expect(letters).toBeLessThan(80);
  }
});

it('the fold of a part is a part of the fold', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  fc.assert(
    fc.property(text, text, text, (a, b, c) => {
      // A pair of code units is one character.
      fc.pre([a, b, c].every((each) => !/\p{Surrogate}/u.test(each)));
      expect(foldText(a + b + c)).toBe(foldText(a) + foldText(b) + foldText(c));
      expect(foldWithOrigins(a + b, foldText).folded).toBe(foldText(a + b));
    }),
    { numRuns: runs(2_000) },
  );
});
