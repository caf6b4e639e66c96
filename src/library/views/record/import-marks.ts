/** Imports marks and discovered posts into the record. */
import type { Actions, Notice } from '../../../app/actions.ts';
import type { Answer, Change } from '../../../app/messages.ts';
import { write } from '../../../app/transport.ts';
import { encodeDiscovered } from '../../../catalogue/discovered/codec.ts';
import type { DiscoveredPosts } from '../../../catalogue/discovered/post.ts';
import type { ImportSource } from '../../../record/undo-steps.ts';

export interface Import {
  source: ImportSource;
  /** Entries with stamps of their own, as record/codec.ts writes them; or marks that are made now. */
  marks: { entries: string } | { changes: Change[] };
  discovered: DiscoveredPosts;
}

/**
 * Imports, and says what became of it. If a part of it fails, all of it can be tried again.
 *
 * @param done is called when everything is stored
 */
export function importMarks(
  actions: Actions,
  { source, marks, discovered }: Import,
  done: () => void,
): void {
  const id = crypto.randomUUID();
  const send = async (): Promise<Answer> => {
    if (discovered.size > 0) {
      const answer = await write('mergeDiscovered', { discovered: encodeDiscovered(discovered) });
      if (!answer.ok) return answer;
    }
    return 'entries' in marks
      ? write('merge', { id, source, ...marks })
      : write('mark', { id, source, ...marks });
  };
  void actions.run(send, ({ step }) => {
    done();
    return storedNotice(actions, 'imported', step);
  });
}

/** What to say when a request is stored; `step` is the id to undo it by, if it changed anything. */
export function storedNotice(
  actions: Actions,
  kind: 'imported' | 'restored',
  step: string | undefined,
): Notice {
  return step === undefined
    ? { kind: 'nothing-changed' }
    : { kind, action: { kind: 'undo', run: () => void actions.undo(step) } };
}
