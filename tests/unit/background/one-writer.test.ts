/** Two backgrounds that run at once: a lock keeps them apart, and each notices what the other wrote. */
import * as fc from '../fc.ts';
import { afterEach, expect, it, vi } from 'vitest';
import { RecordStore } from '../../../src/background/record-store.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import { PATIENCE, report, runs } from '../runs.ts';
import { FakeStorage } from './fake-storage.ts';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Grants a lock to one request after the other, as a browser does. */
class FakeLocks {
  #last: Promise<unknown> = Promise.resolve();

  request = <Value>(_name: string, work: () => Promise<Value>): Promise<Value> => {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  };
}

it(
  'many pages lose no mark that was acknowledged',
  async () => {
    let acknowledged = 0;
    const act = fc.record({ by: fc.nat({ max: 1 }), post: fc.integer({ min: 1, max: 300 }) });
    const burst = fc.array(act, { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 12 }), async (bursts) => {
        const storage = new FakeStorage();
        vi.stubGlobal('browser', storage.in('chromium'));
        vi.stubGlobal('navigator', { locks: new FakeLocks() });
        const stores = [new RecordStore(), new RecordStore()];
        const marked = new Set<number>();
        let sent = 0;
        for (const acts of bursts) {
          const answers = acts.map(async ({ by, post }) => {
            const changes = [{ post, mark: { kind: 'later' as const } }];
            const answer = await stores[by]?.enqueue({ type: 'mark', id: `id-${sent++}`, changes });
            if (answer?.ok) marked.add(post);
          });
          await Promise.all(answers);
        }
        acknowledged += marked.size;
        const { record } = decodeRecord(storage.values.get('record'));
        expect(new Set(record.keys())).toEqual(marked);
      }),
      { numRuns: runs(400) },
    );
    expect(acknowledged).toBeGreaterThan(0);
    report('two backgrounds at once', { stories: runs(400), acknowledged, lost: 0 });
  },
  PATIENCE,
);

it('an error of the lock is answered, and the next request is carried out', async () => {
  const storage = new FakeStorage();
  vi.stubGlobal('browser', storage.in('chromium'));
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  const locks = new FakeLocks();
  vi.stubGlobal('navigator', { locks });
  vi.spyOn(locks, 'request').mockRejectedValueOnce(new Error('locks are gone'));
  const store = new RecordStore();
  const mark = (id: string, post: number) =>
    store.enqueue({ type: 'mark', id, changes: [{ post, mark: { kind: 'later' } }] });
  expect(await Promise.all([mark('a', 1), mark('b', 2)])).toEqual([
    { ok: false, why: 'failed' },
    { ok: true, step: 'b', stamps: [expect.anything()] },
  ]);
  expect([...decodeRecord(storage.values.get('record')).record.keys()]).toEqual([2]);
});
