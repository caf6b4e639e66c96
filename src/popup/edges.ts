/** The small sections at the popup's edges: no access to the blog, a private window, the foot. */
import { coverageToHaveRead, secondsToHaveRead, shareToHaveRead } from '../reading/visit.ts';
import { STRICTNESSES, type Strictness } from '../platform/settings.ts';
import { h } from '../ui/dom.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { type Desk } from './desk.ts';

const SWITCHES = ['autoRead', 'linkMarks', 'sidebarLinks', 'mentions'] as const;
export type Switch = (typeof SWITCHES)[number];
const CHOICES = ['language', 'strictness'] as const;
export type Choice = (typeof CHOICES)[number];

/** `refused`: the reader asked for access, and the browser did not give it. */
export function accessSection({ words }: Desk, refused: boolean): HTMLElement {
  return h(
    'section',
    { class: 'access' },
    h('div', { class: 'head' }, h('h2', { class: 'error' }, words.noAccess)),
    h('p', {}, words.noAccessText),
    h('button', { type: 'button', class: 'action', 'data-key': 'allow' }, words.allow),
    refused && h('p', { class: 'error', role: 'alert' }, words.stillNoAccess),
  );
}

export function privateSection({ words }: Desk): HTMLElement {
  return h('section', { class: 'private' }, h('p', {}, words.privateWindow));
}

/** What is shown on the blog besides the lines, each with a switch. */
export function settingsSection({ settings, words }: Desk): HTMLElement {
  const row = (name: Switch) =>
    h(
      'label',
      {},
      h('input', {
        type: 'checkbox',
        'data-key': name,
        'data-setting': name,
        checked: settings[name],
      }),
      h('span', {}, words.switches[name]),
    );
  return h(
    'section',
    { class: 'settings', 'aria-labelledby': 'settings' },
    h('div', { class: 'head' }, h('h2', { id: 'settings' }, words.onTheBlog)),
    row('autoRead'),
    settings.autoRead && strictness(settings.strictness, words),
    ...SWITCHES.slice(1).map(row),
    h('p', {}, words.linkMarksSeen),
  );
}

/** How much it takes for a post to count as read, and what the chosen measure means. */
function strictness(chosen: Strictness, words: PageWords): HTMLElement {
  const options = STRICTNESSES.map((value) =>
    h('option', { value, selected: value === chosen }, words.strictnesses[value]),
  );
  const percent = (share: number) => Math.round(share * 100);
  const meaning = words.countsAsRead(
    percent(coverageToHaveRead(chosen)),
    percent(shareToHaveRead(chosen)),
    secondsToHaveRead(0, chosen),
  );
  return h(
    'p',
    { class: 'under' },
    h(
      'select',
      { 'data-key': 'strictness', 'data-setting': 'strictness', 'aria-label': words.strictness },
      ...options,
    ),
    ' ',
    meaning,
  );
}

/** The setting that a control switches, if it does. */
export function switchOf(control: HTMLInputElement): Switch | undefined {
  return SWITCHES.find((name) => name === control.dataset['setting']);
}

/** The setting that is chosen in a list, if it is one. */
export function choiceOf(control: HTMLSelectElement): Choice | undefined {
  return CHOICES.find((name) => name === control.dataset['setting']);
}

/** Where the catalogue ends, whose work this is not, and the language. */
export function footSection({ catalogue, settings, words }: Desk): HTMLElement {
  let newest = '';
  for (const { date } of catalogue.posts.values()) if (date > newest) newest = date;
  const option = (value: typeof settings.language, text: string) =>
    h(
      'option',
      { value, selected: value === settings.language, lang: value === 'auto' ? undefined : value },
      text,
    );
  return h(
    'section',
    { class: 'foot', 'aria-label': words.name },
    h('span', {}, words.catalogueUntil(newest)),
    h('i', { class: 'rule' }),
    h('span', {}, words.unofficial),
    h(
      'select',
      { 'data-key': 'language', 'data-setting': 'language', 'aria-label': words.language },
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
