/** What record.ts runs inside a page of an extension: our reading and marking beside the least. */
import { decode, encodeSnapshot, StoredRecord } from '../../src/record/codec.ts';
import type { Entry } from '../../src/record/marks.ts';
import { act } from '../../src/app/messages.ts';
import { DRAWN_FROM, load, RECORD, save } from '../../src/platform/storage.ts';

interface Area {
  get(keys: string): Promise<Record<string, unknown>>;
  set(values: object): Promise<void>;
}
const { browser, chrome } = globalThis as never as Record<
  'browser' | 'chrome',
  { storage: { local: Area }; runtime: { sendMessage(message: unknown): Promise<unknown> } }
>;
const api = (browser as typeof browser | undefined) ?? chrome;

/** Stores a record of so many marks, most of them read, and the floor beside it. */
export async function fill(marks: number): Promise<number> {
  const entries = Array.from({ length: marks }, (_, i): [number, Entry] => [
    i + 1,
    {
      mark: {
        kind: 'read',
        at: Date.UTC(2026, 0) + (i % 3) * 86_400_000,
        by: i % 2 ? 'hand' : 'reading',
      },
      stamp: { time: Date.UTC(2026, 0) + i, tick: 0, device: 'k3f9x0zz' },
    },
  ]);
  const record = encodeSnapshot(new Map(entries));
  await save({ record, journal: [] });
  // Of the same size also when the browser packs it.
  await api.storage.local.set({ floor: record });
  return record.length;
}

/** More posts than a listing page and the lists that it opens ask for. */
const ASKED = 50;

/**
 * ms of one reading, over a batch: of some posts, the same with all else that a page is drawn from, of
 * every post, or a string of its size as it is.
 */
export async function read(
  what: 'ours' | 'drawn' | 'whole' | 'floor',
  batch: number,
): Promise<number> {
  let found = 0;
  const start = performance.now();
  for (let i = 0; i < batch; i++) {
    if (what === 'floor') {
      found += String((await api.storage.local.get('floor'))['floor']).length;
      continue;
    }
    const { record, journal } = await load(what === 'drawn' ? DRAWN_FROM : RECORD);
    if (what === 'whole') found += decode(record, journal).record.size;
    else {
      const marks = new StoredRecord(record, journal);
      for (let post = 1; post <= ASKED * 20; post += 20) found += marks.get(post) ? 1 : 0;
    }
  }
  const each = (performance.now() - start) / batch;
  if (found === 0) throw new Error('nothing was read');
  return each;
}

/** ms from an act to its answer, one after the other. */
export async function mark(what: 'ours' | 'floor', batch: number): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < batch; i++) {
    const message =
      what === 'ours' ? act([{ post: (i % 900) + 1, mark: { kind: 'later' } }]) : { set: i };
    const answer = (await api.runtime.sendMessage(message)) as { ok?: boolean } | undefined;
    if (answer?.ok !== true) throw new Error(`not stored: ${JSON.stringify(answer)}`);
  }
  return (performance.now() - start) / batch;
}
