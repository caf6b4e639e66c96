/** What the background stores besides the marks: undo steps, backups, what could not be read. */
import { runs } from '../runs.ts';
import * as fc from '../fc.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordStore, type RecordRequest } from '../../../src/background/record-store.ts';
import {
  acknowledgeQuarantine,
  writeDiscovered,
  writeSettings,
} from '../../../src/background/stored-values.ts';
import { readSettings } from '../../../src/app/settings.ts';
import { readQuarantine } from '../../../src/record/quarantine.ts';
import { decodeBackup } from '../../../src/record/backups.ts';
import {
  decodeRecord,
  encodeRecord,
  isOutdated,
  RECORD_VERSION,
} from '../../../src/record/codec.ts';
import { encodeLine } from '../../../src/record/line.ts';
import { type Entry, type Mark, markOf } from '../../../src/record/marks.ts';
import { actsOf, withAct } from '../../../src/record/merge.ts';
import { decodeSteps } from '../../../src/record/undo-steps.ts';
import { BACKUP_KEYS, UNDO_KEYS } from '../../../src/platform/storage.ts';
import { FakeStorage } from './fake-storage.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const DAY = 86_400_000;
let storage: FakeStorage;
let store: RecordStore;
let sent = 0;

beforeEach(() => {
  storage = new FakeStorage();
  store = new RecordStore();
  sent = 0;
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.useFakeTimers({ now: NOW, toFake: ['Date', 'setTimeout'] });
});
/** Waits until work that no request waits for is done. */
const settled = () => vi.advanceTimersByTimeAsync(1_000);
afterEach(async () => {
  await settled();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const LATER: Mark = { kind: 'later' };
const READ: Mark = { kind: 'read', at: NOW - DAY, by: 'hand' };
const carryOut = (request: RecordRequest) => store.enqueue(request);
const wake = () => (store = new RecordStore());
const act = (mark: Mark, ...posts: number[]) => {
  const id = `act-${sent++}`;
  return carryOut({ type: 'mark', id, changes: posts.map((post) => ({ post, mark })) });
};
const undo = (step: string) => carryOut({ type: 'undo', id: `undo-${sent++}`, step });
const bring = (entries: [number, Entry][], id = `merge-${sent++}`) =>
  carryOut({ type: 'merge', id, source: 'import', entries: encodeRecord(new Map(entries)) });
const entry = (mark: Mark, time: number, device = 'other'): Entry => ({
  mark,
  stamp: { time, tick: 0, device },
});
const record = () =>
  decodeRecord(storage.values.get('record'), storage.values.get('journal')).record;
const mark = (post: number) => markOf(record(), post);
const steps = () => decodeSteps(UNDO_KEYS.map((key) => storage.values.get(key)));
const backups = () =>
  BACKUP_KEYS.flatMap((key, slot) => {
    const backup = decodeBackup(storage.values.get(key));
    return backup ? [{ ...backup, slot }] : [];
  });
const many = (n: number, from = 1) => Array.from({ length: n }, (_, i) => from + i);

describe('an act', () => {
  it('waits for another act, and all are stored in their order', async () => {
    const acts = [act(LATER, 1), ...many(20).map((post) => act(READ, post)), act(LATER, 2)];
    expect((await Promise.all(acts)).every(({ ok }) => ok)).toBe(true);
    expect(many(20).map(mark)).toEqual(many(20).map((post) => (post === 2 ? LATER : READ)));
    expect(steps()).toHaveLength(22);
  });

  it('is not applied again if it is sent again after 200 others and in a new worker', async () => {
    const first: RecordRequest = { type: 'mark', id: 'first', changes: [{ post: 1, mark: LATER }] };
    await carryOut(first);
    for (const post of many(200)) await act(READ, post);
    await act(READ, ...many(100));
    wake();
    expect(await carryOut(first)).toMatchObject({ ok: true, step: 'first' });
    expect(mark(1)).toEqual(READ);
    expect(steps().some(({ id }) => id === 'first')).toBe(false);
  });

  it('keeps the order of acts if the clock runs back or leaves its valid years', async () => {
    for (const now of [NOW, NOW - DAY, 0, -5, 8.64e15]) {
      vi.setSystemTime(now);
      wake();
      await act(LATER, 1);
      await act(READ, 1);
      expect(mark(1)).toEqual(READ);
    }
    vi.setSystemTime(NOW);
    await act(LATER, 1);
    expect(mark(1)).toEqual(LATER);
  });

  it('of 10,000 posts is read back whole', async () => {
    await act(READ, ...many(10_000));
    wake();
    await act(LATER, 5);
    expect(record().size).toBe(10_000);
    expect(mark(5)).toEqual(LATER);
  });

  it('leaves a record from a newer version as it is, byte for byte', async () => {
    const snapshot = `${RECORD_VERSION + 1}-${RECORD_VERSION + 1}\n1 l ${NOW.toString(36)}.0 0 new`;
    const journal = ['whatever'];
    storage.values.set('record', snapshot).set('journal', journal);
    const before = structuredClone([...storage.values]);
    expect(await act(LATER, 1)).toEqual({ ok: false, why: 'newer' });
    expect(await act(LATER, 1, 2)).toEqual({ ok: false, why: 'newer' });
    expect(await bring([[1, entry(LATER, NOW)]])).toEqual({ ok: false, why: 'newer' });
    expect(await undo('act-0')).toEqual({ ok: false, why: 'newer' });
    expect([...storage.values]).toEqual(before);
  });

  it('brings an older record up to date, and a backup keeps it as it was', async () => {
    const old = `1 k3f9x0zz\n7ho r ${NOW.toString(36)}.0 0`;
    storage.values.set('record', old);
    await act(LATER, 1);
    expect(isOutdated(storage.values.get('record'))).toBe(false);
    expect(mark(9708)).toEqual({ kind: 'read', at: NOW, by: 'reading' });
    expect(mark(1)).toEqual(LATER);
    expect(backups()[0]).toMatchObject({ reason: 'migration', snapshot: old });
  });
});

describe('undoing', () => {
  it('restores the earlier marks step by step, also in another worker', async () => {
    await act(LATER, 1);
    await act(READ, 1);
    await act({ kind: 'unread' }, 1);
    const ids = steps().map(({ id }) => id);
    expect(ids).toEqual(['act-2', 'act-1', 'act-0']);
    const seen: Mark[] = [];
    for (const id of ids) {
      wake();
      expect(await undo(id)).toEqual({ ok: true, left: 0 });
      seen.push(mark(1));
    }
    expect(seen).toEqual([READ, LATER, { kind: 'unread' }]);
    expect(steps().map(({ undone }) => undone)).toEqual([true, true, true]);
  });

  it('counts as an act: an older record cannot bring the mark back', async () => {
    await act(READ, 1);
    const copy = record();
    vi.setSystemTime(NOW + 5);
    await undo('act-0');
    await bring([...copy]);
    expect(mark(1)).toEqual({ kind: 'unread' });
  });

  it('of many posts is one step, and leaves posts alone that were changed since', async () => {
    await act(LATER, 3);
    await act(READ, ...many(1_341));
    await act(LATER, 7, 8);
    expect(await undo('act-1')).toEqual({ ok: true, left: 2 });
    expect([1, 3, 7, 8, 1_341].map((post) => mark(post).kind)).toEqual([
      'unread',
      'later',
      'later',
      'later',
      'unread',
    ]);
  });

  it('the same step twice undoes it once', async () => {
    await act(READ, 1);
    await undo('act-0');
    await act(LATER, 1);
    expect(await undo('act-0')).toEqual({ ok: true, left: 0 });
    expect(mark(1)).toEqual(LATER);
  });

  it('leaves out automatic progress, and includes automatic 已读', async () => {
    await act({ kind: 'reading', fraction: 0.2 }, 1);
    await act({ kind: 'reading', fraction: 0.5, place: { at: 10, print: 20 } }, 1);
    expect(steps()).toEqual([]);
    await act({ kind: 'read', at: NOW, by: 'reading' }, 1);
    await act({ kind: 'reading', fraction: 0 }, 2);
    expect(steps().map(({ id }) => id)).toEqual(['act-3', 'act-2']);
    await undo('act-2');
    expect(mark(1)).toEqual({ kind: 'reading', fraction: 0.5, place: { at: 10, print: 20 } });
  });

  it('reaches back over at least 50 steps of any kind', async () => {
    for (const post of many(80)) await act(READ, post, post + 100);
    wake();
    expect(steps().length).toBeGreaterThanOrEqual(50);
    for (const { id } of steps().slice(0, 50))
      expect(await undo(id)).toEqual({ ok: true, left: 0 });
    expect([30, 31, 80].map((post) => mark(post).kind)).toEqual(['read', 'unread', 'unread']);
  });

  it('reaches back over steps of one post, of many and of imports by turns', async () => {
    for (const n of many(80)) {
      vi.setSystemTime(NOW + n);
      if (n % 20 === 0) await bring([[n, entry(READ, NOW + n)]]);
      else if (n % 7 === 0) await act(READ, n, n + 100);
      else await act(READ, n);
      if (n % 9 === 0) wake();
    }
    wake();
    expect(steps().length).toBeGreaterThanOrEqual(50);
    expect(steps().map(({ time }) => time)).toEqual(steps().map((_, i) => NOW + 80 - i));
    for (const { id } of steps().slice(0, 50)) {
      expect(await undo(id)).toEqual({ ok: true, left: 0 });
      wake();
    }
    expect(steps().filter(({ undone }) => undone)).toHaveLength(50);
    expect(many(80).map((post) => mark(post).kind)).toEqual([
      ...many(30).map(() => 'read'),
      ...many(50).map(() => 'unread'),
    ]);
  });

  it('reverts an import', async () => {
    await act(LATER, 1);
    await bring([
      [1, entry(READ, NOW + 5)],
      [2, entry(READ, NOW - DAY)],
    ]);
    expect([mark(1), mark(2)]).toEqual([READ, READ]);
    expect(steps()[0]).toMatchObject({ kind: 'import', undone: false });
    await undo(String(steps()[0]?.id));
    expect([mark(1), mark(2)]).toEqual([LATER, { kind: 'unread' }]);
  });
});

describe('what is brought from elsewhere', () => {
  it('is merged: the later act on a post wins', async () => {
    await act(LATER, 1, 2);
    await bring([
      [1, entry(READ, NOW - DAY)],
      [2, entry(READ, NOW + DAY)],
      [3, entry(READ, NOW - DAY)],
    ]);
    expect([1, 2, 3].map(mark)).toEqual([LATER, READ, READ]);
    vi.setSystemTime(NOW + 60_000);
    await act({ kind: 'unread' }, 2);
    expect(mark(2)).toEqual({ kind: 'unread' });
  });

  it('makes no step and no backup if it changes nothing', async () => {
    await act(LATER, 1);
    const before = structuredClone([...storage.values]);
    expect(await bring([...record()])).toMatchObject({ ok: true });
    expect([...storage.values]).toEqual(before);
  });

  it('is left out if it is invalid', async () => {
    const entries = `2 a\nrubbish\n1 l ${NOW.toString(36)}.0 0\n2 l 1.0 0`;
    await carryOut({ type: 'merge', id: 'x', source: 'share', entries });
    expect([...record().keys()]).toEqual([1]);
    await carryOut({ type: 'merge', id: 'y', source: 'share', entries: '99 a\nnot ours' });
    expect(record().size).toBe(1);
  });
});

describe('backups', () => {
  it('are made before changes of many marks, and the last five are kept', async () => {
    await act(LATER, 1);
    for (const post of many(7, 10)) {
      vi.setSystemTime(NOW + post);
      await act(READ, post, post + 100);
    }
    const before = backups().filter(({ reason }) => reason === 'bulk');
    expect(new Set(before.map(({ time }) => time))).toEqual(new Set(many(5, NOW + 12)));
    const last = before.find(({ time }) => time === NOW + 16);
    const kept = decodeRecord(last?.snapshot).record;
    expect(kept.size).toBe(13);
    expect(markOf(kept, 16)).toEqual({ kind: 'unread' });
  });

  it('are also made every week, and the last two of these are kept', async () => {
    for (const day of many(40, 0)) {
      vi.setSystemTime(NOW + day * DAY);
      wake();
      await act(LATER, day + 1);
    }
    const weekly = backups().filter(({ reason }) => reason === 'week');
    expect(weekly.map(({ time }) => (time - NOW) / DAY).toSorted((a, b) => a - b)).toEqual([
      29, 36,
    ]);
  });

  it('are made every week, not with every act, if the clock is out of its valid years', async () => {
    await act(LATER, 1);
    for (const now of [0, 60_000, Date.UTC(2200, 0), Date.UTC(2200, 1)]) {
      vi.setSystemTime(now);
      await act(LATER, 2);
      await act(LATER, 3);
      await act(LATER, 4);
      expect(backups().filter(({ reason }) => reason === 'week')).toHaveLength(now < NOW ? 1 : 2);
    }
    expect(backups().map(({ number }) => number)).toEqual([0, 1]);
  });

  it('restored bring every mark back as it was, in one step, and the present is backed up', async () => {
    await act(LATER, 1);
    await act(READ, 2);
    vi.setSystemTime(NOW + 5);
    await act(READ, 1, 3, 4);
    await act({ kind: 'unread' }, 2);
    const backup = backups().find(({ reason }) => reason === 'bulk');
    const { slot = -1, time = 0 } = backup ?? {};
    expect(await carryOut({ type: 'restore', id: 'r', slot, time })).toEqual({
      ok: true,
      step: 'r',
    });
    expect(many(4).map(mark)).toEqual([LATER, READ, { kind: 'unread' }, { kind: 'unread' }]);
    expect(backups().map(({ reason }) => reason)).toContain('restore');
    expect(await undo('r')).toEqual({ ok: true, left: 0 });
    expect(many(4).map(mark)).toEqual([READ, { kind: 'unread' }, READ, READ]);
  });

  it('are not restored if they were replaced or removed meanwhile', async () => {
    await act(LATER, 1);
    await act(READ, 1, 2);
    const before = structuredClone([...storage.values]);
    for (const [slot, time] of [
      [0, NOW + 1],
      [3, NOW],
      [6, 0],
    ] as const)
      expect(await carryOut({ type: 'restore', id: `r${slot}`, slot, time })).toMatchObject({
        ok: false,
      });
    expect([...storage.values]).toEqual(before);
  });
});

describe('full storage', () => {
  const fill = async () => {
    for (const post of many(30)) {
      vi.setSystemTime(NOW + post);
      await act(READ, post, post + 100);
    }
  };
  const size = (keys: string[]) =>
    JSON.stringify(keys.map((key) => [key, storage.values.get(key)])).length;

  it('removes older backups first, then older steps, and no more than needed', async () => {
    await fill();
    storage.values.delete('record-before');
    const times = () =>
      backups()
        .map(({ time }) => time)
        .toSorted((a, b) => b - a);
    const before = times();
    storage.room = 0;
    await act(LATER, 600);
    expect(mark(600)).toEqual(LATER);
    expect(times().length).toBeLessThan(before.length);
    expect(times()).toEqual(before.slice(0, times().length));
    expect(steps()).toHaveLength(31);
  });

  it('refuses an act for which there is no room at last, and drops nothing for it', async () => {
    await fill();
    const before = structuredClone([...storage.values]);
    const marks = record();
    storage.room = 0;
    storage.quota = size([...storage.values.keys()]) / 4;
    expect(await act(LATER, 500)).toEqual({ ok: false, why: 'full' });
    expect([...storage.values]).toEqual(before);
    storage.quota = Infinity;
    expect(await act(LATER, 500)).toMatchObject({ ok: true });
    expect(record()).toEqual(new Map([...marks, [500, record().get(500)]]));
  });

  it('always keeps the last two backups and the last ten steps', async () => {
    await fill();
    const latest = backups()
      .map(({ time }) => time)
      .toSorted((a, b) => b - a)
      .slice(0, 2);
    for (let post = 700; ; post++) {
      storage.room = 0;
      const answer = await act(LATER, post);
      if (!answer.ok) break;
    }
    expect(backups().map(({ time }) => time)).toEqual(expect.arrayContaining(latest));
    expect(steps().length).toBeGreaterThanOrEqual(10);
  });

  const numbers = () =>
    backups()
      .map(({ number }) => number)
      .toSorted((x, y) => x - y);

  it('keeps the two backups that were made last, whatever the clock said', async () => {
    for (const years of [0, 40, -3, 1, -30, 2]) {
      vi.setSystemTime(NOW + years * 366 * DAY);
      await act(READ, ...many(20));
      await act(LATER, ...many(20));
    }
    const last = numbers().slice(-2);
    for (let post = 700; ; post++) {
      storage.room = 0;
      if (!(await act(LATER, post)).ok) break;
    }
    expect(numbers()).toEqual(expect.arrayContaining(last));
  });

  it('skips a weekly backup rather than removing the one before it', async () => {
    await act(LATER, 1);
    await act(LATER, 2);
    await act(LATER, ...many(200));
    vi.setSystemTime(NOW + 8 * DAY);
    await act(READ, 300);
    expect(numbers()).toEqual([0, 1, 2]);
    vi.setSystemTime(NOW + 16 * DAY);
    storage.values.delete('record-before');
    storage.room = 1_000;
    expect(await act(READ, 301)).toMatchObject({ ok: true });
    expect(numbers()).toEqual([1, 2]);
  });

  it('stores an import of 20,000 marks in 10 MiB, undoes it, and takes acts a week later', async () => {
    storage.quota = 10 * 2 ** 20;
    await act(LATER, ...many(1_400));
    const read: Mark = { kind: 'read', at: NOW - DAY, by: 'reading' };
    const entries = many(20_000).map((post): [number, Entry] => [
      post * 40,
      withAct(entry(LATER, NOW - 2 * DAY, 'otherdev'), { mark: read }, NOW + post, 'k3f9x0zz'),
    ]);
    for (const week of many(5)) {
      expect(await bring(entries, `import-${week}`)).toMatchObject({ ok: true });
      vi.setSystemTime(NOW + week * 8 * DAY);
      expect(await act({ kind: 'unread' }, 40)).toMatchObject({ ok: true });
    }
    expect(await undo('import-1')).toEqual({ ok: true, left: 1 });
    expect(backups().length).toBeGreaterThanOrEqual(2);
    expect([mark(40 * 1_001), mark(80)]).toEqual([{ kind: 'unread' }, LATER]);
  });
});

/** Marks of every kind, some with hidden acts. */
function fiftyMarks(): ReadonlyMap<number, Entry> {
  const stamp = (n: number) => ({ time: NOW - n * DAY, tick: n % 3, device: 'k3f9x0zz' });
  const marks = many(50).map((n): [number, Entry] => {
    const place = { at: n * 100, print: n * 167 };
    const given: Mark[] = [
      LATER,
      READ,
      { kind: 'unread' },
      { kind: 'reading', fraction: 0.4, place },
    ];
    const entry: Entry = { mark: given[n % 4] ?? LATER, stamp: stamp(n) };
    const read: Mark = { kind: 'read', at: NOW, by: 'reading' };
    return [n * 37, n % 5 === 0 ? withAct(entry, { mark: read }, NOW, 'k3f9x0zz') : entry];
  });
  return new Map(marks);
}

function isEqual(a: Entry | undefined, b: Entry): boolean {
  return a !== undefined && JSON.stringify(a) === JSON.stringify(b);
}

describe('what cannot be read', () => {
  const aside = () => readQuarantine(storage.values.get('aside'));
  const head = `${RECORD_VERSION}-${RECORD_VERSION}`;
  const line = (post: number) =>
    encodeLine(post, { mark: LATER, stamp: { time: NOW, tick: 0, device: 'k3f9x0zz' } });
  const good = line(1);

  it('is set aside before it is overwritten, and valid values are kept', async () => {
    storage.values.set('record', `${head}\n${good}\nrubbish`);
    storage.values.set('journal', ['# more rubbish', 'rubbish too', 7]).set('device', {});
    await act(READ, 2);
    expect([mark(1), mark(2)]).toEqual([LATER, READ]);
    expect(storage.values.get('record')).not.toContain('rubbish');
    expect(aside()).toEqual({
      acknowledged: false,
      pieces: [
        { key: 'record', text: 'rubbish', at: NOW },
        { key: 'record', text: 'rubbish too', at: NOW },
        { key: 'record', text: '7', at: NOW },
        { key: 'device', text: '{}', at: NOW },
      ],
    });
  });

  it('in the record is set aside with the next act, and lines are put in order', async () => {
    const swapped = `${line(7)}\n${good}`;
    for (const lines of [
      `${good}\nrubbish`,
      `${good}\n2 l 1.0 k3f9x0zz`,
      swapped,
      `${good}\n${good}`,
    ]) {
      storage.values.clear();
      storage.values.set('record', `${head}\n${lines}`).set('device', 'k3f9x0zz');
      wake();
      expect(await act(READ, 3)).toMatchObject({ ok: true });
      expect(storage.values.get('record')).not.toContain(lines);
      const [, second = ''] = lines.split('\n');
      expect(aside().pieces.map(({ text }) => text)).toEqual(
        /^(?:rubbish|2 l 1\.0)/.test(second) ? [second] : [],
      );
      expect([mark(1), mark(3), mark(7).kind]).toEqual([
        LATER,
        READ,
        lines === swapped ? 'later' : 'unread',
      ]);
    }
  });

  it('is backed up byte for byte before it is overwritten', async () => {
    const stored = `${head}\n${good}\nrubbish ${'x'.repeat(9_000)}`;
    storage.values.set('record', stored);
    await act(READ, 2);
    const backup = backups().find(({ reason }) => reason === 'damage');
    expect(backup?.snapshot).toBe(stored);
    const { slot = -1, time = 0 } = backup ?? {};
    await act({ kind: 'unread' }, 1);
    // A post that the backup does not have keeps its mark.
    expect(await carryOut({ type: 'restore', id: 'r', slot, time })).toMatchObject({ ok: true });
    expect([mark(1), mark(2)]).toEqual([LATER, READ]);
  });

  it.each([5, '', null, [], {}, 'x'])('where all of it is %j is backed up too', async (stored) => {
    storage.values.set('record', stored);
    await act(READ, 2);
    const [backup] = backups();
    expect(backup).toMatchObject({
      reason: 'damage',
      snapshot: typeof stored === 'string' ? stored : JSON.stringify(stored),
    });
  });

  it('is replaced by the record before the last act, which is kept until a valid one exists', async () => {
    await act(LATER, 1);
    await act(READ, 2);
    for (const damaged of [undefined, 5, String(storage.values.get('record')).replace('R', 'x')]) {
      if (damaged === undefined) storage.values.delete('record');
      else storage.values.set('record', damaged);
      wake();
      await act(LATER, 3);
      expect(mark(1)).toEqual(LATER);
      expect(mark(3)).toEqual(LATER);
      wake();
      await act(READ, 2);
    }
  });

  it('a backup with a damaged character takes no mark away', async () => {
    await act(READ, ...many(3));
    await act(LATER, 4, 5);
    const [backup] = backups();
    if (!backup) throw new Error('there is no backup');
    const { slot, time, snapshot } = backup;
    const key = `backup-${slot}`;
    const text = String(storage.values.get(key));
    const start = text.length - snapshot.length;
    for (const at of [start, start + 1, start + 8, text.length - 2]) {
      const damaged = text[at] === 'z' ? 'y' : 'z';
      storage.values.set(key, `${text.slice(0, at)}${damaged}${text.slice(at + 1)}`);
      await carryOut({ type: 'restore', id: `r-${at}`, slot, time });
      expect(many(5).filter((post) => mark(post).kind === 'unread')).toEqual([]);
    }
  });

  it('loses at most one line of 50 through one damaged character, wherever it is', async () => {
    const marks = fiftyMarks();
    const snapshot = encodeRecord(marks);
    const signs = ['0', '\n', 'a', '1', '', 'R', ' ', '.', 'é'];
    // Tries some of the signs at each character, in turn; in a soak run, all of them.
    const tried = Math.min(signs.length, runs(8));
    let damages = 0;
    for (let at = 0; at < snapshot.length; at++) {
      for (let n = 0; n < tried; n++) {
        const sign = signs[(at + n) % signs.length] ?? '';
        if (sign === snapshot.charAt(at)) continue;
        const text = snapshot.slice(0, at) + sign + snapshot.slice(at + 1);
        const decoded = decodeRecord(text);
        const lost = [...marks].filter(
          ([post, entry]) => !isEqual(decoded.record.get(post), entry),
        );
        const where = `${JSON.stringify(sign)} at ${at}`;
        expect(lost.length, where).toBeLessThanOrEqual(1);
        expect(decoded.newer, where).toBeUndefined();
        for (const [post, { mark: kept }] of decoded.record)
          expect(
            actsOf(marks.get(post)!).map((each) => each.mark),
            where,
          ).toContainEqual(kept);
        if (decoded.damaged.length > 0 && lost.length > 0) damages++;
      }
    }
    expect(damages).toBeGreaterThan(snapshot.length * tried * 0.1);
  });

  it('of the settings and of what was learned, too', async () => {
    storage.values.set('settings', ['en']).set('learned', '1\nrubbish');
    await writeSettings({ settings: { linkMarks: false } });
    await writeDiscovered({ facts: [{ id: 11_946, title: '新的一篇' }] });
    expect(aside().pieces.map(({ key, text }) => [key, text])).toEqual([
      ['settings', '["en"]'],
      ['learned', 'rubbish'],
    ]);
    expect(storage.values.get('settings')).toMatchObject({ language: 'auto', linkMarks: false });
  });

  it('of settings that a newer version wrote is no damage and stays as it is', async () => {
    const newer = { language: 'en', theme: 'sepia', columns: { width: 3 } };
    storage.values.set('settings', newer);
    await writeSettings({ settings: { linkMarks: false } });
    expect(storage.values.get('settings')).toMatchObject({ ...newer, linkMarks: false });
    expect(readSettings(storage.values.get('settings'))).toMatchObject({
      language: 'en',
      theme: 'auto',
    });
    expect(aside().pieces).toEqual([]);
  });

  it('is reported once, and again if more is damaged', async () => {
    storage.values.set('record', 5);
    await act(READ, 2);
    await acknowledgeQuarantine();
    expect(aside()).toMatchObject({ acknowledged: true, pieces: [{ text: '5' }] });
    storage.values.set('journal', 6);
    wake();
    await act(READ, 3);
    expect(aside().acknowledged).toBe(false);
    expect(aside().pieces).toHaveLength(2);
  });

  it('is bounded', async () => {
    const lines = Array.from({ length: 500 }, (_, i) => `${i} ${'x'.repeat(10_000)}`);
    storage.values.set('record', ['2 a', ...lines].join('\n'));
    await act(READ, 2);
    expect(JSON.stringify(storage.values.get('aside')).length).toBeLessThan(500_000);
    expect(aside().pieces.at(-1)?.text).toMatch(/^499 x+$/);
  });

  it('can be any JSON under any key: acts, undo and restore still work', async () => {
    const keys =
      'record journal ids counters aside settings learned device undo-00 undo-01 undo-63 ' +
      'backup-0 backup-1 backup-5';
    const piece = fc.constantFrom(
      '',
      '1',
      '2 a',
      good,
      'x',
      '0 act-0 mjwaidke act 0',
      'mjwaidke bulk',
    );
    const text = fc.array(piece).map((lines) => lines.join('\n'));
    const json = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text, fc.array(text));
    const junk = fc.dictionary(fc.constantFrom(...keys.split(' ')), json);
    await fc.assert(
      fc.asyncProperty(junk, async (stored) => {
        // The previous worker looks for damage when it is idle. It must finish with its own storage.
        await settled();
        storage.values.clear();
        for (const [key, value] of Object.entries(stored))
          storage.values.set(key, structuredClone(value));
        wake();
        const before = decodeRecord(stored['record'], stored['journal']);
        if (before.newer !== undefined) return;
        const ids = [`a${sent++}`, `b${sent++}`] as const;
        const changes = [7, 8].map((post) => ({ post, mark: READ }));
        expect(await carryOut({ type: 'mark', id: ids[0], changes })).toMatchObject({
          ok: true,
          step: ids[0],
        });
        expect(await undo(ids[0])).toEqual({ ok: true, left: 0 });
        expect(await writeSettings({ settings: { language: 'en' } })).toEqual({ ok: true });
        expect(await acknowledgeQuarantine()).toEqual({ ok: true });
        wake();
        expect(await act(LATER, 9)).toMatchObject({ ok: true });
        const after = decodeRecord(storage.values.get('record'), storage.values.get('journal'));
        expect(after.damaged).toEqual([]);
        for (const [post, { mark: was }] of before.record)
          if (![7, 8, 9].includes(post)) expect(markOf(after.record, post)).toEqual(was);
        expect([7, 8, 9].map((post) => markOf(after.record, post))).toEqual([
          markOf(before.record, 7),
          markOf(before.record, 8),
          LATER,
        ]);
        if (before.damaged.length > 0)
          expect(aside().pieces.length).toBeGreaterThanOrEqual(
            Math.min(100, before.damaged.length),
          );
      }),
      { numRuns: 1_000, seed: 20_261_122 },
    );
  });
});
