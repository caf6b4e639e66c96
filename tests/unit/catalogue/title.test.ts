import { expect, it } from 'vitest';
import { breakTitle } from '../../../src/catalogue/title.ts';

it.each([
  ['Transformer升级之路：14、当HWFA遇见ReRoPE', 'Transformer升级之路', 'Transformer升级之路：'],
  ['生成扩散模型漫谈（三十）：从瞬时速度到平均速度', '生成扩散模型漫谈', '生成扩散模型漫谈'],
  ['【理解黎曼几何】1. 一条几何之路', '【理解黎曼几何】', ''],
  ['【搜出来的文本】⋅（一）从文本生成到搜索采样', '搜出来的文本', '【搜出来的文本】⋅'],
  ['多标签“Softmax+交叉熵”的软标签版本', '多标签“Softmax+交叉熵”', ''],
  ['Transformer升级之路：', 'Transformer升级之路', ''],
])('%s breaks only after its series’ name', (title, name, head) => {
  const expected = head ? [head, title.slice(head.length)] : [title];
  expect(breakTitle(title, [name])).toEqual(expected);
});

it('is not split without a series', () => {
  expect(breakTitle('让人惊叹的Johnson-Lindenstrauss引理', [])).toHaveLength(1);
});
