/**
 * Acts and undos while the clock jumps by years, also before 2009: the marks and the undo list must be those of
 * a model that has no clock. `npm run soak` does 10,000 runs.
 */
import * as fc from '../fc.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordStore, type RecordRequest } from '../../../src/background/record-store.ts';
import { UNDO_KEYS } from '../../../src/platform/storage.ts';
import { decodeRecord } from '../../../src/record/codec.ts';
import type { Mark } from '../../../src/record/marks.ts';
import { decodeSteps } from '../../../src/record/undo-steps.ts';
import { mark } from '../record/arbitraries.ts';
import { PATIENCE, report, runs } from '../runs.ts';
import { FakeStorage } from './fake-storage.ts';
import { marksText, type PlainRequest, PossibleRecord, stepsText } from './possible-records.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const YEAR = 31_556_952_000;
let storage: FakeStorage;
let store: RecordStore;

beforeEach(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  restart();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function restart(): void {
  storage = new FakeStorage();
  store = new RecordStore();
  vi.stubGlobal('browser', storage.in('chromium'));
}

const steps = () => decodeSteps(UNDO_KEYS.map((key) => storage.values.get(key)));
const marks = () =>
  marksText(
    new Map(
      [...decodeRecord(storage.values.get('record')).record].map(([post, entry]) => [
        post,
        entry.mark,
      ]),
    ),
  );

type ClockEvent =
  | { does: 'mark'; marks: [number, Mark][] }
  | { does: 'undo'; back: number }
  | { does: 'jump'; years: number }
  | { does: 'pass'; ms: number }
  | { does: 'restart' };
const event: fc.Arbitrary<ClockEvent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      does: fc.constant('mark' as const),
      marks: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 4 }), mark), {
        minLength: 1,
        maxLength: 3,
        selector: ([post]) => post,
      }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('undo' as const), back: fc.nat({ max: 10 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('jump' as const),
      years: fc.integer({ min: -60, max: 60 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('pass' as const), ms: fc.nat({ max: 900_000_000 }) }),
  },
  { weight: 1, arbitrary: fc.constant<ClockEvent>({ does: 'restart' }) },
);

it(
  'jumps of the clock change neither marks nor the undo list',
  async () => {
    let undone = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 25 }), async (story) => {
        restart();
        vi.setSystemTime(NOW);
        let expected = new PossibleRecord();
        const sent: string[] = [];
        for (const each of story) {
          if (each.does === 'jump') vi.setSystemTime(NOW + each.years * YEAR);
          if (each.does === 'pass') vi.setSystemTime(Date.now() + each.ms);
          if (each.does === 'restart') store = new RecordStore();
          if (each.does !== 'mark' && each.does !== 'undo') continue;
          const id = `id-${sent.length}`;
          const plain: PlainRequest =
            each.does === 'mark'
              ? { id, do: 'act', marks: each.marks }
              : { id, do: 'undo', step: sent.at(-1 - each.back) ?? 'none' };
          const request: RecordRequest =
            plain.do === 'act'
              ? {
                  type: 'mark',
                  id,
                  changes: plain.marks.map(([post, to]) => ({ post, mark: to })),
                }
              : { type: 'undo', id, step: plain.do === 'undo' ? plain.step : '' };
          const answer = await store.enqueue(request);
          if (plain.do === 'undo' && answer.ok) undone++;
          sent.push(id);
          expected = expected.after(plain);
          expect(stepsText(steps())).toBe(expected.steps);
          if (storage.values.has('record')) expect(marks()).toBe(expected.marks);
        }
      }),
      { numRuns: runs(500) },
    );
    expect(undone).toBeGreaterThan(0);
    report('clock jumps', { stories: runs(500), undone, differences: 0 });
  },
  PATIENCE,
);

describe('a step', () => {
  const act = (post: number) =>
    store.enqueue({
      type: 'mark',
      id: `act-${post}`,
      changes: [{ post, mark: { kind: 'later' } }],
    });

  it('that is no longer in the list is reported as gone, and changes nothing', async () => {
    for (let post = 1; post <= 70; post++) await act(post);
    const before = structuredClone([...storage.values]);
    expect(await store.enqueue({ type: 'undo', id: 'u', step: 'act-1' })).toEqual({
      ok: false,
      why: 'gone',
    });
    expect([...storage.values]).toEqual(before);
  });

  it('that comes after the counters were lost is still the newest', async () => {
    for (let post = 1; post <= 5; post++) await act(post);
    storage.values.set('counters', 'damaged');
    store = new RecordStore();
    await act(6);
    expect(steps().map(({ id }) => id)).toEqual([6, 5, 4, 3, 2, 1].map((n) => `act-${n}`));
  });
});
