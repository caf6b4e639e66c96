/** What check-live.ts says of the blog, and when it fails. */
import { expect, it } from 'vitest';
import { conclude, PAGES, type PageFacts, statementsOn } from '../../../scripts/statements.ts';

it('check-live succeeds only if every statement holds on every page', () => {
  const pages = PAGES.length;
  expect(conclude({ pages, holds: 100, fails: 0 }).status).toBe(0);
  expect(conclude({ pages, holds: 99, fails: 1 }).status).toBe(1);
});

it('check-live fails if it ended before the last page, and says how many pages it opened', () => {
  expect(conclude({ pages: 2, holds: 40, fails: 0 })).toEqual({
    says: '2 of 9 pages: 40 statements hold, 0 do not.',
    status: 1,
  });
});

/** What is said of a page of the list about its frame and pager. */
function holdsOn(path: string, changes: Partial<PageFacts>): Record<string, boolean> {
  const page = PAGES.find((each) => each.path === path);
  if (!page) throw new Error(path);
  const facts: PageFacts = {
    counts: {},
    items: [],
    more: [],
    boxes: 0,
    doctype: 'html',
    language: 'zh-CN',
    title: '',
    isDrawerFirst: true,
    mathjax: null,
    shifts: 0,
    ...changes,
  };
  const statements = statementsOn(page, facts, { policy: '', recognised: [], refused: 0 });
  return Object.fromEntries(statements.map(({ says, holds }) => [says, holds]));
}

it.each<[doctype: string, language: string, holds: boolean]>([
  ['html', 'zh-CN', true],
  ['', 'zh-CN', false],
  ['-//W3C//DTD XHTML 1.0 Transitional//EN', 'zh-CN', false],
  ['html', 'en', false],
  ['html', '', false],
])('a page with the doctype "%s" and the language "%s" is the known one: %s', (...row) => {
  const [doctype, language, holds] = row;
  const said = holdsOn('/links.html', { doctype, language });
  expect(said['the doctype is html, and the language zh-CN']).toBe(holds);
});

it.each<[path: string, pagers: number, says: string, holds: boolean]>([
  ['/', 1, 'there is one pager', true],
  ['/', 0, 'there is one pager', false],
  ['/', 2, 'there is one pager', false],
  ['/2023/08/', 0, 'there is no pager', true],
  ['/2023/08/', 1, 'there is no pager', false],
])('on %s with %s pagers, "%s" is %s', (path, pagers, says, holds) => {
  expect(holdsOn(path, { counts: { 'ol.page-navigator': pagers } })[says]).toBe(holds);
});
