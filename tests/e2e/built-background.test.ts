/** Runs the built background scripts without a browser, to test the build too. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import * as databases from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeRecord, encodeRecord } from '../../src/record/codec.ts';
import { FakeStorage } from '../unit/background/fake-storage.ts';
import { ROOT } from '../unit/support.ts';

type Listener = (
  message: unknown,
  sender: { id: string; url: string; frameId: number },
  respond: (reply: unknown) => void,
) => unknown;

const ID = 'ours';
const OWN_PAGE = 'chrome-extension://ours/src/library/index.html';
const POST_PAGE = 'https://kexue.fm/archives/9708';
const STAMP = { time: Date.UTC(2026, 0), tick: 0, device: 'other' };
const ENTRIES = encodeRecord(new Map([[1, { mark: { kind: 'later' }, stamp: STAMP }]]));
const PLAN = {
  goal: 9708,
  day: '2026-11-22',
  options: { reach: 'all', sameCategory: true },
  steps: [9119],
};

const TEXT = {
  id: 9708,
  title: '题名',
  day: '2023-08-24',
  blocks: [
    { kind: 'paragraph', text: '梯度', formulas: [], numbers: [], place: { at: 0, print: 0 } },
  ],
};

/** One request of each type, its sender, and the expected value of the answer. */
const REQUESTS: [type: string, sent: object, url: string, value: unknown][] = [
  [
    'mark',
    { id: 'a', changes: [{ post: 1, mark: { kind: 'later' } }] },
    POST_PAGE,
    { ok: true, step: 'a' },
  ],
  ['undo', { id: 'b', step: 'a' }, POST_PAGE, { ok: true, left: 0 }],
  ['merge', { id: 'c', source: 'import', entries: ENTRIES }, OWN_PAGE, { ok: true }],
  ['restore', { id: 'd', slot: 0, time: 5 }, OWN_PAGE, { ok: false, why: 'failed' }],
  ['settings', { settings: { language: 'en' } }, POST_PAGE, { ok: true }],
  ['plans', { change: { keep: PLAN } }, OWN_PAGE, { ok: true }],
  ['discover', { facts: [{ id: 9708, refs: [9119] }] }, POST_PAGE, { ok: true }],
  ['mergeDiscovered', { discovered: '' }, OWN_PAGE, { ok: true }],
  ['forgetDiscovered', { ids: [9708] }, OWN_PAGE, { ok: true }],
  ['openings', { openings: [{ id: 9708, opening: ['文字'] }] }, POST_PAGE, { ok: true }],
  ['acknowledgeQuarantine', {}, OWN_PAGE, { ok: true }],
  ['acknowledgeNews', {}, OWN_PAGE, { ok: true }],
  ['deviceName', {}, OWN_PAGE, expect.stringMatching(/^[0-9a-z]{8}$/)],
  ['sync', { ask: 'state' }, OWN_PAGE, { isOn: false }],
  ['postDetails', { id: 9708 }, POST_PAGE, { opening: null }],
  ['findSource', { text: '字'.repeat(100) }, POST_PAGE, { found: null }],
  ['keepText', { text: TEXT }, POST_PAGE, { ok: true }],
  ['isTextKept', { id: 9708 }, POST_PAGE, false],
  ['compareText', { text: TEXT }, POST_PAGE, null],
  ['seeText', { id: 9708 }, POST_PAGE, { ok: true }],
  ['findTexts', { query: '梯度' }, OWN_PAGE, { hits: [], count: 0 }],
  ['keptPosts', {}, OWN_PAGE, { posts: [], trouble: null }],
  ['textChanges', { id: 9708 }, OWN_PAGE, null],
  ['forgetTexts', { ids: [9708] }, OWN_PAGE, { ok: true }],
  ['openLibrary', { plan: 9708 }, POST_PAGE, undefined],
  ['badge', { unread: 3 }, POST_PAGE, undefined],
];

/** Firefox for Android runs the package of Firefox with fewer parts of the API. */
const BROWSERS = ['chrome', 'firefox', 'firefox for Android'] as const;

describe.each(BROWSERS)('the background of %s', (browser) => {
  const isPhone = browser === 'firefox for Android';
  const folder = join(ROOT, 'dist', isPhone ? 'firefox' : browser);
  let install: (details: { reason: string }) => void;
  let storage: FakeStorage;
  let listener: Listener;
  let warnings: unknown[][];
  let menus: string[];
  /** undefined where there are no menus. */
  let followMenu: ((click: { menuItemId: string; linkUrl: string }) => void) | undefined;
  let opened: string[];
  /** How often the synced area was read. */
  let syncs: number;

  beforeEach(() => {
    storage = new FakeStorage();
    warnings = [];
    menus = [];
    opened = [];
    followMenu = undefined;
    syncs = 0;
    const event = { addListener: () => undefined };
    const events = () => new Proxy({}, { get: () => event });
    const api = {
      runtime: {
        id: ID,
        getManifest: () => ({ version: '0.1.0' }),
        getURL: (path: string) => `chrome-extension://ours/${path}`,
        sendMessage: async () => undefined,
        onMessage: { addListener: (added: Listener) => (listener = added) },
        onInstalled: { addListener: (added: typeof install) => (install = added) },
        onStartup: event,
      },
      storage: {
        local: storage,
        sync: {
          get: async () => (syncs++, {}),
          set: async () => undefined,
          remove: async () => undefined,
          onChanged: event,
        },
        onChanged: event,
      },
      tabs: { create: async ({ url }: { url: string }) => (opened.push(url), {}) },
      i18n: { getMessage: (name: string) => name },
      action: isPhone ? {} : { setBadgeText: async () => undefined },
      ...(isPhone
        ? {}
        : {
            contextMenus: {
              onClicked: { addListener: (added: typeof followMenu) => (followMenu = added) },
              create: ({ id }: { id: string }) => menus.push(id),
              removeAll: async () => undefined,
            },
            commands: events(),
            omnibox: events(),
          }),
    };
    const scope = {
      chrome: api,
      browser: api,
      console: { warn: (...all: unknown[]) => warnings.push(all) },
      navigator: { userAgent: 'Chrome/140' },
      crypto,
      setTimeout,
      clearTimeout,
      structuredClone,
      TextDecoder,
      TextEncoder,
      URL,
      URLSearchParams,
      performance,
      ...databases,
      indexedDB: new databases.IDBFactory(),
      location: { href: `chrome-extension://ours/background.js` },
      fetch: async (url: string) => {
        const path = join(folder, url.replace('chrome-extension://ours/', ''));
        const { buffer, byteOffset, byteLength } = readFileSync(path);
        return { arrayBuffer: async () => buffer.slice(byteOffset, byteOffset + byteLength) };
      },
    };
    const context = createContext({ ...scope, self: scope });
    runInContext(readFileSync(join(folder, 'background.js'), 'utf8'), context);
  });

  const ask = (type: string, sent: object, url: string) =>
    new Promise((respond) => {
      const isAnswered = listener({ type, ...sent }, { id: ID, url, frameId: 0 }, respond);
      if (isAnswered !== true) respond('nobody answered');
    });
  const replyOf = (value: unknown): unknown =>
    value === undefined ? { value } : expect.objectContaining({ value: matching(value) });
  const matching = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !('asymmetricMatch' in value)
      ? expect.objectContaining(value)
      : value;

  it.each(REQUESTS)('answers %s', async (type, sent, url, value) => {
    if (type === 'undo')
      await ask('mark', { id: 'a', changes: [{ post: 1, mark: { kind: 'later' } }] }, url);
    expect(await ask(type, sent, url)).toEqual(replyOf(value));
    expect(warnings).toEqual([]);
  });

  it.each(REQUESTS)(
    'answers %s if the storage is full, and frees space',
    async (type, sent, url, value) => {
      await ask('deviceName', {}, OWN_PAGE);
      if (type === 'undo')
        await ask('mark', { id: 'a', changes: [{ post: 1, mark: { kind: 'later' } }] }, url);
      storage.values.set('backup-0', 'x'.repeat(5_000));
      storage.room = 0;
      expect(await ask(type, sent, url)).toEqual(replyOf(value));
    },
  );

  it('offers its menus after an update, where there are menus, and drops the old openings', async () => {
    for (const key of ['opening-00', 'opening-63', 'record'])
      storage.values.set(key, key === 'record' ? '2 a' : [[9708, ['文字']]]);
    install({ reason: 'update' });
    await expect.poll(() => menus).toEqual(isPhone ? [] : ['read', 'later', 'plan']);
    await expect.poll(() => storage.keys('')).not.toContain('opening-00');
    expect(storage.keys('opening-')).toEqual([]);
    expect(storage.keys('record')).toContain('record');
    expect(await ask('deviceName', {}, OWN_PAGE)).toEqual(replyOf(expect.any(String)));
    expect(warnings).toEqual([]);
  });

  it('stores a mark from the menu on links; if it cannot, the library tries and says why', async () => {
    if (isPhone) return expect(followMenu).toBeUndefined();
    const click = { menuItemId: 'later', linkUrl: 'https://kexue.fm/archives/9708' };
    const laterPosts = () =>
      [...decodeRecord(storage.values.get('record')).record.keys()].filter((id) => id === 9708);
    storage.fails = 'QUOTA_BYTES quota exceeded';
    followMenu?.(click);
    await expect
      .poll(() => opened)
      .toEqual([expect.stringMatching(/library\/index\.html#record\?post=9708&mark=later$/)]);
    expect(laterPosts()).toEqual([]);
    storage.fails = '';
    followMenu?.(click);
    await expect.poll(laterPosts).toEqual([9708]);
    expect(opened).toHaveLength(1);
  });

  it('stores the marks that pages left while it was updated', async () => {
    const left = { id: 'a', changes: [{ post: 9708, mark: { kind: 'later' } }] };
    storage.values.set('outbox-1', [left]);
    install({ reason: 'update' });
    await expect.poll(() => storage.keys('outbox-')).toEqual([]);
    expect(JSON.stringify([...storage.values])).toContain((9708).toString(36));
    expect(warnings).toEqual([]);
  });

  it('stores a mark that a page left before a newer one, also if there was no room for it at first', async () => {
    const at = Date.UTC(2026, 0);
    const left = { id: 'a', changes: [{ post: 9708, mark: { kind: 'read', at, by: 'hand' } }] };
    storage.values.set('outbox-1', [left]);
    storage.fails = 'QUOTA_BYTES quota exceeded';
    const one = { id: 'b', changes: [{ post: 1, mark: { kind: 'later' } }] };
    expect(await ask('mark', one, POST_PAGE)).toEqual(replyOf({ ok: false, why: 'full' }));
    expect(storage.keys('outbox-')).toEqual(['outbox-1']);
    storage.fails = '';
    const newer = { id: 'c', changes: [{ post: 9708, mark: { kind: 'later' } }] };
    expect(await ask('mark', newer, POST_PAGE)).toEqual(replyOf({ ok: true }));
    install({ reason: 'update' });
    await expect.poll(() => storage.keys('outbox-')).toEqual([]);
    const { record } = decodeRecord(storage.values.get('record'));
    expect(record.get(9708)?.mark).toEqual({ kind: 'later' });
  });

  it('syncs after its first message and after acts, not after other messages', async () => {
    storage.values.set('sync', { isOn: true });
    const isQuiet = async () => {
      const before = syncs;
      await new Promise((resolve) => setTimeout(resolve, 50));
      return syncs === before;
    };
    const askQuietly = async (type: string, sent: object) => {
      const before = syncs;
      await ask(type, sent, POST_PAGE);
      await expect.poll(isQuiet).toBe(true);
      return syncs - before;
    };
    expect(await askQuietly('postDetails', { id: 9708 })).toBeGreaterThan(0);
    expect(await askQuietly('postDetails', { id: 9119 })).toBe(0);
    expect(await askQuietly('badge', { unread: 3 })).toBe(0);
    const changes = [{ post: 1, mark: { kind: 'later' } }];
    expect(await askQuietly('mark', { id: 'a', changes })).toBeGreaterThan(0);
    expect(warnings).toEqual([]);
  });

  it('rejects invalid requests, and does not answer unknown messages', async () => {
    expect(await ask('mark', { id: 'a' }, OWN_PAGE)).toEqual({ refused: true });
    expect(await ask('merge', { id: 'c', source: 'import', entries: '' }, POST_PAGE)).toEqual({
      refused: true,
    });
    expect(await ask('pageStatus', {}, OWN_PAGE)).toBe('nobody answered');
  });

  it('is one classic script that loads no others', () => {
    const script = readFileSync(join(folder, 'background.js'), 'utf8');
    expect(script).not.toMatch(/\bimportScripts\b|\bimport\s*\(|^\s*import\b/);
  });
});
