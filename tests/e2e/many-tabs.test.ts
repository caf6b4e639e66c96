/** No mark is lost while many tabs mark at once and the background is killed again and again. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import { navigate } from '../../scripts/browsers.ts';
import { ofAll } from '../facts.ts';
import {
  BROWSERS,
  clickOn,
  controlOf,
  filledLines,
  killBackground,
  MARK,
  RETRY,
  seeLines,
  setStage,
  type SeenLine,
} from './harness.ts';
import { textOf, type Wanted } from './roles.ts';
import { until } from './until.ts';

const isRead = ({ text }: SeenLine) => text.startsWith('已读');
const isRefused = ({ text }: SeenLine) => text.includes('没存上');
const menuOf = (line: SeenLine | undefined) =>
  line?.controls.filter(({ role }) => role === 'menuitemradio') ?? [];
const isMenuOpen = (line: SeenLine) => menuOf(line).length === 4;

function controlAt(lines: SeenLine[], n: number, what: Wanted) {
  const line = lines[n];
  if (!line) throw new Error(`no line ${n}`);
  return controlOf(line, what);
}

/**
 * Chromium's worker is killed every second; Firefox's is suspended between bursts, and reloaded in one
 * of them.
 */
describe.each(BROWSERS)('eight tabs mark eighty posts in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });
  const TABS = 8;
  /** How many posts each tab marks on its listing pages. */
  const WALK = [4, 4, 2];
  const MARKS = 80;

  /** A tab and what its reader has seen. */
  interface Reader {
    page: Page;
    clicked: Set<number>;
    acknowledged: Set<number>;
    /** How often a line said that a mark was not stored. */
    refused: number;
  }

  it('all acknowledged marks are stored, and no others', async () => {
    const { launched } = stage.current;
    const readers = await Promise.all(
      Array.from({ length: TABS }, async (): Promise<Reader> => {
        const page = await launched.browser.newPage();
        return { page, clicked: new Set(), acknowledged: new Set(), refused: 0 };
      }),
    );
    const together = (work: (reader: Reader, tab: number) => Promise<void>) =>
      Promise.all(readers.map(work));
    const of = (what: 'clicked' | 'acknowledged') =>
      new Set(readers.flatMap((reader) => [...reader[what]]));
    const walk = (round: number, goesOn = () => true) =>
      together((reader, tab) =>
        markListing(reader, round * TABS + tab + 1, WALK[round] ?? 0, goesOn),
      );
    let troubles = 0;

    if (browser === 'chromium') {
      const killing = setInterval(() => {
        void killBackground(launched).then((killed) => (troubles += Number(killed)));
      }, 1_000);
      for (const round of WALK.keys()) await walk(round);
      clearInterval(killing);
    } else {
      for (const round of WALK.keys()) {
        if (round === 1) {
          // Reloads during the marking. Afterwards each reader checks the lines again.
          let isReloading = false;
          const marking = walk(round, () => !isReloading);
          await until(() => of('clicked').size > 1.5 * 4 * TABS);
          isReloading = true;
          await stage.current.reload();
          await marking;
          const stored = [...(await stage.current.record()).keys()];
          expect(stored).toEqual(expect.arrayContaining([...of('acknowledged')]));
          expect([...of('clicked')]).toEqual(expect.arrayContaining(stored));
        }
        await walk(round);
        await stage.current.sleep();
        troubles++;
      }
    }

    const record = await stage.current.record();
    const refused = readers.reduce((sum, each) => sum + each.refused, 0);
    console.info(
      `${browser}: ${of('clicked').size} posts marked, ${of('acknowledged').size} acknowledged, ` +
        `${refused} of them after 再试; the background died ${troubles} times; stored ${record.size}`,
    );
    expect(of('acknowledged').size).toBe(MARKS);
    expect(new Set(record.keys())).toEqual(of('acknowledged'));
    for (const { mark } of record.values())
      expect(mark).toMatchObject({ kind: 'read', by: 'hand' });
    expect(troubles).toBeGreaterThan(2);
    const popup = await stage.current.openPopup();
    expect(await textOf(popup)).toMatch(ofAll(MARKS));
  }, 600_000);

  /** Clicks the marks of the first posts of a listing page, then waits until each is stored. */
  async function markListing(
    reader: Reader,
    number: number,
    count: number,
    goesOn: () => boolean,
  ): Promise<void> {
    const { page } = reader;
    await navigate(page, `https://kexue.fm/page/${number}/`, { waitUntil: 'load' });
    const ids = await page.$$eval('.Post .title-wrap h2 a', (links) =>
      links.map((link) => Number(/\d+$/.exec(link.href))),
    );
    const wanted = ids.slice(0, count);
    // Posts that are read when the page opens were stored before.
    const opened = await filledLines(page);
    wanted.forEach((id, n) => opened[n] && isRead(opened[n]) && reader.acknowledged.add(id));
    const look = async (): Promise<SeenLine[]> => {
      const lines = await seeLines(page);
      // A mark is drawn at once; 撤销 appears when it is stored. During a reload the lines are missing or
      // not filled yet.
      wanted.forEach((id, n) => {
        const line = lines[n];
        if (line && isRead(line) && line.text.includes('撤销')) reader.acknowledged.add(id);
      });
      return lines;
    };
    /** Presses the marks that are still unread; lines that are not drawn yet follow the next time. */
    const pressUnread = async (lines: SeenLine[]) => {
      for (const [n, id] of wanted.entries()) {
        const line = lines[n];
        if (!line?.text || isRead(line) || isRefused(line) || reader.acknowledged.has(id)) continue;
        reader.clicked.add(id);
        await clickOn(page, (all) => controlAt(all, n, MARK)).catch(() => undefined);
      }
    };
    const end = Date.now() + 300_000;
    const isDone = async () => {
      if (!goesOn()) return true;
      const lines = (await look()).slice(0, count);
      const n = lines.findIndex((line) => isRefused(line) || isMenuOpen(line));
      const line = lines[n];
      if (line && isRefused(line)) {
        reader.refused++;
        // It may have been stored meanwhile; then there is no retry button.
        await clickOn(page, (all) => controlAt(all, n, RETRY)).catch(() => undefined);
      } else if (line) {
        // On a busy machine a click can become a long press, whose menu also has 已读.
        await clickOn(page, (all) => menuOf(all[n])[3] ?? controlAt(all, n, MARK));
      } else await pressUnread(lines);
      // The undo button disappears after a while; a reopened page shows what is stored.
      if (lines.every(isRead) && !wanted.every((id) => reader.acknowledged.has(id))) {
        await navigate(page, page.url(), { waitUntil: 'load' });
        const again = await filledLines(page);
        wanted.forEach((id, at) => again[at] && isRead(again[at]) && reader.acknowledged.add(id));
      }
      return wanted.every((id) => reader.acknowledged.has(id));
    };
    while (!(await isDone())) {
      if (Date.now() > end) throw new Error('not all marks were acknowledged');
      await delay(100);
    }
  }
});
