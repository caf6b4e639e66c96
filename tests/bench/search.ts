/**
 * Compares our search of titles with two libraries. A query is a fragment of a real title with 4 to 9
 * characters, which at most ten titles contain. In an edited query one character is changed, added or
 * dropped.
 */
import { Charset, Index } from 'flexsearch';
import MiniSearch from 'minisearch';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { readingsIn } from '../../scripts/pinyin.ts';
import { Pinyin } from '../../src/catalogue/search/pinyin.ts';
import { Search } from '../../src/catalogue/search/search.ts';
import { seeded } from '../unit/support.ts';
import { type Figure, timeInTurn } from './measure.ts';
import type { Bench } from './subjects.ts';

const QUERIES = 400;
const SEED = 20261122;

interface Query {
  id: number;
  exact: string;
  edited: string;
}

type Finder = (query: string) => number[];

/** The time and the recall of each method. */
export function titleFigures({ rounds }: Bench): Figure[] {
  const source = catalogueOf(readSource());
  const queries = makeQueries(source.posts);
  const finders: Record<string, Finder> = {
    ours: ours(source),
    'FlexSearch, CJK': flexSearch(source.posts),
    'MiniSearch, bigrams': miniSearch(source.posts),
  };
  const recall = (find: Finder, kind: 'exact' | 'edited') =>
    (100 * queries.filter((query) => find(query[kind]).slice(0, 10).includes(query.id)).length) /
    QUERIES;
  const times = timeInTurn(
    Object.fromEntries(
      Object.entries(finders).map(([method, find]) => [
        method,
        () => queries.map(({ exact }) => find(exact)),
      ]),
    ),
    rounds(31),
  );
  return Object.entries(finders).map(([method, find]) => {
    const microseconds = (times[method] ?? NaN) / QUERIES;
    const slower = (times[method] ?? NaN) / (times['ours'] ?? NaN);
    const speed = `${microseconds.toFixed(0)} µs${method === 'ours' ? '' : `, ${slower.toFixed(1)} × ours`}`;
    return {
      what: `title search: ${method}`,
      cells: {
        now: `${speed}; recall@10 ${recall(find, 'exact').toFixed(1)} %, one edit ${recall(find, 'edited').toFixed(1)} %`,
      },
      budget:
        method === 'ours'
          ? 'recall ≥ 98 %, one edit ≥ 97 %'
          : '≥ 5 × ours where it reaches 95 % of our recall',
    };
  });
}

function makeQueries(posts: { id: number; title: string }[]): Query[] {
  const next = seeded(SEED);
  const pick = (n: number) => Math.floor(next() * n);
  const long = posts.filter(({ title }) => title.length >= 9);
  // Ten results cannot contain all the titles of a more common fragment, such as a series' name.
  const tells = (exact: string) => posts.filter(({ title }) => title.includes(exact)).length <= 10;
  const make = (): Query => {
    const { id = 0, title = '' } = long[pick(long.length)] ?? {};
    const length = 4 + pick(6);
    const at = pick(title.length - length + 1);
    const exact = title.slice(at, at + length);
    const spot = 1 + pick(length - 2);
    const kind = pick(3);
    const edited =
      exact.slice(0, spot) + ['', '某', `某${exact[spot]}`][kind] + exact.slice(spot + 1);
    return tells(exact) ? { id, exact, edited } : make();
  };
  return Array.from({ length: QUERIES }, make);
}

function ours(source: ReturnType<typeof catalogueOf>): Finder {
  const search = new Search(new Catalogue(source), new Map(), {
    pinyin: new Pinyin(readingsIn(readSource())),
  });
  return (query) => search.find(query).posts.map(({ post }) => post.id);
}

function flexSearch(posts: { id: number; title: string }[]): Finder {
  const index = new Index({ tokenize: 'full', encoder: Charset.CJK });
  for (const { id, title } of posts) index.add(id, title);
  return (query) => index.search(query, { limit: 10, suggest: true }) as number[];
}

function miniSearch(posts: { id: number; title: string }[]): Finder {
  const bigrams = (text: string) => {
    const plain = text.toLowerCase().replaceAll(/\s/g, '');
    return Array.from({ length: Math.max(1, plain.length - 1) }, (_, i) => plain.slice(i, i + 2));
  };
  const index = new MiniSearch({
    fields: ['title'],
    tokenize: bigrams,
    searchOptions: { tokenize: bigrams },
  });
  index.addAll(posts);
  return (query) => index.search(query).map(({ id }) => Number(id));
}
