/** What counts as a change of a post, and that the changes turn the old text into the new one. */
import { describe, expect, it } from 'vitest';
import { changedPairs, changesIn } from '../../../src/memory/changes.ts';
import type { TextBlock } from '../../../src/site/types.ts';
import * as fc from '../fc.ts';
import { runs } from '../runs.ts';
import { blockOf, paragraphs, textBlocks } from './texts.ts';

const count = (before: TextBlock[], after: TextBlock[]) => changedPairs(before, after).length;

describe('a change', () => {
  it.each<[string, string[], string[]]>([
    ['a comma', ['甲，乙'], ['甲、乙。']],
    ['white space', ['用 RoPE 时'], ['用RoPE时']],
    ['full width and case', ['用ＲoPE'], ['用rope']],
    ['space in a formula', ['设', '$x_{t}\\,=\\,1$'], ['设', '$x_{t}=1$']],
    ['brackets that grow', ['$\\left(x\\right)$'], ['$(x)$']],
    [
      'a label',
      ['\\begin{equation}a\\label{eq:a}\\end{equation}'],
      ['\\begin{equation}a\\end{equation}'],
    ],
    ['a blank after the end of a row', ['$$a\\\\ b$$'], ['$$a\\\\b$$']],
    ['a full stop in a formula', ['$$a=b.$$'], ['$$a=b$$']],
    ['inline or displayed', ['$$a=b$$'], ['$a=b$']],
  ])('is not %s', (_what, before, after) => {
    expect(count([blockOf(before)], [blockOf(after)])).toBe(0);
  });

  it.each<[string, string[], string[]]>([
    ['a word', ['甲乙丙'], ['甲乙丁']],
    ['a sign in a formula', ['$a+b$'], ['$a-b$']],
    ['a decimal point', ['取 0.1'], ['取 01']],
    ['an index', ['$x_1$'], ['$x_2$']],
  ])('is %s', (_what, before, after) => {
    expect(count([blockOf(before)], [blockOf(after)])).toBe(1);
  });

  it('is not that paragraphs are joined or divided', () => {
    expect(
      count(paragraphs('一二三。四五六。', '七'), paragraphs('一二三。', '四五六。', '七')),
    ).toBe(0);
  });

  it('pairs what was rewritten, and tells it from what was added and removed', () => {
    const before = paragraphs('首段不变', '这一段讲梯度下降的收敛速度', '要删去的另一件事', '末段');
    const after = paragraphs('首段不变', '全新的引言', '这一段讲梯度下降的收敛条件', '末段');
    const changes = changesIn(before, after, changedPairs(before, after));
    expect(changes.map((change) => [change.before, change.after])).toEqual([
      [null, '全新的引言'],
      ['这一段讲梯度下降的收敛速度', '这一段讲梯度下降的收敛条件'],
      ['要删去的另一件事', null],
    ]);
    expect(changes.map(({ place }) => place.at)).toEqual([1, 2, 2]);
  });

  it('leads to the paragraph after which a removed one stood', () => {
    const before = paragraphs('首段', '第二段不变', '要删去的一段', '末段', '再删的一段');
    const after = paragraphs('首段', '第二段不变', '末段');
    const changes = changesIn(before, after, changedPairs(before, after));
    expect(changes.map(({ place }) => place.at)).toEqual([1, 2]);
    const first = changesIn(before, after.slice(1), changedPairs(before, after.slice(1)));
    expect(first.map(({ place }) => place.at)).toEqual([1, 1, 2]);
  });

  it('applied to the old text gives the new one', () => {
    fc.assert(
      fc.property(textBlocks, textBlocks, fc.array(fc.nat(), { maxLength: 6 }), (a, b, cuts) => {
        // Some paragraphs stay, so that there are equal runs.
        const after = [...b];
        for (const cut of cuts)
          after.splice(cut % (after.length + 1), 0, a[cut % a.length] as TextBlock);
        const pairs = changedPairs(a, after);
        const [gone, come] = [
          new Set(pairs.map(({ before }) => before)),
          new Set(pairs.map(({ after: at }) => at)),
        ];
        // Paragraphs in no pair must be the same on both sides, in the same order.
        const kept = a.filter((_, at) => !gone.has(at));
        const stayed = after.filter((_, at) => !come.has(at));
        expect(wholeOf(kept)).toBe(wholeOf(stayed));
      }),
      { numRuns: runs(1_000) },
    );
  });

  it.each<[string, string[]]>([
    ['dots in a formula', ['$', `${','.repeat(190_000)}a`, '$']],
    ['dots in prose', [`1${'.'.repeat(190_000)}1`]],
    ['marks on one letter', [`a${'\u0301\u0323'.repeat(45_000)}`]],
    ['labels that do not end', ['$', '\\label{'.repeat(25_000), '$']],
    ['half characters', ['\ud800\uffff\u202e'.repeat(30_000)]],
  ])('is found in linear time among %s', (_what, pieces) => {
    const before = blockOf(pieces.length > 1 ? [pieces.join('')] : pieces);
    const formulas = pieces.length > 1 ? [0, before.text.length] : [];
    const [a, b] = ['甲', '乙'].map((word) => {
      const text = before.text + word;
      return { kind: 'paragraph' as const, text, formulas, numbers: [], place: before.place };
    });
    expect(count([a!], [b!])).toBe(1);
    expect(count([a!], [a!])).toBe(0);
  });

  it('takes bounded work on two long texts that have nothing in common', () => {
    const long = (sign: string) =>
      paragraphs(...Array.from({ length: 3_000 }, (_, k) => `${sign}第${k}段${sign}`));
    expect(count(long('甲'), long('乙'))).toBe(3_000);
  });
});

/** The text of the blocks as it is compared, in one piece: joined or divided paragraphs are equal as a whole. */
function wholeOf(blocks: TextBlock[]): string {
  return blocks
    .map((block) =>
      block.text
        .normalize('NFKC')
        .toLowerCase()
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
    .join('');
}
