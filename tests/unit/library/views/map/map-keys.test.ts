import { describe, expect, it } from 'vitest';
import { mapCommand } from '../../../../../src/library/views/map/map-keys.ts';

const press = (
  key: string,
  held: Partial<Record<'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey', boolean>> = {},
) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});
const ON_MAP = { isOnMap: true, hasChosen: true };

describe('a key on the map', () => {
  it.each([
    ['ArrowLeft', { kind: 'move', to: 'left' }],
    ['ArrowDown', { kind: 'move', to: 'down' }],
    [']', { kind: 'part', step: 1 }],
    ['[', { kind: 'part', step: -1 }],
    [' ', { kind: 'mark' }],
    ['p', { kind: 'plan' }],
    ['P', { kind: 'plan' }],
    ['Enter', { kind: 'open' }],
    ['Escape', { kind: 'close' }],
    ['+', { kind: 'zoom', to: 'in' }],
    ['0', { kind: 'zoom', to: 'whole' }],
  ])('%j is a command', (key, command) => {
    expect(mapCommand(press(key), ON_MAP)).toEqual(command);
  });

  it('is left to the browser with Ctrl, ⌘ or Alt, and if it has no meaning', () => {
    for (const key of ['ArrowLeft', '-', 'p', ' '])
      for (const held of ['ctrlKey', 'metaKey', 'altKey'])
        expect(mapCommand(press(key, { [held]: true }), ON_MAP)).toBeUndefined();
    for (const key of [' ', 'Escape'])
      expect(mapCommand(press(key, { shiftKey: true }), ON_MAP)).toBeUndefined();
    expect(mapCommand(press('+', { shiftKey: true }), ON_MAP)).toBeDefined();
    for (const key of ['a', 'Tab', 'constructor', 'toString'])
      expect(mapCommand(press(key), ON_MAP)).toBeUndefined();
  });

  it('without a chosen post only moves and zooms', () => {
    const nothing = { isOnMap: true, hasChosen: false };
    expect(mapCommand(press('ArrowUp'), nothing)).toEqual({ kind: 'move', to: 'up' });
    expect(mapCommand(press('-'), nothing)).toEqual({ kind: 'zoom', to: 'out' });
    for (const key of [' ', 'p', 'Enter', 'Escape', ']'])
      expect(mapCommand(press(key), nothing)).toBeUndefined();
  });

  it('only zooms outside of the map, so that Space and Enter work on buttons', () => {
    const beside = { isOnMap: false, hasChosen: true };
    expect(mapCommand(press('='), beside)).toEqual({ kind: 'zoom', to: 'in' });
    for (const key of [' ', 'Enter', 'ArrowLeft', 'p'])
      expect(mapCommand(press(key), beside)).toBeUndefined();
  });
});
