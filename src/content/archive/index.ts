/**
 * A bar above the list of all posts on the archive page. It filters the posts by mark and shows how many posts each
 * filter has; after each year's heading it shows how much of that year is read. The empty bar is inserted as soon as
 * the list begins, and is filled when the record has been read. What is shown changes only when the reader chooses a
 * filter, but the counts always follow the record.
 *
 * Try it on https://kexue.fm/content.html
 */
import { type ArchiveEntry, archiveList, archiveEntries } from '../../site/archive.ts';
import { append, insertBefore, isConnected, isParsed, toggleAttribute } from '../../site/dom.ts';
import { groupBy } from '../../catalogue/grouping.ts';
import { markOf } from '../../record/marks.ts';
import { write } from '../../app/transport.ts';
import { isPrivate } from '../../platform/browser.ts';
import { ARCHIVE_FILTERS, type ArchiveFilter } from '../../app/settings.ts';
import { h, on } from '../../ui/h.ts';
import { patch } from '../../ui/patch.ts';
import { Timer } from '../../ui/timer.ts';
import css from './archive-bar.css?inline';
import pageCss from './archive-page.css?inline';
import { type Feature, type FeatureContext, ORPHANED } from '../feature.ts';
import { changesElementsIn } from '../page-changes.ts';
import { createShadowHost } from '../shadow-host.ts';
import { addPageSheet } from '../page-sheet.ts';
import { whenParsed } from '../when-parsed.ts';

/** The most years that show how much of them is read. The blog began in 2009. */
const MOST_YEARS = 200;
/** How often the bar or boxes of years are put back when the page removes them. */
const MOST_RETURNS = 8;
/** The list is counted again this long after it has changed. */
const SETTLED_MS = 500;
/** A longer list is filtered only when it is complete, because each pass reads the whole list. */
const MOST_FOLLOWED = 5_000;

const HIDDEN = 'data-kexue-hidden';
const FILTERED = 'data-kexue-filtered';

export const archiveBar: Feature = { kinds: ['archive'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  let bar: Bar | undefined;
  const look = () => {
    const list = archiveList(document);
    if (list) bar ??= createBar(list, context, signal);
    bar?.follow();
  };
  const settled = new Timer(signal);
  context.changes.follow((change) => {
    const list = archiveList(document);
    if (!isParsed(document)) look();
    else if (list && (changesElementsIn(list, change) || bar?.isGone()))
      settled.start(SETTLED_MS, complete);
  }, signal);
  const complete = () => {
    look();
    bar?.complete();
  };
  look();
  whenParsed(complete, signal);
}

interface Bar {
  /** Filters the part of the list that has been parsed so far. */
  follow(): void;
  /** Filters and counts the list once all of it has been parsed. Puts back what the page has removed. */
  complete(): void;
  /** Whether the page has removed the bar or the box of a year, and it may be put back. */
  isGone(): boolean;
}

/** The box that shows how much of a year is read. */
interface Year {
  host: HTMLElement;
  text: HTMLElement;
  entries: ArchiveEntry[];
}

function createBar(list: Element, context: FeatureContext, signal: AbortSignal): Bar {
  const { live } = context;
  const sheet = addPageSheet(pageCss);
  const { host, root } = createShadowHost(css);
  const filters = h('div', { class: 'filters', role: 'group' });
  const status = h('div', { role: 'status' });
  root.append(h('div', { class: 'line' }, filters, status));
  insertBefore(list, host);

  let entries: ArchiveEntry[] = [];
  let years: Year[] = [];
  let isComplete = false;
  let returns = 0;
  /** The filter that is shown; undefined until the settings are there. */
  let filter: ArchiveFilter | undefined;

  const kindOf = ({ id }: ArchiveEntry) => markOf(live.record, id).kind;

  const shownFilter = () =>
    live.isLoaded ? (filter ??= live.settings.archiveFilter) : ('all' as const);

  /** Applies the filter to the part of the list that has been parsed so far. */
  const apply = () => {
    const wanted = shownFilter();
    if (!isComplete) entries = archiveEntries(list);
    show(list, entries, wanted === 'all' ? undefined : (entry) => kindOf(entry) === wanted);
  };

  const choose = (chosen: ArchiveFilter) => {
    filter = chosen;
    apply();
    draw();
    if (!isPrivate()) void write('settings', { settings: { archiveFilter: chosen } });
  };

  const buttons = ARCHIVE_FILTERS.map((each) => {
    const name = h('span', { class: 'name' });
    const count = h('span', { class: 'count' });
    const button = h('button', { type: 'button' }, name, count);
    on(button, 'click', () => choose(each), signal);
    return { each, button, name, count };
  });

  const draw = () => {
    if (!live.isLoaded) return;
    const { words } = live;
    const shown = shownFilter();
    const kinds = entries.map(kindOf);
    const countOf = (each: ArchiveFilter) =>
      each === 'all' ? kinds.length : kinds.filter((kind) => kind === each).length;
    for (const { each, button, name, count } of buttons) {
      patch(name, [words.filters[each]]);
      patch(count, [isComplete && words.count(countOf(each))]);
      button.setAttribute('aria-pressed', String(each === shown));
    }
    filters.setAttribute('aria-label', words.filterBy);
    if (!filters.firstChild) filters.append(...buttons.map(({ button }) => button));
    const isEmpty = isComplete && shown !== 'all' && countOf(shown) === 0;
    status.replaceChildren(
      ...(isEmpty ? [h('p', { class: 'none' }, words.noneOf(words.filters[shown]))] : []),
    );
    for (const { text, entries: ofYear } of years) {
      const done = ofYear.filter((entry) => kindOf(entry) === 'read').length;
      patch(text, [words.readOf(done, ofYear.length)]);
    }
  };

  /**
   * Applies the filter of the last visit to what has been parsed, before it is painted. With the filter 'all' nothing
   * is hidden, so the entries are not read yet.
   */
  const follow = () => {
    if (shownFilter() !== 'all' && entries.length < MOST_FOLLOWED) apply();
  };

  context.onChange(() => {
    if (filter === undefined) follow();
    draw();
  });
  signal.addEventListener('abort', () => {
    for (const each of years) each.host.remove();
    if (sheet.remove()) show(list, entries, undefined);
    if (signal.reason !== ORPHANED) return host.remove();
    filters.replaceChildren();
    status.replaceChildren(h('p', { class: 'none' }, live.words.updated));
  });

  const isGone = () =>
    returns < MOST_RETURNS &&
    isConnected(list) &&
    [host, ...years.map((year) => year.host)].some((box) => !isConnected(box));

  return {
    follow,
    isGone,
    complete() {
      if (isGone()) {
        returns++;
        if (!isConnected(host)) insertBefore(list, host);
      }
      entries = archiveEntries(list);
      for (const each of years) each.host.remove();
      isComplete = true;
      if (shownFilter() !== 'all') apply();
      years = [...groupBy(entries, ({ year }) => year.heading)]
        .slice(0, MOST_YEARS)
        .flatMap(([heading, ofYear]) => (heading ? insertYear(heading, ofYear) : []));
      draw();
    },
  };
}

/** Inserts the box of a year at the end of its heading. */
function insertYear(heading: Element, entries: ArchiveEntry[]): Year {
  const { host, root } = createShadowHost(css);
  const text = h('span', { class: 'line year' });
  host.setAttribute('data-kexue-year', '');
  root.append(text);
  append(heading, host);
  return { host, text, entries };
}

/**
 * Hides the entries that do not match, and the months and years without a match. Shows everything if `matches` is
 * undefined. Writes all attributes in one batch, and only those that differ.
 */
function show(
  list: Element,
  entries: ArchiveEntry[],
  matches: ((entry: ArchiveEntry) => boolean) | undefined,
): void {
  const shown = new Set<Element>();
  const all = new Set<Element>();
  for (const entry of entries) {
    const { item, boxes, year } = entry;
    const parts = [item, ...boxes, ...(year.heading ? [year.heading] : [])];
    for (const part of parts) {
      all.add(part);
      if (!matches || matches(entry)) shown.add(part);
    }
  }
  for (const part of all) toggleAttribute(part, HIDDEN, !shown.has(part));
  toggleAttribute(list, FILTERED, matches !== undefined);
}
