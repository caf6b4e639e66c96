/**
 * What the blog's own scripts can find out about what we draw, with marks on links switched off: each
 * channel in docs/security.md is tried. Every test first shows that the channel works on the page's own
 * text, or that there was something to find.
 */
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { report } from '../unit/runs.ts';
import type { Mark } from '../../src/record/marks.ts';
import {
  BROWSERS,
  click,
  controlOf,
  filledLines,
  lineOf,
  MARK,
  middleOf,
  NEXT,
  openOwnPage,
  seeLines,
  type SeenLine,
  SERIES,
  setStage,
  waitForLines,
} from './harness.ts';
import { keptOpenings } from './openings.ts';
import { until } from './until.ts';

const READ: Mark = { kind: 'read', at: Date.UTC(2025, 4, 6, 12), by: 'hand' };
const MARKS: Record<number, Mark> = {
  9706: READ,
  9708: READ,
  9675: { kind: 'reading', fraction: 0.37 },
  9731: { kind: 'later' },
};

const item = (id: number, title: string) => `
  <div class="Post"><div class="PostHead"><div class="title-wrap"><h2><a href="/archives/${id}">${title}</a></h2>
  <span class="submitted">By 某人 | 2023-08-24 | 引用</span></div></div>
  <div class="PostContent"><p>某某的正文</p></div></div>`;
const LISTING = [item(9708, '甲'), item(9675, '乙'), item(9731, '丙'), item(9728, '丁')].join('');
/** A formula that MathJax has drawn, for an excerpt; it is stored with the opening. */
const FORMULA = `<span class="MathJax"><span class="MJX_Assistive_MathML"><math><mi>ζ</mi><mo>=</mo><mn>4711</mn></math></span></span><script type="math/tex">\\zeta=4711</script>`;

/** All texts in our boxes, and those that are in text nodes outside inert elements. */
async function textsOf(page: Page): Promise<{ texts: string[]; bare: string[] }> {
  return page.evaluate(() => {
    dispatchEvent(new Event('probe-texts'));
    return JSON.parse(document.documentElement.getAttribute('data-probe-texts') ?? '{}');
  });
}

/** Looks for each text with `find`. Returns those that it finds, or to which it moves selection or scroll position. */
function findAll(page: Page, texts: readonly string[]): Promise<string[]> {
  return page.evaluate(`(() => {
    const found = [];
    for (const text of ${JSON.stringify(texts)}) {
      getSelection().removeAllRanges();
      scrollTo(0, 0);
      const isFound = find(text, true, false, true);
      const node = getSelection().anchorNode;
      if (isFound || (node && node.getRootNode() !== document) || scrollY > 0) found.push(text);
    }
    getSelection().removeAllRanges();
    return found;
  })()`) as Promise<string[]>;
}

/** Asserts that `find` finds no text that is in our boxes and not on the page itself. */
async function nothingIsFound(page: Page, atLeast: string): Promise<void> {
  const { texts, bare } = await textsOf(page);
  const own = await page.evaluate(() => document.body.innerText);
  const ours = [...new Set(texts.map((text) => text.trim()))].filter((text) => !own.includes(text));
  expect(ours.join('\n')).toContain(atLeast);
  expect(bare, 'no text node of ours can be reached').toEqual([]);
  expect(await findAll(page, ours)).toEqual([]);
  report('looked for with find', { texts: ours.length, found: 0 });
}

describe.each(BROWSERS)('the page looks for our words in %s', (browser) => {
  const stage = setStage(browser);
  beforeAll(async () => {
    await stage.current.set({ linkMarks: false });
    await stage.current.mark(MARKS);
  });

  const open = async (html = LISTING, address?: string) => {
    const { page } = await openOwnPage(stage.current, html, '', address ? { address } : {});
    return page;
  };
  const middle = (line: SeenLine) => middleOf(line.box);

  it('with find: in a line, its lists and its menu of marks', async () => {
    const page = await open();
    await filledLines(page);
    expect(await findAll(page, ['某某的正文'])).toEqual(['某某的正文']);
    await nothingIsFound(page, '2025-05-06');
    await click(page, '甲', SERIES);
    await waitForLines(page, (lines) => lines.some(({ rows }) => rows.length > 5));
    await nothingIsFound(page, '将β进制位置进行到底');
    await click(page, '甲', SERIES);
    const { x, y } = middleOf(controlOf(lineOf(await filledLines(page), '甲'), MARK).box);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await waitForLines(page, (lines) =>
      lines.some(({ controls }) => controls.some(({ role }) => role === 'menuitemradio')),
    );
    await nothingIsFound(page, '稍后');
    await page.mouse.up();
    await page.close();
  });

  it('with find: at the end of a post, in a preview with a formula, in the archive', async () => {
    const teach = await open(item(9728, '丁').replace('某某的正文', `开头 ${FORMULA} 后`));
    await filledLines(teach);
    await until(async () => JSON.stringify(await keptOpenings(stage.current)).includes('4711'));
    await teach.close();
    const post = await open(
      `<div class="Post"><div class="title-wrap"><h1><a href="/archives/9708">甲</a></h1>
       <span class="submitted">By 某人 | 2023-08-07</span></div>
       <div id="PostContent"><p>某某的正文 <a id="to" href="/archives/9728">那篇</a></p></div></div>`,
      'https://kexue.fm/archives/9708',
    );
    await waitForLines(post, (lines) => lines.length === 2 && lines[0]?.text !== '');
    await nothingIsFound(post, '余下约');
    await post.hover('#to');
    const lines = await waitForLines(post, (all) =>
      all.some(({ formulas }) => formulas.length > 0),
    );
    expect(lines.flatMap(({ formulas }) => formulas).join()).toContain('4711');
    await nothingIsFound(post, '4711');
    await post.close();
    const archive = await open(
      `<div class="PostContent"><div id="archives"><h3>2023年 (共1篇)</h3><ul><li><span>08月</span><ul>
       <li>07日: <a href="/archives/9708">甲</a></li></ul></li></ul></div></div>`,
      'https://kexue.fm/content.html',
    );
    await waitForLines(archive, (all) => all.some(({ controls }) => controls.length === 5));
    await nothingIsFound(archive, '已读 1 / 1 篇');
    await archive.close();
  });

  it('with the selection, carets at points, editing commands and serialised roots', async () => {
    const page = await open();
    const lines = await filledLines(page);
    const { x, y, width, height } = lines[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const { told, looks } = (await page.evaluate(`(() => {
      const told = [];
      let looks = 0;
      const host = document.querySelector('[data-kexue-companion]');
      const selection = getSelection();
      const look = (how) => {
        looks++;
        for (const node of [selection.anchorNode, selection.focusNode])
          if (node && node.getRootNode() !== document) told.push(how + ' root');
        if (/未读|已读|在读|Transformer/.test(String(selection))) told.push(how + ' ' + selection);
      };
      const title = document.querySelector('h2 a').firstChild;
      for (const unit of ['character', 'word', 'line', 'sentence', 'paragraph'])
        for (const way of ['move', 'extend']) {
          selection.collapse(title, 0);
          for (let i = 0; i < 40; i++) { selection.modify(way, 'forward', unit); look(way + unit); }
          for (let i = 0; i < 40; i++) { selection.modify(way, 'backward', unit); look(way + unit); }
        }
      selection.selectAllChildren(host); look('host');
      selection.selectAllChildren(document.body); look('body');
      selection.setBaseAndExtent(title, 0, document.querySelector('.PostContent'), 1); look('across');
      for (const range of selection.getComposedRanges?.({ shadowRoots: [] }) ?? [])
        if (range.startContainer.getRootNode() !== document) told.push('composed range');
      if (/未读|已读/.test(selection.getRangeAt(0).cloneContents().textContent)) told.push('clone');
      document.designMode = 'on';
      document.execCommand('selectAll'); look('selectAll');
      document.designMode = 'off';
      selection.removeAllRanges();
      const box = ${JSON.stringify({ x, y, width, height })};
      for (let left = box.x; left < box.x + box.width; left += 5)
        for (let top = box.y + 2; top < box.y + box.height; top += 6) {
          const nodes = [document.caretPositionFromPoint?.(left, top)?.offsetNode,
            document.caretRangeFromPoint?.(left, top)?.startContainer,
            ...document.elementsFromPoint(left, top)];
          looks++;
          if (nodes.some((node) => node && node.getRootNode() !== document)) told.push('caret');
        }
      if (host.shadowRoot || host.textContent || host.innerText) told.push('host');
      try { if (host.attachInternals().shadowRoot) told.push('internals'); } catch {}
      const html = document.documentElement.getHTML?.({ serializableShadowRoots: true }) ?? '';
      if (/未读|data-text/.test(html)) told.push('html');
      return { told: [...new Set(told)], looks };
    })()`)) as { told: string[]; looks: number };
    expect(told).toEqual([]);
    report('selections, carets and commands', { looks, told: 0 });
    await page.close();
  });

  it('with events: none of their nodes is in our roots', async () => {
    const page = await open();
    await page.evaluate(`(() => {
      globalThis.told = new Set();
      globalThis.heard = new Set();
      const isOut = (node) => node instanceof Node && node.getRootNode() !== document;
      const look = (event) => {
        heard.add(event.type);
        for (const name in event) {
          const value = event[name];
          if (isOut(value)) told.add(event.type + ' ' + name);
        }
        if (event.composedPath().some(isOut)) told.add(event.type + ' path');
        if (event.sourceElement && isOut(event.sourceElement)) told.add('source');
        if (/^(?:transition|animation)/.test(event.type)) told.add(event.type);
      };
      const types = new Set();
      for (const each of [window, document, document.body])
        for (const name in each) if (name.startsWith('on')) types.add(name.slice(2));
      for (const type of [...types, 'focusin', 'focusout', 'selectionchange', 'beforeinput'])
        if (!/unload|pagehide/.test(type)) addEventListener(type, look, true);
      globalThis.navigation?.addEventListener('navigate', (event) => { look(event); event.preventDefault(); });
      const animate = () => {
        if (document.getAnimations().length > 0) told.add('animations');
        requestAnimationFrame(animate);
      };
      animate();
    })()`);
    const lines = await filledLines(page);
    for (const line of lines) {
      await page.mouse.move(middle(line).x, middle(line).y, { steps: 4 });
      await page.mouse.move(line.box.x + 20, middle(line).y, { steps: 4 });
    }
    await click(page, '丁', MARK);
    await click(page, '甲', SERIES);
    for (let i = 0; i < 6; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    const heard = (await page.evaluate('[...heard]')) as string[];
    expect(heard).toEqual(expect.arrayContaining(['pointermove', 'click', 'keydown', 'focusin']));
    if (browser === 'chromium') await click(page, '乙', NEXT);
    // In Firefox these properties are nodes of our roots; an extension cannot prevent that (docs/security.md).
    const KNOWN = /(?:originalTarget|explicitOriginalTarget|rangeParent)$/;
    const told = (await page.evaluate('[...told]')) as string[];
    expect(told.filter((each) => browser === 'chromium' || !KNOWN.test(each))).toEqual([]);
    report('kinds of events', { heard: heard.length });
    await page.close();
  });

  it('with the size of boxes and of what overflows them, wide and narrow', async () => {
    const page = await open(
      `<style>.Post { width: 700px } .thin .Post { width: 120px }</style>${LISTING}`,
    );
    await filledLines(page);
    const sizes = () =>
      page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-kexue-companion]')].map((host) => {
          const boxes = [
            host,
            host.parentElement as HTMLElement,
            host.closest('.Post') as HTMLElement,
          ];
          return JSON.stringify([
            [...host.getClientRects()].map((box) => [box.width, box.height]),
            boxes.map((box) => [box.scrollWidth, box.scrollHeight, box.offsetHeight]),
          ]);
        }),
      );
    const wide = await sizes();
    expect(wide, 'read, in reading, later and unread look the same').toEqual(
      wide.map(() => wide[0]),
    );
    await page.evaluate(() => document.body.classList.add('thin'));
    const thin = await sizes();
    expect(thin).toEqual(thin.map(() => thin[0]));
    await page.close();
  });

  it('with fonts that are loaded for certain characters only', async () => {
    const families = [
      'Spy',
      'sans-serif',
      'serif',
      'system-ui',
      'math',
      'PingFang SC',
      'Noto Sans CJK SC',
      'Source Han Serif SC',
      'Georgia',
    ];
    const face = (family: string, at: number) =>
      `@font-face { font-family: "${family}"; src: url("/spy-${at}.woff"); unicode-range: U+30-39, U+5DF2, U+672A, U+5728, U+540E }`;
    const style = `<style>${families.map(face).join('')} html, body { font-family: Spy, serif }</style>`;
    const page = await open(style + LISTING.replaceAll(/By 某人.*?引用/g, 'By'));
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/spy-')) asked.push(request.url());
    });
    await waitForLines(
      page,
      (lines) => lines.length === 4 && lines.every(({ text }) => text !== ''),
    );
    await click(page, '甲', SERIES);
    await waitForLines(page, (lines) => lines.some(({ rows }) => rows.length > 5));
    await page.evaluate(() => document.fonts.ready);
    expect(asked).toEqual([]);
    expect(
      await page.evaluate(
        `[...document.fonts].filter(({ status }) => status !== 'unloaded').length`,
      ),
    ).toBe(0);
    await page.evaluate(`document.querySelector('#content').append('2025')`);
    const message = 'the page’s own digits ask for its font';
    await expect.poll(() => asked.length, { message }).toBeGreaterThan(0);
    await page.close();
  });

  it('with timings of the page: the size of the largest text is that of a box', async () => {
    // No text of the page is as large as ours. The lines differ in their mark and their next part.
    const sizes: number[][] = [];
    for (const id of [9708, 9675, 9731, 9728]) {
      const page = await open(
        `<style>body { font-size: 1px } h2 { font-size: 1px }</style>${item(id, '甲')}
         <script>globalThis.sizes = [];
          new PerformanceObserver((list) => {
            for (const { size } of list.getEntries()) sizes.push(size);
          }).observe({ type: 'largest-contentful-paint', buffered: true });</script>`,
      );
      await filledLines(page);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
      const box = (await seeLines(page))[0]?.box ?? { width: 0, height: 0 };
      const told = (await page.evaluate('sizes')) as number[];
      expect(told.length).toBeGreaterThan(0);
      expect(Math.max(...told)).toBeGreaterThan((box.width * box.height) / 2);
      // Firefox may report a smaller text first (docs/security.md).
      sizes.push(browser === 'chromium' ? told.filter((size) => size > 500) : told.slice(-1));
      await page.close();
    }
    expect(sizes).toEqual(sizes.map(() => sizes[0]));
  });

  it('with timings of the page: no entry names what we draw', async () => {
    const page = await open();
    await page.evaluate(`(() => {
      globalThis.told = [];
      for (const type of PerformanceObserver.supportedEntryTypes)
        try { new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const nodes = [entry.element, entry.target, ...(entry.sources ?? []).map(({ node }) => node)];
            if (nodes.some((node) => node && node.getRootNode() !== document)) told.push(type);
          }
        }).observe({ type, buffered: true, durationThreshold: 16 }); } catch {}
    })()`);
    await filledLines(page);
    await click(page, '丁', MARK);
    await click(page, '甲', SERIES);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    expect(await page.evaluate('told')).toEqual([]);
    await page.close();
  });

  /** The addresses that Chromium fetches ahead of time because of a rule of the page. */
  const fetchedAhead = async (page: Page) => {
    const addresses = new Set<string>();
    const session = await page.createCDPSession();
    session.on('Preload.preloadingAttemptSourcesUpdated', ({ preloadingAttemptSources }) => {
      for (const { key } of preloadingAttemptSources) addresses.add(key.url);
    });
    await session.send('Preload.enable');
    return addresses;
  };

  if (browser === 'chromium')
    it('with speculation rules: a link is fetched when the reader comes to it, and no other', async () => {
      const rule = { source: 'document', where: { href_matches: '/*' }, eagerness: 'immediate' };
      const page = await open(
        `<script type="speculationrules">${JSON.stringify({ prefetch: [rule] })}</script>${item(9728, '丁')}`,
      );
      const addresses = await fetchedAhead(page);
      await filledLines(page);
      const own = 'https://kexue.fm/archives/9728';
      await expect.poll(() => [...addresses]).toEqual([own]);
      // This moves the focus to the row of the line's post.
      await click(page, '丁', SERIES);
      const lines = await waitForLines(page, (all) => all.some(({ rows }) => rows.length > 5));
      const next = controlOf(lineOf(lines, '丁'), NEXT);
      await page.mouse.move(middleOf(next.box).x, middleOf(next.box).y);
      await expect.poll(() => [...addresses]).toContain(next.href);
      expect(addresses).toEqual(new Set([own, next.href]));
      await page.close();
    });

  it('with a definition of our element and patched functions', async () => {
    const { browser: running } = stage.current.launched;
    const page = await running.newPage();
    await page.evaluateOnNewDocument(`
      globalThis.told = [];
      for (const name of ['kexue-companion', 'data-kexue-companion'])
        customElements.define(name, class extends HTMLElement {
          constructor() { super(); told.push(this.attachInternals()); }
        });
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function (...all) { told.push(this); return attach.apply(this, all); };
    `);
    await page.goto('https://kexue.fm/', { waitUntil: 'load' });
    await filledLines(page);
    expect(await page.evaluate('told.length')).toBe(0);
    report('definitions and patches', { names: 2, functions: 1, told: 0 });
    await page.close();
  });

  it('with a fragment that scrolls to a text', async () => {
    const filler = '<p style="height: 3000px">.</p>';
    const at = async (fragment: string) => {
      const { page } = await openOwnPage(stage.current, filler + LISTING, '', {
        address: `https://kexue.fm/#:~:text=${encodeURIComponent(fragment)}`,
      });
      await filledLines(page);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 1_000)));
      const y = await page.evaluate('scrollY');
      await page.close();
      return y;
    };
    expect(await at('2025-05-06')).toBe(0);
    expect(await at('某某的正文')).toBeGreaterThan(0);
  });
});
