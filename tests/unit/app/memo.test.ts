import { expect, it } from 'vitest';
import { derived } from '../../../src/app/memo.ts';

it('a derived value is made when it is asked for, and again when what it is made from changes', () => {
  let from = 'a';
  const made: string[] = [];
  const value = derived(
    () => from,
    (now) => {
      made.push(now);
      return { now };
    },
  );
  expect(made).toEqual([]);
  const first = value();
  expect(value()).toBe(first);
  from = 'b';
  expect(value()).toEqual({ now: 'b' });
  expect(made).toEqual(['a', 'b']);
});
