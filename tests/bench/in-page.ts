/** What bench.ts runs inside a page of the blog: our reading beside the least that could do it. */
import { linkReader } from '../../src/blog/links.ts';
import { findTitles, readExcerpt } from '../../src/blog/listing.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import packed from '../../src/catalogue/packed/index.ts';
import { recognise } from '../../src/catalogue/recognise.ts';

const catalogue = Catalogue.unpack(packed);

/** Median microseconds of a piece of work, over `rounds` of as many runs as take some milliseconds. */
function time(work: () => unknown, rounds = 31): number {
  let runs = 1;
  const once = (): number => {
    const start = performance.now();
    for (let i = 0; i < runs; i++) work();
    return performance.now() - start;
  };
  while (once() < 5) runs *= 2;
  const times = Array.from({ length: rounds }, () => (once() * 1_000) / runs);
  return times.toSorted((a, b) => a - b)[rounds >> 1] ?? NaN;
}

/** The floor for links: the same hrefs read, the same ids parsed, looked up in a Map. */
function floorOfLinks(): number {
  let found = 0;
  for (const anchor of document.querySelectorAll('#content a[href]')) {
    const id = /\/archives\/(\d+)/.exec(anchor.getAttribute('href') ?? '')?.[1];
    if (id !== undefined && catalogue.posts.get(Number(id))) found++;
  }
  return found;
}

function ourLinks(): number {
  const content = document.querySelector('#content');
  if (!content) return 0;
  return linkReader(document, false)(content).filter(({ id }) => catalogue.post(id)).length;
}

/** The floor for excerpts: href and text of the title, text of the byline, of each item. */
function floorOfExcerpts(): number {
  let length = 0;
  for (const item of document.querySelectorAll('.Post')) {
    const link = item.querySelector('.title-wrap h2 a');
    length += link?.getAttribute('href')?.length ?? 0;
    length += link?.textContent.length ?? 0;
    length += item.querySelector('.submitted')?.textContent?.length ?? 0;
  }
  return length;
}

function ourExcerpts(): number {
  const found = findTitles(document).map((title) => recognise(readExcerpt(title), catalogue));
  return found.filter(Boolean).length;
}

export function measure() {
  catalogue.seriesOf(1);
  return {
    links: {
      found: ourLinks(),
      floorFound: floorOfLinks(),
      ours: time(ourLinks),
      floor: time(floorOfLinks),
    },
    excerpts: { found: ourExcerpts(), ours: time(ourExcerpts), floor: time(floorOfExcerpts) },
  };
}

/** Recognition of a page of 10, 100, 1,000 and 10,000 items, in microseconds an item. */
export function growth(): { items: number; each: number }[] {
  const list = document.querySelector('#content');
  const [item] = document.querySelectorAll('.Post');
  if (!list || !item) return [];
  return [10, 100, 1_000, 10_000].map((items) => {
    list.replaceChildren(...Array.from({ length: items }, () => item.cloneNode(true)));
    return { items, each: time(ourExcerpts, 5) / items };
  });
}
