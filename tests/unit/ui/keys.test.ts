import { describe, expect, it } from 'vitest';
import { indexAfterKey, isComposing, isEscape, isPlainKey } from '../../../src/ui/keys.ts';

describe('a key in a list', () => {
  it.each([
    ['ArrowDown', 5, 6],
    ['ArrowDown', 99, 99],
    ['ArrowUp', 0, 0],
    ['PageDown', 95, 99],
    ['PageUp', 5, 0],
    ['PageDown', 10, 30],
    ['Home', 50, 0],
    ['End', 50, 99],
  ])('%s leads from row %i to row %i', (key, at, to) => {
    expect(indexAfterKey(key, at, 100, { page: 20 })).toBe(to);
  });

  it.each([
    ['ArrowDown', 3, 0],
    ['ArrowUp', 0, 3],
    ['Home', 2, 0],
    ['End', 2, 3],
  ])('%s leads from item %i of a menu round to item %i', (key, at, to) => {
    expect(indexAfterKey(key, at, 4, { wraps: true })).toBe(to);
  });

  it.each(['a', 'Enter', 'Tab', 'constructor', 'toString', 'PageDown'])(
    '%s leads nowhere',
    (key) => {
      expect(indexAfterKey(key, 5, 100)).toBeUndefined();
    },
  );

  it('leads nowhere in an empty list', () => {
    expect(indexAfterKey('End', 0, 0)).toBeUndefined();
    expect(indexAfterKey('ArrowUp', 0, 0, { wraps: true })).toBeUndefined();
  });
});

const keydown = (init: object) =>
  ({
    isComposing: false,
    keyCode: 13,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...init,
  }) as KeyboardEvent;

it('a key with Ctrl, Alt or ⌘ belongs to the browser', () => {
  expect(isPlainKey(keydown({}))).toBe(true);
  for (const key of ['ctrlKey', 'metaKey', 'altKey'])
    expect(isPlainKey(keydown({ [key]: true }))).toBe(false);
});

it('Shift and Escape belong to the browser, Shift and another key do not', () => {
  expect(isPlainKey(keydown({ key: 'Escape', shiftKey: true }))).toBe(false);
  expect(isPlainKey(keydown({ key: 'ArrowDown', shiftKey: true }))).toBe(true);
});

it('Escape is Escape alone, outside of a composition', () => {
  expect(isEscape(keydown({ key: 'Escape' }))).toBe(true);
  expect(isEscape(keydown({ key: 'Enter' }))).toBe(false);
  const others = [{ isComposing: true }, { keyCode: 229 }, { shiftKey: true }, { ctrlKey: true }];
  for (const other of others) expect(isEscape(keydown({ key: 'Escape', ...other }))).toBe(false);
});

it('the Enter that ends a composition belongs to the input method, even after the end', () => {
  expect(isComposing(keydown({ isComposing: true }))).toBe(true);
  expect(isComposing(keydown({ keyCode: 229 }))).toBe(true);
  expect(isComposing(keydown({}))).toBe(false);
});
