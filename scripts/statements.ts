/** What we know about the pages of the blog, as statements that check-live.ts compares with the pages. */

/** A page of the blog to open. */
export interface LivePage {
  path: string;
  name: string;
  kind: 'listing' | 'post' | 'archive' | 'other';
  /** The post of a post page. */
  post?: number;
  /** Whether a listing has fewer than eight items, and so no further page and no pager. */
  isShort?: boolean;
}

/** Robots are asked not to open searches, so no search page is among them. */
export const PAGES: readonly LivePage[] = [
  { path: '/', name: 'home', kind: 'listing' },
  { path: '/page/2/', name: 'the second page', kind: 'listing' },
  { path: '/category/Big-Data', name: 'a category', kind: 'listing' },
  { path: '/tag/attention/', name: 'a tag', kind: 'listing' },
  { path: '/2023/08/', name: 'a month', kind: 'listing', isShort: true },
  { path: '/archives/9708', name: 'a post', kind: 'post', post: 9708 },
  { path: '/archives/1765', name: 'an old post', kind: 'post', post: 1765 },
  { path: '/content.html', name: 'all posts', kind: 'archive' },
  { path: '/links.html', name: 'an ordinary page', kind: 'other' },
];

/** What the blog's answer says, and what the extension's code recognises on the page. */
export interface Visit {
  /** The content security policy of the answer; '' for none. */
  policy: string;
  recognised: readonly number[];
  /** How often the page's policy refused something. */
  refused: number;
}

/** What a statement can be about, in the order in which statements are printed. */
const SUBJECTS = [
  'recognition',
  'title',
  'frame',
  'listing',
  'post',
  'archive',
  'formulas',
  'loading',
] as const;

export interface Statement {
  about: (typeof SUBJECTS)[number];
  says: string;
  holds: boolean;
  /** What was found in detail. */
  found: string;
}

/** The facts that are read in the page. */
export interface PageFacts {
  /** How many elements match, by selector. */
  counts: Record<string, number>;
  items: {
    permalink: string | null;
    hasContent: boolean;
    byline: string;
    day: string;
    hasLine: boolean;
    display: string;
  }[];
  more: string[];
  /** Our boxes in the page. */
  boxes: number;
  doctype: string;
  language: string;
  title: string;
  isDrawerFirst: boolean;
  mathjax: string | null;
  shifts: number;
}

/** The boxes that every page has. */
const FRAME = [
  '#Header',
  '#MainMenu',
  '#MainMenuiPad',
  '#MainBody',
  '#content',
  '#SideBar',
  '#Footer',
] as const;
const SELECTORS = [
  ...FRAME,
  '#MobileSideBar',
  '#MobileComments',
  '#breadcrumb',
  '#PostContent',
  '.PostContent',
  '.Post .PostHead .title-wrap',
  '.title-wrap h1 > a',
  '.title-wrap h1',
  '.title_button',
  '#content_tips',
  '#pay',
  '#how_to_cite',
  '#tools .cat a',
  '#entrynavigation',
  '#similar li a',
  '#comments, #PostComment',
  'ol.page-navigator',
  '#archives_body #archives h3',
  '#archives li a[href*="/archives/"]',
  'script[type^="math/tex"]',
  '.MathJax',
  '.MathJax_Preview',
  '.MathJax_Error',
  '.MJX_Assistive_MathML',
  '#MathJax_Message',
] as const;

/** Evaluated in the page. It is a text because a compiled function may call helpers that the page does not have. */
export const readFacts = `(() => {
  const text = (element) => (element?.textContent ?? '').replace(/\\s+/g, ' ').trim();
  const items = [...document.querySelectorAll('#MainBody .Post')].filter((post) =>
    post.querySelector('.title-wrap h2 a[href*="/archives/"]'));
  const drawer = document.querySelector('#MobileSideBar, #MobileComments');
  const body = document.querySelector('#MainBody');
  return {
    counts: Object.fromEntries(${JSON.stringify(SELECTORS)}.map((selector) =>
      [selector, document.querySelectorAll(selector).length])),
    items: items.map((post) => ({
      permalink: post.querySelector('.title-wrap h2 > a')?.getAttribute('href') ?? null,
      hasContent: post.querySelector('.PostContent') !== null,
      byline: text(post.querySelector('.submitted')),
      day: text(post.querySelector('.date-wrap')),
      hasLine: post.querySelector('[data-kexue-companion]') !== null,
      display: getComputedStyle(post.querySelector('.title-wrap')).display,
    })),
    more: [...document.querySelectorAll('p.more > a')].map(text),
    boxes: document.querySelectorAll('[data-kexue-companion]').length,
    doctype: document.doctype ? document.doctype.publicId || 'html' : '',
    language: document.documentElement.lang,
    title: document.title,
    isDrawerFirst: Boolean(drawer && body &&
      drawer.compareDocumentPosition(body) & Node.DOCUMENT_POSITION_FOLLOWING),
    mathjax: [...document.scripts].map(({ src }) => src).find((src) => /mathjax/i.test(src)) ?? null,
    shifts: globalThis.shifts ?? 0,
  };
})()`;

const BYLINE = /^By 苏剑林 \| \d{4}-\d{2}-\d{2} \| \d+\s*位读者 \| 引用$/;
const DAY = /^\d{1,2}\s*[A-Z][a-z]{2}$/;

/** The statements about a page, sorted by subject. */
export function statementsOn(page: LivePage, facts: PageFacts, visit: Visit): Statement[] {
  const of = {
    listing: listingStatements,
    post: postStatements,
    archive: archiveStatements,
    other: () => [],
  };
  return [...frame(facts), ...of[page.kind](facts, visit, page), ...network(facts, visit)].sort(
    (a, b) => SUBJECTS.indexOf(a.about) - SUBJECTS.indexOf(b.about),
  );
}

/** What check-live.ts says at the end, and its exit status: 0 only if all pages were opened and everything holds. */
export function conclude(tally: { pages: number; holds: number; fails: number }) {
  const { pages, holds, fails } = tally;
  return {
    says: `${pages} of ${PAGES.length} pages: ${holds} statements hold, ${fails} do not.`,
    status: pages === PAGES.length && fails === 0 ? 0 : 1,
  };
}

function state(
  about: Statement['about'],
  says: string,
  holds: boolean,
  found: string | number = '',
): Statement {
  return { about, says, holds, found: String(found) };
}

function frame({ counts, doctype, language, isDrawerFirst, title }: PageFacts): Statement[] {
  const missing = FRAME.filter((id) => counts[id] !== 1);
  return [
    state(
      'frame',
      'the boxes of the frame are there, each once',
      missing.length === 0,
      missing.join(' '),
    ),
    state(
      'frame',
      'the drawer comes before the main part',
      isDrawerFirst,
      `#MobileSideBar ${counts['#MobileSideBar']}`,
    ),
    state(
      'title',
      'the title ends with the name of the blog',
      title.endsWith('科学空间|Scientific Spaces'),
    ),
    state(
      'frame',
      'the doctype is html, and the language zh-CN',
      doctype === 'html' && language === 'zh-CN',
      `${doctype || 'none'}, ${language || 'none'}`,
    ),
  ];
}

function listingStatements(
  { counts, items, more, shifts }: PageFacts,
  { recognised }: Visit,
  { isShort = false }: LivePage,
): Statement[] {
  const all = (test: (item: PageFacts['items'][number]) => boolean) =>
    items.length > 0 && items.every(test);
  const [first] = items;
  const lines = items.filter(({ hasLine }) => hasLine).length;
  return [
    state(
      'recognition',
      'items are .Post with a title in .title-wrap h2 that links to a post',
      items.length > 0,
      items.length,
    ),
    state(
      'recognition',
      'permalinks are absolute',
      all(({ permalink }) => /^https:\/\/[^/]+\/archives\/\d+$/.test(permalink ?? '')),
      first?.permalink ?? '',
    ),
    state(
      'recognition',
      'each item has its .PostContent',
      all(({ hasContent }) => hasContent),
    ),
    state(
      'recognition',
      'p.more > a leads to the rest',
      more.length > 0 && more.every((text) => text.startsWith('点击阅读全文')),
      more.length,
    ),
    state(
      'recognition',
      'every item is recognised',
      recognised.length === items.length && items.length > 0,
      `${recognised.length} of ${items.length}`,
    ),
    state(
      'recognition',
      'every item has its line',
      lines === items.length && items.length > 0,
      `${lines} of ${items.length}`,
    ),
    state(
      'listing',
      isShort ? 'there are fewer than eight items' : 'there are eight items',
      isShort ? items.length < 8 : items.length === 8,
      items.length,
    ),
    state(
      'listing',
      'bylines read By 苏剑林 | date | readers | 引用',
      all(({ byline }) => BYLINE.test(byline)),
      items.filter(({ byline }) => BYLINE.test(byline)).length,
    ),
    state(
      'listing',
      'the date block is a day and a month',
      all(({ day }) => DAY.test(day)),
      first?.day ?? '',
    ),
    state(
      'listing',
      '.title-wrap is no row',
      all(({ display }) => !/flex|grid/.test(display)),
      first?.display ?? '',
    ),
    state(
      'listing',
      isShort ? 'there is no pager' : 'there is one pager',
      counts['ol.page-navigator'] === (isShort ? 0 : 1),
      counts['ol.page-navigator'] ?? 0,
    ),
    state('loading', 'nothing shifts', shifts < 0.001, shifts.toFixed(4)),
  ];
}

function postStatements(
  { counts, boxes, shifts }: PageFacts,
  { recognised }: Visit,
  { post }: LivePage,
): Statement[] {
  const has = (selector: (typeof SELECTORS)[number]) => (counts[selector] ?? 0) > 0;
  return [
    state(
      'recognition',
      'there is one #PostContent',
      counts['#PostContent'] === 1,
      counts['#PostContent'] ?? 0,
    ),
    state(
      'recognition',
      'the title is .title-wrap h1',
      has('.title-wrap h1'),
      has('.title-wrap h1 > a') ? 'a link' : 'no link',
    ),
    state('recognition', 'the post is recognised', recognised.join() === String(post)),
    state('recognition', 'its line is there', boxes > 0, boxes),
    state('post', 'the breadcrumb is there', has('#breadcrumb')),
    state('post', 'the buttons of the title are there', has('.title_button')),
    state(
      'post',
      'what ends the article is there',
      has('#content_tips') && has('#pay') && has('#how_to_cite'),
    ),
    state(
      'post',
      'category and tags stand in #tools',
      has('#tools .cat a'),
      counts['#tools .cat a'] ?? 0,
    ),
    state('post', 'previous and next are there', has('#entrynavigation')),
    state(
      'post',
      'ten similar posts are there',
      counts['#similar li a'] === 10,
      counts['#similar li a'] ?? 0,
    ),
    state('post', 'comments are there', has('#comments, #PostComment')),
    state('loading', 'nothing shifts', shifts < 0.001, shifts.toFixed(4)),
  ];
}

function archiveStatements({ counts }: PageFacts): Statement[] {
  const years = counts['#archives_body #archives h3'] ?? 0;
  const posts = counts['#archives li a[href*="/archives/"]'] ?? 0;
  return [
    state('archive', 'years are h3 in #archives', years > 10, years),
    state('archive', 'all posts are in the page', posts > 1_300, posts),
  ];
}

function network({ counts, mathjax }: PageFacts, visit: Visit): Statement[] {
  const count = (selector: (typeof SELECTORS)[number]) => counts[selector] ?? 0;
  const [scripts, drawn] = [count('script[type^="math/tex"]'), count('.MathJax')];
  return [
    state(
      'formulas',
      'MathJax is 2.7.9, or there is none',
      mathjax === null || /2\.7\.9/.test(mathjax),
      mathjax ?? 'none',
    ),
    state(
      'formulas',
      'each formula that is drawn has its script and its MathML',
      drawn <= scripts && count('.MJX_Assistive_MathML') <= drawn,
      `scripts ${scripts}, drawn ${drawn}, previews ${count('.MathJax_Preview')}, errors ${count('.MathJax_Error')}`,
    ),
    state(
      'loading',
      'no content security policy refuses anything',
      visit.refused === 0,
      visit.policy === '' ? 'no policy' : 'a policy',
    ),
  ];
}
