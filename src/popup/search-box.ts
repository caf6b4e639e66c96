/**
 * The search: a field that keeps the focus while ↑ ↓ select in the list box below it (the combobox
 * pattern of the ARIA Authoring Practices). Enter opens, Space marks what is selected, Escape clears.
 * Marks and a category narrow it as long as the popup is open; with nothing typed they are the search.
 */
import type { Found } from '../catalogue/search/search.ts';
import { h, on, svg } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { patch } from '../ui/patch.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { keysNamed } from './edges.ts';
import { ALL, type Chosen, CHOICES, isNarrowed } from './search-filters.ts';
import { filterRow, pressed } from './filter-row.ts';
import type { Results } from './results.ts';

/** What is known of a pasted text: the post that it is from, or null where nobody can say. */
export type Source = { id: number | null };

/** Shorter pasted texts are words to search for. */
const SHORTEST_QUOTATION = 60;

export interface SearchActions {
  find(query: string): Found;
  draw(found: Found, source: Source | undefined, chosen: Chosen, typed: string): Results;
  /** All that there are, by number of posts. */
  categories(): readonly string[];
  /** The post that a pasted text is from. */
  findSource(text: string): Promise<number | undefined>;
  /** What is asked became something or nothing: the list is shown, or the rest of the popup. */
  show(isSearching: boolean): void;
  markPost(id: number): void;
  openSeries(name: string): void;
}

export class SearchBox {
  readonly header: HTMLElement;
  readonly list: HTMLElement;
  readonly filters: HTMLElement;
  readonly status: HTMLElement;
  readonly keys: HTMLElement;

  readonly #actions: SearchActions;
  readonly #input: HTMLInputElement;
  readonly #clear: HTMLButtonElement;
  #words: PageWords;
  #found: Found | undefined;
  #source: Source | undefined;
  #chosen: Chosen = ALL;
  #drawnFilters: readonly unknown[] = [];
  /** What was pasted, until the field has it. */
  #pasted: string | undefined;
  #options: HTMLElement[] = [];
  #selected = -1;
  /** Whether something was typed since the last mark. */
  #edited = false;

  constructor(words: PageWords, actions: SearchActions, signal: AbortSignal) {
    this.#words = words;
    this.#actions = actions;
    this.#input = h('input', {
      type: 'search',
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      'aria-controls': 'found',
      autocomplete: 'off',
      autocapitalize: 'off',
      spellcheck: 'false',
      maxlength: 200,
    });
    this.#clear = h('button', { type: 'button', class: 'clear', hidden: true }, cross());
    this.header = h(
      'header',
      {},
      h(
        'label',
        { class: 'field' },
        icon('search'),
        this.#input,
        h('kbd', { 'aria-hidden': 'true' }, '/'),
      ),
      this.#clear,
    );
    this.list = h('div', { class: 'found scroll', id: 'found', role: 'listbox', hidden: true });
    this.filters = h('div', { class: 'filters', role: 'group', hidden: true });
    this.status = h('p', { class: 'status', role: 'status' });
    this.keys = h('footer', { class: 'keys', hidden: true });
    this.#name();

    const typed = () => {
      this.#edited = true;
      this.#search();
      void this.#askSource();
    };
    on(this.#input, 'input', typed, signal);
    on(this.#input, 'paste', (event) => this.#paste(event), signal);
    on(this.#input, 'keydown', (event) => this.#steer(event), signal);
    on(this.#clear, 'click', () => this.clear(), signal);
    on(this.list, 'click', (event) => this.#click(event), signal);
    on(this.filters, 'click', (event) => this.#press(event), signal);
    on(this.filters, 'change', (event) => this.#pick(event), signal);
    on(this.filters, 'keydown', (event) => this.#leaveFilters(event), signal);
    // The field keeps the focus, so that the keys go on working after a click.
    on(this.list, 'mousedown', (event) => event.preventDefault(), signal);
    on(document.documentElement, 'keydown', (event) => this.#catch(event), signal);
  }

  get isSearching(): boolean {
    return this.#found !== undefined;
  }

  /** Whether the last thing that the reader did is typing, which the browser itself can undo. */
  get isTyping(): boolean {
    return this.#edited && document.activeElement === this.#input;
  }

  /** The last thing that the reader did is a mark. */
  endTyping(): void {
    this.#edited = false;
  }

  focus(): void {
    this.#input.focus();
  }

  /** Back to the rest of the popup. */
  clear(): void {
    this.#input.value = '';
    this.choose(ALL);
    this.focus();
  }

  /** Narrows what is found, or lists what passes where nothing is typed. */
  choose(chosen: Chosen): void {
    this.#chosen = chosen;
    this.#search();
  }

  /** Draws what was found anew: a mark has changed, or the language. */
  redraw(words: PageWords): void {
    this.#words = words;
    this.#name();
    const id = this.#options[this.#selected]?.id;
    this.#draw();
    if (id !== undefined) this.#select(this.#options.findIndex((option) => option.id === id));
  }

  #name(): void {
    this.#input.placeholder = this.#words.search;
    this.#input.setAttribute('aria-label', this.#words.search);
    this.#clear.setAttribute('aria-label', this.#words.clearSearch);
    this.#clear.title = this.#words.clearSearch;
    this.list.setAttribute('aria-label', this.#words.search);
    this.filters.setAttribute('aria-label', this.#words.filterBy);
    patch(this.keys, keysNamed(this.#words));
  }

  /** The field takes the beginning of a long text and searches for it; its source needs all of it. */
  #paste({ clipboardData }: ClipboardEvent): void {
    const text = clipboardData?.getData('text/plain').trim() ?? '';
    this.#pasted = text.length < SHORTEST_QUOTATION ? undefined : text;
  }

  async #askSource(): Promise<void> {
    const text = this.#pasted;
    this.#pasted = undefined;
    if (text === undefined) return;
    const { value } = this.#input;
    const id = await this.#actions.findSource(text);
    if (value !== this.#input.value) return;
    this.#source = { id: id ?? null };
    this.#draw();
  }

  #search(): void {
    this.#source = undefined;
    const found = this.#actions.find(this.#input.value);
    const isAsked = found.query !== '' || isNarrowed(this.#chosen);
    this.#found = isAsked ? found : undefined;
    this.#clear.hidden = this.#input.value === '' && !isAsked;
    // Before what is in it is another list, which would have to be laid out for it.
    this.list.scrollTop = 0;
    this.#draw();
    this.#actions.show(this.isSearching);
  }

  #draw(): void {
    const [found, chosen] = [this.#found, this.#chosen];
    const drawn = found && this.#actions.draw(found, this.#source, chosen, this.#input.value);
    patch(this.list, drawn?.children ?? []);
    this.#options = [...this.list.querySelectorAll<HTMLElement>('[role="option"]')];
    this.list.hidden = this.#options.length === 0;
    this.filters.hidden = !found;
    if (found) this.#drawFilters();
    this.keys.hidden = this.#options.length === 0;
    this.#input.setAttribute('aria-expanded', String(this.#options.length > 0));
    this.#select(-1);
    const nothing = found !== undefined && this.#options.length === 0;
    this.status.classList.toggle('seen', nothing);
    const said = nothing ? this.#nothing() : this.#summary(drawn?.posts ?? 0);
    // Setting the same text anew would have it read out anew.
    if (this.status.textContent !== said) this.status.textContent = said;
  }

  /** Only where something of it has changed: a menu that stands open would close. */
  #drawFilters(): void {
    const now = [this.#words, this.#chosen, this.#actions.categories()] as const;
    if (now.every((each, at) => each === this.#drawnFilters[at])) return;
    this.#drawnFilters = now;
    patch(this.filters, filterRow(...now));
  }

  #nothing(): string {
    if (isNarrowed(this.#chosen)) return this.#words.list.nothing;
    return this.#source ? this.#words.whoseUnknown : this.#words.nothingFound;
  }

  #summary(posts: number): string {
    const { foundSeries, foundPosts, foundTags, foundCategories, count } = this.#words;
    if (!this.#found) return '';
    if (isNarrowed(this.#chosen)) return `${foundPosts} ${count(posts)}`;
    const { series, tags, categories } = this.#found;
    const said: [name: string, found: number][] = [
      [foundSeries, series.length],
      [foundPosts, posts],
      [foundTags, tags.length],
      [foundCategories, categories.length],
    ];
    return said
      .filter(([, found]) => found > 0)
      .map(([name, found]) => `${name} ${count(found)}`)
      .join(', ');
  }

  #select(at: number): void {
    this.#options[this.#selected]?.setAttribute('aria-selected', 'false');
    this.#selected = at;
    const option = this.#options[at];
    if (option) {
      option.setAttribute('aria-selected', 'true');
      this.#input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else this.#input.removeAttribute('aria-activedescendant');
  }

  #steer(event: KeyboardEvent): void {
    // While a word of Chinese is being composed all keys are the input method's.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.#options.length - 1;
    const selected = this.#options[this.#selected];
    if (event.key === 'ArrowDown' && last >= 0) this.#select(Math.min(last, this.#selected + 1));
    else if (event.key === 'ArrowUp' && last >= 0) this.#select(Math.max(-1, this.#selected - 1));
    else if (event.key === 'Enter' && last >= 0) this.#open(selected ?? this.#options[0]);
    else if (event.key === ' ' && selected) this.#mark(selected);
    else if (event.key === 'Escape' && (this.#input.value || this.isSearching)) this.#goBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Escape takes back what was typed first, then what was chosen. */
  #goBack(): void {
    if (this.#input.value === '') return this.clear();
    this.#input.value = '';
    this.#search();
    this.focus();
  }

  #press({ target }: MouseEvent): void {
    const wanted = (target as Element).closest<HTMLElement>('[data-kind]')?.dataset['kind'];
    const kind = CHOICES.find((each) => each === wanted);
    if (kind) this.choose(pressed(this.#chosen, kind));
  }

  #pick({ target }: Event): void {
    if (target instanceof HTMLSelectElement)
      this.choose({ ...this.#chosen, category: target.value });
  }

  /** ↓ goes on to what passes. */
  #leaveFilters(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || event.target instanceof HTMLSelectElement) return;
    this.focus();
    this.#steer(event);
  }

  #click(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return;
    const option = event.target.closest<HTMLElement>('[role="option"]');
    if (!option) return;
    if (event.target.closest('.shape')) {
      event.preventDefault();
      this.#mark(option);
    } else if (option.dataset['series'] !== undefined) this.#open(option);
  }

  #open(option: HTMLElement | undefined): void {
    const series = option?.dataset['series'];
    if (series === undefined) {
      // A link follows a click that a script makes just as one that the reader makes.
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

  /** `/` or any letter goes to the field, wherever the focus is. */
  #catch(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest('input, select')) return;
    if (event.key === 'Escape' && this.isSearching) this.#goBack();
    else if (event.key === '/') this.focus();
    else if (/^[\p{L}\p{N}]$/u.test(event.key)) {
      // Not prevented: the letter itself then goes into the field.
      this.focus();
      return;
    } else return;
    event.preventDefault();
  }
}

function cross(): SVGSVGElement {
  return svg(
    'svg',
    { class: 'icon', width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' },
    svg('path', { class: 'stroke', d: 'M3.5 3.5l7 7M10.5 3.5l-7 7' }),
  );
}
