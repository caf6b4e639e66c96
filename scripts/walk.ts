/** Visits the sample like a reader: the home page, a series, a post and back, popup, map, plan. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import type { PageStatus } from '../src/app/messages.ts';
import { decodeRecord } from '../src/record/codec.ts';
import { markOf, type ReadingRecord } from '../src/record/marks.ts';
import { dayOf } from '../src/record/days.ts';
import { type Launched, openExtensionPage } from './browsers.ts';

const HOME = 'https://kexue.fm/';
const SERIES = 'Transformer升级之路';
const SEARCH = `https://kexue.fm/search/${encodeURIComponent(SERIES)}/`;
/** The last part of the series: its plan names the parts before it. */
const GOAL = 11111;
const LISTING = 'https://kexue.fm/2012/10/';
/** A short post of that listing: it fits in the window, and reading it takes 20 s. */
const POST = 1765;
const READING_SECONDS = 23;

/** @param pictures the folder for screenshots, created if it does not exist */
export async function walk(launched: Launched, pictures: URL): Promise<void> {
  await mkdir(pictures, { recursive: true });
  const popup = await openExtensionPage(launched, 'src/popup/index.html', {
    readySelector: 'html[data-ready]',
  });
  const page = await launched.browser.newPage();
  const shoot = async (from: Page, name: string) => {
    const path = fileURLToPath(new URL(`${launched.kind}-${name}.png`, pictures));
    await from.screenshot({ path });
    console.log(`  saved ${path}`);
  };

  console.log(`▸ The home page ${HOME} …`);
  await page.goto(HOME, { waitUntil: 'load' });
  await shownOn(popup);
  const before = await readRecord(popup);
  await shoot(page, '1-home');

  console.log(`▸ The series ${SERIES}: its first line is marked, then opened …`);
  await page.goto(SEARCH, { waitUntil: 'load' });
  const series = await shownOn(popup);
  await pressFirstMark(page);
  // From the mark the next control is the series.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await delay(500);
  await shoot(page, '2-series');

  console.log(`▸ The listing ${LISTING} …`);
  await page.goto(LISTING, { waitUntil: 'load' });
  const listing = await shownOn(popup);

  console.log(`▸ Reading post ${POST} for ${READING_SECONDS} s …`);
  await Promise.all([
    page.waitForNavigation({ waitUntil: 'load' }),
    page.click(`.title-wrap a[href$="/archives/${POST}"]`),
  ]);
  for (let second = 0; second < READING_SECONDS; second++) {
    await page.mouse.move(300 + second, 300);
    await delay(1_000);
    if (second % 5 === 4) console.log(`  ${second + 1} s`);
  }
  await shoot(page, '3-post');

  console.log('▸ Back to the listing …');
  await page.goBack({ waitUntil: launched.kind === 'firefox' ? [] : 'load' });
  await delay(500);
  const record = await readRecord(popup);
  await shoot(page, '4-back');

  console.log('▸ The popup, and the library: map and plan …');
  await popup.bringToFront();
  await popup.setViewport({ width: 380, height: 560 });
  await shoot(popup, '5-popup');
  for (const [name, address] of [
    ['6-map', 'map'],
    ['7-plan', `plan?goal=${GOAL}`],
  ] as const) {
    const view = await openExtensionPage(launched, `src/library/index.html#${address}`, {
      readySelector: `html[data-ready="${address.split('?')[0]}"]`,
    });
    await delay(500);
    await shoot(view, name);
    await view.close();
  }

  const shown = [...series, ...listing];
  console.log('\nid     recognised as                              before → after');
  for (const { id, title } of shown) {
    console.log(
      `${String(id).padEnd(6)} ${title.padEnd(32)} ${word(before, id)} → ${word(record, id)}`,
    );
  }
  console.log(`\n${shown.length} excerpts recognised, ${record.size} marked.`);
  const [first] = series;
  if (!first || markOf(record, first.id).kind !== 'read' || markOf(record, POST).kind !== 'read')
    throw new Error(
      'the walk did not end as it should: nothing recognised, or a post not marked as read',
    );
}

/** The posts of the listing that is open, as the content script recognised them. */
async function shownOn(popup: Page): Promise<PageStatus['posts']> {
  await delay(500);
  const answers = await popup.evaluate(async () => {
    const { browser } = globalThis as unknown as {
      browser: typeof import('webextension-polyfill');
    };
    const asked = (await browser.tabs.query({})).map(({ id }) =>
      browser.tabs.sendMessage(id ?? -1, { type: 'pageStatus' }).catch(() => undefined),
    );
    return (await Promise.all(asked)) as (PageStatus | undefined)[];
  });
  return answers.flatMap((answer) => answer?.posts ?? []);
}

async function readRecord(popup: Page): Promise<ReadingRecord> {
  const stored = await popup.evaluate(async () => {
    const { browser } = globalThis as unknown as {
      browser: typeof import('webextension-polyfill');
    };
    return browser.storage.local.get(['record', 'journal']);
  });
  return decodeRecord(stored['record'], stored['journal']).record;
}

/** Presses the mark of the first line, which begins where our box does. */
async function pressFirstMark(page: Page): Promise<void> {
  const host = await page.waitForSelector('.title-wrap [data-kexue-companion]');
  const box = await host?.boundingBox();
  if (!box) throw new Error('there is no line on the page');
  await page.mouse.click(box.x + 12, box.y + box.height / 2);
  await delay(500);
}

function word(record: ReadingRecord, id: number): string {
  const mark = markOf(record, id);
  switch (mark.kind) {
    case 'read':
      return `已读 ${dayOf(mark.at)}`;
    case 'reading':
      return `在读 ${Math.round(mark.fraction * 100)}%`;
    case 'later':
      return '稍后读';
    case 'unread':
      return '未读';
  }
}
