import { JSDOM } from 'jsdom';
import { describe, expect, it, vi } from 'vitest';
import {
  bylineOf,
  findTitles,
  headingsAt,
  isTitle,
  lineAnchor,
  readDayAndMonth,
  readExcerpt,
  titleTest,
} from '../../../src/site/listing.ts';
import { readTitle } from '../../../src/site/title.ts';
import { recognise } from '../../../src/catalogue/recognise.ts';
import { placeholders } from '../placeholders.ts';
import { expected, fixture, fixtureText, parsePage } from '../support.ts';

const itemsOf = (name: string) => expected(name).items;
const ALL = itemsOf('home').map(({ id }) => id);

const titlesAt = (nodes: Iterable<Node>) => [...headingsAt(nodes)].filter(titleTest());
const excerptsIn = (page: Document) => findTitles(page).map(readExcerpt);
const linksIn = (page: Document) => excerptsIn(page).map(({ link }) => link);
const recognisedIn = (page: Document) =>
  excerptsIn(page).flatMap((excerpt) => recognise(excerpt, placeholders)?.id ?? []);

/** A page with one item, whose heading contains `inside`. */
const pageWith = (inside: string, content = '') =>
  parsePage(`<div id="content"><div class="Post"><div class="PostHead"><div class="title-wrap">
    <h2>${inside}</h2><span class="submitted">By x | 2099-08-28 | 1位读者</span></div></div>
    <div class="PostContent">${content}</div></div></div>`);

it('the headings of drawer, sidebar, comments and articles are no titles', () => {
  const page = fixture('post', 'https://kexue.fm/archives/90003');
  const others = [...page.querySelectorAll('h1, h2, h3')].filter((heading) => !isTitle(heading));
  expect(others.map(readTitle)).toEqual(
    expect.arrayContaining(['NEWPOSTS', '占位小节', '文章小结', '随机文章']),
  );
});

describe('whatever the theme does differently', () => {
  const replaceAll = (from: RegExp, to: string) => (html: string) => html.replace(from, to);
  const change = (selector: string, act: (element: Element) => void) => (html: string) => {
    const page = parsePage(html);
    const elements = [...page.querySelectorAll(selector)];
    if (elements.length === 0) throw new Error(`nothing to change: ${selector}`);
    elements.forEach(act);
    return page.documentElement.outerHTML;
  };
  const unwrap = (element: Element) => element.replaceWith(...element.childNodes);
  const permalinks = '.title-wrap a, p.more a';
  const appendTo = (tail: string) =>
    change(permalinks, (link) => link.setAttribute('href', link.getAttribute('href') + tail));

  const MUTATIONS: Record<string, (html: string) => string> = {
    'other classes inside the date block': replaceAll(/class="date-(day|month)"/g, 'class="$1"'),
    'no classes inside the date block': replaceAll(/ class="date-(day|month)"/g, ''),
    'id="PostContent" on every item': change('.PostContent', (content) =>
      content.setAttribute('id', 'PostContent'),
    ),
    'a byline without inner spans': change('.submitted', (byline) => {
      byline.textContent = (byline.textContent ?? '').replace(/\s+/g, ' ');
    }),
    'h1 in place of h2': change('.title-wrap h2', (heading) => {
      const h1 = heading.ownerDocument.createElement('h1');
      h1.append(...heading.childNodes);
      heading.replaceWith(h1);
    }),
    'no .PostHead': change('.PostHead', unwrap),
    'relative permalinks': change(permalinks, (link) =>
      link.setAttribute('href', new URL(link.getAttribute('href') ?? '').pathname),
    ),
    'permalinks without a scheme': replaceAll(/href="https:(\/\/[^"]+\/archives\/)/g, 'href="$1'),
    'permalinks over http': replaceAll(/href="https:(\/\/[^"]+\/archives\/)/g, 'href="http:$1'),
    'permalinks with a slash at the end': appendTo('/'),
    'permalinks with a query': appendTo('?utm_source=list'),
    'permalinks with a fragment': appendTo('#comments'),
    'permalinks with all of that': appendTo('/?from=list#comments'),
    'an XHTML doctype': replaceAll(
      /<!DOCTYPE html>/i,
      '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    ),
    'no doctype': replaceAll(/<!DOCTYPE html>/i, ''),
    '.Post renamed': replaceAll(/class="Post"/g, 'class="article-item"'),
    '.title-wrap renamed': replaceAll(/class="title-wrap"/g, 'class="headline"'),
    '.date-wrap missing': change('.date-wrap', (block) => block.remove()),
    'byline and date block missing': change('.submitted, .date-wrap', (each) => each.remove()),
    'a byline in front of its title': change('.submitted', (byline) =>
      byline.parentElement?.prepend(byline),
    ),
    'the # link behind titles, as on posts': change('.title-wrap h2', (heading) =>
      heading.insertAdjacentHTML('beforeend', ' <a href="#x">#</a>'),
    ),
    'no ids anywhere but on sidebars and drawers': change('[id]', (element) => {
      if (!/SideBar|^Mobile|^Header$|^Footer$/.test(element.id)) element.removeAttribute('id');
    }),
    'a listing without its read-more links': change('p.more', (more) => more.remove()),
    'markup in the titles': change('.title-wrap a', (link) => {
      link.innerHTML = `<font color="red">${link.innerHTML}</font>`;
    }),
    'everything inside one more wrapper': change('.Post', (item) => {
      const wrapper = item.ownerDocument.createElement('section');
      item.replaceWith(wrapper);
      wrapper.append(item);
    }),
  };
  /** One page for each state of MathJax and each form of item; parsing all listings would take half a minute. */
  const CHANGED = ['home-mathjax', 'category', 'search', 'archive'];
  /** The mutations that leave the full date on the page. */
  const KEEPS_DATES = (mutation: string) => !/byline and date/.test(mutation);

  describe.each(Object.entries(MUTATIONS))('%s', (mutation, mutate) => {
    it.each(CHANGED)('%s shows the same posts', (name) => {
      const before = fixtureText(name);
      const html = mutate(before);
      expect(html).not.toBe(before);
      const excerpts = excerptsIn(parsePage(html));
      const items = itemsOf(name);
      expect(excerpts.map(({ link }) => link)).toEqual(items.map(({ id }) => id));
      expect(excerpts.map(({ title }) => title)).toEqual(items.map(({ title }) => title));
      if (KEEPS_DATES(mutation))
        expect(excerpts.map(({ date }) => date)).toEqual(items.map(({ date }) => date));
    });
  });

  it('without a byline the date block gives month and day', () => {
    const page = fixture('category');
    for (const byline of page.querySelectorAll('.submitted')) byline.remove();
    expect(excerptsIn(page).map(({ date }) => date)).toEqual(
      itemsOf('category').map(({ date }) => date?.slice('2099-'.length)),
    );
  });

  it.each(['.Post', '.PostHead', '.title-wrap'])(
    'without the class of %s openings are read',
    (selector) => {
      const openings = excerptsIn(fixture('home')).map(({ text }) => text);
      const page = fixture('home');
      for (const element of page.querySelectorAll(selector)) element.className = 'renamed';
      expect(excerptsIn(page).map(({ text }) => text)).toEqual(openings);
    },
  );

  it('served as real XHTML, the same posts are found', () => {
    const html = fixture('home');
    const xhtml = new html.defaultView!.XMLSerializer().serializeToString(html);
    const page = new JSDOM(xhtml, {
      url: 'https://kexue.fm/',
      contentType: 'application/xhtml+xml',
    }).window.document;
    expect(page.documentElement.localName).toBe('html');
    expect(linksIn(page)).toEqual(ALL);
  });

  it('the page opened from a file still links to the blog', () => {
    const html = fixtureText('home').replaceAll('https://kexue.fm/archives/', '/archives/');
    const page = new JSDOM(html).window.document;
    expect(page.URL).toBe('about:blank');
    expect(linksIn(page)).toEqual(ALL);
  });
});

describe('a title that would deceive', () => {
  const NOT_RECOGNISED: [why: string, heading: string][] = [
    ['links to two posts', '<a href="/archives/90001">甲</a><a href="/archives/90002">乙</a>'],
    [
      'links to another host',
      '<a href="https://example.org/archives/90001">占位标题丁：带图片</a>',
    ],
    ['links to a look-alike host', '<a href="https://kexue.fm.evil.com/archives/90001">x</a>'],
    [
      'links to the blog and elsewhere',
      '<a href="/archives/90001">x</a><a href="//evil.com">y</a>',
    ],
    ['runs a script', '<a href="javascript:location=\'/archives/90001\'">占位标题丁：带图片</a>'],
    ['links to post 0', '<a href="/archives/0">占位标题丁：带图片</a>'],
    ['links to post -1', '<a href="/archives/-1">占位标题丁：带图片</a>'],
    ['links to a post of seven digits', '<a href="/archives/1090001">占位标题丁：带图片</a>'],
    [
      'links to a post that the catalogue should have',
      '<a href="/archives/500">占位标题丁：带图片</a>',
    ],
    ['links to a page of the blog', '<a href="/content.html">占位标题丁：带图片</a>'],
    ['has a title that no post has', '占位标题：无此文'],
    ['has the title of a post of another day', '占位标题丁：带图片'],
    ['is empty', ''],
  ];
  it.each(NOT_RECOGNISED)('and %s is left alone', (_, heading) => {
    expect(recognisedIn(pageWith(heading))).toEqual([]);
  });

  it('and holds the same link twice is that one post', () => {
    const page = pageWith('<a href="/archives/90001">甲</a><a href="/archives/90001#x">乙</a>');
    expect(recognisedIn(page)).toEqual([90001]);
  });

  it('and links to a post above the newest is a new post', () => {
    expect(recognisedIn(pageWith('<a href="/archives/90099">新</a>'))).toEqual([90099]);
  });

  it('keeps markup as text and scripts out', () => {
    const page = pageWith(
      '<a href="/archives/90001">&lt;img src=x onerror=alert(1)&gt;<script>alert(2)</script><b>粗</b></a>',
    );
    expect(excerptsIn(page)[0]?.title).toBe('<img src=x onerror=alert(1)>粗');
  });

  it('and is a megabyte long is read only up to a limit', () => {
    const page = pageWith(`<a href="/archives/90001">${'长'.repeat(1_000_000)}</a>`);
    expect(excerptsIn(page)[0]?.title.length).toBeLessThanOrEqual(1_000);
    expect(recognisedIn(page)).toEqual([90001]);
  });
});

describe('what an opening holds is never an item', () => {
  const forged = `<div class="Post"><div class="PostHead"><div class="title-wrap">
    <h2><a href="/archives/90002">占位标题乙</a></h2><span class="submitted">2099-08-24</span>
    </div></div></div>`;

  it.each([
    ['a whole forged item', forged],
    ['a heading that links to a post', '<h2><a href="/archives/90002">占位标题乙</a></h2>'],
    ['a heading with the title of a post', '<h2>占位小节</h2>'],
    [
      'a forged title-wrap',
      '<div class="title-wrap"><h1><a href="/archives/90002">x</a></h1></div>',
    ],
    ['a forged byline', '<span class="submitted">By x | 2001-01-01 | 1位读者</span>'],
  ])('%s', (_, content) => {
    const page = pageWith('<a href="/archives/90001">甲</a>', content);
    expect(linksIn(page)).toEqual([90001]);
    expect(excerptsIn(page)[0]?.date).toBe('2099-08-28');
  });

  it('not even where the item has no byline of its own', () => {
    const page = pageWith('<a href="/archives/90001">甲</a>', forged);
    page.querySelector('.submitted')?.remove();
    expect(excerptsIn(page)[0]?.date).toBeUndefined();
    expect(bylineOf(findTitles(page)[0] as Element)).toBeUndefined();
  });

  it('nor where a heading has no head around it', () => {
    const page = parsePage(
      `<div class="Post"><h2><a href="/archives/90001">甲</a></h2><div class="PostContent">${forged}</div></div>`,
    );
    const title = findTitles(page)[0] as Element;
    expect(excerptsIn(page)[0]?.date).toBeUndefined();
    expect(lineAnchor(title, true)).toBe(title);
  });

  it('titles of different tags stand in the page’s order', () => {
    const page = parsePage(
      [3, 2, 1, 2, 3].map((n, at) => `<h${n}><a href="/archives/${at + 1}">t</a></h${n}>`).join(''),
    );
    expect(linksIn(page)).toEqual([1, 2, 3, 4, 5]);
  });

  it('one item has one title, the first, whatever its tag', () => {
    const item = `<div class="Post"><h3><a href="/archives/90001">a</a></h3><h1><a href="/archives/90002">b</a></h1></div>`;
    expect(linksIn(parsePage(item))).toEqual([90001]);
  });

  it.each(['aside', 'nav'])('a heading in %s is no title', (name) => {
    const page = pageWith('<a href="/archives/90001">甲</a>');
    page.body.insertAdjacentHTML(
      'beforeend',
      `<${name}><h3><a href="/archives/90002">乙</a></h3></${name}>`,
    );
    expect(linksIn(page)).toEqual([90001]);
  });

  it('a heading with a thousand links to one post is no title of it', () => {
    expect(recognisedIn(pageWith('<a href="/archives/90001">甲</a>'.repeat(1_000)))).toEqual([]);
  });

  it('one item has one title, the first', () => {
    const page = parsePage(
      `<div class="Post"><h2><a href="/archives/90001">a</a></h2><h2><a href="/archives/90002">b</a></h2></div>`,
    );
    expect(linksIn(page)).toEqual([90001]);
  });
});

describe('a page that is still coming in', () => {
  it('has no place for a line before the byline, or anything else, follows the title', () => {
    const page = pageWith('<a href="/archives/90001">甲</a>');
    const title = findTitles(page)[0] as Element;
    const byline = page.querySelector('.submitted') as Element;
    const content = page.querySelector('.PostContent') as Element;
    byline.remove();
    content.remove();
    expect(lineAnchor(title, false)).toBeUndefined();
    expect(lineAnchor(title, true)).toBe(title);
    title.after(byline);
    expect(lineAnchor(title, false)).toBe(byline);
    byline.remove();
    page.querySelector('.Post')?.append(content);
    expect(lineAnchor(title, false)).toBe(title);
  });
});

describe('the date block', () => {
  it.each([
    ['28Aug', '08-28'],
    ['28 Aug', '08-28'],
    ['\n  6\n  Jul \n', '07-06'],
    ['9 December', '12-09'],
    ['31 dec.', '12-31'],
    ['1 Sept', '09-01'],
    ['Aug 28', undefined],
    ['28', undefined],
    ['28 Foo', undefined],
    ['128 Aug', undefined],
    ['28 八月', undefined],
    ['', undefined],
  ])('%j reads as %s', (text, date) => {
    expect(readDayAndMonth(text)).toBe(date);
  });
});

describe('titles in nodes that were added', () => {
  const page = pageWith('<a href="/archives/90001">甲</a>');
  const title = page.querySelector('h2') as Element;

  it.each([
    ['the whole item', '.Post'],
    ['its title', 'h2'],
    ['the link in its title', 'h2 a'],
  ])('are found with %s', (_, selector) => {
    expect(titlesAt([page.querySelector(selector) as Element])).toEqual([title]);
    expect(titlesAt([title.querySelector('a')?.firstChild as Node])).toEqual([]);
  });

  it('are reported once, and a text has none', () => {
    const text = pageWith(
      '<a href="/archives/90001">甲</a>',
      '<h2><a href="/archives/4">x</a></h2>',
    );
    const all = [...text.querySelectorAll('*')];
    expect(titlesAt(all).map(readTitle)).toEqual(['甲']);
  });

  it('are read once, however many links were added to them one by one', () => {
    const crowded = pageWith('<a href="/archives/90001">甲</a>'.repeat(2_000));
    const reads = vi.spyOn(
      (crowded.defaultView as unknown as typeof globalThis).Element.prototype,
      'getAttribute',
    );
    titlesAt([...crowded.querySelectorAll('*')]);
    expect(reads.mock.calls.length).toBeLessThan(3 * 2_000);
  });
});

describe('4,000 items', () => {
  const pageOf = (n: number, item: (id: number) => string) =>
    parsePage(Array.from({ length: n }, (_, i) => item(i + 1)).join(''));
  const FORMS: Record<string, (id: number) => string> = {
    'as the theme writes them': (id) =>
      `<div class="Post"><div class="PostHead"><div class="title-wrap"><h2><a href="/archives/${id}">t</a></h2></div></div></div>`,
    'as bare headings': (id) => `<h2><a href="/archives/${id}">t</a></h2>`,
  };

  it.each(Object.entries(FORMS))('%s are all found, with work in proportion', (_, form) => {
    const workFor = (n: number) => {
      const page = pageOf(n, form);
      const window = page.defaultView!;
      let calls = 0;
      for (const name of ['closest', 'querySelector', 'querySelectorAll', 'matches'] as const) {
        const original: (selector: string) => unknown = window.Element.prototype[name];
        window.Element.prototype[name] = function count(this: Element, selector: string) {
          calls++;
          return original.call(this, selector);
        } as never;
      }
      expect(findTitles(page)).toHaveLength(n);
      return calls;
    };
    expect(workFor(4_000)).toBeLessThanOrEqual(4 * workFor(1_000) + 100);
  });
});
