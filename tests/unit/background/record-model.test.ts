/**
 * Random requests from several pages at once, some sent again, with a storage that can refuse, be full or
 * kill the worker at any call, while the clock jumps by years: no acknowledged mark is lost, and no mark
 * appears that nobody made. SEED=… sets another random seed.
 */
import * as fc from '../fc.ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RecordStore, type RecordRequest } from '../../../src/background/record-store.ts';
import { decodeBackup } from '../../../src/record/backups.ts';
import { decodeRecord, encodeRecord } from '../../../src/record/codec.ts';
import type { Entry, Mark } from '../../../src/record/marks.ts';
import { decodeSteps } from '../../../src/record/undo-steps.ts';
import type { Answer } from '../../../src/app/messages.ts';
import { BACKUP_KEYS, UNDO_KEYS } from '../../../src/platform/storage.ts';
import { EARLIEST, mark } from '../record/arbitraries.ts';
import { PATIENCE, report, runs } from '../runs.ts';
import { FakeStorage, type Fault } from './fake-storage.ts';
import { marksText, type PlainRequest, PossibleRecord, stepsText } from './possible-records.ts';

const RUNS = runs(1_000);
const SEED = Number(process.env['SEED'] ?? 20_261_122);
const NOW = Date.UTC(2026, 10, 22, 12);
const YEAR = 31_556_952_000;
/** Times before and after all times to which the clock jumps. */
const LONG_AGO = Date.UTC(2010, 0);
const FAR_AHEAD = Date.UTC(2100, 0);
const JUMPS = { min: -15, max: 60 };

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** The background with its storage, and what is stored. */
class Stage {
  readonly storage = new FakeStorage();
  #store = new RecordStore();
  #died = this.#awaitDeath();

  constructor() {
    vi.stubGlobal('browser', this.storage.in('chromium'));
  }

  #awaitDeath(): Promise<undefined> {
    return new Promise((resolve) => {
      this.storage.onDeath = () => resolve(undefined);
    });
  }

  /** An answer is undefined if the worker died before it; the next request starts a new worker. */
  async ask(requests: readonly RecordRequest[]): Promise<(Answer | undefined)[]> {
    const died = this.#died;
    let dead = false;
    void died.then(() => (dead = true));
    const answers = await Promise.all(
      requests.map((request) => Promise.race([this.#store.enqueue(request), died])),
    );
    if (dead) this.kill();
    return answers;
  }

  kill(): void {
    this.#store = new RecordStore();
    this.#died = this.#awaitDeath();
  }

  get marks(): string {
    const { values } = this.storage;
    const { record, damaged } = decodeRecord(values.get('record'), values.get('journal'));
    expect(damaged).toEqual([]);
    return marksText(new Map([...record].map(([post, entry]) => [post, entry.mark])));
  }

  get steps(): string {
    return stepsText(decodeSteps(UNDO_KEYS.map((key) => this.storage.values.get(key))));
  }

  get backups(): { slot: number; time: number; marks: string }[] {
    return BACKUP_KEYS.flatMap((key, slot) => {
      const backup = decodeBackup(this.storage.values.get(key));
      if (!backup) return [];
      const { record } = decodeRecord(backup.snapshot);
      const marks = marksText(new Map([...record].map(([post, entry]) => [post, entry.mark])));
      return [{ slot, time: backup.time, marks }];
    });
  }
}

/** Entries of another device: from long before all acts here if `clock` < 0, else from after them. */
function snapshotOf(marks: readonly [number, Mark][], clock: number): string {
  const time = (clock < 0 ? LONG_AGO : FAR_AHEAD) + clock;
  const entries = marks.map(([post, each]): [number, Entry] => [
    post,
    { mark: each, stamp: { time, tick: 0, device: 'other' } },
  ]);
  return encodeRecord(new Map(entries));
}

/** The clock of the nth request's entries, which are older than all acts here, or newer. */
function clockOf(isOld: boolean, n: number): number {
  return isOld ? n - 1_000 : n + 1;
}

/** A mark as a page sends it. Some are made while the clock says 1970; the store moves them to the earliest time. */
function asMade(mark: Mark): Mark {
  return mark.kind === 'read' && mark.at === EARLIEST ? { ...mark, at: 0 } : mark;
}

function messageOf(request: PlainRequest): RecordRequest {
  const { id } = request;
  switch (request.do) {
    case 'act':
      return {
        type: 'mark',
        id,
        changes: request.marks.map(([each, to]) => ({ post: each, mark: asMade(to) })),
      };
    case 'undo':
      return { type: 'undo', id, step: request.step };
    case 'merge':
      return {
        type: 'merge',
        id,
        source: 'import',
        entries: snapshotOf(request.marks, request.clock),
      };
  }
}

const post = fc.integer({ min: 1, max: 5 });
const marks = fc.uniqueArray(fc.tuple(post, mark), {
  minLength: 1,
  maxLength: 4,
  selector: ([each]) => each,
});
const manyMarks = fc
  .tuple(mark, fc.integer({ min: 60, max: 70 }))
  .map(([each, n]) => Array.from({ length: n }, (_, i): [number, Mark] => [i + 1, each]));

/** What a page requests; `back` counts back from the last request. */
type Wish =
  | { do: 'act'; marks: [number, Mark][] }
  | { do: 'merge'; marks: [number, Mark][]; isOld: boolean }
  | { do: 'undo' | 'again'; back: number };
const back = fc.nat({ max: 12 });
const wish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('act' as const), marks }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('act' as const), marks: manyMarks }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('merge' as const), marks, isOld: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('undo' as const), back }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('again' as const), back }) },
);

/** The request for a wish, after those that were sent; one of these if it is to be sent again. */
function requestOf(wish: Wish, sent: readonly PlainRequest[]): PlainRequest {
  const id = `id-${sent.length}`;
  if (wish.do === 'act') return { id, ...wish };
  if (wish.do === 'merge')
    return { id, do: 'merge', marks: wish.marks, clock: clockOf(wish.isOld, sent.length) };
  const earlier = sent.at(-1 - wish.back);
  if (wish.do === 'again' && earlier) return earlier;
  return { id, do: 'undo', step: earlier?.id ?? 'none' };
}

/** What may be stored after a request. A request that was not acknowledged may have been applied or not. */
function possibleAfter(
  records: readonly PossibleRecord[],
  request: PlainRequest,
  answer: Answer | undefined,
): PossibleRecord[] {
  const applied = records.map((record) => record.after(request));
  return answer?.ok ? applied : [...records, ...applied];
}

interface Burst {
  /** What several pages request at once. */
  wishes: Wish[];
  fault: Fault | null;
  /** Bytes that are left in the storage during this burst; null for no limit. */
  room: number | null;
  killedBefore: boolean;
  /** Before the burst the clock jumps to this many years from NOW. */
  jump: number | null;
}
const burst: fc.Arbitrary<Burst> = fc.record({
  wishes: fc.array(wish, { minLength: 1, maxLength: 6 }),
  fault: fc.option(
    fc.record({
      at: fc.nat({ max: 12 }),
      how: fc.constantFrom<Fault['how']>('fails', 'fails after', 'dies', 'dies after'),
    }),
  ),
  room: fc.option(fc.nat({ max: 2_000 }), { freq: 4 }),
  killedBefore: fc.boolean(),
  jump: fc.option(fc.integer(JUMPS), { freq: 2 }),
});

it(
  'the record has all acknowledged acts, and of the others only those that were sent',
  async () => {
    const seen = { acknowledged: 0, refused: 0, died: 0, full: 0, jumps: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(burst, { minLength: 1, maxLength: 9 }), async (bursts) => {
        vi.setSystemTime(NOW);
        const stage = new Stage();
        const { storage } = stage;
        const sent: PlainRequest[] = [];
        let wasFull = false;
        let records = [new PossibleRecord()];
        for (const { wishes, fault, room, killedBefore, jump } of bursts) {
          if (killedBefore) stage.kill();
          if (jump !== null) {
            vi.setSystemTime(NOW + jump * YEAR);
            seen.jumps++;
          }
          storage.faults = fault ? [{ ...fault, at: storage.calls + fault.at }] : [];
          storage.quota = Infinity;
          if (room !== null) storage.room = room;
          wasFull ||= room !== null;

          const requests = wishes.map((each) => {
            const request = requestOf(each, sent);
            if (!sent.includes(request)) sent.push(request);
            return request;
          });
          const answers = await stage.ask(requests.map(messageOf));

          for (const [i, request] of requests.entries()) {
            const answer = answers[i];
            seen[answer ? (answer.ok ? 'acknowledged' : 'refused') : 'died']++;
            if (answer && !answer.ok && answer.why === 'full') seen.full++;
            records = possibleAfter(records, request, answer);
          }
          const [storedMarks, storedSteps] = [stage.marks, stage.steps];
          const possible = records.filter(
            (record) =>
              record.marks === storedMarks &&
              // When the storage is full, steps are removed, the oldest first.
              (wasFull ? record.steps.startsWith(storedSteps) : record.steps === storedSteps),
          );
          expect(
            possible.length,
            `stored: ${storedMarks} ${storedSteps}, possible: ${records[0]?.marks} ${records[0]?.steps}`,
          ).toBeGreaterThan(0);
          records = [...new Map(possible.map((record) => [record.history, record])).values()];
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Each kind of event occurred often enough.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(RUNS / 10);
    report('store faults with clock jumps', { stories: RUNS, ...seen, lost: 0, invented: 0 });
  },
  PATIENCE,
);

describe('whatever call of the storage goes wrong', () => {
  const read = (day: number): Mark => ({ kind: 'read', at: NOW - day * 86_400_000, by: 'hand' });
  const many = (mark: Mark, from: number, n: number) =>
    Array.from({ length: n }, (_, i): [number, Mark] => [from + i, mark]);
  /** One request of each kind. */
  const script: PlainRequest[] = [
    { id: 'later', do: 'act', marks: [[1, { kind: 'later' }]] },
    { id: 'progress', do: 'act', marks: [[2, { kind: 'reading', fraction: 0.3 }]] },
    { id: 'series', do: 'act', marks: many(read(1), 1, 20) },
    { id: 'undo-series', do: 'undo', step: 'series' },
    { id: 'undo-later', do: 'undo', step: 'later' },
    { id: 'import', do: 'merge', marks: many(read(2), 10, 80), clock: 1 },
    { id: 'read', do: 'act', marks: [[12, { kind: 'unread' }]] },
    { id: 'undo-import', do: 'undo', step: 'import' },
    { id: 'filter', do: 'act', marks: many({ kind: 'later' }, 5, 30) },
    { id: 'last', do: 'act', marks: [[7, read(0)]] },
  ];
  const messages = script.map(messageOf);
  const final = script.reduce((record, request) => record.after(request), new PossibleRecord());

  /** Like a page, sends each request again until it is acknowledged. */
  async function play(stage: Stage): Promise<void> {
    // All of it is sent once more, much later.
    for (const message of [...messages, ...messages]) {
      for (let tries = 0; ; tries++) {
        const [answer] = await stage.ask([message]);
        if (answer?.ok) break;
        expect(tries).toBeLessThan(2);
      }
    }
  }

  async function outcome(faults: Fault[]) {
    const stage = new Stage();
    stage.storage.faults = faults;
    await play(stage);
    return { stage, calls: stage.storage.calls };
  }

  it('no call fails at first', async () => {
    const { stage } = await outcome([]);
    expect(stage.marks).toBe(final.marks);
    expect(stage.steps).toBe(final.steps);
    expect(stage.backups.length).toBeGreaterThan(4);
  });

  it.each(['fails', 'fails after', 'dies', 'dies after'] as const)(
    'each call fails in turn %s its effect: all acts sent again are stored once',
    async (how) => {
      const { calls } = await outcome([]);
      expect(calls).toBeGreaterThan(12);
      for (let at = 0; at < calls; at++) {
        const { stage } = await outcome([{ at, how }]);
        expect(stage.marks, `${how} at call ${at}`).toBe(final.marks);
        expect(stage.steps, `${how} at call ${at}`).toBe(final.steps);
      }
    },
  );

  it('any two calls fail', async () => {
    const { calls } = await outcome([]);
    const fault = fc.record({
      at: fc.nat({ max: calls }),
      how: fc.constantFrom<Fault['how']>('fails', 'fails after', 'dies', 'dies after'),
    });
    await fc.assert(
      fc.asyncProperty(fault, fault, async (a, b) => {
        const { stage } = await outcome([a, b]);
        expect(stage.marks).toBe(final.marks);
        expect(stage.steps).toBe(final.steps);
      }),
      { numRuns: runs(200), seed: SEED },
    );
  });
});
