import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Outbox } from '../../../src/background/outbox.ts';
import { RecordStore } from '../../../src/background/record-store.ts';
import { newOutboxKey } from '../../../src/platform/storage.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { FakeStorage } from './fake-storage.ts';

let storage: FakeStorage;
beforeEach(() => {
  storage = new FakeStorage();
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const later = (id: string, post: number) => ({
  id,
  changes: [{ post, mark: { kind: 'later' } }],
});
const marked = () => [...decodeRecord(storage.values.get('record')).record.keys()];

it('marks that closed pages left are stored once, and the outbox is emptied', async () => {
  const store = new RecordStore();
  await store.enqueue({ type: 'mark', id: 'a', changes: [{ post: 1, mark: { kind: 'later' } }] });
  await store.enqueue({ type: 'mark', id: 'b', changes: [{ post: 1, mark: { kind: 'unread' } }] });
  storage.values.set('outbox-3', [later('a', 1), later('c', 2)]).set('outbox-9', [later('d', 3)]);
  await new Outbox(store).empty();
  expect(marked()).toEqual([1, 2, 3]);
  expect(decodeRecord(storage.values.get('record')).record.get(1)?.mark).toEqual({
    kind: 'unread',
  });
  expect(storage.keys('outbox-')).toEqual([]);
});

it('what a page leaves while the marks of another are stored is stored too', async () => {
  const store = new RecordStore();
  const enqueue = store.enqueue.bind(store);
  storage.values.set(newOutboxKey(), [later('a', 1)]);
  vi.spyOn(store, 'enqueue').mockImplementationOnce((request) => {
    storage.values.set(newOutboxKey(), [later('b', 2)]);
    return enqueue(request);
  });
  await new Outbox(store).empty();
  expect(marked()).toEqual([1]);
  await new Outbox(store).empty();
  expect(marked()).toEqual([1, 2]);
});

it('an undo that a closed page left is carried out; one whose step is gone is dropped', async () => {
  const store = new RecordStore();
  await store.enqueue({ type: 'mark', id: 'a', changes: [{ post: 1, mark: { kind: 'later' } }] });
  storage.values.set('outbox-0', [
    { id: 'b', step: 'a' },
    { id: 'c', step: 'gone' },
  ]);
  await new Outbox(store).empty();
  expect(decodeRecord(storage.values.get('record')).record.get(1)?.mark).toEqual({
    kind: 'unread',
  });
  expect(storage.keys('outbox-')).toEqual([]);
});

it('what is unsound there is dropped', async () => {
  const unsound = [5, null, later('a b', 1), later('e', 0), { id: 'f' }];
  storage.values.set('outbox-0', [...unsound, later('g', 4)]).set('outbox-1', 'x');
  await new Outbox(new RecordStore()).empty();
  expect(marked()).toEqual([4]);
  expect(storage.keys('outbox-')).toEqual([]);
});

it('what cannot be stored stays there', async () => {
  storage.values.set('outbox-0', [later('a', 1)]);
  storage.fails = 'An unexpected error occurred';
  await new Outbox(new RecordStore()).empty();
  expect(storage.keys('outbox-')).toEqual(['outbox-0']);
  storage.fails = '';
  await new Outbox(new RecordStore()).empty();
  expect(marked()).toEqual([1]);
});

it('is read again when a page has left more, and not otherwise', async () => {
  const outbox = new Outbox(new RecordStore());
  await outbox.empty();
  storage.values.set('outbox-0', [later('a', 1)]);
  await outbox.empty();
  expect(marked()).toEqual([]);
  outbox.lookAgain();
  await outbox.empty();
  expect(marked()).toEqual([1]);
});
