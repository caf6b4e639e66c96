/**
 * 导入: a file, a pasted text, or a list that an address carried. Everything is read and what would
 * change is shown before anything does; the import is one step that can be undone.
 */
import {
  type Arrival,
  type ListMark,
  type Preview,
  previewFile,
  previewList,
  readAny,
  readPacked,
  type PreviewRow,
} from '../../../exchange/import/import-preview.ts';
import { MAX_CHARS, type Refusal } from '../../../exchange/import/import-errors.ts';
import { encodeRecord } from '../../../record/codec.ts';
import type { ImportSource } from '../../../record/undo-steps.ts';
import { button, h, on } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { markText } from '../../../ui/words/index.ts';
import type { Import } from './import-request.ts';
import { opener, type RowContent, markChoice, titleText } from '../../components.ts';
import type { Shelf } from '../../view.ts';

const CHOICES = ['later', 'reading', 'read'] as const satisfies ListMark[];
/** Rows of a kind that are shown; the counts say how many there are. */
const SHOWN = 100;
/** In bytes: no text of so many characters is read in any encoding. */
const MOST_BYTES = MAX_CHARS * 4;

type State =
  | { kind: 'closed' }
  | { kind: 'asking' }
  | { kind: 'trouble'; text: string }
  | {
      kind: 'arrived';
      from: string;
      source: ImportSource;
      arrival: Exclude<Arrival, { kind: 'nothing' }>;
      choice: ListMark;
    };

export interface ImportRow {
  content(): RowContent;
  /** A list that an address of the blog carried. */
  takeList(packed: string): void;
}

/** `draw` redraws the view; `importInto` carries the import out. */
export function importRow(
  shelf: Shelf,
  importInto: Import,
  draw: () => void,
  signal: AbortSignal,
): ImportRow {
  const { live } = shelf;
  let state: State = { kind: 'closed' };

  const file = h('input', {
    type: 'file',
    accept: '.json,.txt,.csv,.md,.bib',
    class: 'unseen',
    'data-key': 'import-chosen',
    tabindex: -1,
  });
  on(file, 'change', () => void readChosen(file.files?.[0]), signal);
  const area = h('textarea', { rows: 6, 'data-key': 'import-text', spellcheck: 'false' });

  const become = (next: State) => {
    state = next;
    area.value = '';
    draw();
  };
  const close = () => become({ kind: 'closed' });

  const arrive = (arrival: Arrival, from: string, source: ImportSource) =>
    become(
      arrival.kind === 'nothing'
        ? {
            kind: 'trouble',
            text: troubleText(arrival),
          }
        : { kind: 'arrived', from, source, arrival, choice: 'later' },
    );

  const troubleText = (nothing: Arrival & { kind: 'nothing' }) => {
    const say: (value: string) => string = live.words.record.trouble[nothing.trouble.why];
    return say(valueOf(nothing));
  };

  const readChosen = async (chosen: File | undefined) => {
    file.value = '';
    if (!chosen) return;
    const { trouble } = live.words.record;
    if (chosen.size > MOST_BYTES)
      return become({ kind: 'trouble', text: trouble['too-long'](String(MAX_CHARS)) });
    try {
      arrive(readAny(await chosen.text()), chosen.name, 'import');
    } catch {
      become({ kind: 'trouble', text: trouble.unreadable() });
    }
  };

  const chooser = () => {
    const words = live.words.record;
    file.setAttribute('aria-label', words.chooseFile);
    return [button(words.chooseFile, 'import-file', () => file.click(), signal), file];
  };

  const asking = () => {
    const words = live.words.record;
    area.setAttribute('aria-label', words.paste);
    area.placeholder = words.pasteAbout;
    const read = () => area.value.trim() && arrive(readAny(area.value), words.pasted, 'import');
    return [
      area,
      h(
        'p',
        { class: 'actions' },
        button(words.look, 'import-look', read, signal),
        button(words.cancel, 'import-cancel', close, signal, { class: 'quiet' }),
      ),
    ];
  };

  const arrived = (now: State & { kind: 'arrived' }) => {
    const words = live.words.record;
    const preview = previewOf(now.arrival, now.choice, shelf);
    const changes = preview.fresh.length + preview.changed.length;
    const isWorth = changes + preview.discovered.size > 0;
    const take = () => {
      const { entries, discovered } = preview;
      const marks =
        now.arrival.kind === 'file'
          ? { entries: encodeRecord(entries) }
          : { changes: [...entries].map(([post, { mark }]) => ({ post, mark })) };
      importInto({ source: now.source, marks, discovered }, close);
    };
    return [
      h('p', {}, words.arrived(now.from)),
      now.arrival.kind === 'list' && choices(now),
      h('p', { class: 'sum', role: 'status' }, words.wouldChange(...countsOf(preview))),
      ...(['fresh', 'changed', 'kept'] as const).map((kind) =>
        rowsOf(words.kinds[kind], preview[kind]),
      ),
      refusals(preview.refused),
      h(
        'p',
        { class: 'actions' },
        isWorth && button(words.take(changes), 'import-take', take, signal),
        button(words.cancel, 'import-cancel', close, signal, { class: 'quiet' }),
      ),
    ];
  };

  const choices = (now: State & { kind: 'arrived' }) =>
    markChoice(live, 'choice', CHOICES, now.choice, (choice) => become({ ...now, choice }), signal);

  /** Not one node for nothing: an empty kind is not named. */
  const rowsOf = (name: string, rows: readonly PreviewRow[]) =>
    rows.length > 0 &&
    h(
      'details',
      {},
      h('summary', {}, `${name} ${live.words.count(rows.length)}`),
      h(
        'ul',
        { class: 'posts' },
        ...rows.slice(0, SHOWN).map((row) => postRow(row)),
        rows.length > SHOWN && h('li', { class: 'quiet' }, live.words.more(rows.length - SHOWN)),
      ),
    );

  const postRow = ({ id, before, after }: PreviewRow) =>
    h(
      'li',
      {},
      markIcon(before, markText(before, live.words)),
      ' → ',
      markIcon(after, markText(after, live.words)),
      titleText(shelf, id),
    );

  const refusals = (refused: readonly Refusal[]) => {
    const words = live.words.record;
    return (
      refused.length > 0 &&
      h(
        'details',
        {},
        h('summary', {}, `${words.kinds.refused} ${live.words.count(refused.length)}`),
        h(
          'ul',
          { class: 'posts' },
          ...refused
            .slice(0, SHOWN)
            .map(({ of, at, reason }) =>
              h('li', {}, `${words.places[of](at)}${words.reasons[reason]}`),
            ),
          refused.length > SHOWN &&
            h('li', { class: 'quiet' }, live.words.more(refused.length - SHOWN)),
        ),
      )
    );
  };

  return {
    content() {
      const words = live.words.record;
      const paste = () => become(state.kind === 'asking' ? { kind: 'closed' } : { kind: 'asking' });
      return {
        name: words.import,
        about: words.importAbout,
        actions: [
          ...chooser(),
          opener(words.paste, 'import-paste', state.kind === 'asking', paste, signal),
        ],
        more: {
          closed: () => [],
          asking,
          trouble: () => [
            h('p', { class: 'error', role: 'alert' }, state.kind === 'trouble' && state.text),
          ],
          arrived: () => (state.kind === 'arrived' ? arrived(state) : []),
        }[state.kind](),
      };
    },
    takeList: (packed) => arrive(readPacked(packed), live.words.record.sharedList, 'share'),
  };
}

function previewOf(
  arrival: Exclude<Arrival, { kind: 'nothing' }>,
  choice: ListMark,
  { live, catalogue }: Shelf,
): Preview {
  const now = Date.now();
  const present = { catalogue, record: live.record, now };
  if (arrival.kind === 'file') return previewFile(arrival, present);
  return previewList(arrival, choice, present);
}

/** As the words want them: new, changed, kept, the same, not taken. */
function countsOf({ fresh, changed, kept, same, refused }: Preview) {
  return [fresh.length, changed.length, kept.length, same.length, refused.length] as const;
}

/** What the words for a trouble want to name: a line, a field, a number. */
function valueOf({ trouble }: Arrival & { kind: 'nothing' }): string {
  const { most, line, field, version } = trouble as Partial<Record<string, string | number>>;
  return String(most ?? line ?? field ?? version ?? '');
}
