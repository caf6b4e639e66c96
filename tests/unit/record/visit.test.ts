import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  advance,
  beginVisit,
  coverage,
  coverageToHaveRead,
  goOn,
  outcome,
  secondsToHaveRead,
  type Visit,
  type VisitEvent,
} from '../../../src/record/visit.ts';
import { runs } from '../runs.ts';

/** An estimate of 16 minutes, in seconds; the post is read after at least 4 minutes. */
const LONG = 960;
const SHORT = 30;

/** A reader at a post: sends the events that a page would send, one tick each second, with input if active. */
class Reader {
  now = 1_000;
  visit: Visit;

  constructor(estimate: number, visible = true) {
    this.visit = beginVisit(estimate, this.now, visible);
  }

  /** Sends an event that changes these fields and leaves the others as they were. */
  tell(change: Partial<VisitEvent>): this {
    const { visible, view, edges } = this.visit;
    this.visit = advance(this.visit, {
      now: this.now,
      acted: false,
      touched: false,
      visible,
      view,
      edges,
      ...change,
    });
    return this;
  }

  /** Brings from..to of the article into view, as fractions of its height. */
  looksAt(from: number, to: number): this {
    return this.tell({ view: { from, to } });
  }

  /** Lets seconds pass, with or without input. */
  stays(seconds: number, active = true): this {
    for (let i = 0; i < seconds; i++) {
      this.now += 1;
      this.tell({ acted: active, touched: active });
    }
    return this;
  }

  /** Scrolls from the beginning to `to` in this time, with a fifth of the article in view. */
  scrolls(to: number, seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      const at = (to - 0.2) * (seconds === 1 ? 1 : i / (seconds - 1));
      this.looksAt(at, at + 0.2).stays(1);
    }
    return this;
  }

  hides(): this {
    return this.tell({ visible: false, acted: true });
  }

  returns(): this {
    return this.tell({ visible: true, acted: true });
  }

  get outcome() {
    return outcome(this.visit, 'normal').kind;
  }
}

describe('a visit is', () => {
  it.each<[what: string, reader: Reader, outcome: string]>([
    ['nothing at all before anything happened', new Reader(LONG), 'none'],
    ['none when opened and closed', new Reader(LONG).looksAt(0, 0.2).stays(3), 'none'],
    ['none when skimmed to the end in 5 s', new Reader(LONG).scrolls(1, 5), 'none'],
    [
      'none when 8 s pass and nothing of the article is in view',
      new Reader(LONG).stays(20),
      'none',
    ],
    ['reading after a while at the head', new Reader(LONG).looksAt(0, 0.2).stays(30), 'reading'],
    ['reading, not read, when skimmed in a minute', new Reader(LONG).scrolls(1, 60), 'reading'],
    ['reading at half the way in full time', new Reader(LONG).scrolls(0.5, 600), 'reading'],
    [
      'reading, not read, when only the end is stared at',
      new Reader(LONG).looksAt(0.8, 1).stays(600),
      'reading',
    ],
    [
      'none without the reader’s touch, whatever a script scrolls',
      new Reader(LONG).looksAt(0, 1).tell({ acted: true }).stays(900, false),
      'none',
    ],
    ['read when read through', new Reader(LONG).scrolls(1, 600), 'read'],
    ['read in a quarter of the time', new Reader(LONG).scrolls(1, 245), 'read'],
    ['not yet read in less than that', new Reader(LONG).scrolls(1, 230), 'reading'],
    [
      'not yet read for a short post in view for 15 s',
      new Reader(SHORT).looksAt(0, 1).stays(15),
      'reading',
    ],
    ['read for a short post in view for 20 s', new Reader(SHORT).looksAt(0, 1).stays(20), 'read'],
    ['none for a short post glanced at', new Reader(SHORT).looksAt(0, 1).stays(6), 'none'],
    [
      'none in a tab that was never shown',
      new Reader(SHORT, false).looksAt(0, 1).stays(600, false),
      'none',
    ],
    ['none when hidden at once', new Reader(SHORT).looksAt(0, 1).hides().stays(600, false), 'none'],
    [
      'read when away for an hour in between',
      new Reader(SHORT).looksAt(0, 1).stays(12).hides().stays(3_600, false).returns().stays(12),
      'read',
    ],
  ])('%s', (_, reader, kind) => {
    expect(reader.outcome).toBe(kind);
  });
});

describe('time', () => {
  it('stops 60 s after the last touch', () => {
    const left = new Reader(LONG).looksAt(0, 1).stays(10).stays(1_000, false);
    expect(left.visit.activeSeconds).toBe(70);
    expect(left.outcome).toBe('reading');
  });

  it('goes on with the next touch, without the time in between', () => {
    const back = new Reader(LONG).looksAt(0, 1).stays(10).stays(1_000, false).stays(11);
    // The first input ends the pause; ten more seconds count.
    expect(back.visit.activeSeconds).toBe(80);
  });

  it('stops while the page is hidden', () => {
    const reader = new Reader(LONG).looksAt(0, 1).stays(10).hides().stays(30, false);
    expect(reader.visit.activeSeconds).toBe(10);
    expect(reader.returns().stays(5).visit.activeSeconds).toBe(15);
  });

  it('does not depend on how often the page reads the clock', () => {
    const often = new Reader(LONG).looksAt(0, 0.5).stays(50, false);
    const once = new Reader(LONG).looksAt(0, 0.5);
    once.tell({ now: once.now + 50 });
    expect(once.visit.activeSeconds).toBe(often.visit.activeSeconds);
    expect(coverage(once.visit)).toBe(coverage(often.visit));
  });

  it('that goes backwards adds nothing and takes nothing', () => {
    const reader = new Reader(LONG).looksAt(0, 1).stays(10);
    const before = reader.visit;
    reader.tell({ now: reader.now - 500 });
    expect(reader.visit.activeSeconds).toBe(before.activeSeconds);
    expect(coverage(reader.visit)).toBe(coverage(before));
    reader.tell({});
    expect(reader.visit.activeSeconds).toBe(before.activeSeconds);
    expect(reader.stays(5).visit.activeSeconds).toBe(before.activeSeconds + 5);
  });
});

describe('coverage', () => {
  it.each([
    [0, 0.25, 0.25],
    [0.25, 0.75, 0.5],
    [0, 1, 1],
    [0.5, 0.5, 0],
    [0.7, 0.3, 0],
  ])('of %d to %d in view is %d', (from, to, share) => {
    expect(coverage(new Reader(LONG).looksAt(from, to).stays(2).visit)).toBeCloseTo(share, 2);
  });

  it('needs a second in view: what scrolls past faster is not seen', () => {
    const reader = new Reader(LONG).looksAt(0, 0.5);
    reader.now += 0.5;
    reader.looksAt(0.5, 1);
    reader.now += 0.5;
    reader.tell({});
    expect(coverage(reader.visit)).toBe(0);
  });

  it('of the same place twice counts once, and is kept when the reader goes back', () => {
    const reader = new Reader(LONG).looksAt(0, 0.3).stays(5).looksAt(0.3, 0.6).stays(5);
    reader.looksAt(0, 0.3).stays(5);
    expect(coverage(reader.visit)).toBeCloseTo(0.6, 2);
  });

  it('stays with its paragraphs when the page grows late', () => {
    // Two paragraphs of equal height; the first is seen. Then formulas make the second three times as high.
    const reader = new Reader(LONG)
      .tell({ edges: [0, 0.5] })
      .looksAt(0, 0.5)
      .stays(5);
    expect(coverage(reader.visit)).toBeCloseTo(0.5, 2);
    reader.tell({ edges: [0, 0.25] });
    expect(coverage(reader.visit)).toBeCloseTo(0.25, 2);
    // Then a part of the second paragraph comes into view.
    expect(coverage(reader.looksAt(0.25, 0.5).stays(5).visit)).toBeCloseTo(0.5, 2);
  });
});

describe('progress', () => {
  it('is the coverage if the reader takes enough time', () => {
    const reader = new Reader(LONG).scrolls(0.4, 300);
    expect(outcome(reader.visit, 'normal')).toEqual({
      kind: 'reading',
      fraction: coverage(reader.visit),
    });
  });

  it('is the share of time if the reader skims, or sees all at once', () => {
    for (const reader of [
      new Reader(LONG).scrolls(1, 60),
      new Reader(LONG).looksAt(0, 1).stays(60),
    ])
      expect(outcome(reader.visit, 'normal')).toEqual({ kind: 'reading', fraction: 60 / 240 });
  });

  it('adds up over two sittings until the post is read', () => {
    const first = outcome(new Reader(LONG).scrolls(0.5, 300).visit, 'normal');
    if (first.kind !== 'reading') throw new Error(first.kind);
    const second = new Reader(LONG);
    second.visit = goOn(second.visit, first.fraction, 'normal');
    second.looksAt(first.fraction, 0.75).stays(100);
    expect(second.outcome).toBe('reading');
    expect(second.looksAt(0.75, 1).stays(100).outcome).toBe('read');
  });

  it('does not add up to read from a skim and a glance', () => {
    const skim = outcome(new Reader(LONG).scrolls(1, 60).visit, 'normal');
    if (skim.kind !== 'reading') throw new Error(skim.kind);
    const glance = new Reader(LONG);
    glance.visit = goOn(glance.visit, skim.fraction, 'normal');
    expect(glance.looksAt(0, 1).stays(30).outcome).toBe('reading');
  });
});

describe('strictness', () => {
  it.each([
    ['loose', 0.8, 10, 120],
    ['normal', 0.9, 20, 240],
    ['strict', 0.95, 40, 480],
  ] as const)('%s wants %d seen, %d s at least, %d s of 16 minutes', (how, seen, least, long) => {
    expect(coverageToHaveRead(how)).toBeCloseTo(seen, 6);
    expect(secondsToHaveRead(0, how)).toBe(least);
    expect(secondsToHaveRead(LONG, how)).toBe(long);
    const reader = new Reader(LONG).looksAt(0, seen + 0.01).stays(long - 1);
    expect(outcome(reader.visit, how).kind).toBe('reading');
    expect(outcome(reader.stays(1).visit, how).kind).toBe('read');
    const short = new Reader(LONG).looksAt(0, seen - 0.02).stays(long + 10);
    expect(outcome(short.visit, how).kind).toBe('reading');
  });
});

it.each([
  [0, 20],
  [30, 20],
  [80, 20],
  [960, 240],
])('a post of %d s wants %d s', (estimate, least) => {
  expect(secondsToHaveRead(estimate, 'normal')).toBe(least);
});

describe('whatever happens', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const event = fc.record({
    after: fc.double({ min: -5, max: 200, noNaN: true }),
    visible: fc.boolean(),
    acted: fc.boolean(),
    touched: fc.boolean(),
    view: fc.record({ from: share, to: share }),
    edges: fc.array(share, { maxLength: 4 }).map((edges) => edges.toSorted((a, b) => a - b)),
  });
  const visits = fc.record({
    estimate: fc.integer({ min: 0, max: 4_000 }),
    events: fc.array(event),
  });
  const seed = 20_091_003;

  it('active time never exceeds the clock, and excludes idle minutes and hidden pages', () => {
    fc.assert(
      fc.property(visits, ({ estimate, events }) => {
        let visit = beginVisit(estimate, 0, true);
        let now = 0;
        for (const { after, ...rest } of events) {
          now += after;
          const next = advance(visit, { now, ...rest });
          const passed = next.activeSeconds - visit.activeSeconds;
          expect(passed).toBeGreaterThanOrEqual(0);
          // Sums of seconds are rounded.
          expect(passed).toBeLessThanOrEqual(Math.max(0, now - visit.now) + 1e-6);
          if (!visit.visible) expect(passed).toBe(0);
          if (visit.now - visit.lastInput >= 60) expect(passed).toBe(0);
          visit = next;
        }
      }),
      { seed, numRuns: runs(500) },
    );
  });

  it('a post is never read with too little seen or too little time, and progress is a share', () => {
    fc.assert(
      fc.property(visits, ({ estimate, events }) => {
        let visit = beginVisit(estimate, 0, true);
        let now = 0;
        for (const { after, ...rest } of events) {
          visit = advance(visit, { now: (now += after), ...rest });
          for (const how of ['loose', 'normal', 'strict'] as const) {
            const result = outcome(visit, how);
            if (result.kind === 'read') {
              expect(visit.wasTouched).toBe(true);
              expect(coverage(visit)).toBeGreaterThanOrEqual(coverageToHaveRead(how));
              expect(visit.activeSeconds).toBeGreaterThanOrEqual(secondsToHaveRead(estimate, how));
            }
            if (result.kind === 'reading') {
              expect(result.fraction).toBeGreaterThan(0);
              expect(result.fraction).toBeLessThanOrEqual(1);
            }
          }
        }
      }),
      { seed, numRuns: runs(500) },
    );
  });

  it('what was seen stays when the page grows and shrinks again, except slices at the edges', () => {
    const cuts = fc.tuple(share, share, share).map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(cuts, fc.double({ min: 0.1, max: 1, noNaN: true }), (edges, to) => {
        const reader = new Reader(LONG).tell({ edges }).looksAt(0, to).stays(3);
        const before = coverage(reader.visit);
        // Some edges move and move back. Slices at the edges may gain or lose what was seen.
        const grown = edges.map((edge, i) => edge + (((edges[i + 1] ?? 1) - edge) * (i % 2)) / 4);
        reader.tell({ edges: grown }).tell({ edges });
        expect(Math.abs(coverage(reader.visit) - before)).toBeLessThanOrEqual(0.03);
      }),
      { seed, numRuns: runs(500) },
    );
  });
});
