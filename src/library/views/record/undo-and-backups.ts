/** The last acts, which can be undone, and the backups. */
import {
  type Backup,
  compareBackups,
  decodeBackup,
  restoredMarks,
} from '../../../record/backups.ts';
import { decodeRecord } from '../../../record/codec.ts';
import type { UndoStep } from '../../../record/undo-steps.ts';
import { markOf } from '../../../record/marks.ts';
import { followStored } from '../../../app/stored-values.ts';
import { write } from '../../../app/transport.ts';
import { UNDO_LIST_KEYS, undoListIn } from '../../../app/undo-list.ts';
import { BACKUP_KEYS, type StoredValues } from '../../../platform/storage.ts';
import { quiet, titleOf } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { storedNotice } from './import-marks.ts';
import {
  changeNodes,
  confirmations,
  keptItem,
  openableRows,
  rowButton,
  type Rows,
  timeText,
} from './rows.ts';

const KEYS = [...UNDO_LIST_KEYS, ...BACKUP_KEYS] as const;

interface StoredBackup extends Backup {
  slot: number;
  /** How many marks are in it. */
  count: number;
}

/** `lastBackup` says when the last backup was made, in ms. */
export function undoAndBackups(
  context: LibraryContext,
  draw: () => void,
): Rows & { lastBackup(): number | undefined } {
  const { live, actions } = context;
  let steps: UndoStep[] = [];
  let backups: StoredBackup[] = [];
  const openable = openableRows(context, draw);
  const confirmed = confirmations(context, draw);

  const take = (stored: StoredValues, isRead: boolean) => {
    if (!isRead) return;
    steps = undoListIn(stored);
    backups = backupsIn(stored);
    draw();
  };

  const stepItem = ({ id, time, kind, before, after, undone }: UndoStep) => {
    const { words } = live;
    const [[post, entry] = []] = after;
    const isOne = after.size === 1 && post !== undefined && entry !== undefined;
    const name = isOne ? titleOf(context, post) : words.record.stepOf[kind](after.size);
    const what = isOne ? changeNodes(context, post, markOf(before, post), entry.mark) : [name];
    const when = timeText(time);
    const undo = () => void actions.undo(id);
    return keptItem(
      `step-${id}`,
      when,
      what,
      undone
        ? quiet(words.record.undone)
        : rowButton(context, words.undo, `${when} ${name}`, `undo-${id}`, undo),
    );
  };

  const backupItem = (backup: StoredBackup) => {
    const { slot, time, reason, count } = backup;
    const words = live.words.record;
    const changes = restoredMarks(live.record, backup)?.size ?? 0;
    const restore = () => {
      const id = crypto.randomUUID();
      void actions.run(
        () => write('restore', { id, slot, time }),
        ({ step }) => storedNotice(actions, 'restored', step),
      );
    };
    // Two backups of one act have the same time, and a slot is used again.
    const key = `restore-${slot}-${time}`;
    const restoreButton = (key: string, press: () => void) =>
      rowButton(context, words.restore, timeText(time), key, press);
    const what = `${words.backupOf[reason]}${words.marksIn(count)} `;
    return keptItem(
      `backup-${slot}`,
      timeText(time),
      [what, quiet(words.restoreChanges(changes))],
      ...(changes > 0
        ? confirmed(key, restoreButton, words.restoreNow(changes), restore)
        : [restoreButton(key, restore)]),
    );
  };

  return {
    content() {
      const words = live.words.record;
      const left = steps.filter(({ undone }) => !undone).length;
      return [
        openable('steps', {
          name: words.undoList,
          about: left > 0 ? words.undoAbout(left) : words.undoNone,
          items: steps,
          itemOf: stepItem,
        }),
        openable('backups', {
          name: words.backups,
          about: words.backupsAbout,
          actions: backups.length > 0 ? [] : [quiet(words.none)],
          items: backups,
          itemOf: backupItem,
        }),
      ];
    },
    show: (shown) => followStored(KEYS, take, shown),
    lastBackup: () => backups[0]?.time,
  };
}

/** The backups that can be read, the newest first. */
function backupsIn(stored: StoredValues): StoredBackup[] {
  return BACKUP_KEYS.flatMap((key, slot) => {
    const backup = decodeBackup(stored[key]);
    if (!backup) return [];
    const { record } = decodeRecord(backup.snapshot);
    const count = [...record.values()].filter(({ mark }) => mark.kind !== 'unread').length;
    return [{ ...backup, slot, count }];
  }).sort((a, b) => compareBackups(b, a));
}
