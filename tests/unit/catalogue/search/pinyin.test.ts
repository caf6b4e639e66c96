import { describe, expect, it } from 'vitest';
import { readingsIn } from '../../../../scripts/pinyin.ts';
import { readSource } from '../../../../scripts/source.ts';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import type { Series } from '../../../../src/catalogue/post.ts';
import { normaliseTitle } from '../../../../src/catalogue/normalise.ts';
import { bundledCatalogue } from '../../../../src/catalogue/bundled.ts';
import { bundledSearchData } from '../../../../src/catalogue/search/bundled-search.ts';
import packed from '../../../../src/catalogue/packed/search.json?raw';
import { Pinyin } from '../../../../src/catalogue/search/pinyin.ts';
import { highlight } from '../../../../src/catalogue/search/highlight.ts';
import { Search } from '../../../../src/catalogue/search/search.ts';
import { post } from '../../support.ts';

const source = readSource();
const { details: all, pinyin } = bundledSearchData();
const whole = new Search(bundledCatalogue(), all, { pinyin });

/** A search over only these titles; the first is the newest. */
function searchOver(titles: string[], tags: string[][] = [], series: Series[] = []): Search {
  const posts = titles.map((title, at) => post(99 - at, { title })).reverse();
  const details = new Map(
    titles.map((_, at) => [99 - at, { categories: [], tags: tags[at] ?? [] }]),
  );
  return new Search(new Catalogue({ posts, series }), details, { pinyin });
}

const titles = (search: Search, query: string) =>
  search.find(query).posts.map(({ post: { title } }) => title);

/** The part of a text that matches the query. */
function read(query: string, text: string): string | undefined {
  const run = pinyin.find(query, normaliseTitle(text));
  return run && normaliseTitle(text).slice(run.from, run.to);
}

describe('pinyin', () => {
  it.each([
    'scksmxmt',
    'SCKSMXMT',
    'sc ks mx mt',
    'kuosan',
    'kuosanmoxing',
    'shengchengkuos',
    'shchks',
    '扩散',
    '扩smx',
    '生成ksmoxing',
  ])('%s finds 生成扩散模型漫谈, name and parts', (query) => {
    const found = whole.find(query);
    expect(found.isExact).toBe(true);
    expect(found.series.map(({ name }) => name)).toContain('生成扩散模型漫谈');
    const parts = found.posts.filter(({ post: { title } }) => title.startsWith('生成扩散模型漫谈'));
    const series = source.series.find(({ name }) => name === '生成扩散模型漫谈');
    expect(new Set(parts.map(({ post: { id } }) => id))).toEqual(new Set(series?.posts));
  });

  it.each([
    ['tsjzl', 'Transformer升级之路'],
    ['transsjzl', 'Transformer升级之路'],
    ['mcfdn', 'MuP之上：从MCF到牛顿'],
    ['gpt4', 'GPT-4'],
  ])('%s goes over words, letters and punctuation', (query, text) => {
    expect(read(query, text)).toBeDefined();
  });

  it('stops at a character with another reading', () => {
    expect(read('scksmc', '生成扩散模型')).toBeUndefined();
    expect(read('kuansan', '扩散')).toBeUndefined();
    // The middle of a word is no prefix.
    expect(read('former', 'Transformer')).toBeUndefined();
  });

  it.each([
    ['cxsk', '重新思考'],
    ['qzsj', '权重衰减'],
    ['hlsddd', '行列式的点滴'],
    ['yxxl', '运行效率'],
    ['ccwb', '超长文本'],
    ['ddx', '单调性'],
    ['tjqz', '调节权重'],
    ['thyd', '弹簧运动'],
    ['shenss', '参宿四'],
    ['canshuhua', '参数化'],
    ['bosong', '泊松'],
    ['posong', '泊松'],
    ['jmhs', '伽马函数'],
    ['gmhs', '伽马函数'],
    ['xuexilv', '学习率'],
    ['jiou', '奇偶'],
    ['beijingyinyue', '背景音乐'],
    ['kuaile', '快乐'],
  ])('%s is %s', (query, text) => {
    expect(read(query, text)).toBe(text);
  });

  it('reads every Chinese character of titles, series, tags and categories', () => {
    const { posts, series } = source;
    const texts = [
      ...posts.flatMap(({ title, categories, tags }) => [title, categories, tags].flat()),
      ...series.map(({ name }) => name),
    ];
    const unread = new Set(
      texts
        .flatMap((text) => normaliseTitle(text).match(/\p{Script=Han}/gu) ?? [])
        .filter((character) => !pinyin.spell(character).includes(',')),
    );
    expect([...unread].join('')).toBe('');
  });

  it('has bundled readings equal to those of the source data', () => {
    expect(JSON.parse(packed)).toMatchObject({ readings: readingsIn(source) });
  });

  it('ignores the apostrophes of a word that is being composed', () => {
    const found = titles(whole, 'zhuyili');
    expect(found.length).toBeGreaterThan(5);
    for (const typed of ["zhu'yi'li", 'zhu’yi’li', "zhu'yi'li'", 'zhu‘yi‘li', 'zhuʼyiʼli'])
      expect(titles(whole, typed), typed).toEqual(found);
  });

  it('knows ü and tones, which input methods show in a word that is being composed', () => {
    const found = titles(whole, 'gailv');
    expect(found.length).toBeGreaterThan(5);
    for (const typed of ['gai lü', "gai'lü", 'gai lu\u0308', 'gài lǜ'])
      expect(titles(whole, typed), typed).toEqual(found);
  });

  it('matches nothing without readings', () => {
    expect(new Pinyin({}).find('ks', '扩散')).toBeUndefined();
    expect(new Pinyin({}).find('bert', 'bert')).toEqual({ from: 0, to: 4 });
  });
});

describe('order', () => {
  it('is text, pinyin at a start, tags, pinyin anywhere', () => {
    const search = searchOver(
      ['漫谈概率', '关于概率', '概率（上）', '说说：概率', '一题', 'glue'],
      [[], [], [], [], ['gluon'], []],
    );
    expect(titles(search, 'gl')).toEqual(['glue', '概率（上）', '说说：概率', '一题']);
    expect(titles(search, 'glv')).toEqual(['概率（上）', '说说：概率', '漫谈概率', '关于概率']);
  });

  it('searches two letters at starts only, one letter as text only', () => {
    const search = searchOver(['概率', '谈概率', '线性（概率）']);
    expect(titles(search, 'gl')).toEqual(['概率', '线性（概率）']);
    expect(titles(search, 'g')).toEqual([]);
  });

  it('puts pinyin before similar texts', () => {
    const found = searchOver(['生成扩散', 'sck']).find('scks');
    expect(found.isExact).toBe(true);
    expect(found.posts.map(({ post: { title } }) => title)).toEqual(['生成扩散']);
  });

  it('includes tags and categories with the number of their posts', () => {
    const { categories, posts } = whole.find('wlhx');
    const inIt = source.posts.filter((each) => each.categories.includes('物理化学'));
    expect(inIt.some((each) => each.categories[0] !== '物理化学')).toBe(true);
    expect(categories).toEqual([{ name: '物理化学', count: inIt.length }]);
    expect(posts).toEqual([]);
    expect(whole.find('物理化学').categories).toEqual(categories);
    const { tags } = whole.find('kuosan');
    const tagged = source.posts.filter((each) => each.tags.includes('扩散'));
    expect(tags).toEqual([{ name: '扩散', count: tagged.length }]);
  });
});

describe('highlight', () => {
  const marked = (text: string, query: string) =>
    highlight(text, searchOver([text]).find(query))
      .map(({ text: piece, isHit }) => (isHit ? `[${piece}]` : piece))
      .join('');

  it('marks the characters that were typed', () => {
    expect(marked('生成扩散模型漫谈（一）', 'ksmx')).toBe('生成[扩散模型]漫谈（一）');
    expect(marked('生成扩散模型漫谈（一）', 'mantany')).toBe('生成扩散模型[漫谈（一]）');
    expect(marked('Transformer升级之路：2、', 'tsj')).toBe('[Transformer升级]之路：2、');
    expect(marked('从 Ｓｃａｌｅ 到扩散', 'dks')).toBe('从 Ｓｃａｌｅ [到扩散]');
  });

  it('prefers text to pinyin', () => {
    expect(marked('关于GAN的感悟', 'gan')).toBe('关于[GAN]的感悟');
  });
});

describe('hostile input', () => {
  it('terminates for a query with two spellings at every character', () => {
    const text = '男'.repeat(200);
    const table = new Pinyin({ nan: '男' });
    expect(table.find(`${'nan'.repeat(9)}x`, text)).toBeUndefined();
    expect(table.find('nan'.repeat(9), text)).toEqual({ from: 0, to: 9 });
  });

  it('treats no character of a query as a pattern', () => {
    for (const query of [
      'a.*',
      'a+b',
      'a|',
      '(a',
      'a\\w',
      'a-b',
      'a,b',
      '[a',
      'a\nb',
      '𠮷a',
      'a\ud842',
    ])
      expect(() => whole.find(query)).not.toThrow();
    expect(pinyin.find('a.c', 'abc')).toBeUndefined();
  });

  it('accepts a title of 10,000 characters', () => {
    const search = searchOver([`${'数'.repeat(10_000)}扩散`]);
    expect(search.find('skuosan').posts).toHaveLength(1);
    expect(search.find('skuosanx').posts).toHaveLength(0);
  });
});
