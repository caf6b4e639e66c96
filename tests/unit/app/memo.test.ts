import { expect, it } from 'vitest';
import { derived } from '../../../src/app/memo.ts';

it('computes a value when it is read, and again after its source changes', () => {
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
