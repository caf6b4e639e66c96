/** 记录: the record goes out and comes in, and what it keeps of itself. */
import { ask, type Answer, type Request } from '../../../app/messages.ts';
import { encodeLearned } from '../../../catalogue/discovered/discovered.ts';
import { button, h } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import type { Bring } from './import-request.ts';
import { exportRow } from './export-row.ts';
import { historyRow } from './history-row.ts';
import { importRow } from './import-row.ts';
import { type Carry, keptRows } from './undo-and-backups.ts';
import { pageHead, row, rowList, timeText } from '../../components.ts';
import { syncRow } from './sync-row.ts';
import { shareRow } from './share-row.ts';
import type { Shelf, View } from '../../view.ts';

export function recordView(shelf: Shelf, signal: AbortSignal): View {
  const { live } = shelf;
  const element = h('section', { class: 'record' });
  /** What happened last, with what takes it back or tries it again. */
  let said: { text: string; isError: boolean; action?: () => HTMLElement } | undefined;
  let taken: string | undefined;

  const draw = () => {
    const words = live.words.record;
    const marks = [...live.record.values()].filter(({ mark }) => mark.kind !== 'unread').length;
    const last = kept.lastBackup();
    const rows = [
      exportRow(shelf, shelf.device, signal),
      imports.content(),
      share.content(),
      seeds.content(),
      kept.steps(),
      kept.backups(),
      sync.content(),
      kept.aside() ?? [],
    ].flat();
    patch(element, [
      pageHead(
        live.words.views.record,
        words.title,
        words.text(marks, last === undefined ? '' : timeText(last)),
      ),
      h(
        'p',
        { class: said?.isError ? 'said error' : 'said', role: said?.isError ? 'alert' : 'status' },
        said?.text,
        ' ',
        said?.action?.(),
      ),
      rowList(rows.map(row)),
    ]);
  };

  /** Says what became of a request; what failed can be tried again, what changed can be undone. */
  const carry: Carry = async (request) => {
    const answer = await ask(request);
    said = heard(answer, request);
    await kept.reload();
    draw();
    return answer.ok;
  };

  const heard = (answer: Answer, request: Request): typeof said => {
    const { words } = live;
    if (request.type === 'said') return said;
    if (!answer.ok) {
      const again = () => void carry(request as Parameters<Carry>[0]);
      const action = () => button(words.retry, 'retry', again, signal);
      return { text: words.notSaved[answer.why], isError: true, action };
    }
    const { step, left = 0 } = answer;
    if (request.type === 'undo') return { text: words.record.takenBack(left), isError: false };
    if (step === undefined) return { text: words.record.nothingChanged, isError: false };
    const undo = () => void carry({ type: 'undo', id: crypto.randomUUID(), step });
    return {
      text: request.type === 'restore' ? words.record.restored : words.record.merged,
      isError: false,
      action: () => button(words.undo, `undo-${step}`, undo, signal),
    };
  };

  const bring: Bring = async ({ how, entries, learned }) => {
    const id = crypto.randomUUID();
    if (learned.size > 0) await ask({ type: 'join', learned: encodeLearned(learned) });
    return carry({ type: 'merge', id, how, entries });
  };

  const imports = importRow(shelf, bring, draw, signal);
  const share = shareRow(shelf, draw, signal);
  const seeds = historyRow(shelf, bring, draw, signal);
  const kept = keptRows(shelf, carry, draw, signal);
  const sync = syncRow(shelf, draw, signal);
  live.subscribe(() => void kept.reload());
  void sync.look();

  return {
    element,
    draw(query) {
      const list = query.get('list') ?? undefined;
      if (list !== undefined && list !== taken) imports.takeList(list);
      taken = list;
      draw();
    },
  };
}
