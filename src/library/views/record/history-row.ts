/** 从历史记录开始: visited posts become marks of the reader's choice, shown before anything is kept. */
import {
  type Candidate,
  candidatesIn,
  previewSeeds,
} from '../../../exchange/import/history-import.ts';
import { encodeRecord } from '../../../record/codec.ts';
import { HOSTS } from '../../../site/address.ts';
import { visitedOn } from '../../../platform/history.ts';
import { dayOf } from '../../../record/time.ts';
import { button, h } from '../../../ui/h.ts';
import { query } from '../../../app/transport.ts';
import type { Import } from './import-request.ts';
import { type RowContent, markChoice, titleText } from '../../components.ts';
import type { Shelf } from '../../view.ts';

const CHOICES = ['reading', 'read'] as const;
/** Posts that are shown by name. */
const SHOWN = 100;

type State =
  | { kind: 'closed' }
  | { kind: 'said'; text: string; isError: boolean }
  | { kind: 'found'; candidates: Candidate[]; device: string; choice: (typeof CHOICES)[number] };

export interface HistoryRow {
  content(): RowContent;
}

export function historyRow(
  shelf: Shelf,
  importInto: Import,
  draw: () => void,
  signal: AbortSignal,
): HistoryRow {
  const { live } = shelf;
  let state: State = { kind: 'closed' };
  const become = (next: State) => {
    state = next;
    draw();
  };

  const present = () => ({ catalogue: shelf.catalogue, record: live.record, now: Date.now() });

  const look = async () => {
    const words = live.words.record;
    try {
      const visited = await visitedOn(HOSTS);
      if (!visited) return become({ kind: 'said', text: words.noHistoryAllowed, isError: false });
      const device = await query('deviceName', {});
      if (device === undefined) throw new Error('the background did not answer');
      const candidates = candidatesIn(visited, present());
      become(
        candidates.length === 0
          ? { kind: 'said', text: words.noHistory, isError: false }
          : { kind: 'found', candidates, device, choice: 'read' },
      );
    } catch (error) {
      console.warn('[科学空间伴读]', error);
      become({ kind: 'said', text: words.historyFailed, isError: true });
    }
  };

  const found = ({ candidates, device, choice }: State & { kind: 'found' }) => {
    const { words } = live;
    const preview = previewSeeds(candidates, choice, device, present());
    const take = () => {
      const { entries, discovered } = preview;
      const marks = { entries: encodeRecord(entries) };
      importInto({ source: 'history', marks, discovered }, () => become({ kind: 'closed' }));
    };
    return [
      markChoice(
        live,
        'seed',
        CHOICES,
        choice,
        (next) => become({ kind: 'found', candidates, device, choice: next }),
        signal,
      ),
      h(
        'p',
        { class: 'sum', role: 'status' },
        words.record.historyFound(candidates.length, preview.fresh.length),
      ),
      h(
        'details',
        {},
        h('summary', {}, `${words.record.kinds.fresh} ${words.count(preview.fresh.length)}`),
        h(
          'ul',
          { class: 'posts' },
          ...candidates
            .filter(({ id }) => preview.entries.has(id))
            .slice(0, SHOWN)
            .map(({ id, at }) => h('li', {}, titleText(shelf, id), h('time', {}, dayOf(at)))),
          preview.fresh.length > SHOWN &&
            h('li', { class: 'quiet' }, words.more(preview.fresh.length - SHOWN)),
        ),
      ),
      h(
        'p',
        { class: 'actions' },
        preview.fresh.length > 0 &&
          button(words.record.take(preview.fresh.length), 'history-take', take, signal),
        button(words.record.cancel, 'history-cancel', () => become({ kind: 'closed' }), signal, {
          class: 'quiet',
        }),
      ),
    ];
  };

  return {
    content() {
      const words = live.words.record;
      return {
        name: words.history,
        about: words.historyAbout,
        actions: [button(words.look, 'history-look', () => void look(), signal)],
        more:
          state.kind === 'found'
            ? found(state)
            : state.kind === 'said'
              ? [h('p', { class: state.isError ? 'error' : 'quiet', role: 'status' }, state.text)]
              : [],
      };
    },
  };
}
