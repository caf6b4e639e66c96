/** Listing pages of every kind: the line of each excerpt, and that nothing moves when it appears. */
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer-core';
import {
  BROWSERS,
  cardIn,
  click,
  clickOn,
  controlOf,
  filledLines,
  hasControl,
  launchBare,
  lineOf,
  MARK,
  middleOf,
  nextFrame,
  NEXT,
  openOwnPage,
  type SeenLine,
  seeLines,
  SERIES,
  setStage,
  shiftsOf,
  tabTo,
  UNDO,
  waitForFocus,
  waitForLines,
} from './harness.ts';
import { posts } from '../../scripts/sample/facts.ts';
import { partsOf } from '../facts.ts';
import { ARTICLE, listingOf, postOf, type Theme, THEMES } from '../unit/site/themes.ts';
import { button } from './roles.ts';
import { until } from './until.ts';

const PARTS = partsOf('Transformer升级之路').length;

mkdirSync('tests/e2e/screenshots', { recursive: true });

const BACK = button('回到上次读到的地方');
const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;

describe.each(BROWSERS)('listing pages in %s', (browser) => {
  const stage = setStage(browser);
  let page: Page | undefined;
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });

  const open = async (url: string) => (page = await stage.current.open(url));

  it.each([
    ['home', 'https://kexue.fm/', 8],
    ['page 3', 'https://kexue.fm/page/3/', 8],
    ['a category', 'https://www.kexue.fm/category/Big-Data/2/', 8],
    ['a tag', 'https://spaces.ac.cn/tag/attention/', 8],
    ['a search', 'https://www.spaces.ac.cn/search/Transformer/', 8],
    ['a month', 'https://kexue.fm/2012/10/', 8],
    ['a year', 'https://kexue.fm/2013/', 8],
    ['an author', 'https://kexue.fm/author/1/', 8],
  ])('%s has one line under every excerpt', async (_, url, most) => {
    const lines = await filledLines(await open(url));
    const titles = await page?.$$eval('.Post .title-wrap h2 a', (all) =>
      all.map((a) => a.textContent),
    );
    expect(lines.map(({ title }) => title)).toEqual(titles?.slice(0, most));
    expect(lines.every(({ text }) => text.startsWith('未读'))).toBe(true);
  });

  it('follows what scripts of the page do: items in a new box, and a post in their place', async () => {
    await stage.current.mark({ 8265: READ });
    const here = await open('https://kexue.fm/');
    await filledLines(here);
    await here.evaluate(() => {
      const box = document.createElement('div');
      box.innerHTML = `<div class="Post"><div class="PostHead"><div class="title-wrap">
        <h2><a href="/archives/9708">更多</a></h2><span class="submitted">By 某人 | 2023-08-24</span></div></div>
        <div class="PostContent"><p>见<a id="linked" href="/archives/8265">一</a>与《Transformer升级之路：2、博采众长的旋转式位置编码》。</p></div></div>`;
      document.querySelector('#content')?.after(box);
    });
    const added = await waitForLines(
      here,
      (all) => all.length === 9 && all.every((line) => line.text !== ''),
    );
    expect(lineOf(added, '更多').text).toContain(`第 12 / ${PARTS} 篇`);
    await here.waitForSelector('#linked[data-kexue-mark="read"]');
    await here.waitForSelector('a[data-kexue-mention][href$="/archives/8265"]');

    await here.evaluate(async () => {
      const text = await (await fetch('/archives/9731')).text();
      const post = new DOMParser().parseFromString(text, 'text/html').querySelector('#MainBody');
      history.pushState(null, '', '/archives/9731');
      if (post) document.querySelector('#MainBody')?.replaceWith(document.importNode(post, true));
    });
    const lines = await waitForLines(
      here,
      (all) =>
        all.some(({ isEnding }) => isEnding) &&
        all.every(({ text, isEnding }) => isEnding || text !== ''),
    );
    expect(lines.filter(({ isEnding }) => !isEnding)).toHaveLength(1);
    expect(lines[0]?.title).toBe(await here.$eval('h1', (heading) => heading.textContent?.trim()));
    await stage.current.mark({ 8265: { kind: 'unread' } });
  });

  it.each([
    ['a page of links', 'https://kexue.fm/links.html'],
    ['a page that is not there', 'https://kexue.fm/nowhere'],
  ])('%s has no line', async (_, url) => {
    await open(url);
    expect(await seeLines(page as Page)).toEqual([]);
  });

  it('pages of another theme have their lines too, listing and post', async () => {
    const theme = THEMES.find(({ name }) => name.startsWith('cards: cover left')) as Theme;
    const cover = THEMES.find(({ name }) => name.startsWith('title and meta over')) as Theme;
    const shown = posts.slice(0, 6);
    const html = listingOf(theme, shown, posts.slice(10, 16));
    ({ page } = await openOwnPage(stage.current, html));
    const lines = await filledLines(page);
    expect(lines.map(({ text }) => text.slice(0, 2))).toEqual(shown.map(() => '未读'));
    const titles = await page.$$eval('.card-title', (all) =>
      all.map((title) => title.getBoundingClientRect().bottom),
    );
    // Each line is below its own title and above the next one, and has room for its words.
    lines.forEach(({ row }, at) => {
      expect(row?.y).toBeGreaterThanOrEqual(titles[at] ?? Infinity);
      expect(row?.y).toBeLessThan(titles[at + 1] ?? Infinity);
      expect(row?.width).toBeGreaterThan(200);
    });
    await page.screenshot({ path: `tests/e2e/screenshots/${browser}-other-theme-listing.png` });
    await page.close();

    const [post] = shown.slice(-1);
    if (!post) throw new Error('no post');
    const address = `https://kexue.fm/archives/${post.id}`;
    await stage.current.set({ strictness: 'loose' });
    await stage.current.mark({
      [post.id]: { kind: 'reading', fraction: 0.05, place: { at: 4_000, print: 0 } },
      8265: READ,
    });
    // Without `lang`: if it changed while the page loads, the page would count as translated.
    const text = `<p>见<a id="linked" href="/archives/8265">一</a>，《Transformer升级之路：2、博采众长的旋转式位置编码》。</p>
      ${`<p>${'占位文字讲一件不存在的事。'.repeat(20)}</p>`.repeat(40)}`;
    const theirs = postOf(cover, post, [...posts.slice(10, 15), { ...post, id: 8265 }]);
    ({ page } = await openOwnPage(
      stage.current,
      theirs.replace(ARTICLE, ARTICLE + text).replace(' lang="zh-CN"', ''),
      '',
      {
        address,
      },
    ));
    const here = page;
    const [line] = await waitForLines(here, ([own]) => own !== undefined && hasControl(own, BACK));
    const bottom = await here.$eval('.hero', (hero) => hero.getBoundingClientRect().bottom);
    expect(line?.row?.y).toBeGreaterThanOrEqual(bottom);
    await here.screenshot({ path: `tests/e2e/screenshots/${browser}-other-theme-post.png` });

    // Only links and names of posts in the article get marks and links.
    await here.waitForSelector('[data-kexue-mention][href$="/archives/8265"]');
    const marked = await here.$$eval('[data-kexue-mark]', (links) =>
      links.map((link) => link.textContent),
    );
    expect(marked).toEqual(['一', '《Transformer升级之路：2、博采众长的旋转式位置编码》']);

    // The line offers to go back to the position, and progress continues from there.
    await clickOn(here, ([own]) => controlOf(own as SeenLine, BACK));
    await here.waitForFunction('scrollY > 1000');
    let moves = 0;
    await until(async () => {
      await here.mouse.move(300 + (moves++ % 50), 300);
      return /^在读 (?!5%)\d+%/.test((await seeLines(here))[0]?.text ?? '');
    });
    await stage.current.mark({ [post.id]: { kind: 'unread' }, 8265: { kind: 'unread' } });
    await stage.current.set({ strictness: 'normal' });
  });

  it('articles of other themes have previews of posts, of 《》 and of headings', async () => {
    const [post] = posts;
    if (!post) throw new Error('no post');
    const text = `<p>见<a id="linked" href="/archives/8265">一</a>，<a id="below" href="#part">后文</a>，《让研究人员绞尽脑汁的Transformer位置编码》。</p>
      <h2 id="part">某一部分</h2><p>这一部分开头的一段。</p>`;
    const title = '博采众长的旋转式位置编码';
    for (const form of ['div.title > a, no heading', 'a > article > h1', 'title and meta over']) {
      const theme = THEMES.find(({ name }) => name.startsWith(form)) as Theme;
      const html = postOf(theme, post, posts.slice(10, 15)).replace(ARTICLE, text + ARTICLE);
      const address = `https://kexue.fm/archives/${post.id}`;
      ({ page } = await openOwnPage(stage.current, html, '', { address, title: post.title }));
      expect(await previewOf(page, '#linked'), form).toContain(title);
      expect(await previewOf(page, '[data-kexue-mention]'), form).toContain('绞尽脑汁');
      expect(await previewOf(page, '#below'), form).toContain('这一部分开头的一段。');
      await page.close();
      page = undefined;
    }
  });

  it('works on plain http', async () => {
    const lines = await filledLines(await open('http://kexue.fm/tag/attention/'));
    expect(lines).toHaveLength(8);
  });

  it('the page of a first visit is left alone, and the page after it has its lines', async () => {
    await open('https://kexue.fm/?gate=1');
    const lines = await waitForLines(page as Page, (all) => all.length === 8);
    expect(lines).toHaveLength(8);
  });

  it('says where a part stands, what is read, and what is unread next', async () => {
    await stage.current.mark({ 9708: READ, 9731: { kind: 'reading', fraction: 0.4 } });
    await open('https://kexue.fm/2023/08/');
    const lines = await filledLines(page as Page);
    const reading = lineOf(lines, 'Transformer升级之路：14、');
    expect(reading.text).toContain('在读 40%');
    expect(reading.text).toContain(`第 14 / ${PARTS} 篇`);
    expect(reading.text).toContain('下一篇未读 15、Key归一化助力长度外推');
    expect(reading.ruler).toBe(`${PARTS} 篇中已读 1 篇`);
    expect(controlOf(reading, NEXT).href).toBe('https://kexue.fm/archives/9859');
  });

  it('a post in two series shows both', async () => {
    await open('https://kexue.fm/2021/03/');
    const line = lineOf(await filledLines(page as Page), 'Transformer升级之路：2、');
    expect(line.text).toMatch(new RegExp(`第 2 / ${PARTS} 篇.*又见.*RoFormer第 1 / 2 篇`));
  });

  it('a post in no series shows its references, or only its mark', async () => {
    await open('https://kexue.fm/');
    const lines = await filledLines(page as Page);
    expect(lineOf(lines, '通过微扰分析求解等式约束优化问题').text).toMatch(
      /引用 1 篇.*可先读 低秩近似之路/,
    );
    const old = await filledLines(await open('https://kexue.fm/2009/07/'));
    expect(old.some(({ text }) => /^未读 稍后读$/.test(text))).toBe(true);
  });

  it('marks with the mouse, offers to undo that, and undoes it', async () => {
    await open('https://kexue.fm/2013/');
    const { title } = (await filledLines(page as Page))[0] ?? { title: '' };
    await click(page as Page, title, MARK);
    let lines = await waitForLines(page as Page, (all) =>
      /^已读.*撤销/.test(lineOf(all, title).text),
    );
    expect(controlOf(lineOf(lines, title), MARK).pressed).toBe('true');
    await click(page as Page, title, UNDO);
    lines = await waitForLines(page as Page, (all) => lineOf(all, title).text.startsWith('未读'));
    expect(controlOf(lineOf(lines, title), MARK).pressed).toBe('false');
  });

  it('the keyboard opens a series, moves along its parts, marks one and closes it', async () => {
    // The first Escape would close a preview of the row.
    await stage.current.set({ previews: false });
    await open('https://kexue.fm/2025/05/');
    const here = page as Page;
    const title = 'MoE环游记：5、';
    await filledLines(here);
    await tabTo(here, title, SERIES);
    await waitForFocus(here, ({ expanded }) => expanded === 'false');
    await here.keyboard.press('Enter');
    let lines = await waitForLines(here, (all) => lineOf(all, title).rows.length === 9);
    expect(controlOf(lineOf(lines, title), SERIES).expanded).toBe('true');
    expect(lineOf(lines, title).rows[4]).toMatch(/5均匀分布的反思本篇.*2025-05-16/);
    await waitForFocus(here, ({ href }) => href?.endsWith('10945') === true);
    await here.keyboard.press('ArrowDown');
    await waitForFocus(here, ({ href }) => href?.endsWith('11619') === true);
    await here.keyboard.press(' ');
    lines = await waitForLines(here, (all) =>
      lineOf(all, title).controls.some(
        ({ name, text }) => name.startsWith('已读') && text.startsWith('6最优分配促均衡'),
      ),
    );
    await waitForFocus(here, ({ href }) => href?.endsWith('11619') === true);
    await here.keyboard.press('Home');
    await waitForFocus(here, ({ href }) => href?.endsWith('10699') === true);
    await here.keyboard.press('Escape');
    await waitForLines(here, (all) => lineOf(all, title).rows.length === 0);
    await waitForFocus(here, ({ name }) => (SERIES.name as RegExp).test(name));
    await stage.current.set({ previews: true });
  });

  it('a tap opens a series, another closes it', async () => {
    await open('https://kexue.fm/2025/05/');
    const here = page as Page;
    const title = 'MoE环游记：5、';
    await filledLines(here);
    for (const rows of [9, 0]) {
      await here.evaluate(() => scrollTo(0, 0));
      const { x, y } = middleOf(controlOf(lineOf(await seeLines(here), title), SERIES).box);
      await here.touchscreen.tap(x, y);
      await waitForLines(here, (all) => lineOf(all, title).rows.length === rows);
    }
  });

  it('Shift+Enter offers all four marks', async () => {
    await open('https://kexue.fm/2025/05/');
    const here = page as Page;
    const { title } = (await filledLines(here))[0] ?? { title: '' };
    await tabTo(here, title, MARK);
    await here.keyboard.down('Shift');
    await here.keyboard.press('Enter');
    await here.keyboard.up('Shift');
    await waitForFocus(here, ({ role, text }) => role === 'menuitemradio' && text === '未读');
    await here.keyboard.press('ArrowDown');
    await waitForFocus(here, ({ text }) => text === '稍后读');
    await here.keyboard.press('Enter');
    await waitForLines(here, (all) => lineOf(all, title).text.startsWith('稍后读'));
    // The line shows the mark before it is stored.
    await until(async () =>
      [...(await stage.current.record()).values()].some(({ mark }) => mark.kind === 'later'),
    );
    await stage.current.inExtension('browser.storage.local.remove(["record", "journal"])');
    await waitForLines(here, (all) => lineOf(all, title).text.startsWith('未读'));
  });

  it('does nothing for events that a script makes', async () => {
    await open('https://kexue.fm/2013/');
    const before = await filledLines(page as Page);
    await page?.evaluate(() => {
      for (const host of document.querySelectorAll('[data-kexue-companion]')) {
        host.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
      }
    });
    expect((await seeLines(page as Page)).map(({ text }) => text)).toEqual(
      before.map(({ text }) => text),
    );
    expect(
      await page?.evaluate(() => document.querySelector('[data-kexue-companion]')?.shadowRoot),
    ).toBeNull();
  });

  it('every line is one row and stays inside its item, at 320 to 1180 px', async () => {
    const here = await open('https://kexue.fm/search/Transformer升级之路/');
    for (const width of [320, 440, 580, 720, 1180]) {
      await here.setViewport({ width, height: 900 });
      await here.waitForFunction(`innerWidth === ${width}`);
      await nextFrame(here);
      for (const { row, box, text, controls } of await filledLines(here)) {
        expect(row?.height, `${width} px`).toBe(26);
        for (const { box: control, text: word } of controls) {
          if (control.width > 0)
            expect(control.x + control.width, `${word} at ${width} px`).toBeLessThanOrEqual(
              box.x + box.width + 1,
            );
        }
        expect(text).toMatch(/第 \d+ \/ \d+ 篇|引用|未读/);
      }
    }
  });

  it('has a rule under the posts that are newer than the last visit, and it moves nothing', async () => {
    const home = await open('https://kexue.fm/');
    const boxes = () =>
      home.$$eval('.Post', (all) =>
        all.map((each) => Math.round(each.getBoundingClientRect().top)),
      );
    const lines = await filledLines(home);
    const before = await boxes();
    const [, , third] = await home.$$eval('.Post h2 a', (all) =>
      all.map((each) => Number(/\d+$/.exec(each.getAttribute('href') ?? '')?.[0])),
    );
    await stage.current.inExtension(
      `browser.storage.local.set({ stay: { at: 0, seen: ${third}, before: null } })`,
    );
    // The second load is in the same stay.
    for (let times = 0; times < 2; times++) {
      await home.reload({ waitUntil: 'load' });
      await waitForLines(home, (seen) => seen.length === lines.length + 1);
      expect(await boxes()).toEqual(before);
      const above = await home.$$eval('.Post + [data-kexue-companion]', (hosts) =>
        hosts.map((host) => {
          const posts = [...(host.parentElement?.querySelectorAll('.Post') ?? [])];
          return posts.filter((post) => post.compareDocumentPosition(host) & 4).length;
        }),
      );
      expect(above).toEqual([2]);
      await until(() =>
        stage.current.inExtension<boolean>(
          `browser.storage.local.get('stay').then(({ stay }) => stay.at > 0)`,
        ),
      );
    }
    const popup = await stage.current.openPopup();
    await until(
      () =>
        popup.evaluate(`document.body.textContent.includes('有 2 篇新文章')`) as Promise<boolean>,
    );
    await popup.close();
    await stage.current.inExtension(`browser.storage.local.remove('stay')`);
  });

  it('changes to English at once on open pages', async () => {
    await open('https://kexue.fm/2013/');
    await filledLines(page as Page);
    await stage.current.set({ language: 'en' });
    await waitForLines(page as Page, (all) => all.every(({ text }) => text.startsWith('Unread')));
    await stage.current.set({ language: 'zh-CN' });
    await waitForLines(page as Page, (all) => all.every(({ text }) => text.startsWith('未读')));
  });
});

/** The text of the preview of a link. If the page scrolls the link away from the pointer, hovers it again. */
async function previewOf(page: Page, link: string): Promise<string> {
  await page.$eval(link, (each) => each.scrollIntoView({ block: 'center' }));
  return until(async () => {
    const { card } = cardIn(await seeLines(page)) ?? {};
    if (card) {
      await page.mouse.move(2, 300);
      await waitForLines(page, (lines) => cardIn(lines) === undefined);
      return card;
    }
    if (await page.$eval(link, (each) => !each.matches(':hover'))) await page.hover(link);
    return false;
  });
}

describe('nothing jumps (Chromium)', () => {
  const stage = setStage('chromium');

  it.each([
    ['a listing', 'https://kexue.fm/search/Transformer/?slow=250', 8],
    ['a post', 'https://kexue.fm/archives/9708?slow=250', 2],
  ])('%s that streams in slowly has no layout shift, as without us', async (_, url, lines) => {
    const bare = await launchBare(stage.current.site);
    try {
      const nothing = () => Promise.resolve();
      expect(await shiftsOf(bare, url, nothing)).toEqual([]);
    } finally {
      await bare.close();
    }
    const drawn = (page: Page) => waitForLines(page, (seen) => seen.length === lines);
    expect(await shiftsOf(stage.current.launched, url, drawn)).toEqual([]);
  });
});

it('all statements of check-live hold on the sample', async () => {
  const command = ['--import', 'tsx', 'scripts/check-live.ts', '--sample'];
  const { stdout } = await promisify(execFile)(process.execPath, command);
  expect(stdout).not.toContain('FAILS');
  expect(stdout).toContain('8 of 8');
  expect(stdout).toContain('came with status 200, after the page of a first visit');
  expect(stdout).toMatch(/\n9 of 9 pages: 1\d\d statements hold, 0 do not\.\n$/);
});
