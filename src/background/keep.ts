/** How the background stores what must not be lost. */
import { save, type Stored, whyNot } from '../platform/storage.ts';
import { errands } from './on-demand.ts';

/** Stores what must not be lost, making room where there is none. Rejects with the browser's error. */
export async function keep(values: Stored): Promise<void> {
  try {
    await save(values);
  } catch (error) {
    if (whyNot(error) !== 'full') throw error;
    await (await errands()).saveInRoom(values);
  }
}
