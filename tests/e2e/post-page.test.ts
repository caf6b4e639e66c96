/** Pages at the address of a post: some show the post, others do not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  clickOn,
  controlOf,
  filledLines,
  hasControl,
  openOwnPage,
  type OwnPage,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';
import { keptOpenings } from './openings.ts';
import { all, button, find, press, waitForText, wanted, within } from './roles.ts';
import { partsOf, titleOf } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

const KNOWN = 'https://kexue.fm/archives/9708';
const OTHER_KNOWN = 'https://kexue.fm/archives/8265';
const OTHER_HEADING = `<h1><a href="${OTHER_KNOWN}">${titleOf(8265)}</a></h1>`;
const NEW = 'https://kexue.fm/archives/12345';
/** Longer than the time after which a visit is stored. */
const VISIT_MS = 12_000;

const BYLINE = '<span class="submitted">By 某人 | 2023-08-24 | 1位读者 | 引用</span>';
const OTHER = '<h3><a href="/archives/4765">别的</a></h3>';
const post = (heading: string, byline: string, text = '<p>稍后</p>') =>
  `<div class="Post"><div class="PostHead"><div class="title-wrap">${heading}${byline}</div></div>
  <div class="PostContent" id="PostContent">${text}</div></div>`;
const ERROR = post('<h1>出错</h1>', '');

describe.each(BROWSERS)('at the address of a post, in %s,', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  /** Each page has a window of its own, so several are visible at once. */
  const open = async (column: string, options: OwnPage) => {
    const { page } = await openOwnPage(stage.current, column, '', { ...options, type: 'window' });
    pages.push(page);
    return page;
  };
  const stored = () =>
    stage.current.inExtension<string[]>(
      `browser.storage.local.get(null).then((all) => Object.keys(all).filter((key) => /^(record|journal|learned)/.test(key)))`,
    );
  /** Moves the mouse on these pages until a visit would be stored. */
  const stay = async (...visited: Page[]) => {
    const end = Date.now() + VISIT_MS;
    for (let x = 100; Date.now() < end; x += 10) {
      for (const page of visited) await page.mouse.move(x, 100);
      await delay(500);
    }
    for (const page of visited)
      expect(await page.evaluate('document.visibilityState')).toBe('visible');
  };

  it('an error page gets no line, counts as no visit, and nothing is discovered on it', async () => {
    const errors: [column: string, options: OwnPage][] = [
      [ERROR, { address: KNOWN, status: 503 }],
      [ERROR, { address: NEW, status: 503 }],
      [ERROR, { address: NEW, status: 404 }],
      [ERROR, { address: KNOWN }],
      [
        post('<h1>页面没找到</h1>', ''),
        { address: KNOWN, status: 404, title: '页面没找到 - 科学空间|Scientific Spaces' },
      ],
    ];
    for (const [column, options] of errors) await open(column, options);
    await stay(...pages);
    for (const [at, page] of pages.entries())
      expect(await seeLines(page), JSON.stringify(errors[at])).toEqual([]);
    expect(await stored()).toEqual([]);
    expect(await keptOpenings(stage.current)).toEqual([]);
  });

  it.each<[what: string, column: string]>([
    ['below the title of another post', `${OTHER}<h1><a href="${KNOWN}">本篇</a></h1>`],
    [
      'in one element with another post’s title',
      `<div class="Post">${OTHER}<h1><a href="/archives/9708">本篇</a></h1></div>`,
    ],
    [
      'without a link, among links to other posts',
      `${OTHER}${post('<h1>本篇</h1>', BYLINE, `<h2><a href="/archives/4765">文中</a></h2>`)}${OTHER}`,
    ],
  ])('shows the line below the post’s own title %s', async (_, column) => {
    const page = await open(column, { address: KNOWN });
    const [line, ...others] = (await filledLines(page)).filter(({ isEnding }) => !isEnding);
    expect(others).toEqual([]);
    const own = await page.$eval('h1', (heading) => heading.getBoundingClientRect().bottom);
    const next = await page.evaluate(
      (from) =>
        [...document.querySelectorAll('h2, h3')]
          .map((heading) => heading.getBoundingClientRect().top)
          .find((top) => top > from) ?? Infinity,
      own,
    );
    expect(line?.row?.y).toBeGreaterThanOrEqual(own);
    expect(line?.row?.y).toBeLessThan(next);
    expect(line?.text).toContain(`第 12 / ${PARTS} 篇`);
  });

  /** The posts whose texts are kept. */
  const keptPosts = async () => {
    const kept = await stage.current.inExtension<{ posts: { id: number }[] }>(
      `send({ type: 'keptPosts' }).then(({ value }) => value)`,
    );
    return kept.posts.map(({ id }) => id);
  };
  /** Waits until the text would be kept, and asserts that it is not. */
  const expectNotKept = async (id: number) => {
    await delay(2_500);
    expect(await keptPosts()).not.toContain(id);
  };

  it('marks a post as read after a visit, but not a page that is cut within the article', async () => {
    const whole = await open(post(`<h1><a href="${KNOWN}">本篇</a></h1>`, BYLINE), {
      address: KNOWN,
    });
    await waitForLines(whole, (all) => all.length === 2 && all[0]?.text !== '');
    const [column = ''] = post(OTHER_HEADING, BYLINE, '<p>稍CUT').split('CUT');
    const cut = await open(column, { address: OTHER_KNOWN, isCut: true });
    await filledLines(cut);
    await stay(whole, cut);
    await expect.poll(async () => [...(await stage.current.record()).keys()]).toEqual([9708]);
    await stage.current.mark({ 8265: { kind: 'later' } });
    await expectNotKept(8265);
    await stage.current.mark({ 8265: { kind: 'unread' } });
  });

  it('keeps the text of a post, but not if a translation is beside it', async () => {
    const openPost = async (heading: string) => {
      const column = post(heading, BYLINE, '<p>稍后</p><p>Later</p>');
      await filledLines(await open(column, { address: OTHER_KNOWN }));
      await stage.current.mark({ 8265: { kind: 'later' } });
    };
    await openPost(OTHER_HEADING.replace('</a>', '<i>A title</i></a>'));
    await expectNotKept(8265);
    await stage.current.mark({ 8265: { kind: 'unread' } });
    await openPost(OTHER_HEADING);
    await expect.poll(keptPosts).toContain(8265);
    await stage.current.mark({ 8265: { kind: 'unread' } });
  });

  /** What was read is found again, opens at its passage, and says what changed since. */
  it('the text of a marked post is kept, found, compared and forgotten', async () => {
    const TITLE = `<h1><a href="${KNOWN}">${titleOf(9708)}</a></h1>`;
    // More than a window of text stands before the words.
    const LONG = Array.from({ length: 100 }, (_, at) => `先说第 ${at} 件小事。<br>`).join('');
    const textWith = (middle: string) =>
      Array.from(
        { length: 60 },
        (_, at) => `<p>第 ${at} 段说的是第 ${at * 7} 件事，与别的不同。</p>`,
      )
        .toSpliced(30, 0, `<p>${LONG}${middle}</p>`)
        .join('');
    const before = post(TITLE, BYLINE, textWith('于是 $\\beta_t$ 随时间衰减，一直到零。'));
    const after = post(TITLE, BYLINE, textWith('于是 $\\beta_t$ 随时间增长，一直到一。'));
    await stage.current.mark({ 9708: { kind: 'unread' } });
    // The tests before this one have read other texts at the same address.
    await stage.current.inExtension(`send({ type: 'forgetTexts', ids: 'all' })`);
    const page = await open(before, { address: KNOWN });
    await filledLines(page);
    await stage.current.mark({ 9708: { kind: 'later' } });

    /** Counts the requests to find texts; the page that counts stays as it is between the tries of a test. */
    const listen = `browser.runtime.onMessage.addListener(({ type }) => {
      if (type === 'findTexts') globalThis.searches++;
    })`;
    await stage.current.inExtension(
      `globalThis.searches ??= (${listen}, 0), globalThis.searches = 0`,
    );
    const asked = () => stage.current.inExtension<number>('globalThis.searches');
    const popup = await stage.current.openPopup();
    pages.push(popup);
    const field = await find(popup, wanted('combobox'));
    await field.focus();
    // Texts are loaded when the reader types, not when the popup opens.
    await delay(500);
    expect(await asked()).toBe(0);
    // The text is read when the browser is idle.
    const found = within(wanted('group', '读过的正文'), wanted('option'));
    await expect
      .poll(async () => {
        await field.press('Escape');
        await field.type('衰减 \\beta_t');
        await delay(500);
        return (await all(popup, found)).length;
      })
      .toBe(1);
    expect(await asked()).toBeGreaterThan(0);
    const option = await find(popup, found);
    expect(await option.$$eval('mark', (marks) => marks.map((each) => each.textContent))).toContain(
      '衰减',
    );
    await option.waitForSelector('.katex');
    const address = await option.evaluate((each) => each.getAttribute('href') ?? '');
    expect(address).toMatch(/\/archives\/9708#kexue-place=/);

    const there = await open(before, { address });
    /** Where the words stand, and their paragraph, in px from the window's top. */
    const tops = () =>
      there.evaluate(() => {
        const paragraph = document.querySelectorAll('#PostContent p')[30]!;
        const last = paragraph.lastChild!;
        const range = document.createRange();
        const at = last.textContent!.indexOf('衰减');
        range.setStart(last, at);
        range.setEnd(last, at + 2);
        return [range, paragraph].map((each) => each.getBoundingClientRect().top);
      });
    await expect.poll(async () => (await tops())[0]).toBeLessThan(200);
    const [words, paragraph] = await tops();
    expect(words).toBeGreaterThan(50);
    expect(paragraph).toBeLessThan(-200);
    expect(await there.evaluate('location.hash')).toBe('');

    const changed = await open(after, { address: KNOWN });
    const notice = button('读后有改动：1 段');
    const [own] = await waitForLines(changed, (lines) =>
      lines.some((each) => hasControl(each, notice)),
    );
    expect(own && hasControl(own, notice)).toBe(true);
    await clickOn(changed, (lines) => controlOf(lines[0]!, notice));
    const [opened] = await waitForLines(changed, (lines) => (lines[0]?.rows.length ?? 0) > 0);
    expect(opened?.rows[0]).toMatch(/原来.*衰减，一直到零.*现在.*增长，一直到一.*去看/s);

    const library = await stage.current.openLibrary('record');
    pages.push(library);
    await press(library, within(wanted('group', '读后有改动'), button('查看')));
    await press(library, button(/^对照：/));
    await waitForText(library, '增长，一直到一');

    await clickOn(changed, (lines) => controlOf(lines[0]!, button('看过了')));
    await waitForLines(changed, (lines) => lines.every((each) => !hasControl(each, notice)));
    await press(library, within(wanted('group', '读过的正文'), button('全部忘掉')));
    await press(library, button('取消'));
    await press(library, within(wanted('group', '读过的正文'), button('全部忘掉')));
    await press(library, button('忘掉 1 篇，不能撤销'));
    await waitForText(library, '已忘掉 1 篇的正文');
    await waitForText(library, '读过的文章，正文会记在这个浏览器里');
  });
});
