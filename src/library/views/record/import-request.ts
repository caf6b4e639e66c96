/** Bringing entries from elsewhere into the record. */
import type { Learned } from '../../../catalogue/discovered/discovered.ts';
import type { Brought } from '../../../record/undo-steps.ts';

export interface Load {
  how: Brought;
  /** A snapshot as record/codec.ts writes it. */
  entries: string;
  learned: Learned;
}

/** Whether it is stored; what went wrong was said. */
export type Bring = (load: Load) => Promise<boolean>;
