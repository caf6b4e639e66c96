/** Marks on links, the archive page's bar, and names of posts that become links. */
import type { Page } from 'puppeteer-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  type Control,
  middleOf,
  seeLines,
  setStage,
  shiftsOf,
  waitForLines,
} from './harness.ts';
import { until } from './until.ts';
import { NEWEST_ID, partsOf, POSTS, written } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
const POST = 'https://kexue.fm/archives/9708';
const ARCHIVE = 'https://kexue.fm/content.html';
/** 9708 refers to these four, in this order. */
const [FIRST, SECOND, THIRD, FOURTH] = [8130, 8265, 9603, 9706];

interface SeenLink {
  id: number;
  mark: string | null;
  description: string | null;
  title: string | null;
  where: string;
}

/** The links to which we have added attributes. */
function marked(page: Page): Promise<SeenLink[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('[data-kexue-mark], a[aria-description]')].map((link) => ({
      id: Number(/\d+$/.exec(link.getAttribute('href') ?? '')?.[0]),
      mark: link.getAttribute('data-kexue-mark'),
      description: link.getAttribute('aria-description'),
      title: link.getAttribute('title'),
      where:
        link.closest('#PostContent, #similar, #entrynavigation, #comments, #SideBar')?.id ?? '',
    })),
  );
}

async function waitForMarks(page: Page, wanted: (links: SeenLink[]) => boolean) {
  let links: SeenLink[] = [];
  return until(
    async () => {
      links = await marked(page);
      return wanted(links) && links;
    },
    () => `the links are still ${JSON.stringify(links)}`,
  );
}

const mentions = (page: Page) =>
  page.$$eval('a[data-kexue-mention]', (links) =>
    links.map((link) => [link.getAttribute('href'), link.textContent]),
  );

/** The HTML of the page's body without our boxes, to compare with what it was. */
const ownHtml = (page: Page) =>
  page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    for (const host of copy.querySelectorAll('[data-kexue-companion]')) host.remove();
    return copy.outerHTML;
  });

const filters = async (page: Page): Promise<Control[]> =>
  (await seeLines(page)).flatMap(({ controls }) =>
    controls.filter(({ pressed }) => pressed !== null),
  );

async function waitForFilters(page: Page, wanted: (controls: Control[]) => boolean) {
  await waitForLines(page, (lines) =>
    wanted(lines.flatMap(({ controls }) => controls.filter(({ pressed }) => pressed !== null))),
  );
  return filters(page);
}

const textOf = (controls: Control[]) => controls.map(({ text }) => text);

async function press(page: Page, label: string): Promise<void> {
  const control = (await filters(page)).find(({ name }) => name.startsWith(label));
  if (!control) throw new Error(`no filter ${label}`);
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  const { x, y } = middleOf(control.box);
  await page.mouse.click(x, y);
  await waitForFilters(page, (all) =>
    all.some(({ text, pressed }) => text.startsWith(label) && pressed === 'true'),
  );
}

/** The titles that are visible on the archive page. */
const shownPosts = (page: Page) =>
  page.$$eval('#archives li > a:first-of-type', (links) =>
    links.filter((link) => link.getClientRects().length > 0).map((link) => link.textContent),
  );

describe.each(BROWSERS)('links in %s', (browser) => {
  const stage = setStage(browser);
  let page: Page | undefined;
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });
  const open = async (url: string) => (page = await stage.current.open(url));

  beforeAll(async () => {
    await stage.current.mark({
      [SECOND]: READ,
      [THIRD]: { kind: 'reading', fraction: 0.4 },
      [FOURTH]: { kind: 'later' },
      9708: READ,
    });
  });

  it('have the marks of their posts, also as words, and unread ones have none', async () => {
    const here = await open(POST);
    const links = await waitForMarks(here, (all) => all.length > 3);
    const inText = links.filter(({ where }) => where === 'PostContent');
    expect(inText.map(({ id, mark }) => [id, mark])).toEqual([
      [SECOND, 'read'],
      [THIRD, 'reading'],
      [FOURTH, 'later'],
    ]);
    expect(inText[0]?.description).toBe(`已读，Transformer升级之路 第 2 / ${PARTS} 篇`);
    expect(inText[0]?.title).toBe(inText[0]?.description);
    expect(inText[1]?.description).toMatch(/^在读 40%，/);
    // A `title` that the page itself gave to a link stays.
    for (const { title, where } of links)
      if (where === 'similar' || where === 'entrynavigation')
        expect(title).not.toMatch(/^已读|^在读/);
    const unread = await here.$eval(`#PostContent a[href$="/${FIRST}"]`, (link) =>
      link.getAttributeNames().join(),
    );
    expect(unread).toBe('href,target');
    // The post of this page is not marked, neither in its title nor in its footer.
    expect(links.filter(({ id }) => id === 9708)).toEqual([]);
    expect(links.filter(({ where }) => where === '' || where === 'SideBar')).toEqual([]);
    // A mark takes no room and stands above the first character.
    const { position, width, background } = await here.$eval(
      'a[data-kexue-mark="read"]',
      (link) => {
        const style = getComputedStyle(link, '::before');
        return {
          position: style.position,
          width: style.width,
          background: style.backgroundColor,
        };
      },
    );
    expect([position, width]).toEqual(['absolute', '7px']);
    expect(background).toBe('rgb(37, 135, 152)');
  });

  it('a comment’s link is marked, live, when its post is marked elsewhere', async () => {
    const here = await open(POST);
    await waitForMarks(here, (all) => all.length > 3);
    expect((await marked(here)).some(({ where }) => where === 'comments')).toBe(false);
    await stage.current.mark({ [FIRST]: READ });
    await waitForMarks(here, (all) =>
      all.some(({ id, where }) => id === FIRST && where === 'comments'),
    );
    await stage.current.mark({ [FIRST]: { kind: 'unread' } });
    await waitForMarks(here, (all) => all.every(({ id }) => id !== FIRST));
  });

  it('a link that is added later is marked too', async () => {
    const here = await open(POST);
    await waitForMarks(here, (all) => all.length > 3);
    await here.evaluate((id) => {
      const comment = document.createElement('p');
      const link = document.createElement('a');
      link.href = `/archives/${id}`;
      link.textContent = '新来的';
      comment.append(link);
      document.querySelector('#comments .block-comment')?.append(comment);
    }, FOURTH);
    await waitForMarks(here, (all) =>
      all.some(({ id, where }) => id === FOURTH && where === 'comments'),
    );
  });

  it('excerpts of a listing are marked, their titles and 点击阅读全文 are not', async () => {
    const here = await open('https://kexue.fm/2023/08/');
    const links = await waitForMarks(here, (all) => all.length > 0);
    const wrong = await here.$$eval(
      '[data-kexue-mark]',
      (all) => all.filter((link) => link.closest('h1, h2, h3, .more, #SideBar, .submitted')).length,
    );
    expect(wrong).toBe(0);
    expect(links.length).toBeGreaterThan(0);
  });

  it('lose their marks when switched off, and get them back; in the sidebar too if wanted', async () => {
    const here = await open(POST);
    await waitForMarks(here, (all) => all.length > 3);
    await stage.current.set({ linkMarks: false, mentions: false });
    await waitForMarks(here, (all) => all.length === 0);
    expect(await ownHtml(here)).not.toMatch(/data-kexue|aria-description/);
    expect(await here.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
    await stage.current.set({ linkMarks: true, mentions: true, sidebarLinks: true });
    // The newest posts are in the drawer, in windows of any width.
    await stage.current.mark({ [NEWEST_ID]: READ });
    const wanted = () =>
      here.$$eval('#MobileSideBar a[data-kexue-mark]', (all) => all.map(({ href }) => href));
    await waitForMarks(here, (all) => all.some(({ id }) => id === NEWEST_ID));
    // Links in the drawer's list of comments get no marks.
    expect(await wanted()).toEqual([`https://kexue.fm/archives/${NEWEST_ID}`]);
    await stage.current.set({ sidebarLinks: false });
    await waitForMarks(here, (all) => all.every(({ id }) => id !== NEWEST_ID));
    await stage.current.mark({ [NEWEST_ID]: { kind: 'unread' } });
  });

  it('a page of 10,000 links, nested and broken ones among them, does no harm', async () => {
    const here = await open(POST);
    await waitForMarks(here, (all) => all.length > 3);
    const errors: string[] = [];
    here.on('pageerror', (error) => errors.push(String(error)));
    await here.evaluate((id) => {
      const box = document.createElement('div');
      const hrefs = [
        `/archives/${id}`,
        'http://[',
        'javascript:0',
        `/archives/${'9'.repeat(5_000)}`,
      ];
      for (let i = 0; i < 10_000; i++) {
        const link = document.createElement('a');
        link.setAttribute('href', hrefs[i % hrefs.length] ?? '');
        link.textContent = '《《《';
        box.append(link);
      }
      let deep: Element = box;
      for (let i = 0; i < 1_000; i++) deep = deep.appendChild(document.createElement('span'));
      deep.append('《Transformer升级之路');
      document.querySelector('#PostContent')?.append(box);
    }, SECOND);
    await waitForMarks(here, (all) => all.length > 2_500);
    expect(errors).toEqual([]);
    await stage.current.mark({ [SECOND]: { kind: 'unread' } });
    await waitForMarks(here, (all) => all.length < 100);
    await stage.current.mark({ [SECOND]: READ });
  });

  it('《》 that names a post becomes a link; papers, formulas and headings stay', async () => {
    const here = await open(POST);
    await here.waitForSelector('a[data-kexue-mention]');
    expect(await mentions(here)).toEqual([
      [`https://kexue.fm/archives/${FIRST}`, '《让研究人员绞尽脑汁的Transformer位置编码》'],
    ]);
    const before = await ownHtml(here);
    await stage.current.set({ mentions: false });
    await here.waitForFunction(() => !document.querySelector('a[data-kexue-mention]'));
    await stage.current.set({ mentions: true });
    await here.waitForSelector('a[data-kexue-mention]');
    expect(await ownHtml(here)).toBe(before);
  });

  it('text that MathJax typeset meanwhile is read once the page is quiet', async () => {
    const here = await open(POST);
    await here.waitForSelector('a[data-kexue-mention]');
    // Like MathJax, makes the formula's text an element.
    await here.evaluate(() => {
      for (const p of document.querySelectorAll('#PostContent p')) {
        const text = p.firstChild as Text | null;
        const at = text?.nodeType === 3 ? text.data.indexOf('$x$') : -1;
        if (!text || at < 0 || !text.data.includes('《')) continue;
        const rest = text.splitText(at);
        rest.data = rest.data.slice(3);
        const formula = document.createElement('span');
        formula.className = 'MathJax';
        formula.textContent = 'x';
        rest.before(formula);
      }
    });
    await here.waitForFunction(
      () => document.querySelectorAll('a[data-kexue-mention]').length === 2,
    );
  });

  it('a 《》 in a heading, in code or beside a dollar is never one', async () => {
    const here = await open(POST);
    await here.waitForSelector('a[data-kexue-mention]');
    await here.evaluate(() => {
      for (const [name, around] of [
        ['h2', '@'],
        ['pre', '@'],
        ['p', '$@$'],
        ['p', '@'],
      ] as const) {
        const element = document.createElement(name);
        element.className = 'added';
        element.textContent = around.replace('@', '《让研究人员绞尽脑汁的Transformer位置编码》');
        document.querySelector('#PostContent')?.prepend(element);
      }
    });
    await here.waitForSelector('.added a[data-kexue-mention]');
    expect(await here.$$eval('.added', (all) => all.map((each) => each.childElementCount))).toEqual(
      [1, 0, 0, 0],
    );
  });
});

describe.each(BROWSERS)('the archive page in %s', (browser) => {
  const stage = setStage(browser);
  let page: Page | undefined;
  afterEach(async () => {
    await page?.close();
    page = undefined;
  });
  const open = async () => (page = await stage.current.open(ARCHIVE));

  beforeAll(async () => {
    await stage.current.mark({
      // The oldest post is far below the part of the list that the page shows at first.
      4: READ,
      9708: READ,
      9603: { kind: 'reading', fraction: 0.4 },
      9706: { kind: 'later' },
    });
  });

  it('has its marks, once an item, and counts', async () => {
    const here = await open();
    const links = await waitForMarks(here, (all) => all.length === 4);
    expect(links.map(({ id, mark }) => [id, mark])).toEqual([
      [9708, 'read'],
      [9706, 'later'],
      [9603, 'reading'],
      [4, 'read'],
    ]);
    const seen = await waitForFilters(here, (all) => all.length === 5);
    expect(textOf(seen)).toEqual([
      `全部${written(POSTS)}`,
      `未读${written(POSTS - 4)}`,
      '在读1',
      '已读2',
      '稍后1',
    ]);
    expect(seen.map(({ pressed }) => pressed)).toEqual([
      'true',
      'false',
      'false',
      'false',
      'false',
    ]);
    await stage.current.mark({ 5: READ });
    await waitForFilters(here, (all) => textOf(all).includes('已读3'));
    await stage.current.mark({ 5: { kind: 'unread' } });
  });

  it('marks what is there while it loads, and counts when it is complete', async () => {
    page = await stage.current.launched.browser.newPage();
    const here = page;
    const whole = here.goto(`${ARCHIVE}?slow=250`, { waitUntil: 'load' });
    await here.waitForSelector('[data-kexue-mark]');
    const early = await marked(here);
    expect(early.map(({ id }) => id)).not.toContain(4);
    const state = await here.evaluate(() => document.readyState);
    expect(state).toBe('loading');
    // The filters are drawn already, without counts.
    const bar = await waitForFilters(here, (all) => all.length === 5);
    expect(await here.evaluate(() => document.readyState)).toBe('loading');
    expect(textOf(bar)).toEqual(['全部', '未读', '在读', '已读', '稍后']);
    await whole;
    await waitForMarks(here, (all) => all.length === 4);
    const seen = await waitForFilters(here, (all) => textOf(all).includes(`全部${written(POSTS)}`));
    expect(textOf(seen)).toEqual([
      `全部${written(POSTS)}`,
      `未读${written(POSTS - 4)}`,
      '在读1',
      '已读2',
      '稍后1',
    ]);
  });

  it('shows all that matches, and then the whole list exactly as before', async () => {
    const here = await open();
    await waitForFilters(here, (all) => all.length === 5);
    const before = await ownHtml(here);
    await press(here, '已读');
    expect(await shownPosts(here)).toEqual([
      'Transformer升级之路：12、无限外推的ReRoPE？',
      '百科翻译：草原上的狐狸（Swift Fox）',
    ]);
    const headings = await here.$$eval('#archives h3', (all) =>
      all
        .filter((each) => each.getClientRects().length > 0)
        .map((each) => each.textContent.slice(0, 5)),
    );
    expect(headings).toEqual(['2023年', '2009年']);
    // The page's height limit of the list and its button are overridden.
    const cut = () =>
      here.evaluate(() => ({
        height: document.querySelector('#archives')?.getBoundingClientRect().height,
        button: document.querySelector('#more_archives_botton')?.getClientRects().length,
      }));
    expect((await cut()).height).toBeLessThan(600);
    expect((await cut()).button).toBe(0);
    await press(here, '全部');
    expect(await cut()).toEqual({ height: 2048, button: 1 });
    expect(await ownHtml(here)).toBe(before);
    await here.click('#more_archives_botton');
    expect((await cut()).height).toBeGreaterThan(20_000);
  });

  it('remembers the choice', async () => {
    const here = await open();
    await waitForFilters(here, (all) => all.length === 5);
    await press(here, '在读');
    await here.reload({ waitUntil: 'load' });
    const seen = await waitForFilters(here, (all) => all.length === 5);
    expect(seen.find(({ pressed }) => pressed === 'true')?.text).toBe('在读1');
    expect(await shownPosts(here)).toHaveLength(1);
    await press(here, '全部');
    expect(await shownPosts(here)).toHaveLength(POSTS);
  });

  it('says when nothing matches', async () => {
    await stage.current.mark({ 9706: { kind: 'unread' } });
    const here = await open();
    await waitForFilters(here, (all) => all.length === 5);
    await press(here, '稍后');
    expect(await shownPosts(here)).toEqual([]);
    await press(here, '全部');
    await stage.current.mark({ 9706: { kind: 'later' } });
  });

  it('works with the keyboard, and not for a script of the page', async () => {
    const here = await open();
    await waitForFilters(here, (all) => all.length === 5);
    await here.evaluate(() => {
      document
        .querySelector('[data-kexue-companion]')
        ?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    });
    expect(await shownPosts(here)).toHaveLength(POSTS);
    await here.evaluate(() => document.querySelector<HTMLElement>('.title-wrap a')?.focus());
    for (let i = 0; i < 3; i++) await here.keyboard.press('Tab');
    await here.keyboard.press(' ');
    const seen = await waitForFilters(here, (all) =>
      all.some(({ pressed, text }) => pressed === 'true' && !text.startsWith('全部')),
    );
    expect(seen.find(({ pressed }) => pressed === 'true')?.text).toBe('在读1');
    await press(here, '全部');
  });
});

describe('nothing jumps for it (Chromium)', () => {
  const stage = setStage('chromium');

  it('on a post with marked links and named posts', async () => {
    await stage.current.mark({ 8265: READ, 9603: READ, 9706: READ });
    expect(
      await shiftsOf(stage.current.launched, `${POST}?slow=200`, async (page) => {
        await waitForMarks(page, (all) => all.length > 3);
        await page.waitForSelector('a[data-kexue-mention]');
        await stage.current.mark({ 8130: READ });
        await waitForMarks(page, (all) => all.some(({ id }) => id === 8130));
      }),
    ).toEqual([]);
  });

  it.each(['all', 'unread'] as const)(
    'on the archive page, filtered: %s',
    async (archiveFilter) => {
      await stage.current.set({ archiveFilter });
      expect(
        await shiftsOf(stage.current.launched, `${ARCHIVE}?slow=50`, async (page) => {
          await waitForFilters(page, (all) => all.length === 5);
        }),
      ).toEqual([]);
    },
  );
});
