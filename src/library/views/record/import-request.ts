/** What an import asks of the record. */
import type { Change } from '../../../app/messages.ts';
import type { DiscoveredPosts } from '../../../catalogue/discovered/post.ts';
import type { ImportSource } from '../../../record/undo-steps.ts';

export interface ImportRequest {
  source: ImportSource;
  /** Entries with stamps of their own, as record/codec.ts writes them; or marks to be made now. */
  marks: { entries: string } | { changes: Change[] };
  discovered: DiscoveredPosts;
}

/** Carries an import out and calls back when it is stored. What went wrong is said. */
export type Import = (request: ImportRequest, done: () => void) => void;
