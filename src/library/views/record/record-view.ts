/** 记录: export, import, sync, undo and backups of the record. */
import { askedMark, viewAddress } from '../../../app/library-address.ts';
import { isPhone } from '../../../platform/browser.ts';
import { markFor } from '../../../record/marks.ts';
import { h } from '../../../ui/h.ts';
import { pageHead, redrawRows, row, rowList } from '../../components.ts';
import type { LibraryContext, View } from '../../view.ts';
import { discoveredRow } from './discovered-row.ts';
import { exportRow } from './export-row.ts';
import { historyRow } from './history-row.ts';
import { importRow } from './import-row.ts';
import { quarantineRow } from './quarantine-row.ts';
import { type Rows, timeText } from './rows.ts';
import { shareRow } from './share-row.ts';
import { syncRow } from './sync-row.ts';
import { textsRows } from './texts-rows.ts';
import { undoAndBackups } from './undo-and-backups.ts';

export function recordView(context: LibraryContext): View {
  const { live } = context;
  const element = h('section', { class: 'record' });
  /** The list of the address that was shown last. */
  let takenList: string | undefined;

  const draw = () => {
    const words = live.words.record;
    const marks = [...live.record.values()].filter(({ mark }) => mark.kind !== 'unread').length;
    const last = kept.lastBackup();
    redrawRows(element, [
      pageHead(
        live.words.views.record,
        isPhone() ? words.titleOnPhone : words.title,
        words.text(marks, last === undefined ? '' : timeText(last)),
      ),
      rowList(all.flatMap((rows) => rows.content()).map(row)),
    ]);
  };

  const imports = importRow(context, draw);
  const kept = undoAndBackups(context, draw);
  const all: Rows[] = [
    exportRow(context),
    imports,
    shareRow(context, draw),
    historyRow(context, draw),
    kept,
    syncRow(context, draw),
    discoveredRow(context, draw),
    textsRows(context, draw),
    quarantineRow(context, draw),
  ];

  return {
    element,
    show(shown) {
      for (const rows of all) rows.show?.(shown);
      const look = () => {
        for (const rows of all) void rows.look?.();
      };
      look();
      addEventListener('focus', look, { signal: shown });
    },
    draw(query) {
      const asked = askedMark(query);
      if (asked) {
        const { post, mark } = asked;
        // Loading the page again marks nothing.
        context.go(viewAddress('record'), 'replace');
        void context.actions.mark([{ post, mark: markFor(mark, Date.now()) }]);
        return;
      }
      const list = query.get('list') ?? undefined;
      if (list !== undefined && list !== takenList) imports.takeList(list);
      takenList = list;
      draw();
    },
  };
}
