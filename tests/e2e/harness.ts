/**
 * A browser with the built extension on the sample of the blog, and what a reader sees of us there.
 * roles.ts finds what stands on our own pages.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Page, TargetType } from 'puppeteer-core';
import { beforeAll, beforeEach } from 'vitest';
import { type Launched, navigate, openExtensionPage } from '../../scripts/browsers.ts';
import type { Site } from '../../scripts/sample/server.ts';
import { decodeRecord } from '../../src/record/codec.ts';
import type { Mark, ReadingRecord } from '../../src/record/marks.ts';
import type { Answer } from '../../src/app/messages.ts';
import type { Settings } from '../../src/app/settings.ts';
import { isNamed, type Wanted, wanted } from './roles.ts';
import { type BrowserName, type Needs, runBrowser } from './running.ts';
import { until } from './until.ts';

export { BROWSERS, type BrowserName, launchBare } from './running.ts';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const POPUP = 'src/popup/index.html';

/** A control in one of our closed shadow roots, as the probe extension reports it. */
export interface Control {
  role: string;
  /** Its accessible name. */
  name: string;
  text: string;
  expanded: string | null;
  pressed: string | null;
  /** Where it leads, whether it has its `href` already or not. */
  href: string | null;
  /** Whether it has an `href`: a link of ours gets it when the reader comes to it. */
  isComplete: boolean;
  focused: boolean;
  box: Box;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One of our boxes on the page: a line, the series at a post's end, a card … */
export interface SeenLine {
  /** The title of the item that it stands in. */
  title: string;
  /** The name of its group of controls, if it has one. */
  group: string | null;
  /** The series at the end of a post, with links to its neighbours. */
  isEnding: boolean;
  /** What its group says, without what there is no room for. */
  text: string;
  box: Box;
  /** Where the group stands. */
  row: Box | null;
  /** How far words outside of rows go beyond the right edge of the box, in px. */
  overflow: number;
  controls: Control[];
  /** The items of its lists. */
  rows: string[];
  /** What the picture of a series says. */
  ruler: string | null;
  /** The text of a card: a preview, an answer or an offer over the page. */
  card: string | null;
  cardBox: Box | null;
  /** The formulas in the card that the browser typesets. */
  formulas: string[];
}

/** The controls of a line. */
export const MARK = wanted('button', /^(?:标记：|Mark: )/);
export const SERIES = wanted('button', /^(?:系列：|Series: )/);
export const NEXT = wanted('link', /^(?:下一篇未读|前面还有未读|可先读) /);
export const LATER = wanted('button', '稍后读');
export const UNDO = wanted('button', '撤销');
export const RETRY = wanted('button', '再试');

export interface Stage {
  readonly launched: Launched;
  readonly site: Site;
  /**
   * Opens a page of the blog and waits until it has loaded. In a window of its own it stays visible when
   * other pages are opened.
   */
  open(url: string, type?: 'tab' | 'window'): Promise<Page>;
  /** Opens the popup in a tab of its own; `ready` when its first whole drawing stands. */
  openPopup(): Promise<Page>;
  /** Opens the library at an address of its own, `list?mark=later` say, when that view is drawn. */
  openLibrary(address: string): Promise<Page>;
  /** Does what the popup does when the reader marks posts. */
  mark(marks: Record<number, Mark>): Promise<Answer>;
  /** Does what the settings page does when the reader changes settings. */
  set(settings: Partial<Settings>): Promise<unknown>;
  /** Runs in a page of the extension, with its rights; `send(message)` there asks the background. */
  inExtension<T>(work: string): Promise<T>;
  /** The stored record, read as every page reads it. */
  record(): Promise<ReadingRecord>;
  /**
   * Returns when the background is gone until it is needed again: in Chromium it is killed, in
   * Firefox it idles out, which needs a short `backgroundIdleMs`.
   */
  sleep(): Promise<void>;
  /**
   * Reloads the extension, as an update does; pages of it that a test opened are gone afterwards. An
   * unpacked extension that reloads itself is disabled by Chromium outside of developer mode, so
   * there it is installed once more over itself.
   */
  reload(): Promise<void>;
}

export interface StageOptions {
  language?: 'zh-CN' | 'en';
  backgroundIdleMs?: number;
  /** What Firefox tells pages to be; in Chromium each page is told by itself. */
  colour?: 'light' | 'dark';
  /** Whether Firefox tells pages that nothing is to move; in Chromium each page is told by itself. */
  isStill?: boolean;
  /** The smallest font size in px that the reader has set in the browser. */
  smallestFontSize?: number;
  /** The usual font size in px that the reader has set in the browser. */
  fontSize?: number;
  /** A file of text signatures, instead of that in the package. */
  signatures?: Uint8Array;
  /** The folder of a package, instead of that in dist/. */
  extension?: string;
}

/** A message that meets a background which is going to sleep is lost; our pages send it again too. */
const SEND = `const send = async (message) => {
  for (;;) {
    try {
      return await browser.runtime.sendMessage(message);
    } catch (error) {
      if (!/Receiving end|message port closed/.test(error.message)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
};`;

/** All that is stored, as JSON. */
const STORED = `browser.storage.local.get(null).then(JSON.stringify)`;

const restoring = (stored: string) =>
  `browser.storage.local.clear().then(() => browser.storage.local.set(${stored}))`;

/**
 * Sets the stage for the tests of one describe block; read `current` only inside them. A test that is
 * tried again finds what was stored before its first try.
 */
export function setStage(
  name: BrowserName,
  options: StageOptions = {},
): { readonly current: Stage } {
  let stage: Stage | undefined;
  let before: string | undefined;
  beforeAll(async () => {
    stage = await openStage(name, options);
  });
  beforeEach(async ({ task }) => {
    const isFirstTry = (task.result?.retryCount ?? 0) === 0;
    if (isFirstTry) before = await stage?.inExtension(STORED);
    else if (before !== undefined) await stage?.inExtension(restoring(before));
  });
  return {
    get current() {
      if (!stage) throw new Error('the stage is not set yet');
      return stage;
    },
  };
}

/** What a browser has to be started with for these options. */
function needsOf(name: BrowserName, options: StageOptions): Needs {
  const { backgroundIdleMs, colour = 'light', isStill = false } = options;
  const { smallestFontSize = 0, fontSize = 16 } = options;
  const dist =
    options.extension ?? path(name === 'chromium' ? '../../dist/chrome' : '../../dist/firefox');
  const extension = options.signatures ? withSignatures(dist, options.signatures) : dist;
  if (name === 'chromium') {
    const sizes = `minimumFontSize=${smallestFontSize},defaultFontSize=${fontSize}`;
    const isUsual = smallestFontSize === 0 && fontSize === 16;
    return { extension, args: isUsual ? [] : [`--blink-settings=${sizes}`] };
  }
  return {
    extension,
    prefs: {
      'layout.css.prefers-color-scheme.content-override': colour === 'dark' ? 0 : 1,
      ...(isStill ? { 'ui.prefersReducedMotion': 1 } : {}),
      'font.minimum-size.zh-CN': smallestFontSize,
      'font.minimum-size.x-western': smallestFontSize,
      'font.size.variable.zh-CN': fontSize,
      'font.size.variable.x-western': fontSize,
    },
    ...(backgroundIdleMs === undefined ? {} : { backgroundIdleMs }),
  };
}

async function openStage(name: BrowserName, options: StageOptions): Promise<Stage> {
  const { language = 'zh-CN' } = options;
  const needs = needsOf(name, options);
  const { launched, site } = await runBrowser(name, needs);
  const openPopup = () => openExtensionPage(launched, POPUP, { readySelector: 'html[data-ready]' });
  let control = await openPopup();
  const stage: Stage = {
    launched,
    site,
    async open(url, type = 'tab') {
      const page = await launched.browser.newPage({ type });
      await navigate(page, url, { waitUntil: 'load' });
      return page;
    },
    openPopup,
    openLibrary: (address) =>
      openExtensionPage(launched, `src/library/index.html#${address}`, {
        readySelector: `html[data-ready="${address.split('?')[0]}"]`,
      }),
    mark: (marks) => {
      const changes = Object.entries(marks).map(([post, mark]) => ({ post: Number(post), mark }));
      const id = `test-${Math.random().toString(36).slice(2)}`;
      return stage.inExtension(
        `send(${JSON.stringify({ type: 'mark', id, changes })}).then(({ value }) => value)`,
      );
    },
    set: (settings) => stage.inExtension(`send(${JSON.stringify({ type: 'settings', settings })})`),
    inExtension: <T>(work: string) =>
      control.evaluate(`(async () => {
        const browser = globalThis.browser ?? globalThis.chrome;
        ${SEND}
        return await (${work});
      })()`) as Promise<T>,
    async record() {
      const work = `browser.storage.local.get(['record', 'journal'])`;
      const { record, journal } = await stage.inExtension<Record<string, unknown>>(work);
      const decoded = decodeRecord(record, journal);
      if (decoded.damaged.length > 0) throw new Error(`not read: ${decoded.damaged.join('\n')}`);
      return decoded.record;
    },
    async sleep() {
      if (name === 'chromium') return void (await killBackground(launched));
      // The page of a background that sleeps is not there; asking for it this way wakes nobody.
      const isAwake = () => stage.inExtension('browser.extension.getBackgroundPage() !== null');
      await until(async () => !(await isAwake()));
    },
    async reload() {
      if (name === 'chromium') await launched.browser.installExtension(needs.extension);
      else await stage.inExtension('void browser.runtime.reload()').catch(() => undefined);
      await delay(1_500);
      control = await openPopup();
    },
  };
  await stage.set({ language });
  return stage;
}

/** A copy of a package, in a folder that goes with this process, with other signatures. */
function withSignatures(dist: string, signatures: Uint8Array): string {
  const copy = mkdtempSync(join(tmpdir(), 'kexue-companion-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  cpSync(dist, copy, { recursive: true });
  const assets = join(copy, 'assets');
  const file = readdirSync(assets).find((each) => /^signatures-.*\.bin$/.test(each));
  if (file === undefined) throw new Error(`no signatures in ${assets}`);
  writeFileSync(join(assets, file), signatures);
  return copy;
}

/** Ends Chromium's worker, if it is awake; whether it did. */
export async function killBackground({ browser, baseUrl }: Launched): Promise<boolean> {
  const target = browser
    .targets()
    .find((each) => each.type() === TargetType.SERVICE_WORKER && each.url().startsWith(baseUrl));
  const worker = await target?.worker().catch(() => undefined);
  // It may have ended by itself meanwhile.
  const closed = worker?.close().then(
    () => true,
    () => false,
  );
  return (await closed) ?? false;
}

/** What else openOwnPage serves, and where. */
export interface OwnPage {
  address?: string;
  status?: number;
  /** The text of the page's `title`. */
  title?: string;
  /** Whether the page ends with the column's last text, as one does that is cut on its way. */
  isCut?: boolean;
  /** As of `Stage.open`. */
  type?: 'tab' | 'window';
}

/**
 * A page of the blog, its home page by default, with this in its main column, and before it in its
 * drawer; and its errors.
 */
export async function openOwnPage(
  stage: Stage,
  column: string,
  drawer = '',
  {
    address = 'https://kexue.fm/',
    status = 200,
    title = '',
    isCut = false,
    type = 'tab',
  }: OwnPage = {},
): Promise<{ page: Page; errors: string[] }> {
  const page = await stage.launched.browser.newPage({ type });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest();
    const main = `<div id="MobileSideBar">${drawer}</div><div id="MainBody"><div id="content">${column}`;
    const rest = '</div><div id="SideBar"></div></div></body></html>';
    void request.respond({
      status: isPage ? status : 404,
      contentType: 'text/html; charset=UTF-8',
      body: isPage
        ? `<!DOCTYPE html><html><head><title>${title}</title></head><body>${main}${isCut ? '' : rest}`
        : '',
    });
  });
  await page.goto(address, { waitUntil: 'load', timeout: 0 });
  return { page, errors };
}

/** Our boxes on a page, read through the probe extension. */
export async function seeLines(page: Page): Promise<SeenLine[]> {
  return page.evaluate(() => {
    dispatchEvent(new Event('probe'));
    const root: Element = Reflect.get(Document.prototype, 'documentElement', document);
    return JSON.parse(root.getAttribute('data-probe') ?? '[]');
  });
}

/** Waits until the lines of a page are as wanted, and returns them; fails with what stood there. */
export async function waitForLines(
  page: Page,
  isWanted: (lines: SeenLine[]) => boolean,
): Promise<SeenLine[]> {
  let lines: SeenLine[] = [];
  return until(
    async () => {
      lines = await seeLines(page);
      return isWanted(lines) && lines;
    },
    () => `the lines are still\n${lines.map(({ title, text }) => `${title} | ${text}`).join('\n')}`,
  );
}

/** The lines, once each of them is filled in. */
export function filledLines(page: Page): Promise<SeenLine[]> {
  return waitForLines(
    page,
    (lines) => lines.length > 0 && lines.every(({ text, isEnding }) => isEnding || text !== ''),
  );
}

export function lineOf(lines: SeenLine[], title: string): SeenLine {
  const line = lines.find((each) => !each.isEnding && each.title.includes(title));
  if (!line) throw new Error(`no line at ${title}`);
  return line;
}

/** The first such control of a box of ours. */
export function controlOf(line: SeenLine, { role, name }: Wanted): Control {
  const control = line.controls.find((each) => each.role === role && isNamed(each.name, name));
  if (!control) throw new Error(`no ${role} ${String(name)} in: ${line.text || line.card}`);
  return control;
}

export const hasControl = (line: SeenLine, { role, name }: Wanted) =>
  line.controls.some((each) => each.role === role && isNamed(each.name, name));

/** The card on the page, if one stands there. */
export const cardIn = (lines: SeenLine[]) => lines.find(({ card }) => card !== null);

export const middleOf = ({ x, y, width, height }: Box) => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** Clicks as a reader does, with the mouse, at the middle of a control of a line. */
export async function click(page: Page, title: string, what: Wanted): Promise<void> {
  await clickOn(page, (lines) => controlOf(lineOf(lines, title), what));
}

/** The same for any control in our boxes; the page is scrolled to it first. */
export async function clickOn(page: Page, choose: (lines: SeenLine[]) => Control): Promise<void> {
  const { box } = choose(await seeLines(page));
  await page.evaluate((y) => scrollBy({ top: y - innerHeight / 2, behavior: 'instant' }), box.y);
  const { x, y } = middleOf(choose(await seeLines(page)).box);
  await page.mouse.click(x, y);
}

/** Clicks a control of a card where it stands: a card may go away when the page is scrolled. */
export async function clickInCard(page: Page, what: Wanted): Promise<void> {
  const isThere = (line: SeenLine) => line.card !== null && hasControl(line, what);
  const lines = await waitForLines(page, (all) => all.some(isThere));
  const { x, y } = middleOf(controlOf(lines.find(isThere) as SeenLine, what).box);
  await page.mouse.click(x, y);
}

/** The control that has the keyboard, if it is one of ours. */
export async function focusedControl(page: Page): Promise<Control | undefined> {
  return (await seeLines(page)).flatMap(({ controls }) => controls).find(({ focused }) => focused);
}

/** Waits until the keyboard is on the wanted control, and returns it; fails with where it is instead. */
export async function waitForFocus(
  page: Page,
  isWanted: (focused: Control) => boolean,
): Promise<Control> {
  let focused: Control | undefined;
  return until(
    async () => {
      focused = await focusedControl(page);
      return focused && isWanted(focused) && focused;
    },
    async () =>
      `the keyboard is at ${JSON.stringify(focused)}; in the page: ${await page.evaluate(
        () => `${document.activeElement?.outerHTML.slice(0, 200)}, ${document.hasFocus()}`,
      )}`,
  );
}

/** Puts the keyboard on a control by tabbing to it from the title above the line. */
export async function tabTo(page: Page, title: string, { role, name }: Wanted): Promise<void> {
  await page.evaluate((text) => {
    const links = [...document.querySelectorAll<HTMLElement>('.title-wrap :is(h1, h2) a')];
    links.find((link) => link.textContent.includes(text))?.focus();
  }, title);
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    const focused = await focusedControl(page);
    if (focused?.role === role && isNamed(focused.name, name)) return;
  }
  throw new Error(`${role} ${String(name)} of ${title} cannot be reached with Tab`);
}

/** Waits for the next frame, with which the event `scroll` of a page that was scrolled is sent. */
export async function nextFrame(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
}

/** The layout shifts of a page from its start until `settled` has returned: each score, and what moved. */
export async function shiftsOf(
  { browser }: Launched,
  url: string,
  settled: (page: Page) => Promise<unknown>,
): Promise<string[]> {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => {
    const shifts: string[] = [];
    Object.assign(globalThis, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as PerformanceEntry & {
          value: number;
          sources: readonly { node: Node | null }[];
        };
        const moved = sources.map(({ node }) =>
          node instanceof Element ? node.outerHTML.slice(0, 80) : node?.nodeValue,
        );
        shifts.push(`${value}: ${moved.join(' | ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'load' });
  await settled(page);
  // The browser reports a shift some frames after it.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
  const shifts = (await page.evaluate('shifts')) as string[];
  await page.close();
  return shifts;
}
