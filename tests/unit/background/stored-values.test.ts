import { decodeDiscovered } from '../../../src/catalogue/discovered/codec.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordStore } from '../../../src/background/record-store.ts';
import {
  forgetDiscovered,
  mergeDiscovered,
  writeDiscovered,
  writeLook,
  writePlans,
  writeSettings,
} from '../../../src/background/stored-values.ts';
import { type SavedPlan, MOST_PLANS } from '../../../src/catalogue/plans/planner.ts';
import { decodePlans } from '../../../src/catalogue/plans/codec.ts';
import { backupKey } from '../../../src/platform/storage.ts';
import { encodeBackup } from '../../../src/record/backups.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { FakeStorage } from './fake-storage.ts';

let storage: FakeStorage;
let store: RecordStore;
const mark = (post: number) =>
  store.enqueue({ type: 'mark', id: `mark-${post}`, changes: [{ post, mark: LATER }] });
const learn = (...facts: Parameters<typeof writeDiscovered>[0]['facts']) =>
  store.inTurn(() => writeDiscovered({ facts }));
beforeEach(() => {
  storage = new FakeStorage();
  store = new RecordStore();
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const LATER = { kind: 'later' } as const;
const discovered = () => decodeDiscovered(storage.values.get('learned'));
const marked = () =>
  decodeRecord(storage.values.get('record'), storage.values.get('journal')).record;

describe('a look at the blog', () => {
  const look = (hours: number) =>
    store.inTurn(() => writeLook(Date.UTC(2026, 10, 22, 12) + hours * 3_600_000));
  const stay = () => storage.values.get('stay') as { seen: number; before: number | null };

  it('is stored with the newest post that is known, discovered posts included', async () => {
    await look(0);
    const bundled = stay().seen;
    expect(stay().before).toBeNull();
    await learn({ id: bundled + 1, title: '新的一篇', date: '2026-11-20' });
    await look(1);
    expect(stay()).toMatchObject({ seen: bundled + 1, before: null });
    await look(9);
    expect(stay()).toMatchObject({ seen: bundled + 1, before: bundled + 1 });
  });

  it('is not written again within a few minutes', async () => {
    await look(0);
    const first = storage.values.get('stay');
    await look(0.01);
    expect(storage.values.get('stay')).toBe(first);
  });
});

describe('plans', () => {
  const plan = (goal: number, steps = [1, 2]): SavedPlan => ({
    goal,
    steps,
    options: { reach: 'near', sameCategory: false },
    day: '2026-11-22',
  });
  const keep = (goal: number, steps?: number[]) =>
    store.inTurn(() => writePlans({ change: { keep: plan(goal, steps) } }));
  const plans = () => decodePlans(storage.values.get('plans')).plans;

  it('are saved, one for each goal, and removed', async () => {
    expect(await keep(9708)).toEqual({ ok: true });
    await keep(10_122);
    await keep(9708, [3]);
    expect(plans()).toEqual([plan(10_122), plan(9708, [3])]);
    await store.inTurn(() => writePlans({ change: { drop: 9708 } }));
    expect(plans()).toEqual([plan(10_122)]);
  });

  it('from two pages at once are both saved', async () => {
    await Promise.all([keep(9708), keep(10_122)]);
    expect(plans()).toHaveLength(2);
  });

  it('are limited in number', async () => {
    for (let goal = 100; goal < 102 + MOST_PLANS; goal++) await keep(goal);
    expect(plans().map(({ goal }) => goal)).toEqual(
      Array.from({ length: MOST_PLANS }, (_, i) => 102 + i),
    );
  });

  it('that cannot be read are set aside, and those of a newer version are not overwritten', async () => {
    storage.values.set('plans', '1\nwhatever');
    await keep(9708);
    expect(plans()).toEqual([plan(9708)]);
    expect(storage.values.get('aside')).toMatchObject({
      pieces: [{ key: 'plans', text: 'whatever' }],
    });
    storage.values.set('plans', '3-3\nwhatever');
    expect(await keep(9708)).toEqual({ ok: false, why: 'newer' });
    expect(storage.values.get('plans')).toBe('3-3\nwhatever');
  });
});

describe('discovered facts', () => {
  const newPost = { id: 11_946, title: '新的一篇', date: '2026-10-10' };

  it('are stored with the day, and a post known already is not written again', async () => {
    expect(await learn(newPost)).toEqual({ ok: true });
    expect(discovered().discovered.get(11_946)).toEqual({ ...newPost, seen: '2026-11-22' });
    expect(await learn(newPost)).toEqual({ ok: true });
    expect(storage.sets).toHaveLength(1);
  });

  it('of two pages at once are both stored', async () => {
    await Promise.all([11_946, 11_947, 11_948].map((id) => learn({ ...newPost, id })));
    expect([...discovered().discovered.keys()]).toEqual([11_946, 11_947, 11_948]);
  });

  it('replace a value that cannot be read', async () => {
    storage.values.set('learned', { broken: true });
    await learn(newPost);
    expect([...discovered().discovered.keys()]).toEqual([11_946]);
  });

  it('do not overwrite a value of a newer version', async () => {
    storage.values.set('learned', '3-3\nwhatever');
    const answer = await learn(newPost);
    expect(answer).toEqual({ ok: false, why: 'newer' });
    expect(storage.values.get('learned')).toBe('3-3\nwhatever');
  });

  it('of one post or of all can be forgotten and restored', async () => {
    for (const id of [11_946, 11_947]) await learn({ ...newPost, id });
    const before = storage.values.get('learned') as string;
    expect(await forgetDiscovered({ ids: [11_946] })).toEqual({ ok: true });
    expect([...discovered().discovered.keys()]).toEqual([11_947]);
    await forgetDiscovered({ ids: 'all' });
    expect(discovered().discovered.size).toBe(0);
    await mergeDiscovered({ discovered: before });
    expect(storage.values.get('learned')).toBe(before);
  });

  it('change nothing in the record', async () => {
    await mark(9708);
    const before = storage.values.get('record');
    await learn(newPost);
    expect(storage.values.get('record')).toEqual(before);
  });
});

describe('older backups', () => {
  const fill = () => {
    for (let slot = 0; slot < 5; slot++) {
      const time = 1_000 + slot;
      const backup = { time, reason: 'bulk', snapshot: 'x'.repeat(400), number: slot } as const;
      storage.values.set(backupKey(slot), encodeBackup(backup));
    }
    storage.room = 10;
  };
  const backups = () => storage.keys('backup-');

  it('are removed for a mark if the storage is full, and the mark is stored', async () => {
    fill();
    expect(await mark(9708)).toMatchObject({ ok: true });
    expect(backups().length).toBeLessThan(5);
    expect(marked().get(9708)?.mark).toEqual(LATER);
  });

  it('are removed for settings and discovered facts too, the oldest first', async () => {
    fill();
    expect(await store.inTurn(() => writeSettings({ settings: { language: 'en' } }))).toEqual({
      ok: true,
    });
    // Only as many backups are removed as are necessary.
    expect(backups()).toEqual(['backup-1', 'backup-2', 'backup-3', 'backup-4']);
    fill();
    expect(await learn({ id: 11_946, title: '新的一篇' })).toEqual({ ok: true });
    expect(discovered().discovered.size).toBe(1);
  });

  it('stay if a write fails for another reason', async () => {
    fill();
    storage.fails = 'An unexpected error occurred';
    const answer = await mark(9708);
    expect(answer).toEqual({ ok: false, why: 'failed' });
    expect(backups()).toHaveLength(5);
  });

  it('are all removed and there is still no room: the mark is refused with the reason', async () => {
    fill();
    storage.quota = 20;
    const answer = await mark(9708);
    expect(answer).toEqual({ ok: false, why: 'full' });
    expect(marked().size).toBe(0);
  });
});
