/** What of a text that comes in was not taken, and why: plain data, for words are made elsewhere. */

export interface Refusal {
  /** What `at` counts: lines of a text, entries of a list of an exported file, from 1; or ids. */
  of: 'lines' | 'marks' | 'learned' | 'posts';
  at: number;
  reason: Reason;
}

export type Reason =
  /** The field of an entry that is unsound; `entry` for one that is no object at all. */
  | 'entry'
  | 'id'
  | 'mark'
  | 'fraction'
  | 'place'
  | 'at'
  | 'by'
  | 'time'
  | 'tick'
  | 'device'
  | 'met'
  /** Title, date, tags and other facts of a learned post: unsound, or not plausible here. */
  | 'facts'
  /** The post was named before. Of two marks the later act stands. */
  | 'twice'
  /** A line that names no post: words, an address of another site, one of the blog, `- [ ]`. */
  | 'words'
  | 'elsewhere'
  | 'no-post-address'
  | 'unticked'
  /** An id that is no post of the blog. */
  | 'no-post';

/** Why nothing of a text was taken. */
export type Trouble =
  | { why: 'too-long' | 'too-many'; most: number }
  | { why: 'no-json'; line: number }
  /** JSON, but none that we exported. */
  | { why: 'foreign' }
  | { why: 'field'; field: 'version' | 'marks' | 'learned' }
  /** Exported by a newer version of the companion. */
  | { why: 'newer'; version: number };

/** Characters of a text that is read at all: 100,000 marks as we export them. */
export const MAX_CHARS = 16 * 2 ** 20;
/** Entries of a file, or lines of a list. */
export const MAX_ENTRIES = 100_000;
