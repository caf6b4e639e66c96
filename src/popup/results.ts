/** Draws the results of a search as groups of a list box: source, series, posts, tags, categories. */
import type { Series } from '../catalogue/post.ts';
import { place } from '../catalogue/place.ts';
import { displayName } from '../catalogue/series-name.ts';
import {
  encodeFilters,
  type Filters,
  type Listed,
  NO_FILTERS,
} from '../catalogue/search/filters.ts';
import {
  highlight,
  type PostHit,
  type Topic,
  type SearchResults,
} from '../catalogue/search/search.ts';
import type { FoundTexts } from '../app/messages.ts';
import { passageNodes } from '../maths/passage.ts';
import type { TextHit } from '../memory/find.ts';
import { markOf } from '../record/marks.ts';
import { h } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { markText } from '../ui/words/index.ts';
import { BLOG_LANGUAGE, placeUrl } from '../site/address.ts';
import { postLink } from '../ui/post-link.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { figures, inLibrary } from './components.ts';
import type { PopupModel } from './popup-model.ts';
import { rulerPlace } from './rows.ts';

/** How many series and posts are shown; the reader types more to find others. */
const SHOWN = 30;
const SHOWN_TOPICS = 5;

/** The post that a pasted text is from; its id is null if that is not known. */
export interface TextSource {
  id: number | null;
}

export interface Results {
  /** The groups of the list box. */
  groups: HTMLElement[];
  /** How many posts were found, shown or not. */
  posts: number;
}

/** Everything that a search found. */
export function results(
  model: PopupModel,
  found: SearchResults,
  source: TextSource | undefined,
  texts: FoundTexts = { hits: [], count: 0 },
): Results {
  const { words } = model;
  const { origin, origins } = originOf(model, found, source);
  const series = found.series.slice(0, SHOWN).map((each) => seriesOption(model, found, each));
  const posts = found.posts
    .filter(({ post }) => post !== origin)
    .slice(0, SHOWN)
    .map((hit) => postOption(model, found, hit));
  const tags = found.tags
    .slice(0, SHOWN_TOPICS)
    .map((topic) => topicOption(model, found, topic, { tags: [topic.name] }));
  const categories = found.categories.map((topic) =>
    topicOption(model, found, topic, { categories: [topic.name] }),
  );
  return {
    groups: [
      ...group(words, 'found-source', words.whose, origins, origins.length),
      ...group(words, 'found-series', words.foundSeries, series, found.series.length),
      ...group(words, 'found-posts', words.foundPosts, posts, found.posts.length),
      ...group(
        words,
        'found-texts',
        words.foundTexts,
        texts.hits.map((hit) => textOption(model, hit)),
        texts.count,
      ),
      ...group(words, 'found-tags', words.foundTags, tags, found.tags.length),
      ...group(
        words,
        'found-categories',
        words.foundCategories,
        categories,
        found.categories.length,
      ),
    ],
    posts: found.posts.length,
  };
}

/** Draws only the posts that pass a filter. If there are more, a link leads to them in the library. */
export function chosenResults(
  model: PopupModel,
  found: SearchResults,
  source: TextSource | undefined,
  posts: readonly Listed[],
  address: string,
): Results {
  const { words } = model;
  const { origins } = originOf(model, found, source);
  const tags = new Map(found.posts.map(({ post, tag }) => [post, tag]));
  const shown = posts
    .slice(0, SHOWN)
    .map(({ post }) => postOption(model, found, { post, tag: tags.get(post) }));
  const left = posts.length - shown.length;
  const rest =
    left > 0
      ? h('a', { ...option('rest'), class: 'option rest', ...inLibrary(address) }, words.more(left))
      : undefined;
  return {
    groups: [
      ...group(words, 'found-source', words.whose, origins, origins.length),
      ...group(words, 'found-posts', words.foundPosts, shown, posts.length, rest),
    ],
    posts: posts.length,
  };
}

/** The post that a pasted text is from. */
function originOf(model: PopupModel, found: SearchResults, source: TextSource | undefined) {
  const origin = model.catalogue.post(source?.id ?? 0);
  const origins = origin ? [postOption(model, found, { post: origin, tag: undefined })] : [];
  return { origin, origins };
}

/** A named group of options; below them `rest`, or how many of `all` are not shown. */
function group(
  words: PageWords,
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

function counted(words: PageWords, n: number): HTMLElement | undefined {
  return n > 0 ? h('div', { class: 'more', role: 'presentation' }, words.more(n)) : undefined;
}

function seriesOption(model: PopupModel, found: SearchResults, series: Series): HTMLElement {
  const name = displayName(series.name);
  const view = model.rows.find((row) => row.view.name === name)?.view;
  return h(
    'div',
    { ...option(`series-${encodeURIComponent(name)}`), 'data-series': name },
    h('span', { class: 'text', lang: BLOG_LANGUAGE }, ...lit(name, found)),
    ...(view ? [rulerPlace(model, view, 0), figures(view.read, view.parts.length)] : []),
  );
}

function postOption(model: PopupModel, found: SearchResults, { post, tag }: PostHit): HTMLElement {
  const [series] = place(post.id, model.catalogue).series;
  const part = series?.parts[series.partNumber - 1];
  const mark = markOf(model.record, post.id);
  // If a title begins with the name of its series, its own words come first and the name follows.
  const aside = part && part.short !== post.title ? series?.name : undefined;
  return postLink(
    model.settings,
    post.id,
    { ...option(`post-${post.id}`), 'data-post': String(post.id) },
    h(
      'span',
      { class: 'shape', lang: document.documentElement.lang },
      markIcon(mark),
      h('span', { class: 'unseen' }, markText(mark, model.words)),
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

/** A post that was read, with the passage that contains the words; it opens at that passage. */
function textOption(model: PopupModel, { id, title, place: at, passage }: TextHit): HTMLElement {
  return postLink(
    model.settings,
    id,
    {
      ...option(`text-${id}`),
      href: placeUrl(id, at, model.settings.host),
      'data-post': String(id),
    },
    h(
      'span',
      { class: 'text' },
      h('span', { class: 'own' }, model.catalogue.post(id)?.title ?? title),
      // Formulas are typeset later; `data-keep` keeps them while the passage is the same.
      h(
        'span',
        {
          class: 'passage',
          'data-keep': passage.map(({ text, isHit }) => `${isHit} ${text}`).join(),
        },
        ...passageNodes(passage),
      ),
    ),
  );
}

/** A tag or a category; it leads to the list of its posts in the library. */
function topicOption(
  { words }: PopupModel,
  found: SearchResults,
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

/** The search field keeps the focus; aria-activedescendant names the selected option. */
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

function lit(text: string, found: SearchResults): (HTMLElement | string)[] {
  if (!found.query) return [text];
  return highlight(text, found).map(({ text: piece, isHit }) =>
    isHit ? h('mark', {}, piece) : piece,
  );
}
