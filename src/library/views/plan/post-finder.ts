/** A field that finds posts and lists them below it as links to plans. */
import { h, on } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { foundNodes } from '../../../ui/pieces.ts';
import { followComposition, isComposing, isUnmodified } from '../../../ui/keys.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { planAddress } from '../../../app/library-address.ts';
import type { LibraryContext } from '../../view.ts';

export interface PostFinder {
  readonly element: HTMLElement;
  draw(): void;
  clear(): void;
}

/** How many posts are listed; for others the reader types more. */
const SHOWN = 8;

export function postFinder(context: LibraryContext): PostFinder {
  const input = h('input', { type: 'search', maxlength: 80, autocomplete: 'off' });
  const results = h('ul', { class: 'finds' });
  const status = h('p', { class: 'quiet', role: 'status' });
  const element = h('div', { class: 'finder' }, input, results, status);

  const draw = () => {
    const { words } = context.live;
    input.placeholder = words.search;
    input.setAttribute('aria-label', words.plan.find);
    const found = context.find(input.value);
    const posts = [
      ...new Set([
        ...found.posts.map(({ post }) => post),
        ...found.series.flatMap((series) =>
          series.posts.flatMap((id) => context.catalogue.post(id) ?? []),
        ),
      ]),
    ];
    patch(
      results,
      posts
        .slice(0, SHOWN)
        .map((post) =>
          h(
            'li',
            { 'data-key': `find-${post.id}` },
            h(
              'a',
              { href: planAddress(post.id), lang: BLOG_LANGUAGE },
              ...foundNodes(post.title, found),
            ),
            h('time', {}, post.date),
          ),
        ),
    );
    const isNothing = found.query !== '' && posts.length === 0 && !isUnderWay();
    const more = posts.length > SHOWN ? words.more(posts.length - SHOWN) : '';
    status.textContent = isNothing ? words.nothingFound : more;
  };

  /** ↑ and ↓ move between the field and the links; Enter in the field opens the first. */
  const steer = (event: KeyboardEvent) => {
    if (isComposing(event) || !isUnmodified(event)) return;
    const stops = [input, ...results.querySelectorAll('a')];
    const at = stops.indexOf(event.target as HTMLInputElement);
    if (event.key === 'ArrowDown') stops[at + 1]?.focus();
    else if (event.key === 'ArrowUp') stops[at - 1]?.focus();
    else if (event.key === 'Enter' && at === 0) stops[1]?.click();
    else if (event.key === 'Escape') {
      clear();
      input.focus();
    } else return;
    event.preventDefault();
  };

  const clear = () => {
    input.value = '';
    draw();
  };

  const isUnderWay = followComposition(input, draw);
  on(input, 'input', draw);
  on(element, 'keydown', steer);
  return { element, draw, clear };
}
