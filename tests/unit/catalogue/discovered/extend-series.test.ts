import type { DiscoveredPosts } from '../../../../src/catalogue/discovered/post.ts';
import { describe, expect, it, vi } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import { readPartTitle } from '../../../../src/catalogue/grammar.ts';
import { place } from '../../../../src/catalogue/place.ts';
import { displayName } from '../../../../src/catalogue/series-name.ts';
import { partsOf } from '../../../facts.ts';
import { post, realCatalogue } from '../../support.ts';

vi.mock('../../../../src/catalogue/grammar.ts', { spy: true });

const real = realCatalogue();
const seen = '2026-11-01';

/** The catalogue with new posts with these titles; their ids follow the newest one. */
function withTitles(titles: string[], catalogue: Catalogue = real): Catalogue {
  const discovered: DiscoveredPosts = new Map(
    titles.map((title, at) => {
      const id = catalogue.newestBundled.id + 1 + at;
      return [id, { id, title, date: '2026-10-10', seen }];
    }),
  );
  return catalogue.with(discovered);
}
const newSeries = (catalogue: Catalogue) =>
  catalogue.series.filter(({ name }) => !real.series.some((each) => each.name === name));
const first = real.newestBundled.id + 1;

describe('the next part of a numbered series', () => {
  /** The number of parts of Transformer升级之路. */
  const known = partsOf('Transformer升级之路').length;
  const numbered = real.series.filter(({ kind }) => kind === 'numbered');

  it.each(numbered.map((series) => [series.name, series] as const))(
    'becomes the last part of %s',
    (_, series) => {
      const reads = series.posts.flatMap((id) => readPartTitle(real.post(id)?.title ?? '') ?? []);
      const number =
        Math.max(
          ...reads.map((read) => (read.numeral === '下' ? series.posts.length : read.number)),
        ) + 1;
      const chinese = `一二三四五六七八九十`;
      const tens = number > 19 ? `${chinese[Math.floor(number / 10) - 1]}十` : '十';
      const numeral =
        number <= 10 ? chinese[number - 1] : `${tens}${chinese[(number % 10) - 1] ?? ''}`;
      for (const title of [
        `${series.name}：${number}、下一篇`,
        `${series.name}（${numeral}）：下一篇`,
        `${series.name}(${number})`,
      ]) {
        const grown = withTitles([title]);
        expect(grown.series).toHaveLength(real.series.length);
        const [placement] = place(first, grown).series;
        expect(placement, title).toMatchObject({
          name: displayName(series.name),
          partNumber: series.posts.length + 1,
        });
        expect(placement?.parts).toHaveLength(series.posts.length + 1);
        expect(placement?.parts.at(-1)).toMatchObject({ id: first, isNew: true });
        expect(placement?.parts.filter(({ isNew }) => isNew)).toHaveLength(1);
      }
    },
  );

  it('is found with any width and spaces in its name', () => {
    const grown = withTitles([`ＴＲＡＮＳＦＯＲＭＥＲ 升级之路: ${known + 1}．新的一篇`]);
    expect(place(first, grown).series[0]).toMatchObject({
      name: 'Transformer升级之路',
      partNumber: known + 1,
    });
  });

  it('is placed by its number, also after a gap and before an earlier discovered part', () => {
    const name = 'Transformer升级之路';
    const [next, later] = [known + 2, known + 4];
    const grown = withTitles([`${name}：${later}、丁`, `${name}：${next}、乙`, `${name}：99、尾`]);
    const { parts = [] } = place(first, grown).series[0] ?? {};
    expect(
      parts.slice(known).map(({ partNumber, short, bare }) => [partNumber, short, bare]),
    ).toEqual([
      [known + 1, `${next}、乙`, `${next}、乙`],
      [known + 2, `${later}、丁`, `${later}、丁`],
      [known + 3, '99、尾', '99、尾'],
    ]);
  });

  it.each([1, 12, known])('is not added with number %i, which is known already', (number) => {
    const grown = withTitles([`Transformer升级之路：${number}、又一篇`]);
    expect(place(first, grown).series).toEqual([]);
    expect(grown.series).toHaveLength(real.series.length);
  });

  it('is the third part of a series with 上 and 下', () => {
    const pair = new Catalogue({
      posts: [post(1, { title: '弹簧（上）' }), post(2, { title: '弹簧（下）' })],
      series: [{ name: '弹簧', kind: 'numbered', posts: [1, 2] }],
    });
    expect(place(3, withTitles(['弹簧（三）'], pair)).series[0]).toMatchObject({ partNumber: 3 });
  });

  it('is not added to a curated series with the same name', () => {
    const curated = new Catalogue({
      posts: [post(1), post(2)],
      series: [{ name: '长路', kind: 'curated', posts: [1, 2] }],
    });
    expect(place(3, withTitles(['长路（三）：丙'], curated)).series).toEqual([]);
  });
});

describe('a new series', () => {
  it('is made of a first and a second part with a new name', () => {
    const grown = withTitles(['新的漫谈（一）：甲', '别的', '新的漫谈（二）：乙']);
    expect(newSeries(grown)).toEqual([
      { name: '新的漫谈', kind: 'numbered', posts: [first, first + 2] },
    ]);
    expect(place(first + 2, grown).series[0]).toMatchObject({ name: '新的漫谈', partNumber: 2 });
  });

  it('is made of 上 and 下, or 上 中 下', () => {
    expect(newSeries(withTitles(['短途（上）', '短途（下）']))).toHaveLength(1);
    const three = newSeries(withTitles(['短途（上）', '短途（中）', '短途（下）']));
    expect(three[0]?.posts).toEqual([first, first + 1, first + 2]);
    expect(newSeries(withTitles(['短途（上）', '短途（三）']))).toEqual([]);
  });

  it('can begin with a bundled post that had no sequel', () => {
    const lone = real.post(8444);
    expect(lone?.title).toBe('我们可以无损放大一个Transformer模型吗（一）');
    const grown = withTitles(['我们可以无损放大一个Transformer模型吗（二）']);
    expect(newSeries(grown)).toMatchObject([{ posts: [8444, first] }]);
    expect(place(8444, grown).series.map(({ name }) => name)).toContain(
      '我们可以无损放大一个Transformer模型吗',
    );
    const parts = place(first, grown).series[0]?.parts ?? [];
    expect(parts.map(({ isNew }) => isNew)).toEqual([false, true]);
  });

  it('includes a third part, also after a gap', () => {
    const grown = withTitles(['漫步：1、甲', '漫步：2、乙', '漫步：3、丙', '漫步：7、庚']);
    expect(newSeries(grown)[0]?.posts).toHaveLength(4);
  });

  it.each<[why: string, titles: string[]]>([
    ['a lone first part', ['漫步（一）：甲']],
    ['a lone second part', ['漫步（二）：乙']],
    ['a second and a third part', ['漫步（二）：乙', '漫步（三）：丙']],
    ['a first and a third part', ['漫步（一）：甲', '漫步（三）：丙']],
    ['two first parts', ['漫步（一）：甲', '漫步（一）：乙']],
    ['two second parts', ['漫步（一）：甲', '漫步（二）：乙', '漫步（二）：丙']],
    ['parts in the wrong order', ['漫步（二）：乙', '漫步（一）：甲']],
    ['parts of different names', ['漫步（一）：甲', '散步（二）：乙']],
    ['years', ['漫步（2025）：甲', '漫步（2026）：乙']],
    ['years in the title', ['你好，2025！', '你好，2026！']],
    ['versions', ['Cool Papers升级至v0.1.0', 'Cool Papers升级至v0.2.0']],
    ['versions in brackets', ['伴读（v1）：甲', '伴读（v2）：乙']],
    ['versions with points', ['伴读：1.0、甲', '伴读：2.0、乙']],
    ['percentages', ['识别（1%正确率）', '识别（2%正确率）']],
    ['percentages in brackets', ['识别（1%）', '识别（2%）']],
    ['zero and one', ['漫步（0）：甲', '漫步（1）：乙']],
    ['letters that count', ['第1：甲', '第2：乙']],
    ['hundreds', ['漫步（101）：甲', '漫步（102）：乙']],
    ['numbers without a name', ['（一）：甲', '（二）：乙']],
  ])('is not made of %s', (_, titles) => {
    const grown = withTitles(titles);
    expect(newSeries(grown)).toEqual([]);
    expect(grown.series).toEqual(real.series);
  });
});

it('parses only those titles of the blog that contain a new name', () => {
  const titles = Array.from({ length: 64 }, (_, i) => `第${i % 32}种漫谈（${i < 32 ? 1 : 2}）：甲`);
  const read = vi.mocked(readPartTitle).mockClear();
  const grown = withTitles(titles);
  expect(newSeries(grown)).toHaveLength(32);
  expect(read.mock.calls.length).toBeLessThan(2 * titles.length);
});
