import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
} from '../../fc.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  advancePreview,
  APPEAR_MS,
  DWELL_MS,
  GRACE_MS,
  nextTimeOf,
  NO_PREVIEW,
  type PreviewEffect,
  type PreviewEvent,
  type PreviewState,
} from '../../../../src/content/preview/machine.ts';

type Event = PreviewEvent<string, string>;
type Effect = PreviewEffect<string, string>;

/** Runs the machine with a clock. */
class Driver {
  state: PreviewState<string, string> = NO_PREVIEW;
  now = 10_000;
  done: Effect[] = [];
  isInUse = false;

  send(event: Event): void {
    const [state, effects] = advancePreview(this.state, event, this.now);
    this.state = state;
    this.done.push(...effects);
  }

  /** Lets time pass; sends `time` at each time that the machine asked for. */
  wait(ms: number): void {
    const until = this.now + ms;
    for (let at = nextTimeOf(this.state); at !== undefined && at <= until;) {
      this.now = Math.max(this.now, at);
      this.send({ type: 'time', isInUse: this.isInUse });
      const next = nextTimeOf(this.state);
      if (next === at) throw new Error('time stands still');
      at = next;
    }
    this.now = until;
  }

  rest(link?: string): void {
    this.send({ type: 'rest', link });
  }

  /** Answers the latest look-up. */
  find(content = 'content', lookUp = this.state.lookUps): void {
    this.send({ type: 'found', lookUp, content });
  }

  /** Returns the effects since the last call. */
  takeEffects(): Effect[] {
    return this.done.splice(0);
  }

  /** Opens the preview of `link`. */
  open(link: string): void {
    this.rest(link);
    this.wait(DWELL_MS);
    this.find();
    this.wait(APPEAR_MS);
    expect(this.takeEffects()).toContainEqual({ type: 'show', link, content: 'content' });
  }
}

let driver: Driver;
beforeEach(() => (driver = new Driver()));

describe('a preview comes', () => {
  it('when the reader has rested on a link and the post was looked up', () => {
    driver.rest('a');
    driver.wait(DWELL_MS - 1);
    expect(driver.takeEffects()).toEqual([]);
    driver.wait(1);
    expect(driver.takeEffects()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    driver.find('what is known');
    driver.wait(APPEAR_MS - DWELL_MS - 1);
    expect(driver.takeEffects()).toEqual([]);
    driver.wait(1);
    expect(driver.takeEffects()).toEqual([{ type: 'show', link: 'a', content: 'what is known' }]);
    expect(driver.state.shown).toBe('a');
  });

  it('as soon as a slow answer is there', () => {
    driver.rest('a');
    driver.wait(10 * APPEAR_MS);
    expect(driver.takeEffects()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    driver.find();
    expect(driver.takeEffects()).toEqual([{ type: 'show', link: 'a', content: 'content' }]);
  });

  it('never if the pointer moves on in time, and nothing is looked up', () => {
    for (const link of ['a', 'b', 'c']) {
      driver.rest(link);
      driver.wait(DWELL_MS - 1);
    }
    driver.rest();
    driver.wait(10_000);
    expect(driver.takeEffects().filter(({ type }) => type !== 'left')).toEqual([]);
  });

  it('for the present link only: an answer for another link is ignored', () => {
    driver.rest('a');
    driver.wait(DWELL_MS);
    driver.rest('b');
    driver.find('of a', 1);
    driver.wait(DWELL_MS);
    driver.find('of a', 1);
    driver.wait(APPEAR_MS);
    expect(driver.state.shown).toBeUndefined();
    driver.find('of b');
    expect(driver.takeEffects().at(-1)).toEqual({ type: 'show', link: 'b', content: 'of b' });
  });

  it('only after the whole time if the reader left the link and came back', () => {
    driver.rest('a');
    driver.wait(APPEAR_MS - 1);
    driver.rest();
    driver.find();
    driver.rest('a');
    driver.find('late', 1);
    driver.wait(DWELL_MS);
    driver.find();
    driver.wait(APPEAR_MS - DWELL_MS - 1);
    expect(driver.state.shown).toBeUndefined();
    driver.wait(1);
    expect(driver.state.shown).toBe('a');
  });

  it('at once if the reader asks for it, and only once', () => {
    driver.send({ type: 'ask', link: 'a' });
    expect(driver.takeEffects()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    driver.find();
    expect(driver.takeEffects()).toEqual([{ type: 'show', link: 'a', content: 'content' }]);
    driver.send({ type: 'ask', link: 'a' });
    driver.wait(10_000);
    expect(driver.takeEffects()).toEqual([]);
    driver.send({ type: 'dismiss' });
    driver.send({ type: 'ask', link: 'a' });
    driver.find();
    expect(driver.takeEffects().map(({ type }) => type)).toEqual(['hide', 'look-up', 'show']);
    expect(driver.state.shown).toBe('a');
  });

  it('once, however often the reader moves on the link', () => {
    driver.open('a');
    driver.rest('a');
    driver.wait(10_000);
    driver.rest('a');
    driver.wait(10_000);
    expect(driver.takeEffects()).toEqual([]);
  });
});

describe('a preview goes', () => {
  beforeEach(() => driver.open('a'));

  it('a moment after the reader has left it', () => {
    driver.rest();
    driver.wait(GRACE_MS - 1);
    expect(driver.takeEffects()).toEqual([{ type: 'left', link: 'a' }]);
    driver.wait(1);
    expect(driver.takeEffects()).toEqual([{ type: 'hide' }]);
    expect(nextTimeOf(driver.state)).toBeUndefined();
  });

  it('not if the reader comes back in time', () => {
    driver.rest();
    driver.wait(GRACE_MS - 1);
    driver.rest('a');
    driver.wait(10_000);
    expect(driver.state.shown).toBe('a');
    expect(driver.takeEffects()).toEqual([{ type: 'left', link: 'a' }]);
  });

  it('at a time counted from leaving it, whatever links the pointer passes', () => {
    driver.rest();
    driver.wait(GRACE_MS - 50);
    driver.rest('b');
    driver.wait(50);
    expect(driver.state.shown).toBeUndefined();
  });

  it('not while the keyboard is on it', () => {
    driver.isInUse = true;
    driver.rest();
    driver.wait(10_000);
    expect(driver.state.shown).toBe('a');
    driver.isInUse = false;
    driver.rest('b');
    driver.wait(GRACE_MS);
    expect(driver.state.shown).toBeUndefined();
  });

  it('for the preview of another link', () => {
    driver.isInUse = true;
    driver.takeEffects();
    driver.open('b');
    expect(driver.state.shown).toBe('b');
    driver.isInUse = false;
    driver.wait(10_000);
    expect(driver.state.shown).toBe('b');
  });

  it('when it is dismissed, and comes back only when the reader has left the link', () => {
    driver.send({ type: 'dismiss' });
    expect(driver.takeEffects()).toEqual([{ type: 'hide' }]);
    driver.rest('a');
    driver.wait(10_000);
    expect(driver.takeEffects()).toEqual([]);
    driver.rest();
    driver.takeEffects();
    driver.open('a');
  });

  it('when the page is scrolled, and does not come back by itself', () => {
    driver.send({ type: 'scroll' });
    expect(driver.takeEffects()).toEqual([{ type: 'hide' }]);
    driver.wait(10_000);
    expect(driver.takeEffects()).toEqual([]);
  });
});

describe('before it comes', () => {
  it('it is cancelled when it is dismissed', () => {
    for (const wait of [DWELL_MS - 1, DWELL_MS, APPEAR_MS - 1]) {
      driver = new Driver();
      driver.rest('a');
      driver.wait(wait);
      driver.find();
      driver.send({ type: 'dismiss' });
      driver.wait(10_000);
      expect(driver.takeEffects().filter(({ type }) => type !== 'look-up')).toEqual([]);
    }
  });

  it('scrolling restarts the waiting time', () => {
    driver.rest('a');
    driver.wait(DWELL_MS);
    driver.send({ type: 'scroll' });
    driver.find('of before', 1);
    driver.wait(DWELL_MS);
    driver.find();
    driver.wait(APPEAR_MS - DWELL_MS - 1);
    expect(driver.state.shown).toBeUndefined();
    driver.wait(1);
    expect(driver.takeEffects().at(-1)).toEqual({ type: 'show', link: 'a', content: 'content' });
  });
});

it('after any events there is at most one preview, of a link that was rested on, which can close', () => {
  const event = oneof(
    record({ type: constant('rest' as const), link: constantFrom('a', 'b', undefined) }),
    record({
      type: constant('found' as const),
      lookUp: integer({ min: 0, max: 4 }),
      content: constant(''),
    }),
    record({ type: constant('ask' as const), link: constantFrom('a', 'b') }),
    record({ type: constantFrom('scroll' as const, 'dismiss' as const) }),
    record({ type: constant('wait' as const), ms: integer({ min: 0, max: 600 }) }),
    record({ type: constant('use' as const), isInUse: constantFrom(true, false) }),
  );
  assert(
    property(array(event, { maxLength: 40 }), (events) => {
      const driver = new Driver();
      let shown: string | undefined;
      let at: string | undefined;
      const check = () => {
        for (const effect of driver.takeEffects()) {
          if (effect.type === 'left') expect(effect.link).not.toBe(driver.state.at);
          if (effect.type === 'look-up' || effect.type === 'show') expect(effect.link).toBe(at);
          if (effect.type === 'show') shown = effect.link;
          if (effect.type === 'hide') {
            expect(shown).toBeDefined();
            shown = undefined;
          }
        }
        expect(driver.state.shown).toBe(shown);
      };
      for (const each of events) {
        if (each.type === 'wait') driver.wait(each.ms);
        else if (each.type === 'use') driver.isInUse = each.isInUse;
        else {
          if (each.type === 'rest' || each.type === 'ask') at = each.link;
          driver.send(each);
        }
        check();
      }
      driver.isInUse = false;
      driver.rest();
      driver.wait(GRACE_MS);
      // A preview that the keyboard kept open stays until the reader comes and leaves again, or dismisses it.
      driver.send({ type: 'dismiss' });
      at = undefined;
      check();
      expect(driver.state.shown).toBeUndefined();
      expect(nextTimeOf(driver.state)).toBeUndefined();
    }),
  );
});
