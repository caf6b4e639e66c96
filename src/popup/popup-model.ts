/** What the popup is drawn from: its own state, and everything that is known. Plain data. */
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Settings } from '../app/settings.ts';
import type { PageStatus } from '../app/messages.ts';
import type { ReadingRecord } from '../record/marks.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { SeriesRow } from './overview.ts';

/** Whether the browser lets the companion run on the blog; refused: the reader asked, in vain. */
export type Access = 'unknown' | 'given' | 'missing' | 'refused';

/** What the popup knows by itself. */
export interface PopupState {
  /** What the page below the popup shows: null if that is nothing of the blog, undefined until it is known. */
  readonly page: PageStatus | null | undefined;
  /** Whether the window is private. */
  readonly isPrivate: boolean;
  readonly access: Access;
  /** Whether what is not known yet is not waited for any longer. */
  readonly hasWaited: boolean;
  /** The keys of the lists that are open. */
  readonly open: ReadonlySet<string>;
  /** The names of the series in the order in which they stay once the reader has marked something. */
  readonly order: readonly string[] | undefined;
}

/** What the sections are drawn from. */
export interface PopupModel extends PopupState {
  readonly catalogue: Catalogue;
  readonly record: ReadingRecord;
  readonly settings: Settings;
  readonly words: PageWords;
  /** All series with how far they are read; none before the sections are drawn. */
  readonly rows: readonly SeriesRow[];
  /** In ms. */
  readonly now: number;
}

/** Whether everything is known that decides which sections the popup has. */
export function isComplete({ page, access }: PopupState): boolean {
  return page !== undefined && access !== 'unknown';
}

/** The list `key` opened if it is closed, closed if it is open. */
export function withToggled(state: PopupState, key: string): Pick<PopupState, 'open'> {
  const open = new Set(state.open);
  if (!open.delete(key)) open.add(key);
  return { open };
}
