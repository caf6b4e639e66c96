import { describe, expect, it } from 'vitest';
import { archiveEntries, archiveList } from '../../../src/site/archive.ts';
import { fixture, parsePage } from '../support.ts';

function entriesOf(page: Document) {
  const list = archiveList(page);
  return list ? archiveEntries(list) : [];
}

describe('the archive page', () => {
  const entries = entriesOf(fixture('content', 'https://kexue.fm/content.html'));

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
