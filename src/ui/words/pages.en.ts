/** The words of our own pages, in English. */
import type { PagesWords } from './pages.zh.ts';

const count = (n: number) => n.toLocaleString('en-US');
const posts = (n: number) => (n === 1 ? '1 post' : `${count(n)} posts`);

const pagesEn: PagesWords = {
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
  library: 'Library',
  views: { record: 'Record', settings: 'Settings' },
  on: 'On',
  off: 'Off',
  settingsTitle: 'What is shown on the blog',
  settingsText: 'Each can be switched off by itself; what is off leaves no trace on the blog.',
  ourPages: 'Popup and library',
  settings: {
    listingLines: ['Line under excerpts', 'On listing pages, one line under each byline.'],
    postLines: ['On a post', 'The line under its title, and the series’ contents at its end.'],
    linkMarks: [
      'Marks on links',
      'A small mark between the lines on links to posts; the blog’s own scripts can see it.',
    ],
    sidebarLinks: ['Links in the sidebar', 'Links to posts in the sidebar are marked, too.'],
    mentions: ['Titles in 《》', 'Titles of posts in 《》 become links.'],
    quotations: ['From which post', 'A selected text can be traced to its post.'],
    autoRead: ['Record by itself', 'How far you have read, and what you have read.'],
    strictness: ['What counts as read', 'Seen nearly whole, and not in haste.'],
    language: ['Language', 'Of the line on the blog, the popup and the library.'],
    theme: ['Appearance', 'On the blog the page’s own ground decides.'],
  },
  strictnesses: { loose: 'Loose', normal: 'Normal', strict: 'Strict' },
  countsAsRead: (coverage, share, seconds) =>
    `${coverage}% seen, in ${share}% of the estimated time and ${seconds} s at least.`,
  themes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  language: 'Language',
  automatic: 'Automatic',
  languages: { 'zh-CN': '中文', en: 'English' },
  catalogueUntil: (date) => `Catalogue up to ${date}`,
  unofficial: 'Unofficial',
};

export default pagesEn;
