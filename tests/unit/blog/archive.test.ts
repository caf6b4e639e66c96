import { describe, expect, it } from 'vitest';
import { archiveList, archiveReader } from '../../../src/blog/archive.ts';
import { fixture, parsePage } from '../support.ts';

function entriesOf(page: Document) {
  const list = archiveList(page);
  return list ? archiveReader(page)(list) : [];
}

describe('the archive page', () => {
  const entries = entriesOf(fixture('content', 'https://kexue.fm/content.html'));

  it('is read in its order, with id, title and date', () => {
    expect(entries.map(({ id, title, date }) => ({ id, title, date }))).toEqual([
      { id: 90001, title: '占位标题甲：纯文字摘要', date: '2099-08-28' },
      { id: 90002, title: '占位标题乙：含行内公式$\\beta$的标题', date: '2099-08-24' },
      { id: 90003, title: '占位标题丙：带小标题与编号公式', date: '2099-07-20' },
      { id: 90004, title: '占位标题丁：带图片', date: '2099-07-06' },
      { id: 90005, title: '占位标题戊：引用块与编号条目', date: '2098-12-31' },
      { id: 90006, title: '占位标题己：没有“阅读全文”的短文', date: '2098-11-09' },
      { id: 90007, title: '占位标题庚：多行公式与 & 实体 <占位>', date: '2098-11-02' },
    ]);
  });

  it('says what each year announces', () => {
    const years = new Set(entries.map(({ year }) => year));
    expect([...years].map(({ year, announced }) => [year, announced])).toEqual([
      ['2099', 4],
      ['2098', 3],
    ]);
  });

  it('knows the boxes of an item, its month and its year, and none outside of the list', () => {
    const [first, second, third] = entries;
    expect(first?.boxes.map(({ nodeName }) => nodeName)).toEqual(['UL', 'LI', 'UL']);
    expect(second?.boxes).toEqual(first?.boxes);
    expect(third?.boxes[1]).not.toBe(first?.boxes[1]);
    expect(third?.boxes.at(-1)).toBe(first?.boxes.at(-1));
  });
});

const list = (html: string) =>
  entriesOf(parsePage(`<div id="PostContent"><div id="archives">${html}</div></div>`));

describe('a list of another form', () => {
  it('without years and months has no dates', () => {
    const entries = list('<ul><li>09日: <a href="/archives/4">甲</a></li></ul>');
    expect(entries.map(({ id, date }) => [id, date])).toEqual([[4, undefined]]);
    expect(entries[0]?.year.heading).toBeUndefined();
  });

  it('with single digits gives whole dates', () => {
    const [entry] = list(
      '<h3>2099 年</h3><ul><li><span>8月</span><ul><li>9日：<a href="/archives/4">甲</a></li></ul></li></ul>',
    );
    expect(entry?.date).toBe('2099-08-09');
    expect(entry?.year.announced).toBeUndefined();
  });

  it('counts an item once, however many links it has, and leaves out what is no post', () => {
    const entries = list(
      `<li><a href="/archives/4">甲</a> (<a href="/archives/4#PostComment">3</a>) <a href="/archives/5">又</a></li>
       <li><a href="https://example.org/archives/6">别处</a></li><li>没有</li>`,
    );
    expect(entries.map(({ id }) => id)).toEqual([4]);
  });

  it('that is no list at all is empty', () => {
    expect(entriesOf(parsePage('<h3>2099年</h3>'))).toEqual([]);
    expect(list('')).toEqual([]);
  });
});
