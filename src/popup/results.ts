/** Draws the results of a search as groups of a list box: source, series, posts, tags, categories. */
import { listAddress } from '../app/library-address.ts';
import type { Post, Series } from '../catalogue/post.ts';
import { partOf } from '../catalogue/place.ts';
import { displayName } from '../catalogue/series-name.ts';
import type { Filters, Listed } from '../catalogue/search/filters.ts';
import type { PostHit, SearchResults, Topic } from '../catalogue/search/search.ts';
import type { FoundTexts } from '../app/messages.ts';
import { passageNodes } from '../maths/passage.ts';
import type { TextHit } from '../memory/find.ts';
import { markOf, type ReadingRecord } from '../record/marks.ts';
import { h } from '../ui/h.ts';
import { markIcon } from '../ui/icons.ts';
import { markText } from '../ui/words/index.ts';
import { BLOG_LANGUAGE, placeUrl } from '../site/address.ts';
import { foundNodes } from '../ui/pieces.ts';
import { postLink } from '../ui/post-link.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { figures, inLibrary } from './components.ts';
import type { PopupModel } from './popup-model.ts';
import { rulerPlace } from './rows.ts';
import { type Chosen, chosenAddress, chosenPosts, isNarrowed } from './search-filters.ts';

/** How many series and posts are shown; the reader types more to find others. */
const SHOWN = 30;
const SHOWN_TOPICS = 5;

/** The beginning of the id of an option that is a text. */
const TEXT = 'text-';

/** What is searched for, and what was found. */
export interface Searched {
  readonly typed: string;
  readonly chosen: Chosen;
  readonly found: SearchResults;
  /** The post that a pasted text is from: null if that is not known, undefined if no text was pasted. */
  readonly source: number | null | undefined;
  /** What was found in the texts of read posts; until the answer comes, what was found before. */
  readonly texts: FoundTexts | undefined;
}

export interface Results {
  /** The groups of the list box. */
  readonly groups: HTMLElement[];
  /** The results in words: for screen readers, or that nothing was found. */
  readonly said: string;
}

/** A named group of options. */
interface Group {
  readonly id: string;
  readonly name: string;
  readonly options: HTMLElement[];
  /** How many were found, shown or not. */
  readonly all: number;
  /** What is below the options; by default how many are not shown. */
  readonly rest?: HTMLElement | undefined;
}

/** Draws the results. `listed` returns all posts, for the filters. */
export function results(
  model: PopupModel,
  searched: Searched,
  listed: (record: ReadingRecord) => Listed[],
): Results {
  const { words, record } = model;
  const { chosen, found } = searched;
  const origin = model.catalogue.post(searched.source ?? 0);
  const options = origin ? [postOption(model, found, { post: origin, tag: undefined })] : [];
  const groups = isNarrowed(chosen)
    ? [passedPosts(model, searched, listed(record))]
    : foundGroups(model, searched, origin);
  const nodes = [
    { id: 'found-source', name: words.whose, options, all: options.length },
    ...groups,
  ].flatMap((group) => groupNode(words, group));
  const counts = groups
    .filter(({ all }) => all > 0)
    .map(({ name, all }) => `${name} ${words.count(all)}`);
  return {
    groups: nodes,
    said: nodes.length > 0 ? counts.join(', ') : nothingText(words, searched),
  };
}

function nothingText(words: PageWords, { chosen, source }: Searched): string {
  if (isNarrowed(chosen)) return words.list.nothing;
  return source === undefined ? words.nothingFound : words.whoseUnknown;
}

/** Everything that a search found; `origin`, which is listed already, is not listed again. */
function foundGroups(
  model: PopupModel,
  { found, texts = { hits: [], count: 0 } }: Searched,
  origin: Post | undefined,
): Group[] {
  const { words } = model;
  const { series, tags, categories } = found;
  const posts = found.posts.filter(({ post }) => post !== origin).slice(0, SHOWN);
  return [
    {
      id: 'found-series',
      name: words.foundSeries,
      options: series.slice(0, SHOWN).map((each) => seriesOption(model, found, each)),
      all: series.length,
    },
    {
      id: 'found-posts',
      name: words.foundPosts,
      options: posts.map((hit) => postOption(model, found, hit)),
      all: found.posts.length,
    },
    {
      id: 'found-texts',
      name: words.foundTexts,
      options: texts.hits.map((hit) => textOption(model, hit)),
      all: texts.count,
    },
    {
      id: 'found-tags',
      name: words.foundTags,
      options: tags
        .slice(0, SHOWN_TOPICS)
        .map((topic) => topicOption(model, found, topic, { tags: [topic.name] })),
      all: tags.length,
    },
    {
      id: 'found-categories',
      name: words.foundCategories,
      options: categories.map((topic) =>
        topicOption(model, found, topic, { categories: [topic.name] }),
      ),
      all: categories.length,
    },
  ];
}

/** The posts that pass the filters. If there are more, a link leads to them in the library. */
function passedPosts(
  model: PopupModel,
  { found, chosen, typed }: Searched,
  listed: readonly Listed[],
): Group {
  const { words } = model;
  const posts = chosenPosts(listed, found, chosen, model.record);
  const tags = new Map(found.posts.map(({ post, tag }) => [post, tag]));
  const options = posts
    .slice(0, SHOWN)
    .map(({ post }) => postOption(model, found, { post, tag: tags.get(post) }));
  const left = posts.length - options.length;
  const address = inLibrary(chosenAddress(chosen, typed));
  const rest =
    left > 0
      ? h('a', { ...option('rest'), class: 'option rest', ...address }, words.more(left))
      : undefined;
  return { id: 'found-posts', name: words.foundPosts, options, all: posts.length, rest };
}

function groupNode(words: PageWords, { id, name, options, all, rest }: Group): HTMLElement[] {
  if (options.length === 0) return [];
  const left = all - options.length;
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
      rest ?? (left > 0 && h('div', { class: 'more', role: 'presentation' }, words.more(left))),
    ),
  ];
}

function seriesOption(model: PopupModel, found: SearchResults, series: Series): HTMLElement {
  const name = displayName(series.name);
  const view = model.rows.find((row) => row.view.name === name)?.view;
  return h(
    'div',
    { ...option(`series-${encodeURIComponent(name)}`), 'data-series': name },
    h('span', { class: 'text', lang: BLOG_LANGUAGE }, ...foundNodes(name, found)),
    ...(view ? [rulerPlace(model, view, 0), figures(view.read, view.parts.length)] : []),
  );
}

function postOption(model: PopupModel, found: SearchResults, { post, tag }: PostHit): HTMLElement {
  const [series] = model.catalogue.seriesOf(post.id);
  const part = series && partOf(post, series, series.posts.indexOf(post.id) + 1);
  const mark = markOf(model.record, post.id);
  // If a title begins with the name of its series, its own words come first and the name follows.
  const aside = part && part.short !== post.title ? displayName(series.name) : undefined;
  const title = post.title || model.words.record.newPost(post.id);
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
        ...foundNodes(aside === undefined ? title : (part?.short ?? post.title), found),
      ),
      aside !== undefined && h('span', { class: 'of' }, ...foundNodes(aside, found)),
      tag !== undefined && h('span', { class: 'of' }, ...foundNodes(tag, found)),
    ),
    h('time', {}, post.date.slice(0, 7)),
  );
}

/** Whether an option is a found text. */
export function isTextOption(option: HTMLElement | undefined): boolean {
  return option?.id.startsWith(TEXT) ?? false;
}

/** A post that was read, with the passage that contains the words; it opens at that passage. */
function textOption(model: PopupModel, { id, title, place: at, passage }: TextHit): HTMLElement {
  return postLink(
    model.settings,
    id,
    {
      ...option(`${TEXT}${id}`),
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
  const address = listAddress(filter);
  return h(
    'a',
    { ...option(`topic-${address}`), ...inLibrary(address) },
    h('span', { class: 'text', lang: BLOG_LANGUAGE }, ...foundNodes(name, found)),
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
