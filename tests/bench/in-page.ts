/** What bench.ts runs inside a page of the blog: our reading beside the least that could do it. */
import { linkReader } from '../../src/site/links.ts';
import { findTitles, readExcerpt } from '../../src/site/listing.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import packed from '../../src/catalogue/packed/index.ts';
import { recognise } from '../../src/catalogue/recognise.ts';
import { timeInTurn } from './measure.ts';

const catalogue = Catalogue.unpack(packed);

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

/** The same right after the page changed, which empties the browser's caches of what is in it. */
function afterChange(work: () => number): () => number {
  const added = document.createElement('i');
  return () => {
    document.body.append(added);
    added.remove();
    return work();
  };
}

/** Microseconds of ours and of the floor. */
interface Pair {
  ours: number;
  floor: number;
}

export interface InPage {
  found: { links: number; excerpts: number };
  links: Pair;
  excerpts: Pair;
  changed: Pair;
}

export function measure(): InPage {
  const times = timeInTurn({
    ourLinks,
    floorOfLinks,
    ourExcerpts,
    floorOfExcerpts,
    changed: afterChange(ourExcerpts),
    floorOfChanged: afterChange(floorOfExcerpts),
  });
  return {
    found: { links: ourLinks(), excerpts: ourExcerpts() },
    links: { ours: times.ourLinks, floor: times.floorOfLinks },
    excerpts: { ours: times.ourExcerpts, floor: times.floorOfExcerpts },
    changed: { ours: times.changed, floor: times.floorOfChanged },
  };
}

export interface PageGrowth {
  items: number;
  /** Microseconds for each of them. */
  each: number;
}

/** Recognition of a page of 10, 100, 1,000 and 10,000 items. */
export function growth(): PageGrowth[] {
  const list = document.querySelector('#content');
  const [item] = document.querySelectorAll('.Post');
  if (!list || !item) return [];
  return [10, 100, 1_000, 10_000].map((items) => {
    list.replaceChildren(...Array.from({ length: items }, () => item.cloneNode(true)));
    return { items, each: timeInTurn({ ourExcerpts }).ourExcerpts / items };
  });
}
