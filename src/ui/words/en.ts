/** The words on the blog, in English. */
import type { Words } from './zh.ts';

import { count } from './count.ts';

/** 1 post, 1,341 posts */
export const posts = (n: number) => (n === 1 ? '1 post' : `${count(n)} posts`);

const duration = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `~${rest} min`;
  return rest === 0 ? `~${hours} h` : `~${hours} h ${rest} min`;
};

const en: Words = {
  name: 'Companion for Scientific Spaces',

  unread: 'Unread',
  later: 'Read later',
  readLater: 'Read later',
  reading: (percent) => (percent > 0 ? `Reading, ${percent}%` : 'Reading'),
  read: 'Read',
  markOf: (title, mark) => `Mark: ${mark}, ${title}`,
  allMarks: 'All marks',
  newPost: 'New post',

  part: (k, n) => ['Part ', `${k}`, ` of ${n}`],
  seriesAt: (name, part) => `Series: ${name}, ${part}`,
  also: 'Also in',
  previous: (title) => `Previous: ${title}`,
  next: (title) => `Next: ${title}`,
  previousPart: 'Previous',
  nextPart: 'Next',
  nextUnread: 'Next unread',
  earlierUnread: 'Earlier parts unread',
  allRead: 'All parts read',
  rulerOf: (read, n) => `${read} of ${n} parts read`,
  readOf: (read, n) => `${read} of ${n} read`,
  left: (minutes, unknown) => {
    if (minutes === 0) return unknown === 0 ? '' : `${posts(unknown)} of unknown length left`;
    const more = unknown === 0 ? '' : `, plus ${posts(unknown)} of unknown length`;
    return `${duration(minutes)} left${more}`;
  },
  minutes: (minutes) => duration(minutes),
  finished: 'Finished',
  latestPart: (day) => `Latest part ${day}`,
  thisPost: 'This post',
  partsOf: (n) => (n === 1 ? '1 part' : `${n} parts`),

  references: (refs, citedBy) => {
    const both = [refs ? `refers to ${refs}` : '', citedBy ? `cited by ${citedBy}` : ''];
    const text = both.filter(Boolean).join(', ');
    return text.charAt(0).toUpperCase() + text.slice(1);
  },
  refersTo: 'Refers to',
  citedBy: 'Cited by',
  readFirst: 'Read first',

  equation: (number) => `Equation ${number}`,
  backToBefore: 'Back',
  upToHere: 'Up to here last time',
  backToPlace: 'Back to where you left off',
  changedSince: (n) => (n === 1 ? 'Changed since: 1 paragraph' : `Changed since: ${n} paragraphs`),
  textBefore: 'Before',
  textAfter: 'Now',
  goThere: 'Go there',
  seenChanges: 'Seen',
  moreChanges: (n) => `${n} more`,
  undo: 'Undo',
  retry: 'Try again',
  notSaved: {
    full: 'Not saved: storage is full',
    failed: 'Not saved',
    newer: 'Not saved: your record was written by a newer version',
    refused: 'Not saved: the request is not valid. Reload this page',
    unreachable: 'Not saved: the extension did not respond',
    gone: 'Not undone: this step is no longer in the undo history',
  },
  updated: 'Extension updated. Reload this page.',

  addToPlan: 'Add to plan',
  listHere: 'This link contains a list of posts.',
  takeList: 'Import list',
  dismiss: 'Dismiss',
  whose: 'Find source post',
  whoseUnknown: 'Source not found',
  whoseHere: 'From this post',
  openingUnmet: 'Opening not available yet',
  openingUnread: 'The opening could not be loaded',
  unreadOf: (unread, refs) => `${unread} of ${refs} references unread`,
  linkMark: (mark, part) => `${mark}; ${part}`,
  partIn: (name, part) => `${name}, ${part}`,
  filterBy: 'Filter by mark',
  filters: { all: 'All', unread: 'Unread', reading: 'Reading', read: 'Read', later: 'Later' },
  noneOf: (filter) => `No posts match “${filter}”.`,

  readingNow: 'Reading',
  count,
};

export default en;
