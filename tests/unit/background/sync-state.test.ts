import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  syncedName,
  nonceFor,
  noncesWith,
  soundSync,
  stateOf,
  troubleOf,
  troubleOfMerging,
  troubleOfWriting,
  waitOf,
} from '../../../src/background/sync-state.ts';
import { readSynced } from '../../../src/exchange/synced.ts';

const NEW = {
  isOn: false,
  name: '',
  isRenamed: false,
  wrote: 0,
  failures: 0,
  failure: '',
  cleaned: 0,
  nonces: [],
  sightings: {},
} as const;

beforeEach(() => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0' });
  vi.stubGlobal('browser', { runtime: { getURL: () => 'moz-extension://abc/' } });
});
afterEach(() => vi.unstubAllGlobals());

describe('a stored state', () => {
  it('is read as it was stored', () => {
    const seen = { trace: 1, since: 2, last: 3, days: 4 };
    const stored = {
      isOn: true,
      name: '书房',
      isRenamed: true,
      wrote: 9,
      failures: 2,
      failure: 'full',
      cleaned: 7,
      nonces: ['a', 'b'],
      sightings: { bbbbbbbb: seen },
    };
    expect(soundSync(stored)).toEqual(stored);
  });

  it.each([undefined, null, 'on', 7, []])('%j is a new one', (stored) => {
    expect(soundSync(stored)).toEqual(NEW);
  });

  it.each([
    ['isOn', 'yes'],
    ['name', {}],
    ['isRenamed', 1],
    ['wrote', 'x'],
    ['wrote', Number.NaN],
    ['failures', -9],
    ['failure', 'odd'],
    ['cleaned', 0.5],
    ['nonces', 'a'],
    ['nonces', [1, null]],
    ['sightings', []],
    ['sightings', { bbbbbbbb: null, cccccccc: { trace: 1, since: 2, last: 3 } }],
  ])('with %s %j has the default there', (field, value) => {
    expect(soundSync({ [field]: value })).toEqual(NEW);
  });
});

describe('the wait for the next write', () => {
  const at = Date.UTC(2026, 10, 22);

  it('is 20 s from the last one, and doubles with each failure up to 21 minutes', () => {
    const wait = (failures: number) => waitOf(soundSync({ wrote: at, failures }), at) / 1_000;
    expect([0, 1, 2, 6, 7, 1e9].map(wait)).toEqual([20, 40, 80, 1_280, 1_280, 1_280]);
  });

  it('is over after that time, and if the clock was set back', () => {
    const { wrote, failures } = soundSync({ wrote: at });
    const waits = [at + 19_999, at + 20_000, at - 1].map((now) =>
      waitOf({ ...NEW, wrote, failures }, now),
    );
    expect(waits).toEqual([1, 0, 0]);
  });
});

describe('the nonce of the next write', () => {
  const nonces = ['a', 'b'];

  it('is a new one each time, but after a failure that of the failed write', () => {
    const fresh = nonceFor(soundSync({ nonces }));
    expect(fresh).toMatch(/^[0-9a-z]{8}$/);
    expect(nonceFor(soundSync({ nonces }))).not.toBe(fresh);
    expect(nonceFor(soundSync({ nonces, failures: 3 }))).toBe('b');
    expect(nonceFor(soundSync({ failures: 3 }))).toMatch(/^[0-9a-z]{8}$/);
  });

  it('is kept once, with those of the last 16 writes', () => {
    expect(noncesWith('c', soundSync({ nonces }))).toEqual(['a', 'b', 'c']);
    expect(noncesWith('b', soundSync({ nonces }))).toEqual(['a', 'b']);
    const many = Array.from({ length: 16 }, (_, i) => `n${i}`);
    expect(noncesWith('c', soundSync({ nonces: many }))).toEqual([...many.slice(1), 'c']);
  });
});

describe('the state that pages get', () => {
  const account = readSynced({
    'd-aaaaaaaa': { v: 1, name: '书房', day: 20_000, shards: 1, nonce: 'x' },
    'd-bbbbbbbb': { v: 9 },
  });

  it('has each browser of the account, and says which one is this', () => {
    const state = stateOf(soundSync({ isOn: true }), 'bbbbbbbb', account, undefined, true);
    const device = { marks: 0, isThis: false, isPartial: false, isNewer: false };
    expect(state).toEqual({
      isOn: true,
      family: 'firefox',
      device: 'bbbbbbbb',
      name: 'Chrome, Linux',
      devices: [
        { ...device, device: 'aaaaaaaa', name: '书房', day: 20_000, isPartial: true },
        { ...device, device: 'bbbbbbbb', name: '', day: undefined, isThis: true, isNewer: true },
      ],
      bytes: account.bytes,
      isWaiting: true,
      trouble: undefined,
    });
  });

  it('is empty if the account cannot be read', () => {
    expect(stateOf(soundSync({}), 'bbbbbbbb')).toMatchObject({ devices: [], bytes: 0 });
  });

  it('has the name that the reader gave this browser', () => {
    expect(syncedName(soundSync({ name: ' 书房 ' }))).toBe('书房');
  });
});

describe('trouble', () => {
  it('of merging says if the storage is full or the record that of a newer version', () => {
    const of = (why: 'full' | 'newer' | 'gone') => troubleOfMerging({ ok: false, why })?.kind;
    expect([of('full'), of('newer'), of('gone')]).toEqual(['full', 'newer', 'failed']);
    expect(troubleOfMerging({ ok: true })).toBeUndefined();
  });

  it('of writing is that there is no room, before any other', () => {
    expect(troubleOfWriting('full', 3, 100)).toEqual({ kind: 'over-quota', notSynced: 100 });
    expect(troubleOfWriting('too-often', 3, 100)).toEqual({ kind: 'over-quota', notSynced: 3 });
    expect(troubleOfWriting('too-often', 0, 100)).toEqual({ kind: 'too-often' });
    expect(troubleOfWriting('', 0, 100)).toBeUndefined();
  });

  it('of another call to the account is never that there is no room', () => {
    expect(
      (['full', 'too-often', 'failed'] as const).map((error) => troubleOf(error).kind),
    ).toEqual(['failed', 'too-often', 'failed']);
  });
});
