/** What the views of the library have in common. */
import { BLOG_LANGUAGE } from '../site/address.ts';
import { dayOf } from '../record/time.ts';
import { button, h, on } from '../ui/h.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { Shelf } from './view.ts';

type Child = Node | string | false | undefined;

/** The name of the view, its title, and one sentence. */
export function pageHead(lead: string, title: string, text: string): HTMLElement {
  return h(
    'div',
    { class: 'page-head' },
    h('p', { class: 'lead' }, lead),
    h('h1', {}, title),
    h('p', { class: 'text' }, text),
  );
}

/** Rows between hairlines. */
export function rowList(rows: readonly HTMLElement[]): HTMLElement {
  return h('ul', { class: 'rows' }, ...rows.map((row) => h('li', {}, row)));
}

/** A row: name, one sentence, what can be done, and beneath it what a press has opened. */
export interface RowContent {
  name: string;
  about: string;
  actions: readonly Child[];
  /** Something is not as it should be. */
  isTrouble?: boolean;
  more?: readonly Child[];
}

export function row({ name, about, actions, isTrouble = false, more = [] }: RowContent) {
  return h(
    'div',
    { role: 'group', 'aria-label': name },
    h('span', { class: isTrouble ? 'name error' : 'name' }, name),
    h('span', { class: 'about' }, about),
    h('span', { class: 'actions' }, ...actions),
    more.length > 0 && h('div', { class: 'more' }, ...more),
  );
}

/** Opens what stands beneath a row, and closes it. */
export function opener(
  text: string,
  key: string,
  isOpen: boolean,
  press: () => void,
  signal: AbortSignal,
): HTMLButtonElement {
  return button(text, key, press, signal, { 'aria-expanded': String(isOpen) });
}

/** The title of a post; its number where the catalogue does not have it. */
export function titleText({ catalogue, live }: Shelf, id: number): HTMLElement {
  const title = catalogue.post(id)?.title ?? live.words.record.newPost(id);
  return h('span', { lang: BLOG_LANGUAGE }, title);
}

/** 标为 稍后 在读 已读: a choice of one, for all posts of a list. */
export function markChoice<Kind extends 'later' | 'reading' | 'read'>(
  { words }: LiveRecord<PageWords>,
  name: string,
  kinds: readonly Kind[],
  chosen: Kind,
  choose: (kind: Kind) => void,
  signal: AbortSignal,
): HTMLElement {
  const { markAs } = words.record;
  return h(
    'p',
    { class: 'choices', role: 'radiogroup', 'aria-label': markAs },
    `${markAs} `,
    ...kinds.map((kind) => {
      const input = h('input', {
        type: 'radio',
        name,
        'data-key': `${name}-${kind}`,
        checked: kind === chosen,
      });
      on(input, 'change', () => choose(kind), signal);
      return h('label', {}, input, words.filters[kind]);
    }),
  );
}

/** Puts a text into the clipboard and gives what is to be said of it; undefined was too long. */
export async function copied(
  text: string | undefined,
  { tooLongForAddress, copied: done, notCopied }: PageWords['record'],
): Promise<string> {
  if (text === undefined) return tooLongForAddress;
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return notCopied;
  }
}

/** YYYY-MM-DD HH:MM, where the reader is. */
export function timeText(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dayOf(time)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Gives the reader a text as a file. */
export function saveFile(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }));
}

/** Gives the reader a file, without asking a permission for it. */
export function saveBlob(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  h('a', { href: url, download: name }).click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
