/** Visits the sample like a reader: listing, post, back, popup. */
import { mkdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import type { PageStatus } from '../src/app/messages.ts';
import { decodeRecord } from '../src/record/codec.ts';
import { markOf, type ReadingRecord } from '../src/record/marks.ts';
import { dayOf } from '../src/record/time.ts';
import { type Launched, openExtensionPage } from './browsers.ts';

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

  console.log(`▸ The listing ${LISTING} …`);
  await page.goto(LISTING, { waitUntil: 'load' });
  const { shown, record: before } = await ask(popup);
  await shoot(page, '1-listing');

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
  await shoot(page, '2-post');

  console.log('▸ Back to the listing …');
  await page.goBack({ waitUntil: launched.kind === 'firefox' ? [] : 'load' });
  await delay(500);
  const { record } = await ask(popup);
  await shoot(page, '3-back');

  console.log('▸ The popup …');
  await popup.bringToFront();
  await popup.setViewport({ width: 380, height: 560 });
  await shoot(popup, '4-popup');

  console.log('\nid     recognised as                              before → after');
  for (const { id, title } of shown) {
    console.log(
      `${String(id).padEnd(6)} ${title.padEnd(32)} ${word(before, id)} → ${word(record, id)}`,
    );
  }
  console.log(`\n${shown.length} excerpts recognised, ${record.size} marked.`);
  if (shown.length === 0 || markOf(record, POST).kind !== 'read') {
    throw new Error('the walk did not end as it should: nothing recognised, or the post not read');
  }
}

/** Asks the extension on one of its pages: the posts shown and the record. */
async function ask(popup: Page): Promise<{ shown: PageStatus['posts']; record: ReadingRecord }> {
  await delay(500);
  const { posts, stored } = await popup.evaluate(async () => {
    const { browser } = globalThis as unknown as {
      browser: typeof import('webextension-polyfill');
    };
    const answers = (await browser.tabs.query({})).map(({ id }) =>
      browser.tabs.sendMessage(id ?? -1, { type: 'pageStatus' }).catch(() => undefined),
    );
    const here = (await Promise.all(answers)) as (PageStatus | undefined)[];
    return {
      posts: here.flatMap((answer) => answer?.posts ?? []),
      stored: await browser.storage.local.get(['record', 'journal']),
    };
  });
  return { shown: posts, record: decodeRecord(stored['record'], stored['journal']).record };
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
