import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSource, type Source } from '../../../scripts/source.ts';
import { formatPosts, formatSeries, update, updateFromFiles } from '../../../scripts/update.ts';
import type { SavedPost } from '../../../src/site/saved-post.ts';
import { ROOT } from '../support.ts';

const data = (name: string) => readFileSync(join(ROOT, 'src/catalogue/data', name), 'utf8');

it('the data is written back byte for byte', () => {
  const { posts, series } = readSource();
  expect(formatPosts(posts)).toBe(data('posts.json'));
  expect(formatSeries(series)).toBe(data('series.json'));
});

const LENGTH = { chars: 1, words: 2, inlineFormulas: 3, displayFormulas: 4, codeLines: 5 };
const row = (id: number, title: string, date: string) => ({
  id,
  title,
  date,
  categories: ['甲'],
  tags: ['x'],
  refs: null,
  length: null,
});

const before = (): Source => ({
  posts: [
    row(1, '系列（一）：甲', '2020-01-01'),
    row(2, '系列（二）：乙', '2020-01-02'),
    row(3, '别的', '2020-02-01'),
  ],
  series: [{ slug: 'numbered', name: '系列', kind: 'numbered', posts: [1, 2] }],
  exceptions: [],
});
const listed = () => before().posts.map(({ id, title, date }) => ({ id, title, date }));
const page = (id: number, more: Partial<SavedPost> = {}): SavedPost => ({
  id,
  categories: ['乙'],
  tags: ['y', 'z'],
  refs: [],
  length: LENGTH,
  ...more,
});

describe('an update', () => {
  it('changes nothing for the same posts', () => {
    const made = update(before(), listed(), []);
    expect(made).toEqual({ source: before(), changes: [], notes: [], faults: [] });
  });

  it('adds a post in order, with the facts of its page, to its series', () => {
    const made = update(
      before(),
      [{ id: 4, title: '系列（三）：丙', date: '2020-03-01' }, ...listed()],
      [page(4, { refs: [3, 1] })],
    );
    expect(made.faults).toEqual([]);
    expect(made.source.posts.at(-1)).toEqual({
      id: 4,
      title: '系列（三）：丙',
      date: '2020-03-01',
      categories: ['乙'],
      tags: ['y', 'z'],
      refs: [1, 3],
      length: LENGTH,
    });
    expect(made.source.series[0]?.posts).toEqual([1, 2, 4]);
    expect(made.changes).toContain('+ 4 2020-03-01 《系列（三）：丙》');
    expect(made.changes).toContain('~ series numbered: part 3 is 4');
  });

  it('adds a new part to a finished series, and says so', () => {
    const finished = before();
    const [series] = finished.series;
    if (series) series.status = { state: 'finished', post: 2, says: '乙' };
    const made = update(
      finished,
      [{ id: 4, title: '系列（三）：丙', date: '2020-03-01' }, ...listed()],
      [page(4)],
    );
    expect(made.faults).toEqual([]);
    expect(made.source.series[0]).toEqual({ ...before().series[0], posts: [1, 2, 4] });
    expect(made.notes).toEqual(['series numbered was finished by 2, and goes on']);
  });

  it('rejects a new post without its page, and says which page to save', () => {
    const { faults } = update(
      before(),
      [...listed(), { id: 4, title: '新', date: '2020-03-01' }],
      [],
    );
    expect(faults).toEqual([
      'post 4 《新》 is new: save https://kexue.fm/archives/4 and name the file too',
    ]);
  });

  it('accepts a new title, but not another spelling of the old one', () => {
    const posts = listed();
    posts[0]!.title = '系列 (一): 甲';
    posts[2]!.title = '别的文章';
    const made = update(before(), posts, []);
    expect(made.changes).toEqual(['~ 3 title: 《别的》 is now 《别的文章》']);
    expect(made.source.posts.map(({ title }) => title)).toEqual([
      '系列（一）：甲',
      '系列（二）：乙',
      '别的文章',
    ]);
  });

  it('accepts a new date', () => {
    const posts = listed();
    posts[2]!.date = '2020-02-02';
    expect(update(before(), posts, []).source.posts[2]?.date).toBe('2020-02-02');
  });

  it('keeps a post that is no longer listed, and says so', () => {
    const made = update(before(), listed().slice(0, 2), []);
    expect(made.source.posts).toHaveLength(3);
    expect(made.notes).toEqual(['post 3 《别的》 is not on the archive page; it is kept']);
  });

  it('leaves out a reference to an unknown post, and says so', () => {
    const made = update(before(), listed(), [page(3, { refs: [77, 2] })]);
    expect(made.source.posts[2]?.refs).toEqual([2]);
    expect(made.notes.join()).toMatch(/links to 77/);
    expect(made.faults).toEqual([]);
  });

  it('reports a part of an unknown series', () => {
    const made = update(
      before(),
      [...listed(), { id: 4, title: '新系列（一）：丁', date: '2020-03-01' }],
      [page(4)],
    );
    expect(made.notes.join()).toMatch(/part 1 of 「新系列」/);
    expect(made.source.series).toEqual(before().series);
  });

  it.each([
    [
      'a gap in a series',
      { id: 4, title: '系列（四）：丁', date: '2020-03-01' },
      /1,2,4, not 1,2,3/,
    ],
    ['no date', { id: 4, title: '丁', date: undefined }, /gives no date/],
    ['an impossible date', { id: 4, title: '丁', date: '2020-02-31' }, /2020-02-31/],
  ])('refuses %s', (_, post, says) => {
    expect(update(before(), [...listed(), post], [page(4)]).faults.join()).toMatch(says);
  });

  it('rejects the page of a post that is not listed', () => {
    expect(update(before(), listed(), [page(9)]).faults).toEqual([
      'post 9 is not on the archive page',
    ]);
  });
});

describe('saved pages', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'catalogue-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const save = (name: string, html: string) => {
    const file = join(folder, name);
    writeFileSync(file, html);
    return file;
  };
  const archive = (announced: number) =>
    save(
      'content.html',
      `<div id="PostContent"><div id="archives"><h3>2020年 (共${announced}篇)</h3><ul><li><span>03月</span><ul>
        <li>01日: <a href="https://kexue.fm/archives/4">系列（三）：丙</a> (<a href="https://kexue.fm/archives/4#PostComment">2</a>)</li></ul></li>
       <li><span>02月</span><ul><li>01日: <a href="https://kexue.fm/archives/3">别的</a></li></ul></li>
       <li><span>01月</span><ul><li>02日: <a href="/archives/2">系列（二）：乙</a></li><li>01日: <a href="/archives/1">系列（一）：甲</a></li></ul></li></ul></div></div>`,
    );
  const post = () =>
    save(
      '4.html',
      `<div class="Post"><div class="PostHead"><div class="title-wrap"><h1><a href="https://kexue.fm/archives/4">系列（三）：丙</a></h1></div></div>
       <div class="PostContent" id="PostContent"><p>占位<a href="/archives/2">《二》</a>和<a href="/archives/1">《一》</a>又<a href="/archives/2">《二》</a>。$x$</p>
       <p>转载到请包括本文地址：<a href="/archives/4">x</a> <a href="/archives/3">y</a></p></div></div>
       <div id="tools" class="tools"><span class="cat">分类：<a href="https://kexue.fm/category/Big-Data">信息时代</a>,<a href="https://kexue.fm/category/Mathematics">数学研究</a> 标签：<a href="/tag/a/">甲乙</a>, <a href="/tag/b/">attention</a></span></div>`,
    );

  it('are read with the code of the extension', () => {
    const made = updateFromFiles(before(), [archive(4), post()]);
    expect(made.faults).toEqual([]);
    expect(made.source.posts.at(-1)).toMatchObject({
      id: 4,
      date: '2020-03-01',
      categories: ['信息时代', '数学研究'],
      tags: ['甲乙', 'attention'],
      refs: [1, 2],
    });
    expect(made.source.posts.at(-1)?.length).toMatchObject({ inlineFormulas: 1, codeLines: 0 });
    expect(made.source.series[0]?.posts).toEqual([1, 2, 4]);
  });

  it('are rejected if a year is incomplete', () => {
    expect(updateFromFiles(before(), [archive(5), post()]).faults).toEqual([
      'the archive page says 5 posts for 2020, and lists 4',
    ]);
  });

  it.each<[what: string, files: () => string[], says: RegExp]>([
    ['nothing', () => [], /no saved archive page/],
    [
      'a file that is not there',
      () => [join(folder, 'none.html')],
      /none\.html: cannot be read \(ENOENT\)/,
    ],
    ['a page without the list', () => [save('x.html', '<p>x</p>')], /lists no post/],
    [
      'a page that is no post',
      () => [archive(4), save('y.html', '<p>x</p>')],
      /y\.html: this is no page of a post/,
    ],
  ])('are refused: %s', (_, files, says) => {
    expect(updateFromFiles(before(), files()).faults.join()).toMatch(says);
  });
});
