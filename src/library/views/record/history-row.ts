/** 从历史记录开始: visited posts become marks of the reader's choice, shown before anything is stored. */
import {
  type Candidate,
  candidatesIn,
  previewSeeds,
} from '../../../exchange/import/history-import.ts';
import { encodeRecord } from '../../../record/codec.ts';
import { HOSTS } from '../../../site/address.ts';
import { canAskHistory, visitedOn } from '../../../platform/history.ts';
import { dayOf } from '../../../record/days.ts';
import { button, h } from '../../../ui/h.ts';
import { query } from '../../../app/transport.ts';
import { quietButton, titleText } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { importMarks } from './import-marks.ts';
import { openingList } from './import-preview-content.ts';
import { markChoice, type Rows } from './rows.ts';

const CHOICES = ['reading', 'read'] as const;

type State =
  | { kind: 'closed' }
  | { kind: 'said'; text: string; isError: boolean }
  | { kind: 'found'; candidates: Candidate[]; device: string; choice: (typeof CHOICES)[number] };

/** The row, if the browser lets extensions read its history. */
export function historyRow(context: LibraryContext, draw: () => void): Rows {
  const { live } = context;
  let state: State = { kind: 'closed' };
  const become = (next: State) => {
    state = next;
    draw();
  };

  const close = () => become({ kind: 'closed' });

  const present = () => ({ catalogue: context.catalogue, record: live.record, now: Date.now() });

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
    const fresh = candidates.filter(({ id }) => preview.entries.has(id));
    const take = () => {
      const { entries, discovered } = preview;
      const marks = { entries: encodeRecord(entries) };
      importMarks(context, { source: 'history', marks, discovered }, close);
    };
    return [
      markChoice(live, 'seed', CHOICES, choice, (next) =>
        become({ kind: 'found', candidates, device, choice: next }),
      ),
      h(
        'p',
        { class: 'sum', role: 'status' },
        words.record.historyFound(candidates.length, preview.fresh.length),
      ),
      openingList(context, words.record.kinds.fresh, fresh, ({ id, at }) =>
        h('li', {}, titleText(context, id), h('time', {}, dayOf(at))),
      ),
      h(
        'p',
        { class: 'actions' },
        preview.fresh.length > 0 &&
          button(words.record.take(preview.fresh.length), 'history-take', take),
        quietButton(words.record.cancel, 'history-cancel', close),
      ),
    ];
  };

  const more = () => {
    switch (state.kind) {
      case 'closed':
        return [];
      case 'said':
        return [h('p', { class: state.isError ? 'error' : 'quiet', role: 'status' }, state.text)];
      case 'found':
        return found(state);
    }
  };

  return {
    content() {
      if (!canAskHistory()) return [];
      const words = live.words.record;
      const actions = [button(words.look, 'history-look', () => void look())];
      return [{ name: words.history, about: words.historyAbout, actions, more: more() }];
    },
  };
}
