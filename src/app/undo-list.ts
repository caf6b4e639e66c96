/** The undo list as it is stored. */
import { load, type StoredValues, UNDO_KEYS } from '../platform/storage.ts';
import { decodeSteps, type UndoStep } from '../record/undo-steps.ts';

export const UNDO_LIST_KEYS = [...UNDO_KEYS, 'journal'] as const;

/** Reads the undo list, the newest step first. Rejects with the browser's error. */
export async function readUndoList(): Promise<UndoStep[]> {
  return undoListIn(await load(UNDO_LIST_KEYS));
}

/** The undo list in the values of UNDO_LIST_KEYS, the newest step first. */
export function undoListIn(stored: StoredValues): UndoStep[] {
  return decodeSteps(
    UNDO_KEYS.map((key) => stored[key]),
    stored.journal,
  );
}
