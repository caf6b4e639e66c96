/** Every word on screen, in English. */
import type { Words } from './zh.ts';

const count = (n: number) => n.toLocaleString('en-US');
const posts = (n: number) => (n === 1 ? '1 post' : `${count(n)} posts`);

const duration = (minutes: number) => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `~${rest} min`;
  return rest === 0 ? `~${hours} h` : `~${hours} h ${rest} min`;
};

const en: Words = {
  name: 'Companion for Scientific Spaces',

  unread: 'Unread',
  later: 'Later',
  readLater: 'Read later',
  reading: (percent) => (percent > 0 ? `Reading, ${percent}%` : 'Reading'),
  read: 'Read',
  markOf: (title, mark) => `Mark: ${mark}, ${title}`,
  allMarks: 'The four marks',
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
    if (minutes === 0) return unknown === 0 ? '' : `${posts(unknown)} left, of unknown length`;
    return `${duration(minutes)} left${unknown === 0 ? '' : `; ${unknown} of unknown length`}`;
  },
  minutes: (minutes) => duration(minutes),
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

  undo: 'Undo',
  retry: 'Retry',
  notSaved: {
    full: 'Not saved: storage is full',
    failed: 'Not saved',
    newer: 'Not saved: the record is from a newer version',
    unreachable: 'Not saved: the background did not answer',
  },
  updated: 'Updated. Reload this page',

  whose: 'From which post?',
  whoseUnknown: 'Not recognised',
  linkMark: (mark, part) => `${mark}; ${part}`,
  partIn: (name, part) => `${name}, ${part}`,
  filterBy: 'Filter by mark',
  filters: { all: 'All', unread: 'Unread', reading: 'Reading', read: 'Read', later: 'Later' },
  noneOf: (filter) => `No posts here: ${filter}.`,

  search: 'Search titles, series, tags',
  clearSearch: 'Clear the search',
  nothingFound: 'Nothing found.',
  foundSeries: 'Series',
  foundPosts: 'Posts',
  more: (n) => `${posts(n)} more`,
  thisPage: 'This page',
  onThisPage: (n) => `${posts(n)} on this page`,
  readSoFar: (read, all) => `${count(read)} of ${count(all)} read`,
  outOf: (all) => `of ${count(all)}`,
  yearOf: (year, read, all) => `${year}: ${read} of ${all}`,
  readThisYear: 'Read this year',
  readingNow: 'Reading',
  count,
  continue: 'Continue',
  series: 'Series',
  seriesBegun: (begun, all) => `${begun} of ${all} begun`,
  showParts: (name) => `Parts of ${name}`,
  marked: {
    unread: (title) => `Marked as unread: ${title}`,
    later: (title) => `Kept for later: ${title}`,
    reading: (title) => `Marked as reading: ${title}`,
    read: (title) => `Marked as read: ${title}`,
  },
  welcome: 'Nothing read yet',
  welcomeText:
    'Open the blog and read a post; it will be noted here. Each excerpt gets one more line: where it stands in its series, and how far you have read.',
  openBlog: 'Open the blog',
  noAccess: 'Not yet allowed on the blog.',
  noAccessText: 'The browser does not let the companion run on the pages of Scientific Spaces.',
  allow: 'Allow',
  stillNoAccess:
    'The browser did not allow it. The extension’s permissions can be changed in its settings.',
  privateWindow: 'Private window: nothing is recorded by itself',
  select: 'select',
  open: 'open',
  toggleRead: 'mark read',
  onTheBlog: 'On the blog',
  switches: {
    linkMarks: 'Mark links to posts in texts',
    sidebarLinks: 'Mark those in the sidebar too',
    mentions: 'Turn titles of posts in 《》 into links',
  },
  linkMarksSeen: 'The blog’s own scripts can see the marks on links.',
  language: 'Language',
  automatic: 'Automatic',
  languages: { 'zh-CN': '中文', en: 'English' },
  catalogueUntil: (date) => `Catalogue up to ${date}`,
  unofficial: 'Unofficial',
};

export default en;
