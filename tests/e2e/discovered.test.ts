/** Posts that the bundled index does not have: discovered on one page, known on all others. */
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { growing as NAME, newPost, nextPart, nonsense } from '../../scripts/sample/facts.ts';
import { NEWEST_DATE } from '../facts.ts';
import {
  BROWSERS,
  click,
  filledLines,
  lineOf,
  openOwnPage,
  seeLines,
  SERIES,
  setStage,
  waitForLines,
} from './harness.ts';
import { keptOpenings } from './openings.ts';
import { button, find, press, selectorOf, textOf, wanted, within } from './roles.ts';

/** The line's text of part 14, with and without the new post. */
const [OF_ALL, WITHOUT_NEW] = [`第 14 / ${nextPart} 篇`, `第 14 / ${nextPart - 1} 篇`];
/** The beginning of the new post's own title. */
const NEW = `${nextPart}、`;
/** The button of the series in the popup, and the list that it opens. */
const OPEN = button(new RegExp(`^${NAME}`));
const PART = within(wanted('list', `${NAME}的各篇`), wanted('listitem'));
/** After this time, in ms, a page has sent what it shows. */
const SENT_BY_MS = 6_000;

describe.each(BROWSERS)('a post newer than the index in %s', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async (url: string, type?: 'tab' | 'window') => {
    const page = await stage.current.open(url, type);
    pages.push(page);
    return page;
  };
  /** Opens a page with such a column and drawer in a window. */
  const openOwn = async (column: string, drawer = '') =>
    pages.push((await openOwnPage(stage.current, column, drawer, { type: 'window' })).page);
  const stored = <T>(expression: string) =>
    stage.current.inExtension<T>(`browser.storage.local.get(null).then((all) => ${expression})`);

  describe('on a page with false facts', () => {
    it('is drawn as new and not stored, nor is anything of unknown ids or translated pages', async () => {
      const page = await open('https://kexue.fm/?new=nonsense', 'window');
      await open(`https://kexue.fm/archives/${newPost.id + 7}`, 'window');
      const item = `<div class="Post"><div class="title-wrap"><h2>
        <a href="/archives/${newPost.id + 6}">A translated title</a></h2></div></div>`;
      const translations = [
        'document.documentElement.className = "translated-ltr"',
        'document.documentElement.lang = "en"',
        'const a = document.querySelector("h2 a"); a.innerHTML = "<font><font>" + a.textContent + "</font></font>"',
      ];
      for (const script of translations) await openOwn(`${item}<script>${script}</script>`);
      const lines = await filledLines(page);
      expect(lineOf(lines, `${nextPart + 1}、太远的编号`).text).toContain('新文章');
      await delay(SENT_BY_MS);
      expect(await stored('all.learned ?? null')).toBeNull();
      const kept = (await keptOpenings(stage.current)).map(({ id }) => id);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.filter((id) => nonsense.some((post) => post.id === id))).toEqual([]);
      const other = await open('https://kexue.fm/2023/08/');
      expect(lineOf(await filledLines(other), `${NAME}：14、`).text).toContain(WITHOUT_NEW);
    });

    it('is rejected in a message from the page', async () => {
      const claimed = { id: newPost.id, title: `${NAME}：${nextPart}、假的`, date: newPost.date };
      const message = JSON.stringify({ type: 'discover', facts: [claimed] });
      await stage.current.inExtension(
        `Promise.race([browser.runtime.sendMessage(${message}), new Promise((done) => setTimeout(done, 1000))]).catch(() => undefined)`,
      );
      expect(await stored('all.learned ?? null')).toBeNull();
    });
  });

  describe('in a list or a title', () => {
    const learned = () => stored<string>(`all.learned ?? ''`);
    afterEach(() => stage.current.inExtension(`browser.storage.local.remove('learned')`));

    it('is discovered in the drawer’s list of new posts, without a cut title', async () => {
      const [next, cut] = [newPost.id + 1, newPost.id + 2];
      await openOwn(
        '',
        `<h2>NEWPOSTS</h2><ul><li><a href="/archives/${next}">${NAME}：${nextPart}、抽屉里的新篇</a></li>
         <li><a href="/archives/${cut}">${NAME}：${nextPart + 1}、截断的...</a></li></ul>`,
      );
      await expect.poll(learned).toContain(`：${nextPart}、抽屉里的新篇"`);
      expect((await learned()).split('\n')).toHaveLength(2);
      const other = await open('https://kexue.fm/2023/08/');
      expect(lineOf(await filledLines(other), `${NAME}：14、`).text).toContain(OF_ALL);
    });

    it('does not change known titles from a list, and takes no labelled title', async () => {
      const item = (id: number, title: string) =>
        `<div class="Post"><div class="title-wrap"><h2><a href="/archives/${id}">${title}</a></h2></div></div>`;
      const [labelled, cut, plain] = [newPost.id + 3, newPost.id + 4, newPost.id + 5];
      await openOwn(
        item(9708, `<span>[置顶] </span>${NAME}：12、别的题`) +
          item(9706, `${NAME}：11、前半...`) +
          item(labelled, `<span>[置顶] </span>新的一篇`) +
          item(cut, '新的前半...') +
          item(plain, '又一篇新的'),
      );
      await expect.poll(learned).toContain('又一篇新的');
      expect((await learned()).split('\n')).toHaveLength(2);
    });

    it('shows the changed title of a post’s own page', async () => {
      const title = `${NAME}：12、作者改过的题`;
      const column = `<div class="Post"><div class="PostHead"><div class="title-wrap">
        <h1><a href="/archives/9708">${title}</a></h1>
        <span class="submitted">By 某人 | 2023-08-24 | 1位读者</span></div></div>
        <div class="PostContent" id="PostContent"><p>正文</p></div></div>`;
      const { page } = await openOwnPage(stage.current, column, '', {
        address: 'https://kexue.fm/archives/9708',
        title: `${title} - 科学空间|Scientific Spaces`,
      });
      pages.push(page);
      await expect.poll(learned).toContain(title);
      const popup = await stage.current.openPopup();
      pages.push(popup);
      await press(popup, OPEN);
      const rows = await popup.$$eval(selectorOf(PART), (all) => all.map((row) => row.textContent));
      expect(rows[11]).toMatch(/^12作者改过的题/);
      // A changed title does not make the post new.
      expect(rows[11]).not.toContain('新文章');
    });
  });

  describe('on the home page', () => {
    let page: Page;
    beforeAll(async () => {
      page = await stage.current.open('https://kexue.fm/?new=1');
    });

    it('is shown as part n + 1 of n + 1 and marked as new', async () => {
      const lines = await waitForLines(page, (all) =>
        all.some(
          ({ title, text }) =>
            title.includes(NEW) && text.includes(`第 ${nextPart} / ${nextPart} 篇`),
        ),
      );
      expect(lineOf(lines, NEW).text).toContain('新文章');
      await click(page, NEW, SERIES);
      const opened = await waitForLines(page, (all) => lineOf(all, NEW).rows.length === nextPart);
      expect(lineOf(opened, NEW).rows.at(-1)).toMatch(
        new RegExp(`^${nextPart}样张里的新篇本篇新文章`),
      );
      expect(lineOf(opened, NEW).rows[0]).not.toContain('新文章');
    });

    it('has its opening stored separately from the data of every page', async () => {
      await expect
        .poll(async () => (await keptOpenings(stage.current)).map(({ id }) => id))
        .toContain(newPost.id);
      expect(await stored(`Object.keys(all).filter((key) => key.startsWith('opening'))`)).toEqual(
        [],
      );
      await page.close();
      const learned = await stored<string>('all.learned');
      expect(learned).toContain(newPost.title);
      expect(learned.split('\n')).toHaveLength(2);
    });

    it('is part of its series on every other page', async () => {
      const other = await open('https://spaces.ac.cn/2023/08/');
      const line = lineOf(await filledLines(other), `${NAME}：14、`);
      expect(line.text).toContain(OF_ALL);
      expect(line.text).not.toContain('新文章');
    });

    it('is at the end of its series in the popup, and its search finds it', async () => {
      const popup = await stage.current.openPopup();
      pages.push(popup);
      await press(popup, button(new RegExp(`^${NAME}.*\\d ?/ ?${nextPart}$`)));
      // The date of the bundled index does not change.
      expect(await textOf(popup)).toContain(`目录到 ${NEWEST_DATE}`);
      const rows = await popup.$$eval(selectorOf(PART), (all) => all.map((row) => row.textContent));
      expect(rows.at(-1)).toBe(`${nextPart}样张里的新篇新文章${newPost.date}`);
      await popup.keyboard.press('/');
      await popup.keyboard.type('样张里的新篇');
      await find(popup, wanted('option', /样张里的新篇/));
    });

    it('has its series at the end of its own page, and its length is known afterwards', async () => {
      const post = await open(`https://kexue.fm/archives/${newPost.id}`);
      const lines = await waitForLines(post, (all) => all.length === 2);
      const ending = lines.find(({ isEnding }) => isEnding);
      expect(ending?.rows).toHaveLength(nextPart);
      await expect.poll(() => stored('all.learned')).toMatch(/"length":\{"chars":\d+/);
    });

    it('is also discovered on the archive page, which has no line', async () => {
      await stage.current.inExtension(`browser.storage.local.remove('learned')`);
      const archive = await open('https://kexue.fm/content.html?new=1');
      await expect.poll(() => stored('all.learned ?? ""')).toContain(newPost.title);
      const groups = (await seeLines(archive)).map(({ group }) => group);
      expect(groups).not.toContain('科学空间伴读');
      const learned = await stored<string>('all.learned');
      expect(learned.split('\n')).toHaveLength(2);
    });

    it('is still known after an update of the extension', async () => {
      await stage.current.reload();
      const other = await open('https://kexue.fm/2023/08/');
      const line = lineOf(await filledLines(other), `${NAME}：14、`);
      expect(line.text).toContain(OF_ALL);
    });
  });
});
