import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RecordRequest, RecordStore } from '../../../src/background/record-store.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { Sync } from '../../../src/background/sync.ts';
import type { Answer, SyncRequest, SyncState } from '../../../src/app/messages.ts';
import { QUOTA } from '../../../src/exchange/synced.ts';
import { type Mark, markOf, type ReadingRecord } from '../../../src/record/marks.ts';
import { merge, withAct } from '../../../src/record/merge.ts';

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const LATER: Mark = { kind: 'later' };

/** A storage area with a quota, which records its calls and fails on request. */
class FakeStorageArea {
  readonly values = new Map<string, unknown>();
  /** The keys of each `set` and `remove`. */
  calls: string[][] = [];
  fails = '';
  quota = Infinity;

  get = (keys: string[] | null) => {
    if (this.fails.includes('get')) return Promise.reject(new Error(this.fails));
    const wanted = [...this.values].filter(([key]) => keys === null || keys.includes(key));
    return Promise.resolve(structuredClone(Object.fromEntries(wanted)));
  };

  set = (values: Record<string, unknown>) => {
    this.calls.push(Object.keys(values));
    if (this.fails) return Promise.reject(new Error(this.fails));
    const next = new Map([...this.values, ...Object.entries(values)]);
    const bytes = [...next].reduce((sum, [k, v]) => sum + k.length + JSON.stringify(v).length, 0);
    if (bytes > this.quota) return Promise.reject(new Error('QUOTA_BYTES quota exceeded'));
    for (const [key, value] of Object.entries(values)) this.values.set(key, structuredClone(value));
    return Promise.resolve();
  };

  remove = (keys: string[]) => {
    this.calls.push(keys);
    if (this.fails) return Promise.reject(new Error(this.fails));
    for (const key of keys) this.values.delete(key);
    return Promise.resolve();
  };
}

/** One browser: its storage and its record. Its background is made anew for each wake. */
class SyncingBrowser {
  readonly local = new FakeStorageArea();
  held: ReadingRecord | undefined = new Map();
  answer: Answer = { ok: true };
  nextName = 'newname0';

  constructor(
    public name: string,
    readonly account: FakeStorageArea,
  ) {}

  /** The parts of the record store that sync uses. */
  readonly store = {
    deviceName: () => Promise.resolve(this.name),
    record: () => Promise.resolve(this.held),
    enqueue: (request: RecordRequest) => {
      if (request.type === 'newName') this.name = this.nextName;
      if (request.type === 'newName') return Promise.resolve<Answer>({ ok: true });
      if (request.type !== 'merge') throw new Error(`sync asked for ${request.type}`);
      if (this.answer.ok)
        this.held = merge(this.held ?? new Map(), decodeRecord(request.entries).record);
      return Promise.resolve(this.answer);
    },
  } as RecordStore;

  act(post: number, mark: Mark): void {
    const record = this.held ?? new Map();
    const entry = withAct(record.get(post), { mark }, Date.now(), this.name);
    this.held = new Map([...record, [post, entry]]);
  }

  /** A copy of the profile, in another browser. */
  copied(): SyncingBrowser {
    const copy = new SyncingBrowser(this.name, this.account);
    copy.nextName = 'ccccccc0';
    copy.held = this.held;
    for (const [key, value] of this.local.values)
      copy.local.values.set(key, structuredClone(value));
    return copy;
  }

  /** Sync in a background that has just been started, with nothing in memory. */
  woken(): Sync {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0' });
    const runtime = { getURL: () => 'chrome-extension://abc/' };
    vi.stubGlobal('browser', { runtime, storage: { local: this.local, sync: this.account } });
    return new Sync(this.store);
  }

  sync = () => this.woken().run();
  ask = (request: SyncRequest) => this.woken().answer(request);
  turn = (isOn: boolean) => this.ask({ ask: isOn ? 'on' : 'off' });
  rename = (name: string) => this.ask({ ask: 'rename', name });
  look = () => this.ask({ ask: 'state' });
  leave = () => this.ask({ ask: 'leave' });
}

let account: FakeStorageArea;
let a: SyncingBrowser;
let b: SyncingBrowser;
beforeEach(() => {
  account = new FakeStorageArea();
  account.quota = QUOTA.bytes;
  a = new SyncingBrowser('aaaaaaaa', account);
  b = new SyncingBrowser('bbbbbbbb', account);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.useFakeTimers({
    now: Date.UTC(2026, 10, 22, 12),
    toFake: ['Date', 'setTimeout', 'clearTimeout'],
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
const later = (ms: number) => vi.setSystemTime(Date.now() + ms);
const keys = () => [...account.values.keys()].sort();

/** Syncs a browser each day for 30 days in which no other browser does. */
async function lookFor30Days(browser: SyncingBrowser): Promise<void> {
  for (let day = 0; day < 30; day++) {
    later(DAY);
    await browser.sync();
  }
}

describe('switched off', () => {
  it('nothing is written, even if there are new marks', async () => {
    a.act(7, LATER);
    expect(await a.sync()).toMatchObject({ isOn: false, devices: [], trouble: undefined });
    expect([account.calls, a.local.calls]).toEqual([[], []]);
  });

  it('the state still shows what is in the account', async () => {
    b.act(7, LATER);
    await b.turn(true);
    const { isOn, devices } = await a.look();
    expect([isOn, devices.map(({ device, marks }) => [device, marks])]).toEqual([
      false,
      [['bbbbbbbb', 1]],
    ]);
    expect(a.held?.size).toBe(0);
  });

  it('after it was on, no marks are received or sent, and the account keeps what it has', async () => {
    await a.turn(true);
    await b.turn(true);
    const before = keys();
    await a.turn(false);
    a.act(7, LATER);
    b.act(8, LATER);
    later(MINUTE);
    await b.sync();
    expect(await a.sync()).toMatchObject({ isOn: false });
    expect(markOf(a.held ?? new Map(), 8)).toEqual({ kind: 'unread' });
    expect(keys()).toEqual([...before, 'm-bbbbbbbb-0']);
  });
});

describe('switched on', () => {
  it('each of two browsers gets the other’s marks when it next wakes', async () => {
    a.act(7, LATER);
    await a.turn(true);
    b.act(8, LATER);
    await b.turn(true);
    expect(b.held?.get(7)).toEqual(a.held?.get(7));
    await a.sync();
    expect(a.held).toEqual(b.held);
  });

  it('the state names the browsers, says when each last wrote, and how full the account is', async () => {
    await a.turn(true);
    a.act(7, LATER);
    later(3 * DAY);
    const state = await b.turn(true);
    expect(state).toMatchObject({
      isOn: true,
      family: 'chromium',
      device: 'bbbbbbbb',
      name: 'Chrome, Linux',
      isWaiting: false,
      trouble: undefined,
    });
    const today = Math.floor(Date.now() / DAY);
    expect(state.devices).toMatchObject([
      { device: 'aaaaaaaa', name: 'Chrome, Linux', day: today - 3, marks: 0, isThis: false },
      { device: 'bbbbbbbb', name: 'Chrome, Linux', day: today, isThis: true, isPartial: false },
    ]);
    expect(state.bytes).toBeGreaterThan(50);
    expect(state.bytes).toBeLessThan(300);
  });

  it('a browser can be renamed, and the others see the new name', async () => {
    await a.turn(true);
    later(MINUTE);
    expect((await a.rename('书房')).name).toBe('书房');
    expect((await b.turn(true)).devices[0]?.name).toBe('书房');
    const calls = account.calls.length;
    later(MINUTE);
    await a.sync();
    expect(account.calls.length).toBe(calls);
  });

  it('a wiped browser gets all marks back, under a new name', async () => {
    for (const post of [1, 2, 3]) a.act(post, LATER);
    await a.turn(true);
    const fresh = new SyncingBrowser('cccccccc', account);
    await fresh.turn(true);
    expect(fresh.held).toEqual(a.held);
    expect(keys()).toEqual(['d-aaaaaaaa', 'd-cccccccc', 'm-aaaaaaaa-0']);
  });

  it('another browser takes over the marks of one that is gone for half a year, then removes it', async () => {
    a.act(7, LATER);
    await a.turn(true);
    await b.turn(true);
    await lookFor30Days(b);
    later(150 * DAY);
    account.calls = [];
    const { devices } = await b.sync();
    expect(devices).toMatchObject([{ device: 'bbbbbbbb', marks: 1 }]);
    expect(account.calls.map((call) => call.sort())).toEqual([
      ['d-bbbbbbbb', 'm-bbbbbbbb-0'],
      ['d-aaaaaaaa', 'm-aaaaaaaa-0'],
    ]);
    expect(b.held).toEqual(a.held);
  });

  it('a browser whose clock is 200 days ahead removes nothing of an active one', async () => {
    a.act(7, LATER);
    await a.turn(true);
    await b.turn(true);
    later(200 * DAY);
    await b.sync();
    expect(keys()).toContain('m-aaaaaaaa-0');
  });

  it('two browsers with one copied profile notice that, and no mark is lost', async () => {
    a.act(7, LATER);
    await a.turn(true);
    const copy = a.copied();
    a.act(8, LATER);
    copy.act(9, LATER);
    for (let turn = 0; turn < 3; turn++)
      for (const browser of [a, copy]) {
        later(DAY);
        await browser.sync();
      }
    expect(copy.name).not.toBe(a.name);
    expect([7, 8, 9].every((post) => a.held?.has(post))).toBe(true);
    expect(a.held).toEqual(copy.held);
    expect((await a.look()).devices.map(({ device }) => device)).toContain(copy.name);
  });

  it.each(['never on', 'on before, and off then'])(
    'a profile that was copied while sync was off (%s) is noticed later, and no mark is lost',
    async (state) => {
      a.act(7, LATER);
      if (state !== 'never on') {
        await a.turn(true);
        await a.turn(false);
      }
      const copy = a.copied();
      // Both mark one post in the same millisecond, so two marks have one stamp.
      a.act(8, LATER);
      copy.act(8, { kind: 'unread' });
      a.act(9, LATER);
      copy.act(10, LATER);
      await a.turn(true);
      later(DAY);
      await copy.turn(true);
      expect(copy.name).toBe('ccccccc0');
      for (const browser of [a, copy]) {
        later(DAY);
        await browser.sync();
      }
      expect([7, 8, 9, 10].filter((post) => !a.held?.has(post))).toEqual([]);
      expect(a.held).toEqual(copy.held);
      expect((await a.look()).devices.map(({ device }) => device)).toEqual([a.name, copy.name]);
    },
  );

  it('an old browser is not removed if taking over its marks failed', async () => {
    a.act(7, LATER);
    await a.turn(true);
    await b.turn(true);
    await lookFor30Days(b);
    later(150 * DAY);
    account.fails = 'An unexpected error occurred';
    await b.sync();
    account.fails = '';
    expect(keys()).toEqual(['d-aaaaaaaa', 'd-bbbbbbbb', 'm-aaaaaaaa-0']);
  });

  it('a browser can remove its own marks from the account', async () => {
    a.act(7, LATER);
    await a.turn(true);
    expect(await a.turn(false)).toMatchObject({ isOn: false, devices: [{ isThis: true }] });
    expect(await a.leave()).toMatchObject({ isOn: false, devices: [], bytes: 0 });
    expect(keys()).toEqual([]);
    expect(markOf(a.held ?? new Map(), 7)).toEqual(LATER);
  });
});

describe('writing', () => {
  it('many acts at once are written once, and the rest at the first wake after the pause', async () => {
    await a.turn(true);
    account.calls = [];
    later(MINUTE);
    let state: SyncState | undefined;
    for (let post = 1; post <= 300; post += 1) {
      a.act(post, LATER);
      later(10);
      state = await a.sync();
    }
    expect(account.calls).toHaveLength(1);
    expect(state?.isWaiting).toBe(true);
    later(MINUTE);
    expect(await a.sync()).toMatchObject({ isWaiting: false });
    await b.turn(true);
    expect(b.held).toEqual(a.held);
  });

  describe('that is not due yet', () => {
    /** Marks a post soon after sync was switched on; switching it on has written to the account. */
    const actTooSoon = async () => {
      await a.turn(true);
      account.calls = [];
      later(3_000);
      a.act(7, LATER);
      expect(await a.sync()).toMatchObject({ isWaiting: true });
      expect(account.calls).toEqual([]);
    };

    it('is done within 20 s even if nothing else happens', async () => {
      await actTooSoon();
      await vi.advanceTimersByTimeAsync(16_900);
      expect(account.calls).toEqual([]);
      await vi.advanceTimersByTimeAsync(100);
      await vi.waitFor(() => expect(account.values.has('m-aaaaaaaa-0')).toBe(true));
      await b.turn(true);
      expect(markOf(b.held ?? new Map(), 7)).toEqual(LATER);
    });

    it('waits for one timer, however many acts follow', async () => {
      await a.turn(true);
      const sync = a.woken();
      for (let post = 1; post <= 9; post += 1) {
        later(1_000);
        a.act(post, LATER);
        await sync.run();
      }
      expect(vi.getTimerCount()).toBe(1);
      later(MINUTE);
      await sync.run();
      expect(vi.getTimerCount()).toBe(0);
    });

    it('is not done if sync was switched off meanwhile', async () => {
      await actTooSoon();
      await a.turn(false);
      await vi.advanceTimersByTimeAsync(MINUTE);
      expect(account.calls).toEqual([]);
    });

    it('is left to the next wake after a failure, because the background ends before a retry', async () => {
      await a.turn(true);
      later(MINUTE);
      a.act(7, LATER);
      account.fails = 'An unexpected error occurred';
      expect(await a.sync()).toMatchObject({ isWaiting: true });
      later(1_000);
      await a.sync();
      expect(vi.getTimerCount()).toBe(0);
    });
  });

  it('stays far below 450 writes in a quarter of an hour with an act every four seconds', async () => {
    await a.turn(true);
    account.calls = [];
    for (let act = 0; act < 225; act += 1) {
      a.act(1 + (act % 50), act % 2 ? LATER : { kind: 'unread' });
      later(4_000);
      await a.sync();
    }
    expect(account.calls.length).toBeLessThanOrEqual(46);
    expect(account.calls.length).toBeGreaterThan(25);
  });

  it('is not done if there is nothing to write', async () => {
    await a.turn(true);
    account.calls = [];
    for (let i = 0; i < 5; i += 1) {
      later(MINUTE);
      await a.sync();
    }
    expect(account.calls).toEqual([]);
  });

  it('that is refused very often makes no browser take itself for a copy', async () => {
    a.act(1, LATER);
    await a.turn(true);
    account.fails = 'An unexpected error occurred';
    for (let hour = 0; hour < 20; hour += 1) {
      later(60 * MINUTE);
      a.act(2, hour % 2 ? LATER : { kind: 'unread' });
      await a.sync();
    }
    account.fails = '';
    later(60 * MINUTE);
    const { devices } = await a.sync();
    expect(devices).toMatchObject([{ device: 'aaaaaaaa', isThis: true, marks: 2 }]);
  });

  it('that is refused is reported, and tried again less and less often', async () => {
    await a.turn(true);
    a.act(7, LATER);
    account.fails = 'This request exceeds the MAX_WRITE_OPERATIONS_PER_MINUTE quota.';
    account.calls = [];
    for (let minute = 0; minute < 120; minute += 1) {
      later(MINUTE);
      const state = await a.sync();
      expect(state).toMatchObject({ isWaiting: true, trouble: { kind: 'too-often' } });
    }
    expect(account.calls.length).toBeLessThan(12);
    account.fails = '';
    later(30 * MINUTE);
    expect(await a.sync()).toMatchObject({ isWaiting: false, trouble: undefined });
    expect(account.values.has('m-aaaaaaaa-0')).toBe(true);
  });

  it('reports how many marks are not synced if there is no room', async () => {
    a.held = new Map(
      Array.from({ length: 20_000 }, (_, i) => {
        const time = Date.now() - i * 61_007;
        return [i + 1, { mark: LATER, stamp: { time, tick: 0, device: 'aaaaaaaa' } }];
      }),
    );
    for (let i = 0; i < 12; i += 1) account.values.set(`x${i}`, 'x'.repeat(8_000));
    const { trouble, bytes } = await a.turn(true);
    expect(trouble?.kind).toBe('over-quota');
    expect(trouble?.kind === 'over-quota' && trouble.notSynced).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(QUOTA.bytes);
    expect(a.held?.size).toBe(20_000);
  });

  it('is reported as too large if only the browser finds it too large', async () => {
    for (let post = 1; post <= 100; post += 1) a.act(post, LATER);
    account.quota = 10;
    const { trouble } = await a.turn(true);
    expect(trouble).toEqual({ kind: 'over-quota', notSynced: 100 });
  });
});

describe('trouble', () => {
  it('a browser without sync is reported, and nothing else happens', async () => {
    account.fails = 'get: storage.sync is not available';
    expect(await a.turn(true)).toMatchObject({ isOn: true, trouble: { kind: 'unavailable' } });
    expect(account.calls).toEqual([]);
  });

  it('received marks that could not be stored here are reported, and own marks are still sent', async () => {
    a.act(7, LATER);
    await a.turn(true);
    b.act(8, LATER);
    b.answer = { ok: false, why: 'full' };
    expect(await b.turn(true)).toMatchObject({ trouble: { kind: 'full' } });
    expect(b.held?.has(7)).toBe(false);
    await a.sync();
    expect(a.held?.has(8)).toBe(true);
  });

  it('shards are not removed if their marks could not be stored here', async () => {
    a.act(7, LATER);
    await a.turn(true);
    later(300 * DAY);
    b.answer = { ok: false, why: 'full' };
    await b.turn(true);
    expect(keys()).toEqual(['d-aaaaaaaa', 'd-bbbbbbbb', 'm-aaaaaaaa-0']);
  });

  it('a record of a newer version is not touched', async () => {
    a.act(7, LATER);
    await a.turn(true);
    b.held = undefined;
    expect(await b.turn(true)).toMatchObject({ trouble: { kind: 'newer' } });
    expect(keys()).toEqual(['d-aaaaaaaa', 'm-aaaaaaaa-0']);
  });

  it('a storage that fails is reported, and throws nothing', async () => {
    a.local.fails = 'get failed';
    expect(await a.sync()).toMatchObject({ isOn: undefined, trouble: { kind: 'failed' } });
  });

  it('an invalid stored state counts as a new one', async () => {
    for (const sync of [null, 'on', 7, [], { isOn: 'yes', wrote: 'x', failures: -9, name: {} }]) {
      a.local.values.set('sync', sync);
      expect(await a.sync()).toMatchObject({ isOn: false, name: 'Chrome, Linux' });
    }
    expect(await a.rename('x'.repeat(999))).toMatchObject({ isOn: false, name: 'x'.repeat(40) });
    a.local.values.set('sync', { isOn: true, wrote: Number.NaN, failures: 1e9, failure: 'odd' });
    expect(await a.sync()).toMatchObject({ isOn: true, isWaiting: false, trouble: undefined });
  });
});

it('many calls at once lead to two runs: the present one, and one for what changed since', async () => {
  await a.turn(true);
  a.act(7, LATER);
  later(MINUTE);
  const reads = vi.spyOn(a.store, 'record');
  const sync = a.woken();
  const first = sync.run();
  await Promise.resolve();
  await Promise.all([first, ...Array.from({ length: 20 }, () => sync.run())]);
  expect(reads.mock.calls.length).toBeLessThanOrEqual(2);
});
