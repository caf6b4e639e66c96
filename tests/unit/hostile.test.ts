/**
 * Hostile and broken pages, for every function that reads pages and titles: nothing throws, and the
 * work is bounded as docs/security.md says. Work is counted, never timed; code that takes quadratic
 * time would exceed the time limit of a test.
 */
import * as fc from './fc.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archiveEntries } from '../../src/site/archive.ts';
import { articleBoxes, measureArticle, referencesOf } from '../../src/site/article.ts';
import { postLinksIn } from '../../src/site/links.ts';
import {
  findTitles,
  headingsAt,
  lineAnchor,
  readExcerpt,
  titleTest,
} from '../../src/site/listing.ts';
import { readNewPosts } from '../../src/site/new-posts.ts';
import { findItemsInText } from '../../src/site/listing-text.ts';
import { namingTexts } from '../../src/site/mentions.ts';
import { postPage } from '../../src/site/post-page.ts';
import { readSavedPost } from '../../src/site/saved-post.ts';
import { readLine, readText } from '../../src/site/text.ts';
import { readPartTitle } from '../../src/catalogue/grammar.ts';
import { mentionsIn } from '../../src/catalogue/mentions.ts';
import { normaliseTitle } from '../../src/catalogue/normalise.ts';
import { openingOf, soundOpening } from '../../src/catalogue/discovered/openings.ts';
import { place } from '../../src/catalogue/place.ts';
import { recognise } from '../../src/catalogue/recognise.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { Search } from '../../src/catalogue/search/search.ts';
import { placeholders } from './placeholders.ts';
import { runs } from './runs.ts';
import { parsePage, post, realCatalogue } from './support.ts';

const MEGABYTE = 1_000_000;

/** Reads a page with every function that reads pages. */
function readAll(page: Document): void {
  for (const heading of findTitles(page)) {
    const excerpt = readExcerpt(heading);
    const { title, date, text, topics, opening } = excerpt;
    expect(title.length).toBeLessThanOrEqual(1_000);
    expect(date ?? '01-01').toMatch(/^(?:\d{4}-)?\d{2}-\d{2}$/);
    expect(text.trim()).toBe(text);
    expect(topics.tags).not.toEqual([]);
    recognise(excerpt, placeholders);
    lineAnchor(heading, true);
    lineAnchor(heading, false);
    const kept = openingOf(opening);
    if (kept.length > 0) expect(soundOpening(kept)).toEqual(kept);
  }
  for (const node of page.querySelectorAll('*')) headingsAt([node]);
  for (const heading of headingsAt(page.querySelectorAll('*'))) titleTest()(heading);
  postLinksIn([page], true);
  archiveEntries(page.documentElement);
  readNewPosts(page);
  readSavedPost(page);
  namingTexts(page, 100);
  postPage(page, 90_001);
  for (const article of articleBoxes(page)) {
    referencesOf(article, 1);
    measureArticle(article);
  }
}

describe('a page with any markup', () => {
  const classes = fc.constantFrom(
    ...'Post PostHead title-wrap date-wrap submitted PostContent more tools MathJax MathJax_Preview MathJax_Display MJX_Assistive_MathML '.split(
      ' ',
    ),
  );
  const ids = fc.constantFrom('', 'PostContent', 'archives', 'MobileSideBar', 'comments', 'pay');
  const names = fc.constantFrom(
    ...'div span p h1 h2 h3 a ul li br blockquote pre script math mi table svg template textarea'.split(
      ' ',
    ),
  );
  const hrefs = fc.oneof(
    fc.constantFrom(
      '/archives/90001',
      '/archives/90002#x',
      'http://[',
      'javascript:0',
      '',
      '//',
      '#',
    ),
    fc.string({ unit: 'binary' }),
  );
  const texts = fc.oneof(
    fc.constantFrom(
      '28Aug',
      'By x | 2099-08-28 | 1位读者',
      '占位标题丁：带图片',
      '2099年 (共4篇)',
      '$x$',
    ),
    fc.constantFrom(
      '$$',
      '\\begin{a}',
      '\\end{a}',
      '《',
      '》',
      'NEWPOSTS',
      '点击阅读全文...',
      '\ud800',
    ),
    fc.string({ unit: 'binary' }),
  );
  interface Made {
    name: string;
    class: string;
    id: string;
    href: string;
    type: string;
    children: (Made | string)[];
  }
  const { node } = fc.letrec<{ node: Made | string; element: Made }>((tie) => ({
    node: fc.oneof({ depthSize: 'small' }, texts, tie('element')),
    element: fc.record({
      name: names,
      class: classes,
      id: ids,
      href: hrefs,
      type: fc.constantFrom('', 'math/tex', 'math/tex; mode=display'),
      children: fc.array(tie('node'), { maxLength: 6 }),
    }),
  }));
  const page = parsePage('<body></body>');
  // The code gets the class of elements from the window, which does not exist here.
  beforeAll(() =>
    vi.stubGlobal('Element', (page.defaultView as unknown as typeof globalThis).Element),
  );
  afterAll(() => vi.unstubAllGlobals());
  const build = (made: Made | string): Node => {
    if (typeof made === 'string') return page.createTextNode(made);
    const element = page.createElement(made.name);
    for (const name of ['class', 'id', 'href', 'type'] as const)
      if (made[name]) element.setAttribute(name, made[name]);
    element.append(...made.children.map(build));
    return element;
  };

  it('never throws if it is built node by node', () => {
    fc.assert(
      fc.property(fc.array(node, { maxLength: 8 }), (nodes) => {
        page.body.replaceChildren(...nodes.map(build));
        readAll(page);
      }),
      { numRuns: runs(400) },
    );
  });

  it('never throws if it is parsed from any string', () => {
    const pieces = fc.constantFrom(
      '<div class="Post">',
      '<h2>',
      '</h2>',
      '<a href="/archives/90001">',
      '</a>',
      '</div>',
      '<',
      '<script type="math/tex">',
      '</script>',
      '<div class="PostContent">',
      '<!--',
      '-->',
      '&#0;',
    );
    const strings = fc.array(fc.oneof(pieces, texts), { maxLength: 20 });
    fc.assert(
      fc.property(strings, (markup) => {
        page.body.innerHTML = markup.join('');
        readAll(page);
      }),
      { numRuns: runs(300) },
    );
  });
});

const HOSTILE: Record<string, string> = {
  letters: '长'.repeat(MEGABYTE),
  blanks: `a${' '.repeat(MEGABYTE)}b`,
  'line breaks': `a${' \n'.repeat(MEGABYTE / 2)}b`,
  hashes: `a${'#'.repeat(MEGABYTE)}b`,
  'unpaired surrogates': '\ud800\udc00\udc00\ud83d'.repeat(MEGABYTE / 4),
  'zero-width and bidi characters': '\u200b\u202e\u2066\ufeff'.repeat(MEGABYTE / 4),
  'characters that NFKC makes 18 of': '\ufdfa'.repeat(100_000),
  'formulas that never end': '\\begin{a}'.repeat(MEGABYTE / 9),
  'formulas that end too late': `${'\\begin{a}'.repeat(MEGABYTE / 9)}\\end{b}`,
  'displays that never end': '$$a'.repeat(MEGABYTE / 3),
  'definitions that would expand without end': '\\def\\a{\\a\\a}\\a'.repeat(MEGABYTE / 15),
  'braces within braces': '{'.repeat(MEGABYTE / 2) + '}'.repeat(MEGABYTE / 2),
  brackets: '《（【'.repeat(MEGABYTE / 3),
};

describe.each(Object.entries(HOSTILE))('a megabyte of %s', (_, text) => {
  it('is read up to 1,000 characters as a title, and is no post', () => {
    const page = parsePage('<div class="Post"><div class="title-wrap"><h2></h2></div></div>');
    page.querySelector('h2')?.append(text);
    const [heading] = findTitles(page);
    const excerpt = heading && readExcerpt(heading);
    expect(excerpt?.title.length).toBeLessThanOrEqual(1_000);
    expect(excerpt && recognise(excerpt, placeholders)).toBeUndefined();
  });

  it('is no title for comparison, placement and search', () => {
    expect(normaliseTitle(text).length).toBeLessThanOrEqual(18 * text.length);
    expect(placeholders.titled(text)).toEqual([]);
    expect(readPartTitle(text)).toBeUndefined();
    expect(mentionsIn(`《${text}》`, placeholders)).toEqual([]);
    expect(new Search(placeholders, new Map()).find(text).query.length).toBeLessThanOrEqual(
      18 * 80,
    );
    expect(findItemsInText(`28 Aug\n${text}`).length).toBeLessThanOrEqual(1);
  });

  it('is read with one visit to each node as an excerpt, and is cut', () => {
    const page = parsePage(
      '<div class="Post"><h2><a href="/archives/90001">x</a></h2><div class="PostContent"></div></div>',
    );
    const content = page.querySelector('.PostContent') as Element;
    content.append(text);
    const visit = vi.fn(() => false);
    expect(readText(content, visit).length).toBeLessThanOrEqual(text.length);
    expect(visit).toHaveBeenCalledTimes(2);
    const [heading] = findTitles(page);
    const kept = openingOf((heading && readExcerpt(heading).opening) ?? []);
    expect(JSON.stringify(kept).length).toBeLessThanOrEqual(12_000);
  });

  it('is measured up to 500,000 characters as an article', () => {
    const page = parsePage('<div id="PostContent" class="PostContent"></div>');
    const article = page.querySelector('.PostContent') as Element;
    article.append(text);
    const length = measureArticle(article);
    article.textContent = readText(article).slice(0, 500_000);
    expect(measureArticle(article)).toEqual(length);
    for (const count of Object.values(length)) expect(count).toBeLessThanOrEqual(500_000);
  });
});

it('a formula of a megabyte and a tree of 100,000 branches are not stored', () => {
  const page = parsePage('<div class="PostContent"></div>');
  const content = page.querySelector('.PostContent') as Element;
  const script = page.createElement('script');
  script.type = 'math/tex';
  script.textContent = '\\frac{'.repeat(MEGABYTE / 6);
  content.append('前', script);
  expect(readLine(content)).toHaveLength(1 + script.textContent.length + 2);
  const branches: ['math', ...['mi', string][]] = ['math'];
  for (let i = 0; i < 100_000; i++) branches.push(['mi', 'x']);
  for (const tree of [undefined, branches]) {
    const kept = openingOf(['前', { tex: `$${script.textContent}$`, tree }]);
    expect(kept).toEqual(['前']);
  }
});

describe('a look-alike is not a match', () => {
  /** Characters of other scripts that look like these. */
  const LOOK_ALIKES = new Map(
    (
      'aа cс eе iі oо pр xх yу AΑ BВ EΕ MΜ NΝ OО PР TТ HН KΚ RᏒ LᏞ SЅ GԌ lӏ 1l 0O 一— 二ニ ' +
      '力カ 工エ 人入 的旳 未末 己已 之え 大犬 学學 与與 ：∶ 、ヽ （❨'
    )
      .split(' ')
      .map((pair) => [pair.slice(0, 1), pair.slice(1)]),
  );

  it('whichever letter of whichever title is replaced, with any date', () => {
    const catalogue = realCatalogue();
    let tried = 0;
    for (const { id, title, date } of catalogue.posts.values()) {
      Array.from(title).forEach((letter, at, letters) => {
        const other = LOOK_ALIKES.get(letter);
        if (other === undefined) return;
        tried++;
        const forged = letters.with(at, other).join('');
        for (const shown of [date, date.slice(5), undefined]) {
          const found = recognise({ link: undefined, title: forged, date: shown }, catalogue);
          if (found) throw new Error(`${forged} was taken for ${found.id}, made from ${id}`);
        }
      });
    }
    expect(tried).toBeGreaterThan(5_000);
  });

  it('but invisible characters do not change a title', () => {
    const catalogue = realCatalogue();
    const unseen = ['\u200b', '\u200f', '\u202e', '\u2066', '\u061c', '\ufeff', '\u00ad'];
    let at = 0;
    for (const { id, title, date } of catalogue.posts.values()) {
      const dotted = Array.from(title, (letter) => unseen[at++ % unseen.length] + letter).join('');
      expect(recognise({ link: undefined, title: dotted, date }, catalogue)?.id).toBe(id);
    }
  });
});

describe('references in circles and to nowhere', () => {
  const posts = [
    post(1, { refs: [2, 1] }),
    post(2, { refs: [3, 1, 77] }),
    post(3, { refs: [1, 2, 99_999] }),
  ];
  const catalogue = new Catalogue({
    posts,
    series: [
      { name: '环', kind: 'curated', posts: [1, 2, 3, 404, 1] },
      { name: '空', kind: 'curated', posts: [] },
    ],
  });

  it('are followed one step, once each, and only to known posts', () => {
    const looked = vi.spyOn(catalogue, 'post');
    const { references, citedBy, series } = place(3, catalogue);
    expect(references?.map(({ id }) => id)).toEqual([1, 2]);
    expect(citedBy.map(({ id }) => id)).toEqual([2]);
    expect(series.map(({ name, partNumber }) => [name, partNumber])).toEqual([['环', 3]]);
    // The post itself, three references, one that cites it, five parts.
    expect(looked).toHaveBeenCalledTimes(10);
  });

  it('are also harmless on discovered posts', () => {
    const seen = '2026-01-01';
    const known = catalogue.with(
      new Map([
        [4, { id: 4, seen, title: '四', refs: [5, 4, 6] }],
        [5, { id: 5, seen, title: '五', refs: [4] }],
      ]),
    );
    expect(place(4, known).references?.map(({ id }) => id)).toEqual([5, 4]);
    expect(place(4, known).citedBy.map(({ id }) => id)).toEqual([4, 5]);
  });
});
