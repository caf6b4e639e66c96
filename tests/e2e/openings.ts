/** The openings that the background keeps, read and written from a page of the extension. */
import type { KeptOpening } from '../../src/memory/kept-opening.ts';
import type { Stage } from './harness.ts';

/** All kept openings, unchecked. */
export function keptOpenings(stage: Stage): Promise<KeptOpening[]> {
  return inStore(stage, 'readonly', 'store.getAll()');
}

/** Stores rows without the checks of a message. */
export async function storeOpeningRows(
  stage: Stage,
  rows: readonly ({ id: number } & object)[],
): Promise<void> {
  const work = `${JSON.stringify(rows)}.map((row) => store.put(row, row.id)).at(-1)`;
  await inStore(stage, 'readwrite', work);
}

function inStore<T>(stage: Stage, mode: IDBTransactionMode, work: string): Promise<T> {
  // Once the background has answered, the database exists.
  return stage.inExtension(`send({ type: 'postDetails', id: 1 }).then(() => new Promise((done, fail) => {
    const opening = indexedDB.open('texts');
    opening.onerror = () => fail(opening.error);
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('openings', '${mode}');
      const store = transaction.objectStore('openings');
      const request = ${work};
      transaction.onabort = () => fail(transaction.error);
      transaction.oncomplete = () => {
        opening.result.close();
        done(${mode === 'readonly' ? 'request.result' : ''});
      };
    };
  }))`);
}
