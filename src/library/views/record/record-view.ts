/** 记录: the record goes out and comes in, and what it keeps of itself. */
import { Actions, type Notice } from '../../../app/actions.ts';
import { write } from '../../../app/transport.ts';
import { encodeDiscovered } from '../../../catalogue/discovered/codec.ts';
import { button, h } from '../../../ui/h.ts';
import { noticeText } from '../../../ui/toast.ts';
import { patch } from '../../../ui/patch.ts';
import type { Import } from './import-request.ts';
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
      exportRow(shelf, signal),
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

  const say = (notice: Notice) => {
    const { words } = live;
    const { action } = notice;
    const name = action?.kind === 'undo' ? words.undo : words.retry;
    said = {
      text:
        notice.kind === 'undone' ? words.record.takenBack(notice.left) : noticeText(notice, words),
      isError: notice.kind === 'failed',
      ...(action && { action: () => button(name, action.kind, action.run, signal) }),
    };
    void kept.reload().then(draw);
  };
  const actions = new Actions({ live, titleOf: () => '', publish: say });

  const carry: Carry = {
    undo: (step) => void actions.undo(step),
    restore: (backup) => {
      const id = crypto.randomUUID();
      void actions.run(
        () => write('restore', { id, ...backup }),
        ({ step }) => doneNotice('restored', step),
      );
    },
    acknowledge: () =>
      void actions.run(
        () => write('acknowledgeQuarantine', {}),
        () => void kept.reload(),
      ),
  };

  const doneNotice = (kind: 'imported' | 'restored', step: string | undefined): Notice =>
    step === undefined
      ? { kind: 'nothing-changed' }
      : { kind, action: { kind: 'undo', run: () => void actions.undo(step) } };

  const importInto: Import = ({ source, marks, discovered }, done) => {
    const id = crypto.randomUUID();
    const send = async () => {
      const first =
        discovered.size > 0
          ? await write('mergeDiscovered', { discovered: encodeDiscovered(discovered) })
          : undefined;
      if (first && !first.ok) return first;
      return 'entries' in marks
        ? write('merge', { id, source, ...marks })
        : write('mark', { id, source, ...marks });
    };
    void actions.run(send, ({ step }) => {
      done();
      return doneNotice('imported', step);
    });
  };

  const imports = importRow(shelf, importInto, draw, signal);
  const share = shareRow(shelf, draw, signal);
  const seeds = historyRow(shelf, importInto, draw, signal);
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
