/** The keys of the list. Pure. */
import { indexAfterKey } from '../../../ui/keys.ts';

export type ListCommand =
  /** Moves to a row, by its index; `extends` selects up to it. */
  | { kind: 'move'; to: number; extends: boolean }
  | { kind: 'mark' | 'open' | 'toggle' | 'select-all' | 'select-none' };

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** `active` is the index of the active row, `page` the number of rows of a page. */
interface ListState {
  active: number;
  rows: number;
  page: number;
  hasSelection: boolean;
}

/** The command of a key press, or undefined if the list leaves the press to the browser. */
export function listCommand(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Press,
  { active, rows, page, hasSelection }: ListState,
): ListCommand | undefined {
  if (altKey) return undefined;
  if (ctrlKey || metaKey) {
    if (key === ' ') return { kind: 'toggle' };
    return key === 'a' ? { kind: 'select-all' } : undefined;
  }
  const to = indexAfterKey(key, active, rows, { page });
  if (to !== undefined) return { kind: 'move', to, extends: shiftKey };
  if (key === ' ' && !shiftKey) return { kind: 'mark' };
  if (key === 'Enter') return { kind: 'open' };
  if (key === 'Escape' && !shiftKey && hasSelection) return { kind: 'select-none' };
  return undefined;
}
