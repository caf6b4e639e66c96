import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import type { Post } from '../../../../src/catalogue/post.ts';
import { bundledCatalogue } from '../../../../src/catalogue/bundled.ts';
import { bundledSearchData } from '../../../../src/catalogue/search/bundled-search.ts';
import { highlight } from '../../../../src/catalogue/search/highlight.ts';
import { Search } from '../../../../src/catalogue/search/search.ts';

const post = (id: number, title: string, date = `2020-01-${id}`): Post => ({
  id,
  title,
  date,
  refs: null,
  minutes: null,
});

/** A search over only these titles; ids begin at 10, because they are days of the month too. */
function searchOver(titles: string[], tags: string[][] = []): Search {
  const posts = titles.map((title, i) => post(10 + i, title));
  const details = new Map(posts.map(({ id }, i) => [id, { categories: [], tags: tags[i] ?? [] }]));
  return new Search(new Catalogue({ posts, series: [] }), details);
}

const ids = (search: Search, query: string) =>
  search.find(query).posts.map(({ post: { id } }) => id);

const whole = new Search(bundledCatalogue(), bundledSearchData().details);

describe('plain search', () => {
  it('finds substrings of titles and names of series', () => {
    const found = whole.find('升级之路');
    expect(found.isExact).toBe(true);
    expect(found.series.map(({ name }) => name)).toEqual(['Transformer升级之路']);
    expect(found.posts.length).toBeGreaterThanOrEqual(21);
    expect(found.posts.every(({ post: { title } }) => title.includes('升级之路'))).toBe(true);
  });

  it('ignores case, width and spaces', () => {
    const search = searchOver(['重新思考学习率与Batch Size']);
    for (const query of ['batch size', 'BATCHSIZE', 'ｂａｔｃｈ　ｓｉｚｅ', ' batch  Size '])
      expect(ids(search, query), query).toEqual([10]);
  });

  it('ranks the beginning of a title, the title, all words of it, then the tags', () => {
    const search = searchOver(
      ['注意力', '从RoPE到外推', '外推与 RoPE', 'RoPE外推'],
      [['rope外推'], [], [], []],
    );
    expect(ids(search, 'RoPE 外推')).toEqual([13, 12, 11, 10]);
    expect(search.find('rope外推').posts.at(-1)).toMatchObject({ tag: 'rope外推' });
  });

  it('ignores quotes, which make a phrase in texts, unless a title contains them', () => {
    const search = searchOver(['“硬刚”扩散ODE', '扩散模型', '硬刚到底']);
    for (const query of ['"扩散模型"', '“扩散模型”', '「扩散模型」', '"扩散模型'])
      expect(ids(search, query), query).toEqual([11]);
    expect(ids(search, '“硬刚”')).toEqual([10]);
    expect(ids(search, '"扩散" "ODE"')).toEqual([10]);
    expect(ids(search, '""')).toEqual([]);
  });

  it('puts the newest first among equals', () => {
    expect(ids(searchOver(['熵一', '熵二', '熵三']), '熵')).toEqual([12, 11, 10]);
  });

  it('finds simplified texts for traditional characters', () => {
    const search = new Search(bundledCatalogue(), bundledSearchData().details, bundledSearchData());
    for (const [traditional, simplified] of [
      ['旋轉位置編碼', '旋转位置编码'],
      ['最優化', '最优化'],
      ['變分自編碼器', '变分自编码器'],
      ['Transformer 升級', 'Transformer 升级'],
      ['神經網路', '神经网络'],
      ['演算法', '算法'],
      ['機率', '概率'],
      ['最佳化演算法', '优化算法'],
    ] as const) {
      const found = search.find(traditional);
      expect(found.posts.length, traditional).toBeGreaterThan(0);
      expect(found).toEqual(search.find(simplified));
    }
  });

  it('knows the particle 著, which keeps its form in words such as 顯著 and 著名', () => {
    const { simplify } = bundledSearchData();
    expect(simplify('隨著步數增加，著名的結論有顯著變化')).toBe(
      '随着步数增加，著名的结论有显著变化',
    );
  });

  it('finds a traditional title by its own characters', () => {
    const { simplify } = bundledSearchData();
    const catalogue = new Catalogue({ posts: [post(10, '旋轉')], series: [] });
    const search = new Search(catalogue, new Map(), { simplify });
    expect(ids(search, '旋轉')).toEqual([10]);
  });

  it('finds nothing for an empty query', () => {
    for (const query of ['', '   ', '\u200b'])
      expect(whole.find(query)).toMatchObject({ series: [], posts: [], query: '' });
  });
});

describe('similar texts', () => {
  it.each([
    ['left out', 'Tranformer升级之路'],
    ['too many', 'Transforrmer升级之路'],
    ['another', 'Transfirmer升级之路'],
    ['swapped', 'Transfomrer升级之路'],
    ['short', '升极之路'],
  ])('finds with a letter %s', (_, query) => {
    const found = whole.find(query);
    expect(found.isExact).toBe(false);
    expect(found.series.map(({ name }) => name)).toContain('Transformer升级之路');
    expect(found.posts.length).toBeGreaterThanOrEqual(21);
  });

  it('are not searched if the query is found literally', () => {
    expect(ids(searchOver(['扩散模型', '扩散摸型']), '扩散模型')).toEqual([10]);
  });

  it('are not found if they differ more', () => {
    const search = searchOver(['一维弹簧的运动', '高斯型积分的微扰展开']);
    expect(ids(search, '二维弹弓的转动')).toEqual([]);
    expect(whole.find('zzzzqqqq').posts).toEqual([]);
  });

  it('are sorted by the number of edits', () => {
    expect(ids(searchOver(['Transfomrer等', 'Transfrmer等']), 'Transformer')).toEqual([11, 10]);
  });
});

describe('an endless query', () => {
  it.each(['熵', 'a', 'ab', '升级之路', ' x'])('of %s is bounded', (piece) => {
    const query = piece.repeat(10_000 / piece.length);
    // A longer query is cut to 80 characters.
    expect(whole.find(query).query.length).toBeLessThanOrEqual(80);
    expect(whole.find(query)).toEqual(whole.find(query.slice(0, 80)));
  });
});

describe('highlight', () => {
  const marked = (text: string, query: string, search = searchOver([text])) =>
    highlight(text, search.find(query))
      .map(({ text: piece, isHit }) => (isHit ? `[${piece}]` : piece))
      .join('');

  it('marks every occurrence in its spelling', () => {
    expect(marked('熵的形象来源与熵的妙用', '熵')).toBe('[熵]的形象来源与[熵]的妙用');
    expect(marked('重新思考Batch Size', 'batchs')).toBe('重新思考[Batch S]ize');
    expect(marked('Ｓｃａｌｅ操作', 'scale')).toBe('[Ｓｃａｌｅ]操作');
  });

  it('marks separate words, and similar text', () => {
    expect(marked('从RoPE到外推', 'rope 外推')).toBe('从[RoPE]到[外推]');
    expect(marked('细水长flow之NICE', 'fllow')).toBe('细水长[flow]之NICE');
  });

  it('keeps the complete text', () => {
    for (const text of ['', 'a#b#', '👍🏽熵', 'é e\u0301', '㈠①'])
      expect(
        highlight(text, whole.find('熵'))
          .map((piece) => piece.text)
          .join(''),
      ).toBe(text);
  });
});
