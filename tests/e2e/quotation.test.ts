/** 出自哪篇: text selected on the blog, and text pasted into the popup's search. */
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { BROWSERS, type BrowserName, seeLines, setStage, waitForLines } from './harness.ts';

/** The author's text: only read, from a place that is not part of the project. */
const OPENINGS = new URL('../../../shared/data/openings.jsonl', import.meta.url);
const isThere = existsSync(OPENINGS);

/** The first letters of a post's opening. */
function opening(id: number): string {
  const line = readFileSync(OPENINGS, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`{"id": ${id},`));
  return (JSON.parse(line ?? '{}') as { text: string }).text.slice(0, 220);
}

const NOBODYS = '今天早上下了一点小雨，院子里的桂花落了一地，邻居家的猫蹲在墙头看我扫地。'.repeat(
  3,
);
/** Transformer升级之路：1, in English its opening is the same. */
const QUOTED = 8231;
const HOST = 'https://kexue.fm/archives/9708';

describe.skipIf(!isThere).each(BROWSERS)('where a text is from, in %s', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async (url: string) => {
    const page = await stage.current.open(url);
    pages.push(page);
    await waitForLines(page, (lines) => lines.some(({ text }) => text !== ''));
    return page;
  };

  it('is offered beside a selection, and answered with the post and its place', async () => {
    const page = await open(HOST);
    await select(page, opening(QUOTED));
    await press(page);
    const [link] = (await card(page, ({ href }) => href !== null)).controls;
    expect(link?.href).toBe(`https://kexue.fm/archives/${QUOTED}`);
    expect(await cardText(page)).toMatch(
      /Transformer升级之路：1、.*2021-03-08.*Transformer升级之路 第 1 \/ 21 篇/,
    );
    await page.keyboard.press('Escape');
    await waitForLines(page, (lines) => lines.every(({ card: text }) => text === null));
  });

  it('is unknown for a text of nobody, and not offered for a short one', async () => {
    const page = await open('https://kexue.fm/');
    await select(page, NOBODYS);
    await press(page);
    await waitForLines(page, (lines) => lines.some((line) => line.card === '没有认出出处'));
    await select(page, opening(QUOTED).slice(0, 30));
    await waitForLines(page, (lines) => lines.every((line) => line.card === null));
  });

  it('is not offered when the reader switched it off', async () => {
    const set = (quotations: boolean) =>
      stage.current.inExtension(
        `browser.runtime.sendMessage({ type: 'settings', settings: { quotations: ${quotations} } })`,
      );
    await set(false);
    const page = await open(HOST);
    await select(page, opening(QUOTED));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await seeLines(page)).filter((line) => line.card !== null)).toEqual([]);
    await set(true);
  });

  it('is answered for a text pasted into the search of the popup', async () => {
    const popup = await stage.current.openPopup();
    pages.push(popup);
    await paste(popup, opening(QUOTED), browser);
    await popup.waitForSelector(`#found [data-post="${QUOTED}"]`);
    const found = await popup.$eval('#found', (list) => list.textContent);
    expect(found).toMatch(/^出自哪篇/);
    await popup.$eval('input[type=search]', (input) => (input.value = ''));
    await paste(popup, NOBODYS, browser);
    await popup.waitForFunction(
      () => document.querySelector('.status')?.textContent === '没有认出出处',
    );
  });
});

/** Adds a paragraph to the page's article or first excerpt, as a quotation, and selects it. */
async function select(page: Page, text: string): Promise<void> {
  await page.evaluate((quoted) => {
    document.querySelector('#quoted')?.remove();
    const quotation = document.createElement('blockquote');
    quotation.id = 'quoted';
    quotation.textContent = quoted;
    document.querySelector('.PostContent, #PostContent')?.prepend(quotation);
    quotation.scrollIntoView({ block: 'center', behavior: 'instant' });
  }, text);
  // Scrolling takes an offer away, so the reader selects when the page stands still.
  await new Promise((resolve) => setTimeout(resolve, 200));
  await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('#quoted') ?? document.body);
  });
}

const card = async (page: Page, wanted: (control: { href: string | null }) => boolean) => {
  const lines = await waitForLines(page, (all) =>
    all.some((line) => line.card !== null && line.controls.some(wanted)),
  );
  const found = lines.find((line) => line.card !== null);
  if (!found) throw new Error('no card');
  return found;
};

const cardText = async (page: Page) => (await card(page, () => true)).card;

async function press(page: Page): Promise<void> {
  const [button] = (await card(page, () => true)).controls;
  expect(button?.text).toBe('出自哪篇');
  const { x = 0, y = 0, width = 0, height = 0 } = button?.box ?? {};
  await page.mouse.click(x + width / 2, y + height / 2);
}

/** As a reader pastes: the text is copied in the page and pasted by the browser. */
async function paste(page: Page, text: string, browser: BrowserName): Promise<void> {
  await page.evaluate((copied) => {
    const area = document.createElement('textarea');
    area.value = copied;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }, text);
  await page.focus('input[type=search]');
  if (browser === 'chromium') await page.keyboard.press('v', { commands: ['Paste'] });
  else {
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
  }
}
