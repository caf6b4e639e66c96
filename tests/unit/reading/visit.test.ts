import { describe, expect, it } from 'vitest';
import {
  advance,
  beginVisit,
  coverage,
  outcome,
  secondsToHaveRead,
  type Visit,
  type VisitEvent,
} from '../../../src/reading/visit.ts';

/** 16 minutes by estimate: read takes 4 minutes at least. */
const LONG = 960;
const SHORT = 30;

/** A reader at a post, as the page would tell it: a tick and, where he reads, a touch a second. */
class Reader {
  now = 1_000;
  visit: Visit;

  constructor(estimate: number, visible = true) {
    this.visit = beginVisit(estimate, this.now, visible);
  }

  tell(event: VisitEvent): this {
    this.visit = advance(this.visit, event);
    return this;
  }

  /** Has from..to of the article in view. */
  looksAt(from: number, to: number): this {
    return this.tell({ type: 'view', now: this.now, from, to });
  }

  /** Lets seconds pass, touching the page or not. */
  stays(seconds: number, active = true): this {
    for (let i = 0; i < seconds; i++) {
      this.now += 1;
      this.tell({ type: active ? 'input' : 'time', now: this.now });
    }
    return this;
  }

  /** Scrolls from the head to `to` in so many seconds, a fifth of the article in view. */
  scrolls(to: number, seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      const at = (to - 0.2) * (seconds === 1 ? 1 : i / (seconds - 1));
      this.looksAt(at, at + 0.2).stays(1);
    }
    return this;
  }

  hides(): this {
    return this.tell({ type: 'visible', now: this.now, visible: false });
  }

  returns(): this {
    return this.tell({ type: 'visible', now: this.now, visible: true });
  }

  get outcome() {
    return outcome(this.visit).kind;
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

  it('goes on with the next touch, without what passed between', () => {
    const back = new Reader(LONG).looksAt(0, 1).stays(10).stays(1_000, false).stays(11);
    // The first touch ends the pause; ten more seconds count.
    expect(back.visit.activeSeconds).toBe(80);
  });

  it('stops while the page is hidden', () => {
    const reader = new Reader(LONG).looksAt(0, 1).stays(10).hides().stays(30, false);
    expect(reader.visit.activeSeconds).toBe(10);
    expect(reader.returns().stays(5).visit.activeSeconds).toBe(15);
  });

  it('does not depend on how often the page looks at the clock', () => {
    const often = new Reader(LONG).looksAt(0, 0.5).stays(50, false);
    const once = new Reader(LONG).looksAt(0, 0.5);
    once.tell({ type: 'time', now: once.now + 50 });
    expect(once.visit.activeSeconds).toBe(often.visit.activeSeconds);
    expect(coverage(once.visit)).toBe(coverage(often.visit));
  });

  it('that goes backwards adds nothing and takes nothing', () => {
    const reader = new Reader(LONG).looksAt(0, 1).stays(10);
    const before = reader.visit;
    reader.tell({ type: 'time', now: reader.now - 500 });
    expect(reader.visit.activeSeconds).toBe(before.activeSeconds);
    expect(coverage(reader.visit)).toBe(coverage(before));
    reader.tell({ type: 'time', now: reader.now });
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

  it('wants a second: what scrolls past faster is not seen', () => {
    const reader = new Reader(LONG).looksAt(0, 0.5);
    reader.now += 0.5;
    reader.looksAt(0.5, 1);
    reader.now += 0.5;
    reader.tell({ type: 'time', now: reader.now });
    expect(coverage(reader.visit)).toBe(0);
  });

  it('of the same place twice counts once, and is kept when the reader goes back', () => {
    const reader = new Reader(LONG).looksAt(0, 0.3).stays(5).looksAt(0.3, 0.6).stays(5);
    reader.looksAt(0, 0.3).stays(5);
    expect(coverage(reader.visit)).toBeCloseTo(0.6, 2);
  });

  it('is what the mark says while reading', () => {
    const reader = new Reader(LONG).looksAt(0, 0.4).stays(20);
    expect(outcome(reader.visit)).toEqual({ kind: 'reading', fraction: coverage(reader.visit) });
  });
});

it.each([
  [0, 20],
  [30, 20],
  [80, 20],
  [960, 240],
])('a post of %d s wants %d s', (estimate, least) => {
  expect(secondsToHaveRead(estimate)).toBe(least);
});
