/**
 * Static pages that give form controls and images the names of properties, so that `form.parentNode` and
 * `document.body` are these elements. They must be read and drawn as if the elements had no names.
 */
import { describe, expect, it } from 'vitest';
import { report } from '../unit/runs.ts';
import { BROWSERS, openOwnPage, seeLines, setStage, waitForLines } from './harness.ts';

const BYLINE = '<span class="submitted">By 某人 | 2023-08-24 | 1位读者 | 引用</span>';
const TITLE = '为节约而生：从标准Attention到稀疏Attention';

/** The names of all properties of forms, documents and windows. */
const NAMES = `[...new Set([document, document.createElement('form'), window].flatMap((each) => {
  const names = [];
  for (let at = each; at; at = Object.getPrototypeOf(at)) names.push(...Object.getOwnPropertyNames(at));
  return names;
}))].filter((name) => /^[a-zA-Z]+$/.test(name))`;

/** Controls with these names, which take no room. */
const controls = (names: readonly string[]) =>
  names.map((name) => `<input type="hidden" name="${name}">`).join('');
const images = (names: readonly string[]) =>
  `<div hidden>${names.map((name) => `<img name="${name}"><form name="${name}"><input name="runtime" id="id"></form>`).join('')}</div>`;

const KINDS = {
  listing: {
    address: 'https://kexue.fm/',
    html: (names: readonly string[]) => `<form class="Post">${controls(names)}
      <div class="PostHead"><div class="title-wrap"><h2><a href="/archives/9708">题</a></h2>${BYLINE}</div></div>
      <div class="PostContent"><p>正文 <a href="/archives/8265">一</a> 《${TITLE}》</p>
      <div><form>${controls(names)}<b>x</b></form></div></div></form>`,
    lines: 1,
  },
  post: {
    address: 'https://kexue.fm/archives/9708',
    html: (
      names: readonly string[],
    ) => `<div class="Post"><div class="PostHead"><div class="title-wrap">
      <h1><a href="/archives/9708">题</a></h1>${BYLINE}</div></div>
      <form id="PostContent">${controls(names)}<p>正文 <a href="/archives/8265">一</a> 《${TITLE}》</p><b>x</b></form></div>`,
    // The line, and the series at the end.
    lines: 2,
  },
  archive: {
    address: 'https://kexue.fm/content.html',
    html: (
      names: readonly string[],
    ) => `<div class="PostContent"><form id="archives">${controls(names)}
      <h3>2023年 (共1篇)</h3><ul><li><span>08月</span><ul>
      <li>24日: <a href="/archives/8265">一</a></li></ul></li></ul></form></div>`,
    // The filters, and the year.
    lines: 2,
  },
};

describe.each(BROWSERS)('clobbered pages in %s', (browser) => {
  const stage = setStage(browser);

  it.each(['listing', 'post', 'archive'] as const)(
    'are read and drawn like others: a %s',
    async (kind) => {
      const { address, html, lines: count } = KINDS[kind];
      await stage.current.mark({ 8265: { kind: 'later' } });
      const seen: unknown[] = [];
      const plain = await openOwnPage(stage.current, html([]), '', { address });
      const names: string[] = (await plain.page.evaluate(NAMES)) as string[];
      expect(names.length).toBeGreaterThan(500);
      const clobbered = await openOwnPage(stage.current, html(names) + images(names), '', {
        address,
      });
      expect(
        await clobbered.page.evaluate('document.body instanceof HTMLBodyElement'),
        'the names stand before the properties',
      ).toBe(false);
      for (const { page, errors } of [plain, clobbered]) {
        const lines = await waitForLines(
          page,
          (all) =>
            all.length === count &&
            all.every(
              ({ text, controls, isEnding }) =>
                text || controls.length > 0 || isEnding || kind === 'archive',
            ),
        );
        const attributes = await page.evaluate(() => {
          const find = (selector: string) =>
            Document.prototype.querySelectorAll.call(document, selector);
          return [find('[data-kexue-mark]').length, find('[data-kexue-mention]').length];
        });
        seen.push([
          lines.map(({ text, controls }) => [text, controls.map(({ name }) => name)]),
          attributes,
        ]);
        expect(errors).toEqual([]);
      }
      expect(seen[1]).toEqual(seen[0]);
      report(`clobbered ${kind}`, { names: names.length, differences: 0 });
      expect(await seeLines(clobbered.page)).toHaveLength(count);
      await plain.page.close();
      await clobbered.page.close();
    },
  );
});
