/** Generated texts with everything that texts of the blog have, for the tests of the memory. */
import type { PostText, TextBlock } from '../../../src/site/types.ts';
import * as fc from '../fc.ts';
import { seeded } from '../support.ts';

const WORDS =
  '我们 可以 得到 一个 关于 矩阵 的 低秩 分解 其中 参数 满足 条件 于是 梯度 下降 收敛 而 Transformer 的 RoPE 位置 编码 softmax 与 attention 不同 假设 误差 很小 则 结论 成立 另外'.split(
    ' ',
  );
const TEX = [
  '$\\beta_t$',
  '$x^2$',
  '\\begin{equation}\\frac{\\partial L}{\\partial\\theta}=0\\end{equation}',
  '$$\\sum_{i=1}^n a_i$$',
];

/** A block from its pieces: formulas begin with a dollar or `\begin`. */
export function blockOf(
  pieces: readonly string[],
  kind: TextBlock['kind'] = 'paragraph',
  at = 0,
): TextBlock {
  const formulas: number[] = [];
  let text = '';
  for (const piece of pieces) {
    if (/^(?:\$|\\begin)/.test(piece)) formulas.push(text.length, text.length + piece.length);
    text += piece;
  }
  return { kind, text, formulas, numbers: [], place: { at, print: 0 } };
}

export const textBlocks = fc
  .array(
    fc.record({
      kind: fc.constantFrom('paragraph' as const, 'paragraph' as const, 'heading' as const),
      pieces: fc.array(
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom(...WORDS) },
          { weight: 1, arbitrary: fc.constantFrom(...TEX) },
          { weight: 1, arbitrary: fc.constantFrom('，', '。', ' ', '（', '）') },
          {
            weight: 1,
            arbitrary: fc
              .string({ unit: 'binary', minLength: 1, maxLength: 4 })
              .filter((s) => !s.includes('\n') && !/^(?:\$|\\begin)/.test(s)),
          },
        ),
        { minLength: 4, maxLength: 40 },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((made) => made.map(({ kind, pieces }, at) => blockOf(pieces, kind, at)));

export function postText(id: number, blocks: TextBlock[], title = `题名 ${id}`): PostText {
  return { id, title, day: '2026-01-02', blocks };
}

/** Paragraphs of plain words. */
export function paragraphs(...texts: string[]): TextBlock[] {
  return texts.map((text, at) => blockOf([text], 'paragraph', at));
}

/** A long text of sentences that occur in the text of no other number. */
export function proseOf(number: number, sentences = 30): string {
  const random = seeded(number);
  return Array.from(
    { length: sentences },
    () =>
      Array.from({ length: 8 + Math.floor(random() * 8) }, () =>
        String.fromCharCode(0x4e00 + Math.floor(random() * 3_000)),
      ).join('') + '。',
  ).join('');
}
