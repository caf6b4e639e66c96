/** The kept texts: bounds, search, comparison, forgetting, and a database that fails. */
import 'fake-indexeddb/auto';
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handlersFor, replyTo } from '../../../src/background/handlers.ts';
import { Memory } from '../../../src/background/memory.ts';
import { RecordStore } from '../../../src/background/record-store.ts';
import { Sync } from '../../../src/background/sync.ts';
import { readOwnText, readTextId } from '../../../src/background/text-messages.ts';
import { entriesToForget, type KeptEntry } from '../../../src/memory/kept-text.ts';
import { blockOf, paragraphs, postText, proseOf } from '../memory/texts.ts';
import { FakeStorage } from './fake-storage.ts';

const DAY = 86_400_000;
let storage: FakeStorage;
let memory: Memory;
const handlersNow = () => {
  const store = new RecordStore();
  return handlersFor(store, memory, new Sync(store));
};
beforeEach(() => {
  storage = new FakeStorage();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  memory = new Memory();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const text = (id: number, ...lines: string[]) => postText(id, paragraphs(...lines));
const idsFor = async (query: string) => (await memory.find(query)).hits.map(({ id }) => id);
const listed = async () => (await memory.posts()).posts.map(({ id }) => id);

describe('a text that was read', () => {
  it('is found, also after a restart of the background, and no other text is', async () => {
    expect(await memory.keep(text(1, '梯度下降', '收敛'), 1)).toEqual({ ok: true });
    await memory.keep(text(2, '另一篇'), 2);
    expect(await idsFor('梯度')).toEqual([1]);
    memory = new Memory();
    const { hits, count } = await memory.find('收敛');
    expect([hits.map(({ id, title }) => [id, title]), count]).toEqual([[[1, '题名 1']], 1]);
    expect(hits[0]?.passage).toEqual([{ text: '收敛', isFormula: false, isHit: true }]);
    expect(hits[0]?.place).toEqual({ at: 1, print: 0, ahead: 0 });
    expect(await listed()).toEqual([2, 1]);
    expect((await memory.posts()).posts[0]?.bytes).toBeGreaterThan(50);
  });

  it('is not kept, found or compared while the setting is off; what was kept stays', async () => {
    await memory.keep(text(1, '梯度'), 1);
    storage.values.set('settings', { keepTexts: false });
    await memory.keep(text(2, '梯度'), 2);
    expect(await idsFor('梯度')).toEqual([]);
    expect(await memory.has(1)).toBe(false);
    expect(await memory.compare(text(1, '变了'), 3)).toBeNull();
    expect(await memory.source(proseOf(1))).toBeUndefined();
    storage.values.set('settings', { keepTexts: true });
    expect(await idsFor('梯度')).toEqual([1]);
  });

  it('can be forgotten alone or with all others', async () => {
    for (const id of [1, 2, 3]) await memory.keep(text(id, '梯度'), id);
    await memory.forget([2]);
    expect(await idsFor('梯度')).toEqual([3, 1]);
    expect(await memory.forget('all')).toEqual({ ok: true });
    expect(await idsFor('梯度')).toEqual([]);
    expect(await listed()).toEqual([]);
    await memory.keep(text(4, '梯度'), 4);
    expect(await new Memory().has(4)).toBe(true);
  });

  it('shares its stored record with other texts, and each can be removed alone', async () => {
    for (const id of [1, 33, 65]) await memory.keep(text(id, `梯度 ${id}`), id);
    await memory.forget([33]);
    memory = new Memory();
    expect(await idsFor('梯度')).toEqual([65, 1]);
    await memory.keep(text(1, '收敛'), 70);
    memory = new Memory();
    expect([await idsFor('梯度'), await listed()]).toEqual([[65], [1, 65]]);
  });

  it('gives way to newer texts if there is no room, the oldest first', () => {
    const post = (id: number, readAt: number): KeptEntry => ({ id, readAt, bytes: 10 });
    const posts = [post(1, 30), post(2, 10), post(3, 20)];
    expect(entriesToForget(posts, 30)).toEqual([]);
    expect(entriesToForget(posts, 29)).toEqual([2]);
    expect(entriesToForget(posts, 10)).toEqual([2, 3]);
  });

  it('is the source of its passages', async () => {
    await memory.keep(postText(7, [blockOf([proseOf(7)])]), 1);
    await memory.keep(postText(8, [blockOf([proseOf(8)])]), 2);
    expect(await memory.source(proseOf(7).slice(40, 140))).toBe(7);
    expect(await memory.source(proseOf(9).slice(40, 140))).toBeUndefined();
  });
});

describe('an opening', () => {
  const opening = (letters = '梯度的开头') => [letters];
  const show = (id: number, letters?: string, now = id) =>
    memory.keepOpenings([{ id, opening: opening(letters) }], now);

  it('is kept for the next background, and is not a text that was read', async () => {
    expect(await show(1, proseOf(1).slice(0, 300))).toEqual({ ok: true });
    memory = new Memory();
    expect(await memory.opening(1)).toEqual([proseOf(1).slice(0, 300)]);
    expect(await memory.opening(2)).toBeNull();
    expect(await memory.find(proseOf(1).slice(20, 30))).toEqual({ hits: [], count: 0 });
    expect(await memory.source(proseOf(1).slice(0, 200))).toBeUndefined();
    expect(await memory.has(1)).toBe(false);
    expect(await memory.compare(text(1, '梯度'), 2)).toBeNull();
    expect(await listed()).toEqual([]);
  });

  it('is kept and shown while the setting is off, and stays when all texts are forgotten', async () => {
    storage.values.set('settings', { keepTexts: false });
    await show(1);
    expect(await memory.opening(1)).toEqual(opening());
    await memory.forget('all');
    await memory.forget([1]);
    expect(await memory.opening(1)).toEqual(opening());
    await memory.forgetOpenings();
    expect(await memory.opening(1)).toBeNull();
  });

  it('stays beside the text of its post', async () => {
    await show(1);
    await memory.keep(text(1, '全文'), 1);
    expect([await memory.opening(1), await idsFor('全文')]).toEqual([opening(), [1]]);
    expect(await idsFor('开头')).toEqual([]);
  });

  it('is removed when all openings have 3 MiB, those shown longest ago first', async () => {
    const long = '字'.repeat(600);
    const entries = (from: number, count: number) =>
      Array.from({ length: count }, (_, at) => ({ id: from + at, opening: [long] }));
    await memory.keep(text(1, '梯度'), 1);
    // Each takes 1,804 bytes.
    const room = Math.floor((3 * 1024 * 1024) / 1_804);
    for (let from = 0; from < room; from += 64)
      await memory.keepOpenings(entries(from + 1, Math.min(64, room - from)), from);
    expect([await memory.opening(1), await memory.opening(room)]).toEqual([[long], [long]]);
    // The first ones are shown again, so that the next ones are the oldest.
    await memory.keepOpenings(entries(1, 3), 10 * DAY);
    await memory.keepOpenings(entries(room + 1, 2), 11 * DAY);
    const kept: number[] = [];
    for (const id of [1, 2, 3, 4, 5, 6, room + 1, room + 2])
      if (await memory.opening(id)) kept.push(id);
    expect(kept).toEqual([1, 2, 3, 6, room + 1, room + 2]);
    expect(await idsFor('梯度')).toEqual([1]);
  });

  it('removes no text if the disk is full', async () => {
    await memory.keep(text(1, '梯度'), 1);
    await show(2);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(await show(3)).toEqual({ ok: false, why: 'full' });
    put.mockRestore();
    expect(await Promise.all([2, 3].map((id) => memory.opening(id)))).toEqual([opening(), null]);
    expect(await idsFor('梯度')).toEqual([1]);
  });

  it('is taken from a listing and shown on any page; a private window may only look', async () => {
    const handlers = handlersNow();
    const LISTING = { url: 'https://kexue.fm/', isTop: true, isPrivate: false };
    const PRIVATE = { ...LISTING, isPrivate: true };
    const OWN = { ...LISTING, url: 'chrome-extension://ours/library.html' };
    const shown = { type: 'openings', openings: [{ id: 9708, opening: opening() }] };
    const details = async (sender: typeof OWN) =>
      replyTo({ type: 'postDetails', id: 9708 }, sender, handlers);
    expect(await replyTo(shown, PRIVATE, handlers)).toEqual({ refused: true });
    expect(await details(LISTING)).toMatchObject({ value: { opening: null } });
    await replyTo(shown, LISTING, handlers);
    for (const sender of [LISTING, PRIVATE, OWN])
      expect(await details(sender)).toMatchObject({ value: { opening: opening() } });
    const forget = { type: 'forgetDiscovered', ids: 'all' };
    expect(await replyTo(forget, LISTING, handlers)).toEqual({ refused: true });
    expect(await replyTo(forget, OWN, handlers)).toEqual({ value: { ok: true } });
    expect(await details(LISTING)).toMatchObject({ value: { opening: null } });
  });

  it('cannot be read if the database cannot be read', async () => {
    await show(1);
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
      },
    });
    memory = new Memory();
    expect(await memory.opening(1)).toBeUndefined();
    expect(await show(2)).toEqual({ ok: false, why: 'failed' });
  });
});

describe('a post that changed', () => {
  const before = () => text(1, '不变', '原来的一段讲收敛');
  const after = () => text(1, '不变', '现在的一段讲收敛');

  it('says what changed until that was seen; the newest text is what is found', async () => {
    await memory.keep(before(), 1);
    expect(await memory.compare(before(), 2)).toEqual({ count: 0, changes: [] });
    const change = {
      before: '原来的一段讲收敛',
      after: '现在的一段讲收敛',
      place: { at: 1, print: 0 },
    };
    expect(await memory.compare(after(), 3)).toEqual({ count: 1, changes: [change] });
    expect(await memory.compare(after(), 4)).toEqual({ count: 1, changes: [change] });
    expect(await memory.changes(1)).toEqual({ count: 1, changes: [change] });
    expect(await idsFor('现在')).toEqual([1]);
    expect(await idsFor('原来')).toEqual([]);
    expect((await memory.posts()).posts[0]?.changed).toBe(1);
    // Reading the post again does not mark the change as seen.
    await memory.keep(after(), 5);
    expect((await memory.compare(after(), 6))?.count).toBe(1);
    await memory.see(1);
    expect(await memory.compare(after(), 7)).toEqual({ count: 0, changes: [] });
    expect(await memory.changes(1)).toBeNull();
    expect((await new Memory().posts()).posts[0]?.changed).toBe(0);
  });

  it('says nothing if the old text came back, or if the post is not kept', async () => {
    await memory.keep(before(), 1);
    await memory.compare(after(), 2);
    expect((await memory.compare(before(), 3))?.count).toBe(0);
    expect(await memory.compare(text(9, '没有读过'), 4)).toBeNull();
    expect(await listed()).toEqual([1]);
  });

  it('says nothing for a week if the text differs at each load', async () => {
    await memory.keep(text(1, '这一页每次打开都不同：这是第 0 次'), 0);
    const counts: (number | undefined)[] = [];
    for (let load = 1; load <= 6; load++)
      counts.push(
        (await memory.compare(text(1, `这一页每次打开都不同：这是第 ${load} 次`), load))?.count,
      );
    expect(counts).toEqual([1, 1, 0, 0, 0, 0]);
    expect(
      (await memory.compare(text(1, '这一页每次打开都不同：一个月后的一次'), 30 * DAY))?.count,
    ).toBe(1);
  });
});

describe('a database that fails', () => {
  it('does nothing if the browser refuses it, and says so when asked', async () => {
    vi.stubGlobal('indexedDB', {
      open() {
        throw new DOMException('A mutation operation was attempted', 'InvalidStateError');
      },
    });
    expect(await memory.keep(text(1, '梯度'), 1)).toEqual({ ok: false, why: 'failed' });
    expect(await memory.find('梯度')).toEqual({ hits: [], count: 0 });
    expect(await memory.compare(text(1, '梯度'), 1)).toBeNull();
    expect(await memory.has(1)).toBe(false);
    expect(await memory.posts()).toEqual({ posts: [], trouble: 'refused' });
  });

  it('from a newer version is left alone until the reader forgets it', async () => {
    await new Promise((resolve) => {
      const opening = indexedDB.open('texts', 99);
      opening.onsuccess = () => resolve(opening.result.close());
    });
    expect(await memory.keep(text(1, '梯度'), 1)).toEqual({ ok: false, why: 'newer' });
    expect(await memory.posts()).toEqual({ posts: [], trouble: 'newer' });
    expect(await memory.forget('all')).toEqual({ ok: true });
    expect(await memory.keep(text(1, '梯度'), 2)).toEqual({ ok: true });
    expect(await memory.posts()).toMatchObject({ trouble: null });
  });

  it('that is full says so and loses nothing, however often a post is opened', async () => {
    for (let id = 1; id <= 20; id++) await memory.keep(text(id, '梯度'), id);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    for (const now of [21, 22, 23])
      expect(await memory.keep(text(21, '梯度'), now)).toEqual({ ok: false, why: 'full' });
    expect(await memory.posts()).toMatchObject({ trouble: 'full' });
    expect(await listed()).toHaveLength(20);
    put.mockRestore();
    expect(await memory.keep(text(21, '梯度'), 24)).toEqual({ ok: true });
    expect(await memory.posts()).toMatchObject({ trouble: null });
    memory = new Memory();
    expect(await listed()).toHaveLength(21);
  });

  it('reports a full disk for each of the errors that browsers throw', async () => {
    const end = (error: DOMException) =>
      vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
        this: IDBObjectStore,
        id,
      ) {
        const { transaction } = this;
        const request = this.getAll(id);
        // Firefox ends the transaction while its requests are pending.
        Object.defineProperty(transaction, 'error', { value: error });
        if (transaction.mode === 'readwrite') transaction.abort();
        return request;
      });
    const show = () => memory.keepOpenings([{ id: 2, opening: ['开头'] }], 2);
    end(new DOMException('exceeded its quota', 'QuotaExceededError'));
    expect(await show()).toEqual({ ok: false, why: 'full' });
    vi.restoreAllMocks();
    end(new DOMException('IO error: FILE_ERROR_NO_SPACE', 'UnknownError'));
    expect(await show()).toEqual({ ok: false, why: 'full' });
    vi.restoreAllMocks();
    expect(await show()).toEqual({ ok: true });
    expect(await memory.keep(text(1, '梯度'), 1)).toEqual({ ok: true });
  });

  it('goes on with the rest if half of its records are lost or replaced', async () => {
    const ids = Array.from({ length: 40 }, (_, at) => at + 1);
    for (const id of ids) await memory.keep(text(id, `梯度 ${id}`), id);
    const garbage = [undefined, null, 7, 'x', [], {}, { id: 3, blocks: [{}], hashes: [] }];
    const infinite = { id: 8, title: '', day: '', length: 1, bytes: Infinity, readAt: 1 };
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('texts');
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = opened.transaction(['texts', 'shards'], 'readwrite');
    for (const id of ids.filter((each) => each % 2 === 0))
      transaction.objectStore('texts').put(garbage[id % garbage.length], id);
    transaction.objectStore('texts').delete(5);
    transaction.objectStore('shards').delete(7);
    transaction
      .objectStore('shards')
      .put([[{ ...infinite, changedAt: [], changed: 0 }, '梯度']], 8);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opened.close();
    memory = new Memory();
    for (const id of ids) {
      expect(await memory.changes(id)).toBeNull();
      expect(await memory.see(id)).toEqual({ ok: true });
      expect(await memory.source(proseOf(id))).toBeUndefined();
    }
    // A search forgets posts whose text is lost; the next search then finds the posts that follow them.
    for (const _ of [1, 2, 3]) {
      await memory.find('梯度');
      await memory.forget([]);
    }
    const whole = ids.filter((id) => id % 2 === 1 && ![5, 7, 39].includes(id));
    expect(await idsFor('梯度')).toEqual(whole.toReversed());
    expect((await memory.find('梯度')).count).toBe(whole.length);
    for (const id of ids)
      expect(await memory.keep(text(id, `梯度 ${id}`), 50 + id)).toEqual({ ok: true });
    expect((await new Memory().find('梯度')).count).toBe(40);
  });

  it('of an earlier version is emptied', async () => {
    await new Promise<void>((resolve) => {
      const opening = indexedDB.open('texts', 1);
      opening.onupgradeneeded = () => {
        for (const name of ['posts', 'texts', 'folds']) opening.result.createObjectStore(name);
        opening.transaction?.objectStore('texts').put({ id: 7 }, 7);
      };
      opening.onsuccess = () => {
        opening.result.close();
        resolve();
      };
    });
    expect(await memory.has(7)).toBe(false);
    expect(await memory.keep(text(7, '梯度'), 1)).toEqual({ ok: true });
    expect(await memory.keepOpenings([{ id: 7, opening: ['开头'] }], 1)).toEqual({ ok: true });
    expect([await memory.opening(7), await idsFor('梯度')]).toEqual([['开头'], [7]]);
  });

  it('that was wiped, or has records that we never wrote, counts as empty', async () => {
    await memory.keep(text(1, '梯度'), 1);
    const opened = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('texts');
      opening.onsuccess = () => resolve(opening.result);
    });
    const transaction = opened.transaction(['texts', 'shards', 'openings'], 'readwrite');
    for (const name of ['texts', 'shards', 'openings'])
      for (const [id, value] of [
        [1, null],
        [2, 'x'],
        [3, { id: 3, blocks: [{}], hashes: [1] }],
        [4, [null, [], [{ id: 4 }, '梯度'], ['x', 5]]],
      ] as const)
        transaction.objectStore(name).put(value, id);
    await new Promise((resolve) => (transaction.oncomplete = resolve));
    opened.close();
    memory = new Memory();
    expect(await idsFor('梯度')).toEqual([]);
    expect(await memory.changes(1)).toBeNull();
    expect(await listed()).toEqual([]);
    for (const id of [1, 2, 3]) expect(await memory.opening(id)).toBeNull();
    expect(await memory.keep(text(1, '梯度'), 2)).toEqual({ ok: true });
    expect(await memory.keepOpenings([{ id: 2, opening: ['开头'] }], 2)).toEqual({ ok: true });
    expect([await idsFor('梯度'), await memory.opening(2)]).toEqual([[1], ['开头']]);
  });
});

describe('several writes at once', () => {
  it('of two tabs with the same post leave one complete text', async () => {
    const [one, other] = [text(1, '梯度', '一'), text(1, '梯度', '二')];
    const answers = await Promise.all([
      memory.keep(one, 1),
      memory.keep(other, 2),
      memory.compare(one, 3),
      memory.keep(text(33, '梯度'), 4),
      memory.compare(other, 5),
    ]);
    expect(answers.filter((answer) => answer && 'ok' in answer && !answer.ok)).toEqual([]);
    memory = new Memory();
    expect([await idsFor('梯度'), await idsFor('二二')]).toEqual([[33, 1], []]);
    expect((await memory.find('"二"')).count + (await memory.find('梯度 二')).count).toBe(1);
    expect((await memory.compare(other, 6))?.count).toBeLessThanOrEqual(1);
  });

  it('that keep and wipe texts end as if one came after the other', async () => {
    const kept = (id: number) => memory.keep(text(id, `梯度 ${id}`), id);
    await Promise.all([kept(1), memory.find('梯度'), kept(2), memory.forget('all'), kept(3)]);
    await Promise.all([memory.forget([3]), kept(3), memory.find('梯度'), kept(35)]);
    expect(await idsFor('梯度')).toEqual([35, 3]);
    memory = new Memory();
    expect([await idsFor('梯度'), await listed()]).toEqual([
      [35, 3],
      [35, 3],
    ]);
  });

  it('leave a complete text or none, wherever the background ends', async () => {
    await memory.keep(text(1, '梯度', '原来'), 1);
    for (let steps = 0; steps < 40; steps++) {
      const id = 100 + steps;
      const ending = new Memory();
      void ending.keep(text(id, `梯度 ${id}`), id);
      for (let step = 0; step < steps; step++) await Promise.resolve();
      // When a background ends, the browser closes its connection; what is not committed is lost.
      const next = new Memory();
      const isKept = await next.has(id);
      expect(await next.keep(text(id, `梯度 ${id}`), id)).toEqual({ ok: true });
      expect([isKept, (await next.find(`"梯度 ${id}"`)).count]).toEqual([expect.any(Boolean), 1]);
    }
    expect((await new Memory().find('梯度')).count).toBe(41);
  });
});

describe('a message with a text', () => {
  const PAGE = { url: 'https://kexue.fm/archives/1', isTop: true, isPrivate: false };

  it('is accepted only from the post’s own page, and from no private window', () => {
    const message = { text: text(1, '梯度') };
    expect(readOwnText(message, PAGE)).toEqual(message);
    for (const sender of [
      { ...PAGE, isPrivate: true },
      { ...PAGE, isTop: false },
      { ...PAGE, url: 'https://kexue.fm/archives/2' },
      { ...PAGE, url: 'https://example.org/archives/1' },
      { ...PAGE, url: undefined },
    ])
      expect(readOwnText(message, sender)).toBeUndefined();
    expect(readTextId({ id: 1 }, PAGE)).toEqual({ id: 1 });
    expect(readTextId({ id: 2 }, PAGE)).toBeUndefined();
  });

  it('lists and forgets nothing in a private window, where the record view offers neither', async () => {
    const handlers = handlersNow();
    const own = { ...PAGE, url: 'chrome-extension://ours/library.html' };
    await memory.keep(text(1, '梯度'), DAY);
    for (const message of [{ type: 'keptPosts' }, { type: 'forgetTexts', ids: 'all' }])
      expect(await replyTo(message, { ...own, isPrivate: true }, handlers)).toEqual({
        refused: true,
      });
    expect(await listed()).toEqual([1]);
    const forget = { type: 'forgetTexts', ids: [1] };
    expect(await replyTo(forget, own, handlers)).toEqual({ value: { ok: true } });
    expect(await listed()).toEqual([]);
  });

  it('is refused if it is invalid, and cut if it is too long', () => {
    const sound = text(1, '梯度');
    const [block] = sound.blocks;
    for (const wrong of [
      null,
      { ...sound, id: '1' },
      { ...sound, title: '' },
      { ...sound, day: 'today' },
      { ...sound, blocks: [] },
      { ...sound, blocks: [{ ...block, kind: 'script' }] },
      { ...sound, blocks: [{ ...block, formulas: [1] }] },
      { ...sound, blocks: [{ ...block, formulas: [2, 1] }] },
      { ...sound, blocks: [{ ...block, formulas: [0, 99] }] },
      { ...sound, blocks: [{ ...block, place: { at: -1, print: 0 } }] },
      { ...sound, blocks: [{ ...block, numbers: [1] }] },
    ])
      expect(readOwnText({ text: wrong }, PAGE)).toBeUndefined();
    const long = text(1, ...Array.from({ length: 100 }, () => '很长的一段'.repeat(400)));
    const kept = readOwnText({ text: long }, PAGE)?.text.blocks.length ?? 0;
    expect(kept).toBeGreaterThan(20);
    expect(kept).toBeLessThan(40);
  });
});
