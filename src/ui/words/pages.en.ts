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
  markedMany: (n) => `Marked ${posts(n)}`,
  undone: (n) => `Undone for ${posts(n)}`,
  undoneBut: (n, left) => `Undone for ${posts(n)}; ${count(left)} changed since and left alone`,
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

export default pagesEn;
