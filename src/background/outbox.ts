/** Marks that pages left in the storage because they closed before the background answered. */
import { drop, loadOutbox } from '../platform/storage.ts';
import type { RecordStore } from './record-store.ts';
import { type Message, readMark } from './validation.ts';

/** Applies the marks of all pages and empties the outbox. What cannot be stored now stays for the next start. */
export async function emptyOutbox(store: RecordStore): Promise<void> {
  for (const [key, left] of await loadOutbox()) {
    const requests = (Array.isArray(left) ? (left as unknown[]) : []).flatMap(
      (each) => readMark((each ?? {}) as Message) ?? [],
    );
    const answers = await Promise.all(
      requests.map((request) => store.enqueue({ type: 'mark', ...request })),
    );
    if (answers.every(({ ok }) => ok)) await drop([key]);
  }
}
