/** Pages of the blog with random changes (seeded), worse than any theme or network fault makes them. */
import { expect, it } from 'vitest';
import { findTitles, lineAnchor, readExcerpt } from '../../../src/site/listing.ts';
import { recognise } from '../../../src/catalogue/recognise.ts';
import { placeholders } from '../placeholders.ts';
import { PATIENCE, report, runs } from '../runs.ts';
import { expected, fixture, seeded } from '../support.ts';

const RUNS = runs(560);
const MOST_MUTATIONS = 24;
/** jsdom keeps all copies of a page as long as the page itself, and both until the next turn of the event loop. */
const MOST_COPIES = 400;
/** Pages with links, in two states of MathJax, in another order; and pages with only titles and dates. */
const PAGES = [
  'home',
  'home-preprocessed',
  'category',
  'search',
  'tag',
  'titles',
  'dates',
  'short',
];

/** For each element of an unchanged page, the post of the item that it belongs to; undefined if it is in no item. */
function truthOf(page: Document, name: string): Map<Element, number | undefined> {
  const truth = new Map<Element, number | undefined>();
  [...page.querySelectorAll('.Post')].forEach((item, at) => {
    const { id = null, title = '' } = expected(name).items[at] ?? {};
    // Without its misleading link or date, an item shows the post of its title, if only one post has that title.
    const [titled, ...others] = placeholders.titled(title);
    const owner = id ?? (others.length === 0 ? titled?.id : undefined);
    for (const element of [item, ...item.querySelectorAll('*')]) truth.set(element, owner);
  });
  return truth;
}

/** Markup of a complete title, as a hostile excerpt may contain it. */
function forgeTitle(page: Document): Element {
  const wrap = page.createElement('div');
  wrap.className = 'title-wrap';
  wrap.innerHTML = '<h2><a href="/archives/90008">占位标题辛：代码块</a></h2>';
  return wrap;
}

type Truth = ReturnType<typeof truthOf>;

function mutate(page: Document, truth: Truth, random: () => number): void {
  const pick = <T>(from: ArrayLike<T>) => from[Math.floor(random() * from.length)] as T;
  const column = page.getElementById('content') ?? page.body;
  const elements = () => column.querySelectorAll('*');
  const heads = () => page.querySelectorAll('.PostHead, .title-wrap, .submitted, h2');
  const shuffle = (nodes: ChildNode[]) => {
    const [parent] = nodes.map((node) => node.parentNode);
    for (let i = nodes.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [nodes[i], nodes[j]] = [nodes[j] as ChildNode, nodes[i] as ChildNode];
    }
    parent?.append(...nodes);
  };
  const wrap = (element: Element, wrapper: Element) => {
    element.replaceWith(wrapper);
    wrapper.append(element);
  };
  const acts = [
    () => {
      const element = pick(elements());
      const attribute = pick(element.attributes);
      if (attribute) element.removeAttribute(attribute.name);
    },
    () => {
      // The classes and links that recognition needs, or the drawers that it must ignore.
      const hook = '.Post, .PostHead, .title-wrap, .PostContent, .submitted, h2 a';
      const element = pick(page.querySelectorAll(hook));
      element?.removeAttribute(element.nodeName === 'A' ? 'href' : 'class');
    },
    () => pick(page.querySelectorAll('[id]'))?.removeAttribute('id'),
    () => {
      const wrapper = page.createElement(pick(['div', 'span', 'section', 'article']));
      wrapper.className = pick(['', 'wrap', 'inner content', 'card']);
      wrap(pick(elements()), wrapper);
    },
    () => {
      const texts = [...pick(elements()).childNodes].filter((node) => node.nodeType === 3);
      const text = pick(texts) as Text | undefined;
      if (text && text.length > 1) text.splitText(1 + Math.floor(random() * (text.length - 1)));
    },
    () => shuffle([...(pick(heads())?.childNodes ?? [])]),
    () => shuffle([...(pick(page.querySelectorAll('.Post'))?.parentElement?.childNodes ?? [])]),
    () => {
      const element = pick(page.querySelectorAll('.PostHead, .date-wrap, .title-wrap, h2 *'));
      element?.replaceWith(...element.childNodes);
    },
    () => pick(page.querySelectorAll('.submitted, .date-wrap, .tools, p'))?.remove(),
    () => {
      const link = page.createElement('a');
      link.setAttribute('href', '/archives/90011');
      link.textContent = '占位新文章标题1';
      pick(page.querySelectorAll('.PostContent, .tools'))?.prepend(link);
    },
    () => {
      const forged = forgeTitle(page);
      pick(page.querySelectorAll('.PostContent'))?.append(forged);
      // If no class says any more that this is in an excerpt, it is an ordinary title of its own post.
      for (const element of forged.querySelectorAll('*')) truth.set(element, 90008);
    },
    () => pick(elements()).before(page.createComment('<h2><a href="/archives/90002">x</a></h2>')),
  ];
  for (let n = 1 + Math.floor(random() * MOST_MUTATIONS); n > 0; n--) pick(acts)();
}

it(
  `${RUNS} broken pages never show a wrong post, and mostly show the right ones`,
  async () => {
    let pages: Document[] = [];
    const wrong: string[] = [];
    let found = 0;
    let there = 0;
    for (let seed = 1; seed <= RUNS; seed++) {
      if (seed % MOST_COPIES === 1) {
        pages = PAGES.map((each) => fixture(each));
        await new Promise((turned) => setImmediate(turned));
      }
      const name = PAGES[seed % PAGES.length] ?? '';
      const page = pages[seed % PAGES.length]?.cloneNode(true) as Document;
      const truth = truthOf(page, name);
      mutate(page, truth, seeded(seed));
      there += expected(name).items.filter(({ id }) => id !== null).length;
      for (const heading of findTitles(page)) {
        const id = recognise(readExcerpt(heading), placeholders)?.id;
        if (id === undefined) continue;
        found++;
        if (heading.closest('.PostContent')) wrong.push(`seed ${seed}: ${id} in an excerpt`);
        if (id !== truth.get(heading)) wrong.push(`seed ${seed}: ${id} at ${truth.get(heading)}`);
        const anchor = lineAnchor(heading, true) as Element;
        // The anchor is the byline or a wrapper around it; all of it must belong to this item.
        const near = new Set(
          [anchor, ...anchor.querySelectorAll('*')].map((each) => truth.get(each)),
        );
        near.delete(undefined);
        if ([...near].join() !== String(id))
          wrong.push(`seed ${seed}: the line of ${id} at ${[...near].join()}`);
      }
    }
    report('broken pages', { pages: RUNS, recognised: found, wrong: wrong.length });
    expect(wrong).toEqual([]);
    expect(found / there).toBeGreaterThan(0.85);
  },
  PATIENCE,
);
