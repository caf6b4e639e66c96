/** What was not imported and why, as plain data; ui/words/ has the texts. */

export interface Refusal {
  /** What `at` means: the line of a text or the entry in a list of an exported file, from 1; or an id. */
  of: 'lines' | 'marks' | 'learned' | 'plans' | 'posts';
  at: number;
  reason: Reason;
}

export type Reason =
  /** The unsound field of an entry; `entry` if it is not an object. */
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
  | 'basis'
  | 'hidden'
  | 'met'
  /** Title, date, tags and other facts of a discovered post: unsound, or not plausible here. */
  | 'facts'
  /** The plan is unsound. */
  | 'plan'
  /** There are as many plans as may be saved. */
  | 'too-many-plans'
  /** The post occurred before. The later of two marks wins. */
  | 'twice'
  /** The line names no post: words, an address of another site, another page of the blog, `- [ ]`. */
  | 'words'
  | 'elsewhere'
  | 'no-post-address'
  | 'unticked'
  /** The id is not a post of the blog. */
  | 'no-post';

/** Why nothing was imported from a text. */
export type Trouble =
  | { why: 'too-long' | 'too-many'; most: number }
  | { why: 'no-json'; line: number }
  /** JSON that we did not export. */
  | { why: 'foreign' }
  | { why: 'field'; field: 'version' | 'marks' | 'learned' | 'plans' }
  /** Exported by a newer version of the companion. */
  | { why: 'newer'; version: number };

/** The maximum characters of a text. A file with the maximum number of marks, as we export it, has fewer. */
export const MAX_CHARS = 16 * 2 ** 20;
/**
 * The maximum marks, discovered posts or plans of a file, and posts of a list: more posts than the blog will
 * have for decades. They fit with their undo step and two backups into the 10 MiB that Chromium allows.
 */
export const MAX_ENTRIES = 20_000;
/** The maximum lines of a text that names posts. */
export const MAX_LINES = 100_000;
