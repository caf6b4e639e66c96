/** The undo list as it is stored. */
import { load, UNDO_KEYS } from '../platform/storage.ts';
import { decodeSteps, type UndoStep } from '../record/undo-steps.ts';

/** Reads the undo list, the newest step first. Rejects with the browser's error. */
export async function readUndoList(): Promise<UndoStep[]> {
  const stored = await load([...UNDO_KEYS, 'journal']);
  return decodeSteps(
    UNDO_KEYS.map((key) => stored[key]),
    stored.journal,
  );
}
