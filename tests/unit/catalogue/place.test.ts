import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { place, placeInSeries } from '../../../src/catalogue/place.ts';
import { displayName } from '../../../src/catalogue/series-name.ts';
import { post, realCatalogue } from '../support.ts';

const catalogue = realCatalogue();
const placeOf = (id: number) => place(id, catalogue);
const seriesNamed = (name: string) => {
  const series = catalogue.series.find((each) => each.name === name);
  if (!series) throw new Error(`no series ${name}`);
  return series;
};
const partsOf = (name: string) => placeInSeries(seriesNamed(name), catalogue).parts;

describe('the placement of a post', () => {
  it('9708 is part 12 of its series, between 9706 and 9728', () => {
    const [series, ...others] = placeOf(9708).series;
    expect(others).toEqual([]);
    expect(series).toMatchObject({
      name: 'Transformer升级之路',
      partNumber: 12,
    });
    expect(series?.parts).toHaveLength(seriesNamed('Transformer升级之路').posts.length);
    expect(series?.parts.slice(10, 13).map(({ id, partNumber }) => [id, partNumber])).toEqual([
      [9706, 11],
      [9708, 12],
      [9728, 13],
    ]);
  });

  it('8265 is in two series, the longest first', () => {
    expect(
      placeOf(8265).series.map(({ name, partNumber, parts }) => [name, partNumber, parts.length]),
    ).toEqual([
      ['Transformer升级之路', 2, seriesNamed('Transformer升级之路').posts.length],
      ['RoFormer', 1, seriesNamed('RoFormer').posts.length],
    ]);
  });

  it('10226 is in a numbered and in a curated series', () => {
    expect(placeOf(10226).series.map(({ name, partNumber }) => [name, partNumber])).toEqual([
      ['LoRA', 3],
      ['对齐全量微调！这是我看过最精彩的LoRA改进', 1],
    ]);
  });

  it('9708 has four references and is cited', () => {
    const { references, citedBy } = placeOf(9708);
    expect(references?.map(({ id }) => id)).toEqual([8130, 8265, 9603, 9706]);
    expect(citedBy.map(({ id }) => id)).toContain(9728);
  });

  it('distinguishes unknown references from none', () => {
    expect(placeOf(681).references).toBeNull();
    const without = [...catalogue.posts.values()].find(({ refs }) => refs?.length === 0);
    expect(placeOf(without?.id ?? 0).references).toEqual([]);
  });

  it('is empty for a new post', () => {
    expect(placeOf(90001)).toEqual({
      id: 90001,
      post: undefined,
      series: [],
      references: null,
      citedBy: [],
    });
  });

  it('has part number 0 without a current post', () => {
    expect(placeInSeries(seriesNamed('SVD分解'), catalogue).partNumber).toBe(0);
  });
});

describe('the title of a part in a list', () => {
  it('is shown without the name of the series', () => {
    expect(partsOf('Transformer升级之路')[11]).toMatchObject({
      id: 9708,
      partNumber: 12,
      title: 'Transformer升级之路：12、无限外推的ReRoPE？',
      short: '12、无限外推的ReRoPE？',
      bare: '无限外推的ReRoPE？',
    });
  });

  it('has Arabic numbers instead of Chinese ones', () => {
    expect(partsOf('生成扩散模型漫谈')[30]).toMatchObject({
      short: '31、预测数据而非噪声',
      bare: '预测数据而非噪声',
    });
  });

  it('keeps the author’s number if it is not the part number', () => {
    expect(
      partsOf('OCR技术浅探')
        .slice(2, 5)
        .map(({ partNumber, bare, short }) => [partNumber, bare, short]),
    ).toEqual([
      [3, '特征提取(1)', '3、特征提取(1)'],
      [4, '3、特征提取(2)', '3、特征提取(2)'],
      [5, '4、文字定位', '4、文字定位'],
    ]);
  });

  it('is shortened with the brackets of 《方程与宇宙》, and complete without a number', () => {
    const parts = partsOf('《方程与宇宙》');
    expect(parts[6]?.bare).toBe('圆形限制性三体问题');
    expect(parts[8]).toMatchObject({
      id: 1268,
      short: '《方程与宇宙》:一种有趣的三体问题坐标',
      bare: '《方程与宇宙》:一种有趣的三体问题坐标',
    });
  });

  it.each([
    '一维弹簧的运动',
    'AdamW的Weight RMS的渐近估计',
    '对齐全量微调！这是我看过最精彩的LoRA改进',
    '轻微的扰动——摄动法简介',
  ])('is whole in %s, whose parts have no other name', (name) => {
    for (const { title, short, bare } of partsOf(name)) {
      expect(short).toBe(title);
      expect(bare).toBe(title);
    }
  });

  it('is complete in every curated series', () => {
    const curated = catalogue.series.filter(({ kind }) => kind === 'curated');
    expect(curated.length).toBeGreaterThan(40);
    for (const { name } of curated)
      for (const { title, short, bare } of partsOf(name))
        expect([short, bare]).toEqual([title, title]);
  });

  it('is complete in a curated series even if the titles have its name and numbers', () => {
    const titles = ['长路：1、甲', '长路：2、乙'];
    const own = new Catalogue({
      posts: titles.map((title, at) => post(at + 1, { title })),
      series: [{ name: '长路', kind: 'curated', posts: [1, 2] }],
    });
    expect(place(2, own).series[0]?.parts.map(({ short }) => short)).toEqual(titles);
  });

  it('is never empty and is unique in a series', () => {
    for (const { name } of catalogue.series) {
      const bare = partsOf(name).map((part) => part.bare);
      expect(bare).not.toContain('');
      const shorts = partsOf(name).map(({ short }) => short);
      expect(new Set(shorts).size, name).toBe(shorts.length);
    }
  });
});

describe('the displayed name of a series', () => {
  it.each([
    ['【理解黎曼几何】', '理解黎曼几何'],
    ['《方程与宇宙》', '方程与宇宙'],
    ['[欧拉数学]', '欧拉数学'],
    ['“让Keras更酷一些！”', '让Keras更酷一些！'],
    ['《自然极值》系列', '《自然极值》系列'],
    ['“闭门造车”之多模态思路浅谈', '“闭门造车”之多模态思路浅谈'],
    ['“甲”与“乙”', '“甲”与“乙”'],
    ['【】', '【】'],
    ['SVD分解', 'SVD分解'],
  ])('of %s is %s', (name, shown) => {
    expect(displayName(name)).toBe(shown);
  });
});
