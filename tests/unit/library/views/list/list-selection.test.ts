import { describe, expect, it } from 'vitest';
import {
  addRange,
  inOtherRows,
  moveTo,
  NOTHING_SELECTED,
  type Selection,
  toggleRow,
} from '../../../../../src/library/views/list/list-selection.ts';

const ROWS = ['a', 'b', 'c', 'd', 'e'];
const start: Selection<string> = NOTHING_SELECTED;
const names = ({ selected }: Selection<string>) => [...selected].sort().join('');

describe('the selection', () => {
  it('stays when the reader goes to another row', () => {
    const one = toggleRow(start, ROWS, 1);
    expect(moveTo(one, ROWS, 3, false)).toEqual({ active: 3, anchor: 3, selected: one.selected });
  });

  it('extends with Shift in both directions', () => {
    let now = moveTo(start, ROWS, 2, false);
    now = moveTo(now, ROWS, 3, true);
    now = moveTo(now, ROWS, 4, true);
    expect(names(now)).toBe('cde');
    now = moveTo(now, ROWS, 1, true);
    expect(names(now)).toBe('bc');
    expect(now.active).toBe(1);
  });

  it('adds and removes a row', () => {
    const two = toggleRow(toggleRow(start, ROWS, 0), ROWS, 3);
    expect(names(two)).toBe('ad');
    expect(names(toggleRow(two, ROWS, 0))).toBe('d');
    expect(names(toggleRow(start, [], 0))).toBe('');
  });

  it('adds a range from the row clicked last', () => {
    const one = toggleRow(start, ROWS, 0);
    const other = toggleRow(one, ROWS, 2);
    expect(names(addRange(other, ROWS, 4))).toBe('acde');
  });

  it('keeps the posts that are still listed, and the focus on its post', () => {
    const all = addRange(toggleRow(start, ROWS, 1), ROWS, 3);
    const next = inOtherRows(all, ROWS, ['d', 'x', 'b']);
    expect(names(next)).toBe('bd');
    expect(next.active).toBe(0);
    expect(inOtherRows(moveTo(start, ROWS, 4, false), ROWS, ['a', 'b']).active).toBe(1);
    expect(inOtherRows(all, ROWS, []).active).toBe(0);
  });
});
