import { describe, expect, it } from 'vitest';
import { handlersFor, replyTo } from '../../../src/background/handlers.ts';
import { Memory } from '../../../src/background/memory.ts';
import { RecordStore } from '../../../src/background/record-store.ts';
import { Sync } from '../../../src/background/sync.ts';
import { isOwnPage } from '../../../src/platform/messaging.ts';
import {
  readMark,
  readMerge,
  readPlanChange,
  readRestore,
  readSettingsChange,
  readUndo,
} from '../../../src/background/validation.ts';
import { DEFAULTS } from '../../../src/app/settings.ts';

/** A page of the blog, and one of ours. */
const PAGE = { url: 'https://kexue.fm/archives/9708', isTop: true, isPrivate: false };
const OWN = { ...PAGE, url: 'moz-extension://11111111-2222-4333-8444-000000000001/popup.html' };

const at = Date.UTC(2026, 0, 2);
const good = [
  { post: 9708, mark: { kind: 'read', at, by: 'hand' } },
  { post: 9706, mark: { kind: 'read', at, by: 'reading' } },
  { post: 8265, mark: { kind: 'reading', fraction: 0.4 } },
  { post: 1, mark: { kind: 'reading', fraction: 0 } },
  { post: 2, mark: { kind: 'reading', fraction: 1 } },
  { post: 3, mark: { kind: 'later' } },
  { post: 999_999, mark: { kind: 'unread' } },
];

describe('a message', () => {
  const store = new RecordStore();
  const handlers = handlersFor(store, new Memory(), new Sync(store));

  it.each([
    'merge',
    'restore',
    'plans',
    'mergeDiscovered',
    'forgetDiscovered',
    'acknowledgeQuarantine',
    'acknowledgeNews',
    'findTexts',
    'keptPosts',
    'textChanges',
    'forgetTexts',
    'deviceName',
    'sync',
  ])('%s is refused if a page of the blog sends it', async (type) => {
    const message = {
      type,
      id: 'x',
      source: 'import',
      entries: '',
      slot: 1,
      time: at,
      ask: 'state',
      ids: 'all',
    };
    expect(await replyTo(message, PAGE, handlers)).toEqual({ refused: true });
  });

  it.each(['mark', 'undo', 'discover', 'openings', 'postDetails', 'findSource', 'openLibrary'])(
    '%s is refused, not left without a reply, if it is unsound',
    async (type) => {
      expect(await replyTo({ type }, PAGE, handlers)).toEqual({ refused: true });
      expect(await replyTo({ type }, OWN, handlers)).toEqual({ refused: true });
    },
  );

  it.each([undefined, null, 'undo', {}, { type: 'pageStatus' }, { type: 'toString' }, { type: 5 }])(
    'that is %j is left to other listeners',
    (message) => {
      expect(replyTo(message, OWN, handlers)).toBeUndefined();
    },
  );

  it('is from one of our own pages if the browser says so', () => {
    expect(isOwnPage(OWN)).toBe(true);
    for (const url of [PAGE.url, undefined, '', 'https://moz-extension:/', 'data:text/html,'])
      expect(isOwnPage({ ...PAGE, url })).toBe(false);
  });
});

describe('a request', () => {
  it('to change marks is taken as it is', () => {
    const request = { id: 'one_Two-3', changes: good };
    expect(readMark(request)).toEqual(request);
    expect(readMark({ ...request, type: 'mark', more: 1 })).toEqual(request);
  });

  it('to import marks says where they are from, and nothing else', () => {
    const request = { id: 'x', changes: good, source: 'share' };
    expect(readMark(request)).toEqual(request);
    for (const source of [false, 1, 'theft', 'toString', null])
      expect(readMark({ ...request, source })).toBeUndefined();
  });

  it('to change settings is taken with its sound fields only', () => {
    expect(readSettingsChange({ settings: { language: 'en', host: 'evil.com', x: 1 } })).toEqual({
      settings: { language: 'en' },
    });
    expect(readSettingsChange({ settings: DEFAULTS })).toEqual({ settings: DEFAULTS });
  });

  it.each([undefined, null, 5, '', 'a b', 'a/b', 'x'.repeat(41), 'ä', ['x']])(
    'with id %j is refused',
    (id) => {
      expect(readMark({ id, changes: good })).toBeUndefined();
    },
  );

  it.each([undefined, null, {}, 'x', { 0: good[0], length: 1 }])(
    'with changes %j is refused',
    (changes) => {
      expect(readMark({ id: 'x', changes })).toBeUndefined();
    },
  );

  it.each<[what: string, change: unknown]>([
    ['no change at all', null],
    ['a string', 'x'],
    ['no post', { mark: { kind: 'later' } }],
    ['post 0', { post: 0, mark: { kind: 'later' } }],
    ['a post in words', { post: '9708', mark: { kind: 'later' } }],
    ['a post of seven digits', { post: 1_000_000, mark: { kind: 'later' } }],
    ['no mark', { post: 1 }],
    ['a mark in words', { post: 1, mark: 'later' }],
    ['a mark of no kind', { post: 1, mark: {} }],
    ['a mark of another kind', { post: 1, mark: { kind: 'starred' } }],
    ['a mark of a kind that objects have', { post: 1, mark: { kind: 'toString' } }],
    ['reading without how far', { post: 1, mark: { kind: 'reading' } }],
    ['reading too far', { post: 1, mark: { kind: 'reading', fraction: 1.01 } }],
    ['reading less than nothing', { post: 1, mark: { kind: 'reading', fraction: -0.01 } }],
    ['reading no number', { post: 1, mark: { kind: 'reading', fraction: Number.NaN } }],
    ['read without when', { post: 1, mark: { kind: 'read', by: 'hand' } }],
    ['read at a date in words', { post: 1, mark: { kind: 'read', at: '2026-01-02', by: 'hand' } }],
    ['read at an endless time', { post: 1, mark: { kind: 'read', at: Infinity, by: 'hand' } }],
    ['read without by what', { post: 1, mark: { kind: 'read', at } }],
    ['read by somebody else', { post: 1, mark: { kind: 'read', at, by: 'page' } }],
  ])('with %s among its changes is refused', (_, change) => {
    expect(readMark({ id: 'x', changes: [good[0], change] })).toBeUndefined();
  });
});

it('refuses a mark that is null', () => {
  expect(readMark({ id: 'x', changes: [{ post: 1, mark: null }] })).toBeUndefined();
});

it.each(['0.5', null, true, [0.5]])('refuses a fraction that is %o', (fraction) => {
  const changes = [{ post: 1, mark: { kind: 'reading', fraction } }];
  expect(readMark({ id: 'x', changes })).toBeUndefined();
});

it.each([-5, 0, Date.UTC(2200, 0), 1.5])('refuses a time of reading that is %o', (at) => {
  const changes = [{ post: 1, mark: { kind: 'read', at, by: 'hand' } }];
  expect(readMark({ id: 'x', changes })).toBeUndefined();
});

it('with more changes than the blog has posts is refused', () => {
  const changes = Array.from({ length: 20_001 }, () => good[0]);
  expect(readMark({ id: 'x', changes })).toBeUndefined();
});

describe('taking a step back', () => {
  it('may be asked for by any page', () => {
    const request = { id: 'x', step: 'one_Two-3' };
    expect(readUndo(request)).toEqual(request);
  });

  it.each([undefined, null, 5, '', 'a b', 'x'.repeat(41)])('%j is refused', (step) => {
    expect(readUndo({ id: 'x', step })).toBeUndefined();
  });
});

describe('a request to merge or restore', () => {
  it.each(['import', 'share', 'history'])('%s is taken as it is', (source) => {
    const request = { id: 'x', source, entries: '4-4\n1 l mjwaidke.0 a' };
    expect(readMerge(request)).toEqual(request);
  });

  it('a backup is taken as it is', () => {
    expect(readRestore({ id: 'x', slot: 6, time: at })).toEqual({ id: 'x', slot: 6, time: at });
  });

  it.each([
    { id: 'x', source: 'theft', entries: '2' },
    { id: 'x', source: 'toString', entries: '2' },
    { id: 'x', source: 'import', entries: ['2'] },
    { id: 'x', source: 'import', entries: 'x'.repeat(8_000_001) },
    { source: 'import', entries: '2' },
    { id: 'x', slot: 7, time: at },
    { id: 'x', slot: -1, time: at },
    { id: 'x', slot: 0.5, time: at },
    { id: 'x', slot: 'length', time: at },
    { id: 'x', slot: 1 },
    { slot: 1, time: at },
  ])('is refused where it is wrong: %#', (request) => {
    expect(readMerge(request)).toBeUndefined();
    expect(readRestore(request)).toBeUndefined();
  });
});

describe('a request to change plans', () => {
  const plan = {
    goal: 9708,
    day: '2026-11-22',
    options: { reach: 'all', sameCategory: true },
    steps: [9119, 9152],
  };

  it.each([{ keep: plan }, { drop: 9708 }])('is taken as it is: %j', (change) => {
    expect(readPlanChange({ change })).toEqual({ change });
  });

  it.each([
    undefined,
    null,
    [],
    {},
    { drop: 0 },
    { drop: '9708' },
    { keep: 9708 },
    { keep: { ...plan, steps: [9708] } },
    { keep: { ...plan, steps: [1, 1] } },
    { keep: { ...plan, day: 'today' } },
    { keep: { ...plan, options: { reach: 'far', sameCategory: true } } },
  ])('with %j is refused', (change) => {
    expect(readPlanChange({ change })).toBeUndefined();
  });
});
