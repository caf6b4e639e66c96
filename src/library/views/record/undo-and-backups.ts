/** The last acts, which can be undone; the backups; and the values that could not be read. */
import { readQuarantine } from '../../../record/quarantine.ts';
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
import { button, h } from '../../../ui/h.ts';
import { focusKey } from '../../../ui/patch.ts';
import {
  changeNodes,
  keptList,
  openRows,
  rowButton,
  type RowContent,
  timeText,
  titleOf,
} from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { storedNotice } from './import-marks.ts';

const KEYS = [...UNDO_LIST_KEYS, ...BACKUP_KEYS, 'aside'] as const;

interface StoredBackup extends Backup {
  slot: number;
  /** How many marks are in it. */
  count: number;
}

/** `draw` redraws the view. */
export function undoAndBackups(context: LibraryContext, draw: () => void) {
  const { live, actions } = context;
  let steps: UndoStep[] = [];
  let backups: StoredBackup[] = [];
  let quarantine = readQuarantine(undefined);
  /** The backup that the reader is asked to confirm. */
  let asked: StoredBackup | undefined;
  const open = openRows(draw);

  const take = (stored: StoredValues, isRead: boolean) => {
    if (!isRead) return;
    steps = undoListIn(stored);
    backups = backupsIn(stored);
    quarantine = readQuarantine(stored.aside);
    draw();
  };

  const list = (key: string, name: string, items: () => HTMLElement[]) =>
    open.has(key) ? [keptList(name, items())] : [];

  const stepItem = ({ id, time, kind, before, after, undone }: UndoStep) => {
    const { words } = live;
    const [[post, entry] = []] = after;
    const isOne = after.size === 1 && post !== undefined && entry !== undefined;
    const name = isOne ? titleOf(context, post) : words.record.stepOf[kind](after.size);
    const what = isOne ? changeNodes(context, post, markOf(before, post), entry.mark) : [name];
    return h(
      'li',
      { 'data-key': `step-${id}` },
      h('time', {}, timeText(time)),
      h('span', { class: 'what' }, ...what),
      undone
        ? h('span', { class: 'quiet' }, words.record.undone)
        : rowButton(
            context,
            words.undo,
            `${timeText(time)} ${name}`,
            `undo-${id}`,
            () => void actions.undo(id),
          ),
    );
  };

  /** Asks the reader to confirm a backup that changes marks, and says how many; undefined withdraws the question. */
  const ask = (backup: StoredBackup | undefined) => {
    const slot = (backup ?? asked)?.slot;
    asked = backup;
    draw();
    focusKey(document.body, backup ? `restore-cancel-${slot}` : `restore-${slot}`);
  };

  const backupItem = (backup: StoredBackup) => {
    const { slot, time, reason, count } = backup;
    const words = live.words.record;
    const changes = restoredMarks(live.record, backup)?.size ?? 0;
    const restore = () => {
      const id = crypto.randomUUID();
      asked = undefined;
      draw();
      void actions.run(
        () => write('restore', { id, slot, time }),
        ({ step }) => storedNotice(actions, 'restored', step),
      );
    };
    return h(
      'li',
      { 'data-key': `backup-${slot}` },
      h('time', {}, timeText(time)),
      h(
        'span',
        { class: 'what' },
        `${words.backupOf[reason]}${words.marksIn(count)} `,
        h('span', { class: 'quiet' }, words.restoreChanges(changes)),
      ),
      // Two backups of one act have the same time, and a slot is used again.
      ...(changes > 0 && asked?.slot === slot && asked.time === time
        ? [
            button(words.restoreNow(changes), `restore-now-${slot}`, restore),
            button(words.cancel, `restore-cancel-${slot}`, () => ask(undefined), {
              class: 'action quiet',
            }),
          ]
        : [
            rowButton(
              context,
              words.restore,
              timeText(time),
              `restore-${slot}`,
              changes > 0 ? () => ask(backup) : restore,
            ),
          ]),
    );
  };

  return {
    steps(): RowContent {
      const words = live.words.record;
      const left = steps.filter(({ undone }) => !undone).length;
      return {
        name: words.undoList,
        about: left > 0 ? words.undoAbout(left) : words.undoNone,
        actions: steps.length > 0 ? [open.button(words.view, 'steps')] : [],
        more: list('steps', words.undoList, () => steps.map(stepItem)),
      };
    },
    backups(): RowContent {
      const words = live.words.record;
      return {
        name: words.backups,
        about: words.backupsAbout,
        actions:
          backups.length > 0
            ? [open.button(words.view, 'backups')]
            : [h('span', { class: 'quiet' }, words.none)],
        more: list('backups', words.backups, () => backups.map(backupItem)),
      };
    },
    /** undefined if nothing is in quarantine. */
    quarantine(): RowContent | undefined {
      const words = live.words.record;
      const { pieces, acknowledged } = quarantine;
      if (pieces.length === 0) return undefined;
      const acknowledge = () => {
        if (!acknowledged) void actions.run(() => write('acknowledgeQuarantine', {}));
      };
      return {
        name: words.aside,
        about: words.asideAbout(pieces.length),
        isTrouble: !acknowledged,
        actions: [open.button(words.view, 'aside', acknowledge)],
        more: list('aside', words.aside, () =>
          pieces.map(({ key, text, at }) =>
            h('li', {}, h('time', {}, timeText(at)), h('code', {}, `${key}: ${text}`)),
          ),
        ),
      };
    },
    /** Reads everything, and follows its changes until `shown` is aborted. */
    show: (shown: AbortSignal) => followStored(KEYS, take, shown),
    /** When the last backup was made, in ms. */
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
