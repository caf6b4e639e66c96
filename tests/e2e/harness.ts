/** A browser with the built extension, on the sample of the blog; and what a reader sees of us. */
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Page, TargetType } from 'puppeteer-core';
import { afterAll, beforeAll } from 'vitest';
import {
  closeWelcome,
  launchChromium,
  launchFirefox,
  type Launched,
  openExtensionPage,
} from '../../scripts/browsers.ts';
import { type Site, startSite } from '../../scripts/sample/server.ts';
import { decode } from '../../src/record/codec.ts';
import type { Mark, ReadingRecord } from '../../src/record/marks.ts';
import type { Answer } from '../../src/app/messages.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const POPUP = 'src/popup/index.html';

/** A control in one of our closed shadow roots, as the probe extension reports it. */
export interface Control {
  name: string;
  class: string;
  text: string;
  label: string | null;
  expanded: string | null;
  pressed: string | null;
  href: string | null;
  focused: boolean;
  box: Box;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One of our boxes on the page. */
export interface SeenLine {
  /** The title of the item that it stands in. */
  title: string;
  ground: string | null;
  isEnding: boolean;
  text: string;
  box: Box;
  row: Box | null;
  controls: Control[];
  rows: string[];
  ruler: string | null;
  /** What floats over the page. */
  card: string | null;
  cardBox: Box | null;
  /** The formulas in it that the browser sets. */
  formulas: string[];
}

export interface Stage {
  readonly launched: Launched;
  readonly site: Site;
  /** Opens a page of the blog and waits until it has loaded. */
  open(url: string): Promise<Page>;
  /** Opens the popup in a tab of its own; `ready` when its first whole drawing stands. */
  openPopup(): Promise<Page>;
  /** Opens the library at an address of its own, `list?mark=later` say, when that view is drawn. */
  openLibrary(address: string): Promise<Page>;
  /** Does what the popup does when the reader marks posts. */
  mark(marks: Record<number, Mark>): Promise<Answer>;
  /** Runs in a page of the extension, with its rights. */
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
}

/** Sets the stage for the tests of one describe block; read `current` only inside them. */
export function setStage(
  name: BrowserName,
  options: StageOptions = {},
): { readonly current: Stage } {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage(name, options);
  });
  afterAll(async () => {
    await stage?.launched.close();
    await stage?.site.close();
  });
  return {
    get current() {
      if (!stage) throw new Error('the stage is not set yet');
      return stage;
    },
  };
}

/** The browser on the sample without us, only with the probe: what the pages do by themselves. */
export function launchBare(site: Site): Promise<Launched> {
  return launchChromium({ site, headless: true, extension: path('probe') });
}

async function openStage(name: BrowserName, options: StageOptions): Promise<Stage> {
  const site = await startSite();
  const { language = 'zh-CN', backgroundIdleMs, colour = 'light', isStill = false } = options;
  const common = { site, headless: true };
  const launched =
    name === 'chromium'
      ? await launchChromium({ ...common, extension: [path('../../dist/chrome'), path('probe')] })
      : await launchFirefox({
          ...common,
          extension: [path('../../dist/firefox'), path('probe')],
          prefs: {
            'layout.css.prefers-color-scheme.content-override': colour === 'dark' ? 0 : 1,
            ...(isStill ? { 'ui.prefersReducedMotion': 1 } : {}),
          },
          ...(backgroundIdleMs === undefined ? {} : { backgroundIdleMs }),
        });
  const openPopup = () => openExtensionPage(launched, POPUP, { readySelector: 'html[data-ready]' });
  await closeWelcome(launched);
  let control = await openPopup();
  const stage: Stage = {
    launched,
    site,
    async open(url) {
      const page = await launched.browser.newPage();
      await page.goto(url, { waitUntil: 'load' });
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
        `browser.runtime.sendMessage(${JSON.stringify({ type: 'act', id, changes })})`,
      );
    },
    inExtension: <T>(work: string) =>
      control.evaluate(`(async () => {
        const browser = globalThis.browser ?? globalThis.chrome;
        return await (${work});
      })()`) as Promise<T>,
    async record() {
      const work = `browser.storage.local.get(['record', 'journal'])`;
      const { record, journal } = await stage.inExtension<Record<string, unknown>>(work);
      const decoded = decode(record, journal);
      if (decoded.bad.length > 0) throw new Error(`not read: ${decoded.bad.join('\n')}`);
      return decoded.record;
    },
    async sleep() {
      if (name === 'chromium') return void (await killBackground(launched));
      // The page of a background that sleeps is not there; asking for it this way wakes nobody.
      const isAwake = () => stage.inExtension('browser.extension.getBackgroundPage() !== null');
      while (await isAwake()) await delay(200);
    },
    async reload() {
      if (name === 'chromium') await launched.browser.installExtension(path('../../dist/chrome'));
      else await stage.inExtension('void browser.runtime.reload()').catch(() => undefined);
      await delay(1_500);
      control = await openPopup();
    },
  };
  await stage.inExtension(
    `browser.runtime.sendMessage(${JSON.stringify({ type: 'settings', settings: { language } })})`,
  );
  return stage;
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
}

/**
 * A page of the blog, its home page by default, with this in its main column, and before it in its
 * drawer; and its errors.
 */
export async function openOwnPage(
  stage: Stage,
  column: string,
  drawer = '',
  { address = 'https://kexue.fm/', status = 200, title = '' }: OwnPage = {},
): Promise<{ page: Page; errors: string[] }> {
  const page = await stage.launched.browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest();
    const body = `<div id="MobileSideBar">${drawer}</div><div id="MainBody"><div id="content">${column}</div></div>`;
    void request.respond({
      status: isPage ? status : 404,
      contentType: 'text/html; charset=UTF-8',
      body: isPage
        ? `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>`
        : '',
    });
  });
  await page.goto(address, { waitUntil: 'load', timeout: 60_000 });
  return { page, errors };
}

/** Our boxes on a page, read through the probe extension. */
export async function seeLines(page: Page): Promise<SeenLine[]> {
  return page.evaluate(() => {
    dispatchEvent(new Event('probe'));
    return JSON.parse(document.documentElement.getAttribute('data-probe') ?? '[]');
  });
}

/** Waits until the lines of a page are as wanted, and returns them; fails with what stood there. */
export async function waitForLines(
  page: Page,
  wanted: (lines: SeenLine[]) => boolean,
  seconds = 10,
): Promise<SeenLine[]> {
  const until = Date.now() + seconds * 1_000;
  for (;;) {
    const lines = await seeLines(page);
    if (wanted(lines)) return lines;
    if (Date.now() > until) {
      const stood = lines.map(({ title, text }) => `${title} | ${text}`).join('\n');
      throw new Error(`after ${seconds} s the lines are still\n${stood}`);
    }
    await delay(50);
  }
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

export function controlOf(line: SeenLine, kind: string): Control {
  const control = line.controls.find((each) => each.class.split(' ').includes(kind));
  if (!control) throw new Error(`no ${kind} in: ${line.text}`);
  return control;
}

/** Clicks as a reader does, with the mouse, at the middle of a control of a line. */
export async function click(page: Page, title: string, kind: string): Promise<void> {
  await clickOn(page, (lines) => controlOf(lineOf(lines, title), kind));
}

/** The same for any control of the lines. */
export async function clickOn(page: Page, find: (lines: SeenLine[]) => Control): Promise<void> {
  const { box } = find(await seeLines(page));
  await page.evaluate((y) => scrollBy({ top: y - innerHeight / 2, behavior: 'instant' }), box.y);
  const { x, y, width, height } = find(await seeLines(page)).box;
  await page.mouse.click(x + width / 2, y + height / 2);
}

/** The control that has the keyboard, if it is one of ours. */
export async function focusedControl(page: Page): Promise<Control | undefined> {
  return (await seeLines(page)).flatMap(({ controls }) => controls).find(({ focused }) => focused);
}

/** Puts the keyboard on a control by tabbing to it from the title above the line. */
export async function tabTo(page: Page, title: string, kind: string): Promise<void> {
  await page.evaluate((wanted) => {
    const links = [...document.querySelectorAll<HTMLElement>('.title-wrap :is(h1, h2) a')];
    links.find((link) => link.textContent.includes(wanted))?.focus();
  }, title);
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    if ((await focusedControl(page))?.class.split(' ').includes(kind)) return;
  }
  throw new Error(`${kind} of ${title} cannot be reached with Tab`);
}
