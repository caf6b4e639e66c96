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
import { type Mark, markOf } from '../../record/marks.ts';
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

export const archiveBar: Feature = {
  setting: 'archiveBar',
  kinds: ['archive'],
  isEarly: true,
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  let bar: Bar | undefined;
  const look = () => {
    const list = archiveList(document);
    if (list) bar ??= new Bar(list, context, signal);
    bar?.follow();
  };
  const settled = new Timer(signal);
  context.changes.follow((change) => {
    const list = archiveList(document);
    if (!isParsed(document)) look();
    else if (list && (changesElementsIn(list, change) || bar?.mayPutBack()))
      settled.start(SETTLED_MS, complete);
  }, signal);
  const complete = () => {
    look();
    bar?.complete();
  };
  look();
  whenParsed(complete, signal);
}

/** The button of a filter, with how many posts it has. */
interface FilterButton {
  filter: ArchiveFilter;
  button: HTMLElement;
  name: HTMLElement;
  count: HTMLElement;
}

/** The box that shows how much of a year is read. */
interface Year {
  host: HTMLElement;
  text: HTMLElement;
  entries: ArchiveEntry[];
}

class Bar {
  readonly #list: Element;
  readonly #live: FeatureContext['live'];
  readonly #sheet = addPageSheet(pageCss);
  readonly #host: HTMLElement;
  readonly #filters = h('div', { class: 'filters', role: 'group' });
  readonly #status = h('div', { role: 'status' });
  readonly #buttons: readonly FilterButton[];
  #entries: ArchiveEntry[] = [];
  #years: Year[] = [];
  #isComplete = false;
  #returns = 0;
  /** The filter that the reader has chosen now or on an earlier visit; undefined until the settings are there. */
  #filter: ArchiveFilter | undefined;

  constructor(list: Element, context: FeatureContext, signal: AbortSignal) {
    this.#list = list;
    this.#live = context.live;
    const { host, root } = createShadowHost(css);
    this.#host = host;
    root.append(h('div', { class: 'line' }, this.#filters, this.#status));
    insertBefore(list, host);
    this.#buttons = ARCHIVE_FILTERS.map((filter) => {
      const [name, count] = [h('span', { class: 'name' }), h('span', { class: 'count' })];
      const button = h('button', { type: 'button' }, name, count);
      on(button, 'click', () => this.#choose(filter), signal);
      return { filter, button, name, count };
    });
    context.whenLoaded(() => {
      this.#filter ??= this.#live.settings.archiveFilter;
      this.follow();
    });
    context.onChange(() => this.#draw());
    signal.addEventListener('abort', () => this.#end(signal.reason === ORPHANED));
  }

  /**
   * Applies the filter of the last visit to what has been parsed, before it is painted. With the filter 'all' nothing
   * is hidden, so the entries are not read yet.
   */
  follow(): void {
    if (this.#shown !== 'all' && this.#entries.length < MOST_FOLLOWED) this.#apply();
  }

  /** Filters and counts the list once all of it has been parsed. Puts back what the page has removed. */
  complete(): void {
    if (this.mayPutBack()) {
      this.#returns++;
      if (!isConnected(this.#host)) insertBefore(this.#list, this.#host);
    }
    this.#isComplete = true;
    this.#entries = archiveEntries(this.#list);
    if (this.#shown !== 'all') this.#apply();
    for (const each of this.#years) each.host.remove();
    this.#years = [...groupBy(this.#entries, ({ year }) => year.heading)]
      .slice(0, MOST_YEARS)
      .flatMap(([heading, ofYear]) => (heading ? insertYear(heading, ofYear) : []));
    this.#draw();
  }

  /** Whether the page has removed the bar or the box of a year, and it may be put back. */
  mayPutBack(): boolean {
    const boxes = [this.#host, ...this.#years.map(({ host }) => host)];
    return (
      this.#returns < MOST_RETURNS &&
      isConnected(this.#list) &&
      boxes.some((box) => !isConnected(box))
    );
  }

  #kindOf({ id }: ArchiveEntry): Mark['kind'] {
    return markOf(this.#live.record, id).kind;
  }

  get #shown(): ArchiveFilter {
    return (this.#live.isLoaded && this.#filter) || 'all';
  }

  #choose(filter: ArchiveFilter): void {
    this.#filter = filter;
    this.#apply();
    this.#draw();
    if (!isPrivate()) void write('settings', { settings: { archiveFilter: filter } });
  }

  /** Applies the filter to the part of the list that has been parsed so far. */
  #apply(): void {
    const wanted = this.#shown;
    if (!this.#isComplete) this.#entries = archiveEntries(this.#list);
    const matches = (entry: ArchiveEntry) => this.#kindOf(entry) === wanted;
    show(this.#list, this.#entries, wanted === 'all' ? undefined : matches);
  }

  #draw(): void {
    if (!this.#live.isLoaded) return;
    const { words } = this.#live;
    const shown = this.#shown;
    for (const { filter, button, name, count } of this.#buttons) {
      patch(name, [words.filters[filter]]);
      patch(count, [this.#isComplete && words.count(this.#countOf(filter))]);
      button.setAttribute('aria-pressed', String(filter === shown));
    }
    this.#filters.setAttribute('aria-label', words.filterBy);
    if (!this.#filters.firstChild)
      this.#filters.append(...this.#buttons.map(({ button }) => button));
    const isEmpty = this.#isComplete && shown !== 'all' && this.#countOf(shown) === 0;
    this.#say(isEmpty ? words.noneOf(words.filters[shown]) : undefined);
    for (const { text, entries } of this.#years) {
      const read = entries.filter((entry) => this.#kindOf(entry) === 'read').length;
      patch(text, [words.readOf(read, entries.length)]);
    }
  }

  #countOf(filter: ArchiveFilter): number {
    return filter === 'all'
      ? this.#entries.length
      : this.#entries.filter((entry) => this.#kindOf(entry) === filter).length;
  }

  /** Shows a text in place of entries, or none. */
  #say(text: string | undefined): void {
    this.#status.replaceChildren(...(text === undefined ? [] : [h('p', { class: 'none' }, text)]));
  }

  /** @param isOrphaned whether the extension was updated; then the bar stays, and says so */
  #end(isOrphaned: boolean): void {
    for (const each of this.#years) each.host.remove();
    if (this.#sheet.remove()) show(this.#list, this.#entries, undefined);
    if (!isOrphaned) return this.#host.remove();
    this.#filters.replaceChildren();
    this.#say(this.#live.words.updated);
  }
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
