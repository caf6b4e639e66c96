/** What the record keeps of itself: the last acts, to be undone; backups; and what could not be read. */
import { readQuarantine } from '../../../record/quarantine.ts';
import { type BackupReason, decodeBackup } from '../../../record/backups.ts';
import { decodeRecord } from '../../../record/codec.ts';
import { decodeSteps, type UndoStep } from '../../../record/undo-steps.ts';
import { markOf } from '../../../record/marks.ts';
import type { RestoreRequest } from '../../../app/messages.ts';
import { BACKUP_KEYS, load, UNDO_KEYS } from '../../../platform/storage.ts';
import { button, h } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { markText } from '../../../ui/words/index.ts';
import { opener, type RowContent, timeText, titleText } from '../../components.ts';
import type { Shelf } from '../../view.ts';

/** What the rows ask of the background. The view says what became of it. */
export interface Carry {
  undo(step: string): void;
  restore(backup: Omit<RestoreRequest, 'id'>): void;
  acknowledge(): void;
}

export interface KeptRows {
  steps(): RowContent;
  backups(): RowContent;
  /** undefined where nothing is set aside. */
  aside(): RowContent | undefined;
  /** Reads them anew. */
  reload(): Promise<void>;
  /** When the last backup was made, in ms. */
  lastBackup(): number | undefined;
}

export function keptRows(
  shelf: Shelf,
  carry: Carry,
  draw: () => void,
  signal: AbortSignal,
): KeptRows {
  const { live } = shelf;
  let steps: UndoStep[] = [];
  let backups: { slot: number; time: number; reason: BackupReason; count: number }[] = [];
  let aside = readQuarantine(undefined);
  const open = new Set<string>();

  const toggle = (key: string) => {
    if (!open.delete(key)) open.add(key);
    draw();
  };

  const reload = async () => {
    const stored = await load([...UNDO_KEYS, ...BACKUP_KEYS, 'journal', 'aside']).catch(
      () => undefined,
    );
    if (!stored) return;
    steps = decodeSteps(
      UNDO_KEYS.map((key) => stored[key]),
      stored.journal,
    );
    backups = BACKUP_KEYS.flatMap((key, slot) => {
      const backup = decodeBackup(stored[key]);
      if (!backup) return [];
      const { record } = decodeRecord(backup.snapshot);
      const count = [...record.values()].filter(({ mark }) => mark.kind !== 'unread').length;
      return [{ slot, time: backup.time, reason: backup.reason, count }];
    }).sort((a, b) => b.time - a.time);
    aside = readQuarantine(stored.aside);
    draw();
  };

  const list = (name: string, items: readonly HTMLElement[]) =>
    h('ul', { class: 'kept', 'aria-label': name }, ...items);

  const stepItem = (step: UndoStep) => {
    const { words } = live;
    const undo = () => carry.undo(step.id);
    const [[id, entry] = []] = step.after;
    const isOne = step.after.size === 1 && id !== undefined && entry !== undefined;
    const before = id === undefined ? undefined : markOf(step.before, id);
    return h(
      'li',
      {},
      h('time', {}, timeText(step.time)),
      isOne && before
        ? h(
            'span',
            { class: 'what' },
            markIcon(before, markText(before, words)),
            ' → ',
            markIcon(entry.mark, markText(entry.mark, words)),
            titleText(shelf, id),
          )
        : h('span', { class: 'what' }, words.record.stepOf[step.kind](step.after.size)),
      step.undone
        ? h('span', { class: 'quiet' }, words.record.undone)
        : button(words.undo, `undo-${step.id}`, undo, signal),
    );
  };

  const backupItem = ({ slot, time, reason, count }: (typeof backups)[number]) => {
    const words = live.words.record;
    const restore = () => carry.restore({ slot, time });
    return h(
      'li',
      {},
      h('time', {}, timeText(time)),
      h('span', { class: 'what' }, `${words.backupOf[reason]}${words.marksIn(count)}`),
      button(words.restore, `restore-${slot}-${time}`, restore, signal),
    );
  };

  return {
    steps() {
      const words = live.words.record;
      const isOpen = open.has('steps');
      return {
        name: words.undoList,
        about: steps.length > 0 ? words.undoAbout(steps.length) : words.undoNone,
        actions:
          steps.length > 0
            ? [opener(words.view, 'steps', isOpen, () => toggle('steps'), signal)]
            : [],
        more: isOpen ? [list(words.undoList, steps.map(stepItem))] : [],
      };
    },
    backups() {
      const words = live.words.record;
      const isOpen = open.has('backups');
      return {
        name: words.backups,
        about: words.backupsAbout,
        actions:
          backups.length > 0
            ? [opener(words.view, 'backups', isOpen, () => toggle('backups'), signal)]
            : [h('span', { class: 'quiet' }, words.none)],
        more: isOpen ? [list(words.backups, backups.map(backupItem))] : [],
      };
    },
    aside() {
      const words = live.words.record;
      if (aside.pieces.length === 0) return undefined;
      const isOpen = open.has('aside');
      const view = () => {
        toggle('aside');
        if (!aside.acknowledged) carry.acknowledge();
      };
      return {
        name: words.aside,
        about: words.asideAbout(aside.pieces.length),
        isTrouble: !aside.acknowledged,
        actions: [opener(words.view, 'aside', isOpen, view, signal)],
        more: isOpen
          ? [
              list(
                words.aside,
                aside.pieces.map(({ key, text, at }) =>
                  h('li', {}, h('time', {}, timeText(at)), h('code', {}, `${key}: ${text}`)),
                ),
              ),
            ]
          : [],
      };
    },
    reload,
    lastBackup: () => backups[0]?.time,
  };
}
