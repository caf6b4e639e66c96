/** What a search found: a list box that the search field steers, series first, then posts. */
import type { Series } from '../catalogue/post.ts';
import { place } from '../catalogue/place.ts';
import { displayName } from '../catalogue/series-name.ts';
import {
  encodeFilters,
  type Filters,
  type Listed,
  NO_FILTERS,
} from '../catalogue/search/filters.ts';
import { type Found, highlight, type PostHit, type Topic } from '../catalogue/search/search.ts';
import { markOf } from '../record/marks.ts';
import { h } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { markText } from '../ui/words/index.ts';
import { BLOG_LANGUAGE } from '../site/address.ts';
import { postLink } from '../ui/post-link.ts';
import { type Desk, inLibrary } from './model.ts';
import type { SeriesRow } from './overview.ts';
import type { Source } from './search-box.ts';
import { figures, rulerPlace } from './rows.ts';

/** So many rows of a kind; for more the reader types on. */
const SHOWN = 30;
const SHOWN_TOPICS = 5;

export interface Results {
  children: HTMLElement[];
  /** What can be selected, in order. */
  options: HTMLElement[];
  /** Posts that were found, shown or not. */
  posts: number;
}

export function results(
  desk: Desk,
  found: Found,
  source: Source | undefined,
  rows: readonly SeriesRow[],
): Results {
  const { words } = desk;
  const { origin, origins } = originOf(desk, found, source);
  const series = found.series.slice(0, SHOWN).map((each) => seriesOption(desk, found, each, rows));
  const posts = found.posts
    .filter(({ post }) => post !== origin)
    .slice(0, SHOWN)
    .map((hit) => postOption(desk, found, hit));
  const tags = found.tags
    .slice(0, SHOWN_TOPICS)
    .map((topic) => topicOption(desk, found, topic, { tags: [topic.name] }));
  const categories = found.categories.map((topic) =>
    topicOption(desk, found, topic, { categories: [topic.name] }),
  );
  return {
    children: [
      ...group(words, 'found-source', words.whose, origins, origins.length),
      ...group(words, 'found-series', words.foundSeries, series, found.series.length),
      ...group(words, 'found-posts', words.foundPosts, posts, found.posts.length),
      ...group(words, 'found-tags', words.foundTags, tags, found.tags.length),
      ...group(
        words,
        'found-categories',
        words.foundCategories,
        categories,
        found.categories.length,
      ),
    ],
    options: [...origins, ...series, ...posts, ...tags, ...categories],
    posts: found.posts.length,
  };
}

/** The posts alone that pass a filter; for the rest of them the library, at `address`. */
export function chosenResults(
  desk: Desk,
  found: Found,
  source: Source | undefined,
  posts: readonly Listed[],
  address: string,
): Results {
  const { words } = desk;
  const { origins } = originOf(desk, found, source);
  const tags = new Map(found.posts.map(({ post, tag }) => [post, tag]));
  const shown = posts
    .slice(0, SHOWN)
    .map(({ post }) => postOption(desk, found, { post, tag: tags.get(post) }));
  const left = posts.length - shown.length;
  const rest =
    left > 0
      ? h('a', { ...option('rest'), class: 'option rest', ...inLibrary(address) }, words.more(left))
      : undefined;
  return {
    children: [
      ...group(words, 'found-source', words.whose, origins, origins.length),
      ...group(words, 'found-posts', words.foundPosts, shown, posts.length, rest),
    ],
    options: [...origins, ...shown, ...(rest ? [rest] : [])],
    posts: posts.length,
  };
}

/** The post that a pasted text is from. */
function originOf(desk: Desk, found: Found, source: Source | undefined) {
  const origin = desk.catalogue.post(source?.id ?? 0);
  const origins = origin ? [postOption(desk, found, { post: origin, tag: undefined })] : [];
  return { origin, origins };
}

/** Options under their name, of `all` that there are; `rest` leads to the others, else they are counted. */
function group(
  words: Desk['words'],
  id: string,
  name: string,
  options: HTMLElement[],
  all: number,
  rest: HTMLElement | undefined = counted(words, all - options.length),
): HTMLElement[] {
  if (options.length === 0) return [];
  return [
    h(
      'div',
      { class: 'group', role: 'group', 'aria-labelledby': id, 'data-key': id },
      h(
        'div',
        { class: 'head', role: 'presentation' },
        h('span', { class: 'name', id }, name),
        h('span', { 'aria-hidden': 'true' }, words.count(all)),
      ),
      ...options,
      rest,
    ),
  ];
}

function counted(words: Desk['words'], n: number): HTMLElement | undefined {
  return n > 0 ? h('div', { class: 'more', role: 'presentation' }, words.more(n)) : undefined;
}

function seriesOption(
  desk: Desk,
  found: Found,
  series: Series,
  rows: readonly SeriesRow[],
): HTMLElement {
  const name = displayName(series.name);
  const view = rows.find((row) => row.view.name === name)?.view;
  return h(
    'div',
    { ...option(`series-${encodeURIComponent(name)}`), 'data-series': name },
    h('span', { class: 'text', lang: BLOG_LANGUAGE }, ...lit(name, found)),
    ...(view && desk.loaded
      ? [rulerPlace(desk, view, 0), figures(view.read, view.parts.length)]
      : []),
  );
}

function postOption(desk: Desk, found: Found, { post, tag }: PostHit): HTMLElement {
  const [series] = place(post.id, desk.catalogue).series;
  const part = series?.parts[series.k - 1];
  const mark = markOf(desk.record, post.id);
  // Where the title begins with its series' name, its own words come first and the name after.
  const aside = part && part.short !== post.title ? series?.name : undefined;
  return postLink(
    desk.settings,
    post.id,
    { ...option(`post-${post.id}`), 'data-post': String(post.id) },
    h(
      'span',
      { class: 'shape', lang: document.documentElement.lang },
      markIcon(mark),
      h('span', { class: 'unseen' }, markText(mark, desk.words)),
    ),
    h(
      'span',
      { class: 'text' },
      h(
        'span',
        { class: 'own' },
        ...lit(aside === undefined ? post.title : (part?.short ?? post.title), found),
      ),
      aside !== undefined && h('span', { class: 'of' }, ...lit(aside, found)),
      tag !== undefined && h('span', { class: 'of' }, ...lit(tag, found)),
    ),
    h('time', {}, post.date.slice(0, 7)),
  );
}

/** A tag or a category: the library lists its posts. */
function topicOption(
  { words }: Desk,
  found: Found,
  { name, count }: Topic,
  filter: Partial<Filters>,
): HTMLElement {
  const query = encodeFilters({ ...NO_FILTERS, ...filter });
  return h(
    'a',
    { ...option(`topic-${query}`), ...inLibrary(`#list?${query}`) },
    h('span', { class: 'text', lang: BLOG_LANGUAGE }, ...lit(name, found)),
    h('span', { class: 'count' }, words.count(count)),
  );
}

/** The field keeps the focus; a selected option is named by aria-activedescendant. */
function option(id: string): Record<string, string> {
  return {
    class: 'option',
    role: 'option',
    id,
    'data-key': id,
    'aria-selected': 'false',
    tabindex: '-1',
  };
}

function lit(text: string, found: Found): (HTMLElement | string)[] {
  // With nothing typed nothing was hit.
  if (!found.query) return [text];
  return highlight(text, found).map(({ text: piece, hit }) => (hit ? h('mark', {}, piece) : piece));
}
