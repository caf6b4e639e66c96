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
class Page {
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
  take(): Effect[] {
    return this.done.splice(0);
  }

  /** Opens the preview of `link`. */
  open(link: string): void {
    this.rest(link);
    this.wait(DWELL_MS);
    this.find();
    this.wait(APPEAR_MS);
    expect(this.take()).toContainEqual({ type: 'show', link, content: 'content' });
  }
}

let page: Page;
beforeEach(() => (page = new Page()));

describe('a preview comes', () => {
  it('to a reader who rests on a link, when it was looked up', () => {
    page.rest('a');
    page.wait(DWELL_MS - 1);
    expect(page.take()).toEqual([]);
    page.wait(1);
    expect(page.take()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    page.find('what is known');
    page.wait(APPEAR_MS - DWELL_MS - 1);
    expect(page.take()).toEqual([]);
    page.wait(1);
    expect(page.take()).toEqual([{ type: 'show', link: 'a', content: 'what is known' }]);
    expect(page.state.shown).toBe('a');
  });

  it('as soon as a slow answer is there', () => {
    page.rest('a');
    page.wait(10 * APPEAR_MS);
    expect(page.take()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    page.find();
    expect(page.take()).toEqual([{ type: 'show', link: 'a', content: 'content' }]);
  });

  it('never to a pointer that goes on within the time, and nothing is looked up', () => {
    for (const link of ['a', 'b', 'c']) {
      page.rest(link);
      page.wait(DWELL_MS - 1);
    }
    page.rest();
    page.wait(10_000);
    expect(page.take().filter(({ type }) => type !== 'left')).toEqual([]);
  });

  it('of the link that the reader is on now: an answer for another one is not taken', () => {
    page.rest('a');
    page.wait(DWELL_MS);
    page.rest('b');
    page.find('of a', 1);
    page.wait(DWELL_MS);
    page.find('of a', 1);
    page.wait(APPEAR_MS);
    expect(page.state.shown).toBeUndefined();
    page.find('of b');
    expect(page.take().at(-1)).toEqual({ type: 'show', link: 'b', content: 'of b' });
  });

  it('of a link to which the reader came back only after the whole time', () => {
    page.rest('a');
    page.wait(APPEAR_MS - 1);
    page.rest();
    page.find();
    page.rest('a');
    page.find('late', 1);
    page.wait(DWELL_MS);
    page.find();
    page.wait(APPEAR_MS - DWELL_MS - 1);
    expect(page.state.shown).toBeUndefined();
    page.wait(1);
    expect(page.state.shown).toBe('a');
  });

  it('at once to a reader who asks for it, and not once more', () => {
    page.send({ type: 'ask', link: 'a' });
    expect(page.take()).toEqual([{ type: 'look-up', link: 'a', lookUp: 1 }]);
    page.find();
    expect(page.take()).toEqual([{ type: 'show', link: 'a', content: 'content' }]);
    page.send({ type: 'ask', link: 'a' });
    page.wait(10_000);
    expect(page.take()).toEqual([]);
    page.send({ type: 'dismiss' });
    page.send({ type: 'ask', link: 'a' });
    page.find();
    expect(page.take().map(({ type }) => type)).toEqual(['hide', 'look-up', 'show']);
    expect(page.state.shown).toBe('a');
  });

  it('once, however often the reader moves on the link', () => {
    page.open('a');
    page.rest('a');
    page.wait(10_000);
    page.rest('a');
    page.wait(10_000);
    expect(page.take()).toEqual([]);
  });
});

describe('a preview goes', () => {
  beforeEach(() => page.open('a'));

  it('a while after the reader left it', () => {
    page.rest();
    page.wait(GRACE_MS - 1);
    expect(page.take()).toEqual([{ type: 'left', link: 'a' }]);
    page.wait(1);
    expect(page.take()).toEqual([{ type: 'hide' }]);
    expect(nextTimeOf(page.state)).toBeUndefined();
  });

  it('not if the reader comes back in time', () => {
    page.rest();
    page.wait(GRACE_MS - 1);
    page.rest('a');
    page.wait(10_000);
    expect(page.state.shown).toBe('a');
    expect(page.take()).toEqual([{ type: 'left', link: 'a' }]);
  });

  it('counted from when the reader left it, over whatever links the way leads', () => {
    page.rest();
    page.wait(GRACE_MS - 50);
    page.rest('b');
    page.wait(50);
    expect(page.state.shown).toBeUndefined();
  });

  it('not while the keyboard is on it', () => {
    page.isInUse = true;
    page.rest();
    page.wait(10_000);
    expect(page.state.shown).toBe('a');
    page.isInUse = false;
    page.rest('b');
    page.wait(GRACE_MS);
    expect(page.state.shown).toBeUndefined();
  });

  it('for the preview of another link', () => {
    page.isInUse = true;
    page.take();
    page.open('b');
    expect(page.state.shown).toBe('b');
    page.isInUse = false;
    page.wait(10_000);
    expect(page.state.shown).toBe('b');
  });

  it('when it is dismissed, and comes back only when the reader has left the link', () => {
    page.send({ type: 'dismiss' });
    expect(page.take()).toEqual([{ type: 'hide' }]);
    page.rest('a');
    page.wait(10_000);
    expect(page.take()).toEqual([]);
    page.rest();
    page.take();
    page.open('a');
  });

  it('when the page is scrolled, and does not come back by itself', () => {
    page.send({ type: 'scroll' });
    expect(page.take()).toEqual([{ type: 'hide' }]);
    page.wait(10_000);
    expect(page.take()).toEqual([]);
  });
});

describe('before it comes', () => {
  it('it is given up when it is dismissed', () => {
    for (const wait of [DWELL_MS - 1, DWELL_MS, APPEAR_MS - 1]) {
      page = new Page();
      page.rest('a');
      page.wait(wait);
      page.find();
      page.send({ type: 'dismiss' });
      page.wait(10_000);
      expect(page.take().filter(({ type }) => type !== 'look-up')).toEqual([]);
    }
  });

  it('a scrolled page begins the time anew', () => {
    page.rest('a');
    page.wait(DWELL_MS);
    page.send({ type: 'scroll' });
    page.find('of before', 1);
    page.wait(DWELL_MS);
    page.find();
    page.wait(APPEAR_MS - DWELL_MS - 1);
    expect(page.state.shown).toBeUndefined();
    page.wait(1);
    expect(page.take().at(-1)).toEqual({ type: 'show', link: 'a', content: 'content' });
  });
});

it('whatever happens: one preview at most, of a link that was rested on, and it can go', () => {
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
      const page = new Page();
      let shown: string | undefined;
      let at: string | undefined;
      const check = () => {
        for (const effect of page.take()) {
          if (effect.type === 'left') expect(effect.link).not.toBe(page.state.at);
          if (effect.type === 'look-up' || effect.type === 'show') expect(effect.link).toBe(at);
          if (effect.type === 'show') shown = effect.link;
          if (effect.type === 'hide') {
            expect(shown).toBeDefined();
            shown = undefined;
          }
        }
        expect(page.state.shown).toBe(shown);
      };
      for (const each of events) {
        if (each.type === 'wait') page.wait(each.ms);
        else if (each.type === 'use') page.isInUse = each.isInUse;
        else {
          if (each.type === 'rest' || each.type === 'ask') at = each.link;
          page.send(each);
        }
        check();
      }
      page.isInUse = false;
      page.rest();
      page.wait(GRACE_MS);
      // A preview that the keyboard kept open stays until the reader comes and leaves again, or dismisses it.
      page.send({ type: 'dismiss' });
      at = undefined;
      check();
      expect(page.state.shown).toBeUndefined();
      expect(nextTimeOf(page.state)).toBeUndefined();
    }),
  );
});
