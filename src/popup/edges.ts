/** The small sections at the popup's edges: no access to the blog, a private window, the foot. */
import { h, svg } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { type Desk, inLibrary } from './model.ts';

/** `refused`: the reader asked for access, and the browser did not give it. */
export function accessSection({ words }: Desk, refused: boolean): HTMLElement {
  return h(
    'section',
    { class: 'access', 'data-key': 'access' },
    h('div', { class: 'head' }, h('h2', { class: 'error' }, words.noAccess)),
    h('p', {}, words.noAccessText),
    h('button', { type: 'button', class: 'action', 'data-key': 'allow' }, words.allow),
    refused && h('p', { class: 'error', role: 'alert' }, words.stillNoAccess),
  );
}

export function privateSection({ words }: Desk): HTMLElement {
  return h('section', { class: 'private', 'data-key': 'private' }, h('p', {}, words.privateWindow));
}

const DOORS = {
  record:
    'M1.5 13.5h13M2.85 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M6.35 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M6.35 6a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 6a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 2a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0',
  settings:
    'M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M12.5 4.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0M7 11.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0',
} as const;

/** The ways to the library and to the settings: the only two icons without words beside them. */
export function doors(words: PageWords): HTMLAnchorElement[] {
  const names = { record: words.library, settings: words.views.settings };
  return (['record', 'settings'] as const).map((door) =>
    h(
      'a',
      {
        class: `door ${door}`,
        ...inLibrary(`#${door}`),
        'aria-label': names[door],
        title: names[door],
      },
      svg(
        'svg',
        { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
        svg('path', { class: 'stroke', d: DOORS[door] }),
      ),
    ),
  );
}

/** Where the bundled catalogue ends, learned posts aside, whose work this is not, and the language. */
export function footSection({ catalogue, settings, words }: Desk): HTMLElement {
  const option = (value: typeof settings.language, text: string) =>
    h(
      'option',
      { value, selected: value === settings.language, lang: value === 'auto' ? undefined : value },
      text,
    );
  return h(
    'section',
    { class: 'foot', 'data-key': 'foot', 'aria-label': words.name },
    h('span', {}, words.catalogueUntil(catalogue.newestBundled.date)),
    h('i', { class: 'rule' }),
    h('span', {}, words.unofficial),
    h(
      'select',
      { 'data-key': 'language', 'aria-label': words.language },
      option('auto', words.automatic),
      option('zh-CN', words.languages['zh-CN']),
      option('en', words.languages.en),
    ),
  );
}

/** The keys of the search, named while one searches. */
export function keysNamed(words: PageWords): HTMLElement[] {
  const named = (keys: string[], what: string) =>
    h('span', {}, ...keys.map((key) => h('kbd', {}, key)), ` ${what}`);
  return [
    named(['↑', '↓'], words.select),
    named(['Enter'], words.open),
    named(['Space'], words.toggleRead),
  ];
}
