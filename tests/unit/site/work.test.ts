/** The work on a hostile page is linear in its length: these tests count what is read. */
import { afterEach, expect, it, vi } from 'vitest';
import { archiveEntries, archiveList } from '../../../src/site/archive.ts';
import { postLinksIn } from '../../../src/site/links.ts';
import { findTitles, headingsAt, readExcerpt, titleTest } from '../../../src/site/listing.ts';
import { parsePage } from '../support.ts';

afterEach(() => vi.restoreAllMocks());

/** Counts the calls of a method of all elements of a page. */
function countCalls(page: Document, method: 'getAttribute' | 'matches') {
  const prototype = Object.getPrototypeOf(Object.getPrototypeOf(Object.getPrototypeOf(page.body)));
  return vi.spyOn(prototype as Element, method);
}

it('of a title with ten thousand links only the first few are read', () => {
  const links = '<a href="/archives/9708">题</a>'.repeat(10_000);
  const page = parsePage(`<div class="title-wrap"><h2>${links}</h2></div>`);
  const heading = page.querySelector('h2') as Element;
  const read = countCalls(page, 'getAttribute');
  expect(readExcerpt(heading).link).toBe('elsewhere');
  expect(read.mock.calls.length).toBeGreaterThan(0);
  expect(read.mock.calls.length).toBeLessThan(20);
});

it('of a title with a hundred thousand nodes only the first thousands are read', () => {
  const page = parsePage(`<h2>${'<i></i>'.repeat(20_000)}<a href="/archives/9708">题</a></h2>`);
  expect(readExcerpt(page.querySelector('h2') as Element).link).toBeUndefined();
});

it('nodes added within another added node are looked at once', () => {
  const page = parsePage(`<div id="all">${'<p><b>文</b></p>'.repeat(1_000)}</div>`);
  const all = page.querySelector('#all') as Element;
  const asked = countCalls(page, 'matches');
  expect(headingsAt([all, ...all.querySelectorAll('*')]).size).toBe(0);
  expect(asked.mock.calls.length).toBeLessThan(10);
});

it('items at a great depth share one walk up to the root', () => {
  const [items, depth] = [200, 300];
  const item =
    '<div class="Post"><h2><a href="/archives/9708">题</a></h2><div class="PostContent"><a href="/archives/4">x</a></div></div>';
  const page = parsePage(`${'<div>'.repeat(depth)}${item.repeat(items)}${'</div>'.repeat(depth)}`);
  const boxes = [...page.querySelectorAll('.Post')];
  const asked = countCalls(page, 'matches');
  expect([...headingsAt(boxes)].filter(titleTest())).toHaveLength(items);
  expect(findTitles(page)).toHaveLength(items);
  expect(postLinksIn([page], false)).toHaveLength(items);
  expect(postLinksIn(boxes, false)).toHaveLength(items);
  expect(asked.mock.calls.length).toBeLessThan(20 * (items + depth));
});

it('an entry of the archive has its innermost boxes at any depth', () => {
  const [open, close] = ['<div>'.repeat(300), '</div>'.repeat(300)];
  const page = parsePage(
    `<div class="PostContent"><div id="archives">${open}<ul><li>24日: <a href="/archives/9711">题</a></li></ul>${close}</div></div>`,
  );
  const [entry] = archiveEntries(archiveList(page) as Element);
  expect(entry?.boxes).toHaveLength(10);
});
