/** The record is not lost: a mark that a line shows as stored is stored in spite of any interruption. */
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { posts } from '../../scripts/sample/facts.ts';
import type { Entry, Mark } from '../../src/record/marks.ts';
import {
  BROWSERS,
  click,
  controlOf,
  filledLines,
  LATER,
  lineOf,
  MARK,
  middleOf,
  RETRY,
  UNDO,
  seeLines,
  setStage,
  type SeenLine,
  waitForLines,
} from './harness.ts';
import { button, press, textOf, waitForText, wanted, within } from './roles.ts';
import { until } from './until.ts';

const LISTING = 'https://kexue.fm/2013/';
const FULL = '没存上：存储已满';
const NEWER = '没存上：记录来自更新的版本';
/** A possible record of a newer version: the marks of two posts, and unknown parts. */
const FROM_THE_FUTURE = '99-99\n{"new":"head"}\n7ho r mjwaidke.0 0 ★\nanything\n';

const read = (): Mark => ({ kind: 'read', at: Date.now(), by: 'hand' });
const isRead = ({ text }: SeenLine) => text.startsWith('已读');
const isRefused = ({ text }: SeenLine) => text.includes('没存上');

describe.each(BROWSERS)('the background sleeps in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });

  it('a mark wakes it, and is stored beside the earlier ones', async () => {
    const page = await stage.current.open(LISTING);
    const [first, second] = await filledLines(page);
    await click(page, first?.title ?? '', MARK);
    await waitForLines(page, ([line]) => line !== undefined && isRead(line));
    await stage.current.sleep();
    await click(page, second?.title ?? '', MARK);
    // The undo button appears with the answer.
    await waitForLines(page, (all) => /^已读.*撤销$/.test(all[1]?.text ?? ''));
    const fresh = await stage.current.open(LISTING);
    const marked = (await filledLines(fresh)).filter(isRead);
    expect(marked.map(({ title }) => title)).toEqual([first?.title, second?.title]);
    await Promise.all([page.close(), fresh.close()]);
  });

  it('all of 1,500 marks in one second are stored, and the popup opens', async () => {
    const unknown = Array.from({ length: 1_500 - posts.length }, (_, i) => 20_001 + i);
    const ids = [...posts.map(({ id }) => id), ...unknown];
    expect(ids).toHaveLength(1_500);
    const marks = ids.map((post) => ({ post, mark: read() }));
    // Two requests with a hundred marks each, then single ones, as pages send them.
    const acts = [
      marks.slice(0, 100),
      marks.slice(100, 200),
      ...marks.slice(200).map((mark) => [mark]),
    ].map((changes, i) => ({ type: 'mark', id: `burst-${i}`, changes }));
    const { sent, stored, answers } = await stage.current.inExtension<{
      sent: number;
      stored: number;
      answers: { ok: boolean }[];
    }>(`(async () => {
      const start = performance.now();
      const asked = ${JSON.stringify(acts)}.map((act) => send(act).then(({ value }) => value));
      const sent = performance.now() - start;
      const answers = await Promise.all(asked);
      return { sent, stored: performance.now() - start, answers };
    })()`);
    console.info(
      `${browser}: 1,500 marks in ${acts.length} acts sent in ${sent.toFixed(0)} ms, all stored after ${stored.toFixed(0)} ms`,
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(acts.length);
    const record = await stage.current.record();
    for (const { post, mark } of marks) expect(record.get(post)?.mark).toEqual(mark);
    await stage.current.sleep();
    const popup = await stage.current.openPopup();
    expect(await textOf(popup)).toMatch(/1,500\s*\/ 1,500/);
    await popup.close();
  });
});

describe.each(BROWSERS)('a press while the background sleeps in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });

  it('is stored even if the tab is closed at once', async () => {
    const page = await stage.current.open(LISTING);
    const [first] = await filledLines(page);
    await stage.current.sleep();
    await click(page, first?.title ?? '', MARK);
    await page.close();
    await until(async () => (await stage.current.record()).size === 1);
    const fresh = await stage.current.open(LISTING);
    const lines = await filledLines(fresh);
    expect(isRead(lineOf(lines, first?.title ?? ''))).toBe(true);
    await fresh.close();
  });

  it('of 撤销 is carried out even if the tab is closed at once', async () => {
    const page = await stage.current.open(LISTING);
    const title = (await filledLines(page))[2]?.title ?? '';
    const before = await stage.current.record();
    await click(page, title, MARK);
    await waitForLines(page, (all) => lineOf(all, title).text.includes('撤销'));
    await stage.current.sleep();
    await click(page, title, UNDO);
    await page.close();
    const marked = async () =>
      [...(await stage.current.record())].filter(([post]) => !before.has(post));
    await until(async () => (await marked()).every(([, { mark }]) => mark.kind === 'unread'));
    expect(await marked()).toHaveLength(1);
  });

  it('is stored in order if there are two, and both can be undone', async () => {
    const page = await stage.current.open(LISTING);
    const [, second] = await filledLines(page);
    const title = second?.title ?? '';
    await stage.current.sleep();
    await click(page, title, MARK);
    await click(page, title, MARK);
    await waitForLines(page, (all) => lineOf(all, title).text.includes('撤销'));
    await until(async () =>
      [...(await stage.current.record()).values()].some(({ mark }) => mark.kind === 'unread'),
    );
    expect(lineOf(await seeLines(page), title).text).toMatch(/^未读/);
    await click(page, title, UNDO);
    await waitForLines(page, (all) => isRead(lineOf(all, title)));
    await page.close();
  });
});

describe.each(BROWSERS)('the extension is reloaded in the middle of marking in %s', (browser) => {
  const stage = setStage(browser);

  it('the record has exactly the acknowledged marks afterwards', async () => {
    const page = await stage.current.open(LISTING);
    const titles = (await filledLines(page)).map(({ title }) => title);
    for (const title of titles.slice(0, 3)) await click(page, title, MARK);
    await waitForLines(page, (all) => all.slice(0, 3).every(isRead));
    await until(async () => (await stage.current.record()).size === 3);
    const before = await stage.current.record();
    // These two are in transit; each of them may or may not be stored.
    for (const title of titles.slice(3, 5)) await click(page, title, MARK);
    await stage.current.reload();
    const after = await stage.current.record();
    for (const [post, entry] of before) expect(after.get(post)).toEqual(entry);
    const fresh = await stage.current.open(LISTING);
    const lines = await filledLines(fresh);
    expect(lines.slice(0, 3).every(isRead)).toBe(true);
    expect(lines.filter(isRead)).toHaveLength(after.size);
    expect(lines.slice(5).some(isRead)).toBe(false);
    await click(fresh, titles[5] ?? '', MARK);
    await waitForLines(fresh, (all) => isRead(lineOf(all, titles[5] ?? '')));
    await until(async () => (await stage.current.record()).size === after.size + 1);
    await Promise.all([page.close(), fresh.close()]);
  });
});

describe('full storage in Chromium', () => {
  const stage = setStage('chromium');
  const RECORD = `browser.storage.local.get(['record', 'journal', 'ids', 'device']).then(JSON.stringify)`;
  /** Fills the 10 MiB to the last byte. Tries again if the background stores something meanwhile. */
  const fill = () =>
    until(() =>
      stage.current.inExtension<boolean>(`(async () => {
        const { local } = browser.storage;
        await local.remove('filler');
        const room = local.QUOTA_BYTES - (await local.getBytesInUse(null));
        await local.set({ filler: 'x'.repeat(room - 'filler""'.length) }).catch(() => undefined);
        return (await local.getBytesInUse(null)) === local.QUOTA_BYTES;
      })()`),
    );
  /** The number of backups. Eviction never removes the newest two. */
  const backups = () =>
    stage.current.inExtension<number>(
      `browser.storage.local.get(null).then((all) => Object.keys(all).filter((key) => key.startsWith('backup-')).length)`,
    );

  it('older backups are removed; then the line says so, the record stays, and 再试 stores it', async () => {
    const page = await stage.current.open(LISTING);
    const [first, second] = (await filledLines(page)).map(({ title }) => title);
    const five = [0, 1, 2, 3, 4].map((slot) => [`backup-${slot}`, 'x'.repeat(2_000)]);
    await stage.current.inExtension(
      `browser.storage.local.set(${JSON.stringify(Object.fromEntries(five))})`,
    );
    await fill();
    await click(page, first ?? '', MARK);
    await until(async () => (await backups()) < 5);
    await waitForLines(page, (all) => isRead(lineOf(all, first ?? '')));
    expect(await backups(), 'no more than the mark needs').toBe(4);

    // Removes everything that eviction could remove.
    await stage.current.inExtension(
      `browser.storage.local.get(null).then((all) => browser.storage.local.remove(
        Object.keys(all).filter((key) => /^backup-|^record-before$/.test(key))))`,
    );
    await fill();
    const before = await stage.current.inExtension(RECORD);
    await click(page, second ?? '', MARK);
    const lines = await waitForLines(page, (all) => lineOf(all, second ?? '').text.includes(FULL));
    expect(lineOf(lines, second ?? '').text).toMatch(/^未读.*没存上：存储已满再试$/);
    expect(await stage.current.inExtension(RECORD)).toBe(before);
    expect([...(await stage.current.record()).values()].map(({ mark }) => mark.kind)).toEqual([
      'read',
    ]);

    await click(page, second ?? '', RETRY);
    await delay(300);
    expect(lineOf(await seeLines(page), second ?? '').text, 'still full').toContain(FULL);
    await stage.current.inExtension(`browser.storage.local.remove('filler')`);
    await click(page, second ?? '', RETRY);
    await until(async () => (await stage.current.record()).size === 2);
    await waitForLines(page, (all) => isRead(lineOf(all, second ?? '')));
    await page.close();
  });
});

describe.each(BROWSERS)('a record of another version in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });
  /** Stores values and restarts the background, which then finds them. */
  const found = async (values: object) => {
    await stage.current.sleep();
    await stage.current.inExtension(
      `browser.storage.local.clear().then(() => browser.storage.local.set(${JSON.stringify(values)}))`,
    );
  };
  const stored = () =>
    stage.current.inExtension(`browser.storage.local.get(['record', 'journal'])`);

  it('a newer record stays byte for byte, and every act reports that', async () => {
    const future = { record: FROM_THE_FUTURE, journal: ['★ an act', { of: 'the future' }] };
    await found({ ...future, settings: { language: 'zh-CN' } });
    const page = await stage.current.open(LISTING);
    const [title = ''] = (await filledLines(page)).map((line) => line.title);
    await click(page, title, MARK);
    const lines = await waitForLines(page, (all) => lineOf(all, title).text.includes(NEWER));
    expect(lineOf(lines, title).text).toMatch(/^未读.*再试$/);
    await click(page, title, RETRY);
    expect(await stage.current.mark({ 9708: read() })).toEqual({ ok: false, why: 'newer' });
    await waitForLines(page, (all) => lineOf(all, title).text.includes(NEWER));
    expect(await stored()).toEqual(future);
    await page.close();
  });

  it('a record of version 1 is converted with every mark by the first act, after a backup', async () => {
    const file = new URL('../fixtures/record/v1.json', import.meta.url);
    const { snapshot, marks } = JSON.parse(await readFile(file, 'utf8')) as {
      snapshot: string;
      marks: ({ post: number } & Entry)[];
    };
    await found({ record: snapshot, settings: { language: 'zh-CN' } });
    const page = await stage.current.open(LISTING);
    const [title = ''] = (await filledLines(page)).map((line) => line.title);
    expect(await stored()).toEqual({ record: snapshot });
    await click(page, title, MARK);
    await waitForLines(page, (all) => isRead(lineOf(all, title)));

    await expect.poll(stored).toMatchObject({ record: expect.stringMatching(/^5-5\n/) });
    const record = await stage.current.record();
    for (const { post, ...entry } of marks) expect(record.get(post)).toEqual(entry);
    expect(record.size).toBe(marks.length + 1);
    const library = await stage.current.openLibrary('record');
    await press(library, within(wanted('group', '备份'), button('查看')));
    const kept = marks.filter(({ mark }) => mark.kind !== 'unread').length;
    await waitForText(library, `升级前，${kept} 条`);
    await Promise.all([page.close(), library.close()]);
  });
});

describe.each(BROWSERS)('the undo list in %s', (browser) => {
  const stage = setStage(browser);

  it('is still there after the popup was closed', async () => {
    const first = await stage.current.openPopup();
    await first.keyboard.press('/');
    await first.keyboard.type('硬刚');
    await waitForText(first, '12、“硬刚”扩散ODE');
    await first.keyboard.press('ArrowDown');
    await first.keyboard.press(' ');
    await waitForText(first, '已标为已读：');
    await first.close();
    const marks = async () =>
      [...(await stage.current.record()).values()].map(({ mark }) => mark.kind);
    expect(await marks()).toEqual(['read']);

    const second = await stage.current.openPopup();
    await second.keyboard.down('Control');
    await second.keyboard.press('z');
    await second.keyboard.up('Control');
    await waitForText(second, '已标为未读：');
    expect(await marks()).toEqual(['unread']);
    await second.close();
  });
});

describe.each(BROWSERS)('two tabs in %s', (browser) => {
  const stage = setStage(browser, { backgroundIdleMs: 1_000 });
  const putRecord = async (work: string) => {
    await stage.current.sleep();
    await stage.current.inExtension(`browser.storage.local.${work}`);
  };

  it('a mark stored in one is drawn in the other; a failure is shown only where it happened', async () => {
    const [a, b] = [await stage.current.open(LISTING), await stage.current.open(LISTING)];
    const [first = '', second = '', third = ''] = (await filledLines(a)).map(({ title }) => title);
    await filledLines(b);
    await click(a, first, MARK);
    await waitForLines(b, (all) => isRead(lineOf(all, first)));

    const mine = await stage.current.inExtension<{ record: string }>(
      `browser.storage.local.get('record')`,
    );
    await putRecord(`set({ record: ${JSON.stringify(FROM_THE_FUTURE)} })`);
    await click(a, second, MARK);
    await waitForLines(a, (all) => lineOf(all, second).text.includes(NEWER));
    expect((await seeLines(b)).filter((line) => isRefused(line))).toEqual([]);
    expect(isRead(lineOf(await seeLines(b), second))).toBe(false);

    await putRecord(`set(${JSON.stringify(mine)})`);
    await click(b, third, MARK);
    await waitForLines(b, (all) => isRead(lineOf(all, third)));
    const lines = await waitForLines(a, (all) => isRead(lineOf(all, third)));
    expect(lineOf(lines, second).text).toMatch(/^未读.*没存上：记录来自更新的版本再试$/);
    await click(a, second, RETRY);
    for (const page of [a, b]) await waitForLines(page, (all) => isRead(lineOf(all, second)));
    await Promise.all([a.close(), b.close()]);
  });

  it('a press still counts as a click if a mark from elsewhere arrives during it', async () => {
    // The browser sends no click if the pressed node is gone at the end of the press.
    const page = await stage.current.open('https://kexue.fm/2009/07/');
    const alone = (await filledLines(page)).find(({ text }) => text === '未读 稍后读');
    const { x, y } = middleOf(controlOf(alone as SeenLine, LATER).box);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await stage.current.mark({ 9708: read() });
    await delay(500);
    await page.mouse.up();
    await waitForLines(page, (all) => lineOf(all, alone?.title ?? '').text.startsWith('稍后读'));
    await page.close();
  });
});
