import { expect, it } from 'vitest';
import { listCommand } from '../../../../../src/library/views/list/list-keys.ts';

const STATE = { active: 5, rows: 100, page: 20, hasSelection: true };
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

it.each([
  ['ArrowDown', {}, { kind: 'move', to: 6, extends: false }],
  ['ArrowDown', { shiftKey: true }, { kind: 'move', to: 6, extends: true }],
  ['End', {}, { kind: 'move', to: 99, extends: false }],
  [' ', {}, { kind: 'mark' }],
  [' ', { ctrlKey: true }, { kind: 'toggle' }],
  [' ', { metaKey: true }, { kind: 'toggle' }],
  ['a', { ctrlKey: true }, { kind: 'select-all' }],
  ['Enter', {}, { kind: 'open' }],
  ['Escape', {}, { kind: 'select-none' }],
])('%j with %j', (key, held, command) => {
  expect(listCommand(press(key, held), STATE)).toEqual(command);
});

it('leaves other keys to the browser', () => {
  for (const key of ['a', 'Tab', '/', 'constructor'])
    expect(listCommand(press(key), STATE)).toBeUndefined();
  for (const key of ['ArrowUp', 'Home', ' '])
    expect(listCommand(press(key, { altKey: true }), STATE)).toBeUndefined();
  for (const key of ['ArrowUp', 'Home', 'Enter', 'Escape'])
    for (const held of [{ ctrlKey: true }, { metaKey: true }])
      expect(listCommand(press(key, held), STATE)).toBeUndefined();
  for (const key of [' ', 'Escape'])
    expect(listCommand(press(key, { shiftKey: true }), STATE)).toBeUndefined();
  expect(listCommand(press('Escape'), { ...STATE, hasSelection: false })).toBeUndefined();
});
