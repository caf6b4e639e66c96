/** The search field in the head. Its text narrows the list, and opens the list from any other view. */
import { h, on } from '../ui/h.ts';
import { icon } from '../ui/icons.ts';
import { followComposition, isComposing, isPlainKey, isUnmodified } from '../ui/keys.ts';
import { readAddress, viewAddress } from '../app/library-address.ts';
import type { LibraryContext } from './view.ts';

export interface SearchField {
  readonly element: HTMLElement;
  /** Shows the query of the address. */
  draw(typed: string): void;
}

/** Longer than any title, in characters. */
const LONGEST_QUERY = 80;

/** Enter and ↓ move the focus into the list, which is in `main`. */
export function searchField(context: LibraryContext, main: HTMLElement): SearchField {
  const input = h('input', { type: 'search', maxlength: LONGEST_QUERY, autocomplete: 'off' });
  const element = h('label', { class: 'search-field' }, icon('search'), input, h('kbd', {}, '/'));

  const findsNothing = (typed: string) => {
    const { series, posts, categories } = context.find(typed);
    return series.length + posts.length + categories.length === 0;
  };

  /** The first letter adds an entry to the history; further letters replace it. */
  const search = () => {
    if (isUnderWay() && findsNothing(input.value)) return;
    const { name, query } = readAddress(location.hash);
    const isList = name === 'list';
    if (!isList && !input.value) return;
    const next = isList ? query : new URLSearchParams();
    const isFurther = next.has('q');
    if (input.value) next.set('q', input.value);
    else next.delete('q');
    context.go(viewAddress('list', next), isFurther ? 'replace' : undefined);
  };

  const steer = (event: KeyboardEvent) => {
    if (isComposing(event) || !isUnmodified(event)) return;
    if (event.key === 'Escape' && input.value) {
      input.value = '';
      search();
    } else if (event.key === 'Enter' || event.key === 'ArrowDown')
      main.querySelector<HTMLElement>('[role="grid"]')?.focus();
    else return;
    event.preventDefault();
  };

  const pressAnywhere = (event: KeyboardEvent) => {
    if (event.key !== '/' || !isPlainKey(event) || isTyping(event)) return;
    event.preventDefault();
    input.select();
  };

  const isUnderWay = followComposition(input, search);
  on(input, 'input', search);
  on(input, 'keydown', steer);
  on(document, 'keydown', pressAnywhere);

  return {
    element,
    draw(typed) {
      const { search: name } = context.live.words;
      input.placeholder = name;
      input.setAttribute('aria-label', name);
      if (input.value !== typed && !isUnderWay()) input.value = typed;
    },
  };
}

/** Whether a key press goes into a field. */
export function isTyping({ target }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest('input, textarea, select') !== null;
}
