/**
 * The search: a field, the list of results, and a row of filters. ↑ ↓ select in the list while the
 * field keeps the focus, Enter opens, Space marks the selected post, Escape clears. With a filter the
 * field can be empty: the list then has all posts with a mark or of a category. The state ends with the
 * popup.
 */
import type { FoundTexts } from '../app/messages.ts';
import type { SearchResults } from '../catalogue/search/search.ts';
import { h, on, svg } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { followComposition, isComposing, isPlainKey, isUnmodified } from '../ui/keys.ts';
import { patch } from '../ui/patch.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { type FilterRow, filterRow } from './filter-row.ts';
import { ListBox } from './list-box.ts';
import { isTextOption, type Results, type Searched } from './results.ts';
import { ALL, type Chosen, isNarrowed } from './search-filters.ts';

/** In UTF-16 units. A pasted text that is shorter is searched for as words. */
const SHORTEST_QUOTATION = 60;

export interface SearchActions {
  find(query: string): SearchResults;
  /** Draws the results. */
  results(searched: Searched): Results;
  /** All categories, the largest first. */
  categories(): readonly string[];
  /** The post that a pasted text is from. */
  findSource(text: string): Promise<number | undefined>;
  /** Searches the texts of read posts; returns undefined if that is switched off. */
  findTexts(query: string): Promise<FoundTexts | undefined> | undefined;
  /** Shows the list, or the rest of the popup. */
  show(isSearching: boolean): void;
  markPost(id: number): void;
  openSeries(name: string): void;
}

export class SearchBox {
  readonly header: HTMLElement;
  readonly status = h('p', { class: 'status', role: 'status' });
  readonly keys = h('footer', { class: 'keys', hidden: true });

  readonly #actions: SearchActions;
  readonly #field = h('input', {
    type: 'search',
    role: 'combobox',
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    maxlength: 200,
  });
  readonly #clear = h('button', { type: 'button', class: 'clear', hidden: true }, cross());
  readonly #list = new ListBox('found', this.#field);
  readonly #filters: FilterRow;
  #words: PageWords;
  /** undefined while nothing is searched for. */
  #searched: Searched | undefined;
  /** Whether a search in the texts is under way. The next one waits for its answer. */
  #isAskingTexts = false;
  /** How many searches for the source of a text are under way. */
  #sourcesAsked = 0;
  #chosen = ALL;
  /** A long text that was pasted, until the field has taken its beginning. */
  #pasted: string | undefined;
  /** Whether an input method composes a word. */
  readonly #isUnderWay: () => boolean;
  /** Whether something was typed since the last mark. */
  #isEdited = false;

  constructor(words: PageWords, actions: SearchActions) {
    this.#words = words;
    this.#actions = actions;
    this.#filters = filterRow(
      (chosen) => this.choose(chosen),
      (event) => this.#leaveFilters(event),
    );
    this.header = h(
      'header',
      {},
      h(
        'label',
        { class: 'field' },
        icon('search'),
        this.#field,
        h('kbd', { 'aria-hidden': 'true' }, '/'),
      ),
      this.#clear,
    );
    this.#isUnderWay = followComposition(this.#field, () => this.#draw());
    this.redraw(words);

    on(this.#field, 'input', () => this.#type());
    on(this.#field, 'paste', (event) => this.#paste(event));
    on(this.#field, 'keydown', (event) => this.#steer(event));
    on(this.#clear, 'click', () => this.clear());
    on(this.list, 'click', (event) => this.#click(event));
    // The field keeps the focus, so that the keys go on working after a click.
    on(this.list, 'mousedown', (event) => event.preventDefault());
    on(document.documentElement, 'keydown', (event) => this.#pressAnywhere(event));
  }

  get list(): HTMLElement {
    return this.#list.element;
  }

  get filters(): HTMLElement {
    return this.#filters.element;
  }

  get isSearching(): boolean {
    return this.#searched !== undefined;
  }

  /** Whether the reader's last act is typing, which the browser itself can undo. */
  get isTyping(): boolean {
    return this.#isEdited && document.activeElement === this.#field;
  }

  /** Call it when the reader does something else than typing. */
  endTyping(): void {
    this.#isEdited = false;
  }

  focus(): void {
    this.#field.focus();
  }

  /** Goes back to the rest of the popup. */
  clear(): void {
    this.#field.value = '';
    this.choose(ALL);
    this.focus();
  }

  /** Filters the results; if the field is empty, lists all posts that pass. */
  choose(chosen: Chosen): void {
    this.#chosen = chosen;
    this.#search();
  }

  /** Draws everything again after a change of a mark or the language. */
  redraw(words: PageWords): void {
    this.#words = words;
    const { search, clearSearch } = words;
    this.#field.placeholder = search;
    this.#field.ariaLabel = search;
    this.list.ariaLabel = search;
    this.#clear.ariaLabel = clearSearch;
    this.#clear.title = clearSearch;
    patch(this.keys, searchKeys(words));
    this.#draw();
  }

  #type(): void {
    this.#isEdited = true;
    // This comes first, so that it is not said that nothing is found while the source is looked for.
    void this.#askSource();
    this.#search();
  }

  /** The field takes only the beginning of a long text; to find its source, all of it is needed. */
  #paste({ clipboardData }: ClipboardEvent): void {
    const text = clipboardData?.getData('text/plain').trim() ?? '';
    this.#pasted = text.length < SHORTEST_QUOTATION ? undefined : text;
  }

  async #askSource(): Promise<void> {
    const text = this.#pasted;
    this.#pasted = undefined;
    if (text === undefined) return;
    const { value } = this.#field;
    this.#sourcesAsked++;
    const id = await this.#actions.findSource(text);
    this.#sourcesAsked--;
    this.#learn(value === this.#field.value ? { source: id ?? null } : {});
  }

  /** Searches the texts for what is typed, and again if that changes before the answer comes. */
  async #askTexts(): Promise<void> {
    if (this.#isAskingTexts) return;
    const asked = this.#field.value;
    const answer = asked.trim() === '' ? undefined : this.#actions.findTexts(asked);
    if (!answer) return;
    this.#isAskingTexts = true;
    const texts = await answer;
    this.#isAskingTexts = false;
    if (asked === this.#field.value) return this.#learnTexts(texts);
    void this.#askTexts();
    // If nothing is asked any more, it can be said now that nothing is found.
    if (!this.#isAskingTexts) this.#learn({ texts: undefined });
  }

  /**
   * While a word is typed most answers are empty. Then a list that has other results is not drawn again, because that
   * takes as long as a key.
   */
  #learnTexts(texts: FoundTexts | undefined): void {
    const changesList = Boolean(texts?.count || this.#searched?.texts?.count);
    if (changesList || this.#list.options.length === 0) this.#learn({ texts });
  }

  /** Adds an answer to the results. */
  #learn(answer: Partial<Searched>): void {
    this.#searched = this.#searched && { ...this.#searched, ...answer };
    this.#draw();
  }

  #search(): void {
    void this.#askTexts();
    const { value: typed } = this.#field;
    const found = this.#actions.find(typed);
    const chosen = this.#chosen;
    const isAsked = found.query !== '' || isNarrowed(chosen);
    const before = this.#searched;
    // Another filter changes neither the source of the text nor where the words were found.
    const isSame = before?.typed === typed;
    const source = isSame ? before.source : undefined;
    // Found texts stay until those of the new query come; otherwise the list would jump at each key.
    const texts = isSame || this.#isAskingTexts ? before?.texts : undefined;
    this.#searched = isAsked ? { typed, chosen, found, source, texts } : undefined;
    // This comes before changes of the list: after them it would force a layout.
    this.list.scrollTop = 0;
    this.#list.select(undefined);
    this.#draw();
    this.#actions.show(isAsked);
  }

  #draw(): void {
    const searched = this.#searched;
    const results = searched && this.#actions.results(searched);
    const isEmpty = !results || results.groups.length === 0;
    const isAsking = this.#isAskingTexts || this.#sourcesAsked > 0;
    const isKnown = !isEmpty || !(isAsking || this.#isUnderWay());
    this.#clear.hidden = this.#field.value === '' && !searched;
    this.#list.draw(results?.groups ?? []);
    this.#filters.draw(
      searched && {
        chosen: searched.chosen,
        categories: this.#actions.categories(),
        words: this.#words,
      },
    );
    this.keys.hidden = isEmpty;
    this.status.classList.toggle('seen', searched !== undefined && isEmpty && isKnown);
    patch(this.status, [isKnown && results?.said]);
  }

  #steer(event: KeyboardEvent): void {
    if (isComposing(event) || !isUnmodified(event)) return;
    const { options, selected } = this.#list;
    const isOpen = options.length > 0;
    if (event.key === 'ArrowDown' && isOpen) this.#list.move(1);
    else if (event.key === 'ArrowUp' && isOpen) this.#list.move(-1);
    else if (event.key === 'Enter' && isOpen) this.#open(selected ?? this.#first());
    else if (event.key === ' ' && selected) this.#mark(selected);
    else if (event.key === 'Escape' && (this.#field.value || this.isSearching)) this.#goBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** What Enter opens if nothing is selected. A found text counts only if it is one of what is typed now. */
  #first(): HTMLElement | undefined {
    const [first] = this.#list.options;
    return this.#isAskingTexts && isTextOption(first) ? undefined : first;
  }

  /** Escape clears the field first, then the filters. */
  #goBack(): void {
    if (this.#field.value === '') return this.clear();
    this.#field.value = '';
    this.#search();
    this.focus();
  }

  /** ↓ in the filters moves to the results. */
  #leaveFilters(event: KeyboardEvent): void {
    this.focus();
    this.#steer(event);
  }

  #click(event: MouseEvent): void {
    const target = event.target as Element;
    const option = target.closest<HTMLElement>('[role="option"]');
    if (!option) return;
    if (target.closest('.shape')) {
      event.preventDefault();
      this.#mark(option);
    } else if (option.dataset['series'] !== undefined) this.#open(option);
  }

  #open(option: HTMLElement | undefined): void {
    const series = option?.dataset['series'];
    if (series === undefined) {
      // Links also follow clicks by scripts.
      option?.click();
      return;
    }
    this.clear();
    this.#actions.openSeries(series);
  }

  #mark(option: HTMLElement): void {
    const id = Number(option.dataset['post']);
    if (id) this.#actions.markPost(id);
  }

  /** `/` or any letter goes to the field, wherever the focus is; Escape ends the search. */
  #pressAnywhere(event: KeyboardEvent): void {
    if (isComposing(event) || !isPlainKey(event)) return;
    if ((event.target as Element).closest('input, select')) return;
    if (event.key === 'Escape' && this.isSearching) this.#goBack();
    else if (event.key === '/') this.focus();
    else if (/^[\p{L}\p{N}]$/u.test(event.key)) {
      // The default action is kept, so the letter goes into the field.
      this.focus();
      return;
    } else return;
    event.preventDefault();
  }
}

/** The keys of the search, named at the foot of the popup while something is found. */
function searchKeys(words: PageWords): HTMLElement[] {
  const named = (keys: string[], what: string) =>
    h('span', {}, ...keys.map((key) => h('kbd', {}, key)), ` ${what}`);
  return [
    named(['↑', '↓'], words.select),
    named(['Enter'], words.open),
    named(['Space'], words.toggleRead),
  ];
}

function cross(): SVGSVGElement {
  return svg(
    'svg',
    { class: 'icon', width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
    svg('path', { class: 'stroke', d: 'M3.5 3.5l7 7M10.5 3.5l-7 7' }),
  );
}
