/** The data that the popup is drawn from. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Settings } from '../app/settings.ts';
import type { PageStatus } from '../app/messages.ts';
import type { ReadingRecord } from '../record/marks.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { SeriesRow } from './overview.ts';

/** Whether the extension may run on the blog; refused: the reader asked for it, and access was denied. */
export type Access = 'unknown' | 'given' | 'missing' | 'refused';

/** The state of the popup. */
export interface PopupState {
  /** The posts of the page under the popup: null if it is not the blog's, undefined until that is known. */
  readonly page: PageStatus | null | undefined;
  /** Whether the window is private. */
  readonly isPrivate: boolean;
  readonly access: Access;
  /**
   * How many stored entries could not be read, until the reader has looked at them in the library;
   * undefined until it is known.
   */
  readonly damaged: number | undefined;
  /** The version whose news the reader has not seen yet, if there is one. */
  readonly newsOf: string | undefined;
  /** The reader's stays on the blog as they are stored (record/stay.ts). */
  readonly stay: unknown;
  /** Whether the popup has stopped waiting for missing data. */
  readonly hasWaited: boolean;
  /** The keys of the lists that are open. */
  readonly open: ReadonlySet<string>;
  /** The order of the series, by name, which is fixed after the first mark. */
  readonly order: readonly string[] | undefined;
}

/** The data that the sections are drawn from. */
export interface PopupModel extends PopupState {
  readonly catalogue: Catalogue;
  readonly record: ReadingRecord;
  readonly settings: Settings;
  readonly words: PageWords;
  /** All series with their progress; empty before the first drawing. */
  readonly rows: readonly SeriesRow[];
  /** In ms. */
  readonly now: number;
}

/** Whether all data is known that decides which sections the popup has. */
export function isComplete({ page, access, damaged }: PopupState): boolean {
  return page !== undefined && access !== 'unknown' && damaged !== undefined;
}

/** The list `key` opened if it is closed, closed if it is open. */
export function withToggled(state: PopupState, key: string): Pick<PopupState, 'open'> {
  const open = new Set(state.open);
  if (!open.delete(key)) open.add(key);
  return { open };
}
