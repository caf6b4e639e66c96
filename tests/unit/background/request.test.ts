import { describe, expect, it } from 'vitest';
import {
  errandOf,
  readAct,
  readRequest as readRequestOf,
} from '../../../src/background/request.ts';
import { act } from '../../../src/app/messages.ts';
import { DEFAULTS } from '../../../src/app/settings.ts';

/** A page of the blog, and one of ours. */
const PAGE = { url: 'https://kexue.fm/archives/9708', isTop: true, isPrivate: false };
const OWN = { ...PAGE, url: 'moz-extension://11111111-2222-4333-8444-000000000001/popup.html' };
const readRequest = (message: unknown) => readAct(message) ?? readRequestOf(message, PAGE);

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

it('of a mark is answered by the first script of the background, any other by the second', () => {
  const mark = act([]);
  expect(readAct(mark)).toEqual(mark);
  expect(errandOf(mark)).toBeUndefined();
  for (const type of ['undo', 'settings', 'merge', 'restore', 'said', 'plans', 'join', 'sync']) {
    expect(errandOf({ type })).toBe(type);
    expect(readAct({ ...mark, type })).toBeUndefined();
  }
  for (const message of [undefined, null, 'undo', { type: 'here' }, { type: 'toString' }])
    expect(errandOf(message)).toBeUndefined();
});

describe('a request', () => {
  it('to change marks is taken as it is', () => {
    const request = { type: 'act', id: 'one_Two-3', changes: good };
    expect(readRequest(request)).toEqual(request);
  });

  it('made here is one that is understood, and has an id of its own', () => {
    const [one, other] = [act([]), act([])];
    expect(readRequest(one)).toEqual(one);
    expect(one).not.toEqual(other);
  });

  it('that is sent once more may say so, and nothing else', () => {
    const request = { type: 'act', id: 'x', changes: good, again: true };
    expect(readRequest(request)).toEqual(request);
    for (const again of [false, 1, 'true', null])
      expect(readRequest({ ...request, again })).not.toHaveProperty('again');
  });

  it('to change settings is taken with its sound fields only', () => {
    expect(
      readRequest({ type: 'settings', settings: { language: 'en', host: 'evil.com', x: 1 } }),
    ).toEqual({ type: 'settings', settings: { language: 'en' } });
    expect(readRequest({ type: 'settings', settings: DEFAULTS })).toEqual({
      type: 'settings',
      settings: DEFAULTS,
    });
  });

  it.each([
    undefined,
    null,
    'act',
    5,
    [],
    {},
    { type: 'here' },
    { type: 'ACT', id: 'x', changes: good },
    { id: 'x', changes: good },
  ])('that is %j is refused', (message) => {
    expect(readRequest(message)).toBeUndefined();
  });

  it.each([undefined, null, 5, '', 'a b', 'a/b', 'x'.repeat(41), 'ä', ['x']])(
    'with id %j is refused',
    (id) => {
      expect(readRequest({ type: 'act', id, changes: good })).toBeUndefined();
    },
  );

  it.each([undefined, null, {}, 'x', { 0: good[0], length: 1 }])(
    'with changes %j is refused',
    (changes) => {
      expect(readRequest({ type: 'act', id: 'x', changes })).toBeUndefined();
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
    expect(readRequest({ type: 'act', id: 'x', changes: [good[0], change] })).toBeUndefined();
  });
});

it('refuses a mark that is null', () => {
  expect(readRequest({ type: 'act', id: 'x', changes: [{ post: 1, mark: null }] })).toBeUndefined();
});

it.each(['0.5', null, true, [0.5]])('refuses a fraction that is %o', (fraction) => {
  const changes = [{ post: 1, mark: { kind: 'reading', fraction } }];
  expect(readRequest({ type: 'act', id: 'x', changes })).toBeUndefined();
});

it.each([-5, 0, Date.UTC(2200, 0), 1.5])('refuses a time of reading that is %o', (at) => {
  const changes = [{ post: 1, mark: { kind: 'read', at, by: 'hand' } }];
  expect(readRequest({ type: 'act', id: 'x', changes })).toBeUndefined();
});

it('with more changes than the blog has posts is refused', () => {
  const changes = Array.from({ length: 10_001 }, () => good[0]);
  expect(readRequest({ type: 'act', id: 'x', changes })).toBeUndefined();
});

describe('taking a step back', () => {
  it('may be asked for by any page', () => {
    const request = { type: 'undo', id: 'x', step: 'one_Two-3' };
    expect(readRequest(request)).toEqual(request);
  });

  it.each([undefined, null, 5, '', 'a b', 'x'.repeat(41)])('%j is refused', (step) => {
    expect(readRequest({ type: 'undo', id: 'x', step })).toBeUndefined();
  });
});

describe('what only our own pages may ask for', () => {
  const requests = [
    { type: 'merge', id: 'x', how: 'import', entries: '2 a\n1 l mjwaidke.0 0' },
    { type: 'merge', id: 'x', how: 'share', entries: '' },
    { type: 'merge', id: 'x', how: 'history', entries: '2' },
    { type: 'restore', id: 'x', place: 6, time: at },
    { type: 'said' },
  ];

  it.each(requests)('$type $how', (request) => {
    expect(readRequestOf(request, OWN)).toEqual(request);
    for (const url of [PAGE.url, undefined, '', 'https://moz-extension:/', 'data:text/html,'])
      expect(readRequestOf(request, { ...PAGE, url })).toBeUndefined();
  });

  it.each([
    { type: 'merge', id: 'x', how: 'theft', entries: '2' },
    { type: 'merge', id: 'x', how: 'toString', entries: '2' },
    { type: 'merge', id: 'x', how: 'import', entries: ['2'] },
    { type: 'merge', id: 'x', how: 'import', entries: 'x'.repeat(4_000_001) },
    { type: 'merge', how: 'import', entries: '2' },
    { type: 'restore', id: 'x', place: 7, time: at },
    { type: 'restore', id: 'x', place: -1, time: at },
    { type: 'restore', id: 'x', place: 0.5, time: at },
    { type: 'restore', id: 'x', place: 'length', time: at },
    { type: 'restore', id: 'x', place: 1 },
    { type: 'restore', place: 1, time: at },
  ])('is refused where it is wrong: %#', (request) => {
    expect(readRequestOf(request, OWN)).toBeUndefined();
  });
});

describe('a request to change plans', () => {
  const plan = {
    goal: 9708,
    day: '2026-11-22',
    options: { reach: 'all', sameCategory: true },
    steps: [9119, 9152],
  };

  it.each([{ keep: plan }, { drop: 9708 }])('is taken from our own pages alone: %j', (change) => {
    const request = { type: 'plans', change };
    expect(readRequestOf(request, OWN)).toEqual(request);
    expect(readRequestOf(request, PAGE)).toBeUndefined();
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
    expect(readRequestOf({ type: 'plans', change }, OWN)).toBeUndefined();
  });
});
