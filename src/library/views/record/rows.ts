/** What the rows of the record view have in common. */
import type { LiveRecord } from '../../../app/live-record.ts';
import { dayOf } from '../../../record/days.ts';
import type { Mark } from '../../../record/marks.ts';
import { type Attributes, button, type Child, h, on } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { focusKey } from '../../../ui/patch.ts';
import { markText } from '../../../ui/words/index.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import {
  disclosureButton,
  quiet,
  quietButton,
  type RowContent,
  titleText,
} from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

/** One row of the view, or several that belong together. */
export interface Rows {
  /** A row is there before it is known what it shows, so that nothing below it moves. */
  content(): RowContent[];
  /** Called when the view is shown; `shown` is aborted when it is left. */
  show?(shown: AbortSignal): void;
  /** Asks the background: when the view is shown, and when the reader comes back to it from another page. */
  look?(): Promise<void>;
}

/** What the background answered last. */
export class LastAnswer<Value> {
  value: Value | undefined;
  /** Whether the last question was not answered. */
  isSilent = false;

  take(answer: Value | undefined): void {
    this.isSilent = answer === undefined;
    this.value = answer ?? this.value;
  }
}

interface OpenableRow<Item> extends Omit<RowContent, 'actions' | 'more'> {
  items: readonly Item[];
  itemOf: (item: Item) => HTMLElement;
  /** How many items the list shows at most. */
  most?: number;
  /** The actions beside the button that opens the list. */
  actions?: RowContent['actions'];
  /** Called when the reader opens or closes the list. */
  pressed?: () => void;
}

/** Returns a function that makes a row with a list below it, which a button opens, if there is anything in it. */
export function openableRows({ live }: LibraryContext, draw: () => void) {
  const open = new Set<string>();
  return <Item>(
    key: string,
    { items, itemOf, most = Infinity, actions = [], pressed, ...row }: OpenableRow<Item>,
  ): RowContent => {
    const { words } = live;
    const press = () => {
      if (!open.delete(key)) open.add(key);
      pressed?.();
      draw();
    };
    const view = disclosureButton(words.record.view, key, open.has(key), press);
    return {
      ...row,
      actions: [items.length > 0 && view, ...actions],
      more: open.has(key)
        ? [
            keptList(row.name, items.slice(0, most).map(itemOf)),
            items.length > most && quiet(words.more(items.length - most), 'p'),
          ]
        : [],
    };
  };
}

/** A list in the part below a row. */
export function keptList(name: string, items: readonly HTMLElement[]): HTMLElement {
  return h('ul', { class: 'kept', 'aria-label': name }, ...items);
}

/** A row of such a list: a time, what it is about, and what can be done with it. */
export function keptItem(
  key: string,
  time: string,
  what: readonly Child[],
  ...actions: Child[]
): HTMLElement {
  const about = h('span', { class: 'what' }, ...what);
  return h('li', { 'data-key': key }, h('time', {}, time), about, ...actions);
}

/**
 * Returns a function that makes the buttons of an act which the reader has to confirm.
 *
 * @param first makes the button that asks, with this key
 * @param sure the text of the button that confirms
 */
export function confirmations({ live }: LibraryContext, draw: () => void) {
  let asked: string | undefined;
  return (
    key: string,
    first: (key: string, press: () => void) => HTMLElement,
    sure: string,
    act: () => void,
  ): HTMLElement[] => {
    const ask = (isAsked: boolean) => {
      asked = isAsked ? key : undefined;
      draw();
      focusKey(document.body, isAsked ? `${key}-cancel` : key);
    };
    if (asked !== key) return [first(key, () => ask(true))];
    const actNow = () => {
      asked = undefined;
      draw();
      act();
    };
    return [
      button(sure, `${key}-now`, actNow),
      quietButton(live.words.record.cancel, `${key}-cancel`, () => ask(false)),
    ];
  };
}

/**
 * A button in a row of a list. Its name says what it acts on, because each row has one with the same text.
 *
 * @param what the row in words
 */
export function rowButton(
  { live }: Pick<LibraryContext, 'live'>,
  text: string,
  what: string,
  key: string,
  press: () => void,
  attributes: Attributes = {},
): HTMLButtonElement {
  const label = live.words.record.actOn(text, what);
  return button(text, key, press, { 'aria-label': label, ...attributes });
}

/** The mark of a post before and after a change, and its title. */
export function changeNodes(
  context: LibraryContext,
  id: number,
  before: Mark,
  after: Mark,
): Child[] {
  const icon = (mark: Mark) => markIcon(mark, markText(mark, context.live.words));
  return [icon(before), ' → ', icon(after), titleText(context, id)];
}

/** 标为 稍后 在读 已读: the choice of one mark for all posts of a list. */
export function markChoice<Kind extends 'later' | 'reading' | 'read'>(
  { words }: LiveRecord<PageWords>,
  name: string,
  kinds: readonly Kind[],
  chosen: Kind,
  choose: (kind: Kind) => void,
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
      on(input, 'change', () => choose(kind));
      return h('label', {}, input, words.filters[kind]);
    }),
  );
}

/** YYYY-MM-DD HH:MM in the reader's time zone. */
export function timeText(time: number): string {
  const date = new Date(time);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${dayOf(time)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
