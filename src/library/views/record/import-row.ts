/**
 * 导入: a file, a pasted text, or a list that an address carried. A preview shows what would change before anything is
 * stored; the import is one step that can be undone.
 */
import {
  type Arrival,
  previewFile,
  previewList,
  readAny,
  readPacked,
} from '../../../exchange/import/import-preview.ts';
import { encodeRecord } from '../../../record/codec.ts';
import { GIVEN_MARKS, type GivenMark } from '../../../record/marks.ts';
import type { ImportSource } from '../../../record/undo-steps.ts';
import { button, h, on } from '../../../ui/h.ts';
import { disclosureButton, quietButton } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { hasDefaultSettings, newDiscovered, newPlans, otherSettings } from './import-extras.ts';
import { importMarks } from './import-marks.ts';
import { importPreviewContent } from './import-preview-content.ts';
import { readImportFile, type ReadImport, troubleText } from './read-import.ts';
import { markChoice, type Rows } from './rows.ts';

interface Arrived {
  kind: 'arrived';
  /** Its origin, in words. */
  from: string;
  source: ImportSource;
  arrival: Exclude<Arrival, { kind: 'nothing' }>;
  /** The mark for the posts of a list. */
  choice: GivenMark;
  /** Whether the settings of a file are imported. */
  takesSettings: boolean;
}

type State = { kind: 'closed' | 'asking' } | { kind: 'trouble'; text: string } | Arrived;

/** `takeList` shows a list that an address of the blog carried. */
export function importRow(
  context: LibraryContext,
  draw: () => void,
): Rows & { takeList(packed: string): void } {
  const { live } = context;
  let state: State = { kind: 'closed' };

  const file = h('input', {
    type: 'file',
    accept: '.json,.txt,.csv,.md,.bib',
    // The button opens its dialog. To a screen reader it would be a second button of the same name.
    hidden: true,
  });
  /** What is in the field for a text. */
  let typed = '';

  const become = (next: State) => {
    state = next;
    typed = '';
    draw();
  };
  const close = () => become({ kind: 'closed' });
  const cancel = () => quietButton(live.words.record.cancel, 'import-cancel', close);

  const arrive = (arrival: ReadImport, from: string, source: ImportSource) =>
    become(
      arrival.kind === 'nothing'
        ? { kind: 'trouble', text: troubleText(arrival, live.words) }
        : {
            kind: 'arrived',
            from,
            source,
            arrival,
            choice: 'later',
            takesSettings: hasDefaultSettings(context),
          },
    );

  const readChosen = async () => {
    const [chosen] = file.files ?? [];
    // Otherwise choosing the same file again would send no event.
    file.value = '';
    if (chosen) arrive(await readImportFile(chosen), chosen.name, 'import');
  };
  on(file, 'change', () => void readChosen());

  const asking = () => {
    const words = live.words.record;
    const area = h('textarea', {
      rows: 6,
      'data-key': 'import-text',
      spellcheck: 'false',
      'aria-label': words.paste,
      placeholder: words.pasteAbout,
    });
    on(area, 'input', ({ target }) => (typed = (target as HTMLTextAreaElement).value));
    const read = () => typed.trim() && arrive(readAny(typed), words.pasted, 'import');
    return [area, h('p', { class: 'actions' }, button(words.look, 'import-look', read), cancel())];
  };

  const arrived = (now: Arrived) => {
    const { from, source, arrival, choice, takesSettings } = now;
    const words = live.words.record;
    const present = { catalogue: context.catalogue, record: live.record, now: Date.now() };
    const isFile = arrival.kind === 'file';
    const preview = isFile ? previewFile(arrival, present) : previewList(arrival, choice, present);
    const { fresh, changed, entries } = preview;
    const discovered = newDiscovered(preview.discovered, context, present.now);
    const count = fresh.length + changed.length;
    const plans = isFile ? newPlans(arrival, context) : [];
    const settings = isFile ? otherSettings(arrival, context) : {};
    const others = discovered.size + plans.length + (takesSettings ? sizeOf(settings) : 0);
    const take = () => {
      const marks = isFile
        ? { entries: encodeRecord(entries) }
        : { changes: [...entries].map(([post, { mark }]) => ({ post, mark })) };
      const taken = { source, marks, discovered, plans, ...(takesSettings && { settings }) };
      importMarks(context, taken, close);
    };
    const choose = (next: GivenMark) => become({ ...now, choice: next });
    return [
      h('p', {}, words.arrived(from)),
      !isFile && markChoice(live, 'choice', GIVEN_MARKS, choice, choose),
      ...importPreviewContent(context, preview),
      plans.length > 0 && h('p', { class: 'sum' }, words.plansToTake(plans.length)),
      sizeOf(settings) > 0 && settingsChoice(now, sizeOf(settings)),
      h(
        'p',
        { class: 'actions' },
        count + others > 0 && button(words.take(count), 'import-take', take),
        cancel(),
      ),
    ];
  };

  const settingsChoice = (now: Arrived, count: number) => {
    const checked = now.takesSettings;
    const input = h('input', { type: 'checkbox', 'data-key': 'import-settings', checked });
    on(input, 'change', () => become({ ...now, takesSettings: !checked }));
    const text = live.words.record.takeSettings(count);
    return h('p', { class: 'choices' }, h('label', {}, input, text));
  };

  const opened = (now: State) => {
    switch (now.kind) {
      case 'closed':
        return [];
      case 'asking':
        return asking();
      case 'trouble':
        return [h('p', { class: 'error', role: 'alert' }, now.text)];
      case 'arrived':
        return arrived(now);
    }
  };

  return {
    content() {
      const words = live.words.record;
      const isAsking = state.kind === 'asking';
      const paste = () => become({ kind: isAsking ? 'closed' : 'asking' });
      const actions = [
        button(words.chooseFile, 'import-file', () => file.click()),
        file,
        disclosureButton(words.paste, 'import-paste', isAsking, paste),
      ];
      return [{ name: words.import, about: words.importAbout, actions, more: opened(state) }];
    },
    takeList: (packed) => arrive(readPacked(packed), live.words.record.sharedList, 'share'),
  };
}

function sizeOf(fields: object): number {
  return Object.keys(fields).length;
}
