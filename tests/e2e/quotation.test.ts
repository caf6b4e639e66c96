/** 出自哪篇: finds the source of text selected on the blog or pasted into the popup's search. */
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  type BrowserName,
  cardIn,
  clickInCard,
  hasControl,
  nextFrame,
  type SeenLine,
  seeLines,
  setStage,
  waitForLines,
} from './harness.ts';
import { computeSignatures, encodeSignatures } from '../../scripts/compute-signatures.ts';
import { readTexts } from '../fixtures/texts.ts';
import { button, find, press, waitForText, wanted, within } from './roles.ts';
import { partsOf } from '../facts.ts';

const PARTS = partsOf('Transformer升级之路').length;

/** Transformer升级之路：1; in the test's index its opening is the first test text. */
const QUOTED = 8231;
const openings = readTexts().map((text, at) => ({ id: at === 0 ? QUOTED : at, text }));
const signatures = encodeSignatures(computeSignatures(openings, [], 'the texts of the tests'));
const QUOTATION = openings[0]?.text.slice(0, 220) ?? '';

const NOBODYS = '今天早上下了一点小雨，院子里的桂花落了一地，邻居家的猫蹲在墙头看我扫地。'.repeat(
  3,
);
const OFFER = button('出自哪篇');
const HOST = 'https://kexue.fm/archives/9708';

describe.each(BROWSERS)('the source of a text, in %s', (browser) => {
  const stage = setStage(browser, { signatures });
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

  it('is offered beside a selection, and answered with the post and its part number', async () => {
    const page = await open(HOST);
    await select(page, QUOTATION);
    await clickInCard(page, OFFER);
    const isAnswered = (line: SeenLine) => line.card !== null && hasControl(line, wanted('link'));
    const lines = await waitForLines(page, (all) => all.some(isAnswered));
    const answer = cardIn(lines);
    expect(answer?.controls[0]?.href).toBe(`https://kexue.fm/archives/${QUOTED}`);
    expect(answer?.card).toMatch(
      new RegExp(`Transformer升级之路：1、.*2021-03-08.*Transformer升级之路 第 1 / ${PARTS} 篇`),
    );
    await page.keyboard.press('Escape');
    await waitForLines(page, (lines) => lines.every(({ card: text }) => text === null));
  });

  it('is reached with Tab from the selection, and left with Tab', async () => {
    const page = await open(HOST);
    await select(page, QUOTATION);
    await waitForLines(page, (lines) => lines.some((line) => hasControl(line, OFFER)));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const isAnswered = (line: SeenLine) => line.card !== null && hasControl(line, wanted('link'));
    await waitForLines(page, (all) => all.some(isAnswered));
    await page.keyboard.press('Tab');
    await waitForLines(page, (lines) => lines.every(({ card: text }) => text === null));
  });

  it('is the open article for its own text, without a search of the signatures', async () => {
    const page = await open(HOST);
    await select(page, NOBODYS, 'p');
    await clickInCard(page, OFFER);
    await waitForLines(page, (lines) => lines.some((line) => line.card === '就出自这一篇'));
  });

  it('is unknown for another text, and not offered for a short one', async () => {
    const page = await open('https://kexue.fm/');
    await select(page, NOBODYS);
    await clickInCard(page, OFFER);
    await waitForLines(page, (lines) => lines.some((line) => line.card === '没有认出出处'));
    await select(page, QUOTATION.slice(0, 30));
    await waitForLines(page, (lines) => lines.every((line) => line.card === null));
  });

  it('is not offered if the reader switched it off', async () => {
    await stage.current.set({ quotations: false });
    const page = await open(HOST);
    await select(page, QUOTATION);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await seeLines(page)).filter((line) => line.card !== null)).toEqual([]);
    await stage.current.set({ quotations: true });
  });

  it('is found for a text pasted into the search of the popup', async () => {
    const popup = await stage.current.openPopup();
    pages.push(popup);
    await paste(popup, QUOTATION, browser);
    const origin = within(wanted('group', '出自哪篇'), wanted('option'));
    expect(
      await (await find(popup, origin)).evaluate((option) => option.getAttribute('href')),
    ).toMatch(new RegExp(`/archives/${QUOTED}$`));
    await press(popup, button('清除搜索'));
    await paste(popup, NOBODYS, browser);
    await waitForText(popup, '没有认出出处');
  });
});

/** Adds a text to the page's article or first excerpt, as a quotation or otherwise, and selects it. */
async function select(page: Page, text: string, tag = 'blockquote'): Promise<void> {
  await page.evaluate(
    (quoted, name) => {
      document.querySelector('#quoted')?.remove();
      const quotation = document.createElement(name);
      quotation.id = 'quoted';
      quotation.textContent = quoted;
      document.querySelector('.PostContent, #PostContent')?.prepend(quotation);
      quotation.scrollIntoView({ block: 'center', behavior: 'instant' });
    },
    text,
    tag,
  );
  // Scrolling removes the offer, so the test selects after the event `scroll`.
  await nextFrame(page);
  await page.evaluate(() => {
    getSelection()?.selectAllChildren(document.querySelector('#quoted') ?? document.body);
  });
}

/** Pastes like a reader: copies the text in the page and lets the browser paste it. */
async function paste(page: Page, text: string, browser: BrowserName): Promise<void> {
  await page.evaluate((copied) => {
    const area = document.createElement('textarea');
    area.value = copied;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }, text);
  await (await find(page, wanted('combobox', '搜标题、系列、标签、拼音首字母'))).focus();
  if (browser === 'chromium') await page.keyboard.press('v', { commands: ['Paste'] });
  else {
    await page.keyboard.down('Control');
    await page.keyboard.press('v');
    await page.keyboard.up('Control');
  }
}
