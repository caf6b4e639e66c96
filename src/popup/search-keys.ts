/** The keys of the search, named at the foot of the popup while something is found. */
import { h } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';

export function searchKeys(words: PageWords): HTMLElement[] {
  const named = (keys: string[], what: string) =>
    h('span', {}, ...keys.map((key) => h('kbd', {}, key)), ` ${what}`);
  return [
    named(['↑', '↓'], words.select),
    named(['Enter'], words.open),
    named(['Space'], words.toggleRead),
  ];
}
