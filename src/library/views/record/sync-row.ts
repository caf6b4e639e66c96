/**
 * 同步: sync through the browser's own account, which is off until the reader switches it on. Firefox for
 * Android keeps what extensions sync on the phone, so the row has no switch there and says why.
 */
import { DAY_MS, utcDay } from '../../../record/days.ts';
import { QUOTA } from '../../../exchange/synced.ts';
import type { SyncDevice, SyncRequest, SyncState, SyncTrouble } from '../../../app/messages.ts';
import { query } from '../../../app/transport.ts';
import { isPhone } from '../../../platform/browser.ts';
import { button, h, on } from '../../../ui/h.ts';
import { quiet, quietButton } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { keptList, LastAnswer, type Rows } from './rows.ts';

export function syncRow({ live }: LibraryContext, draw: () => void): Rows {
  const state = new LastAnswer<SyncState>();
  const ask = async (request: SyncRequest) => {
    state.take(await query('sync', request));
    draw();
  };

  const troubleText = (trouble: SyncTrouble) => {
    const words = live.words.record.sync.trouble;
    return trouble.kind === 'over-quota'
      ? words['over-quota'](trouble.notSynced)
      : words[trouble.kind];
  };

  const deviceItem = (device: SyncDevice) => {
    const { words } = live;
    const { sync } = words.record;
    return h(
      'li',
      {},
      h('span', { class: 'what' }, device.name || device.device),
      quiet(device.isThis ? sync.thisOne : ''),
      h('span', {}, words.record.marksIn(device.marks)),
      device.isPartial && quiet(sync.partial),
      device.isNewer && quiet(sync.newer),
      h('time', {}, device.day === undefined ? '' : utcDay(device.day * DAY_MS)),
    );
  };

  const nameField = ({ name }: SyncState) => {
    const { sync } = live.words.record;
    const input = h('input', {
      type: 'text',
      class: 'text-field',
      maxlength: 40,
      value: name,
      'data-key': 'sync-name',
      'aria-label': sync.name,
    });
    const rename = ({ target }: Event) =>
      void ask({ ask: 'rename', name: (target as HTMLInputElement).value });
    on(input, 'change', rename);
    return h('label', { class: 'choices' }, sync.name, input);
  };

  const more = (now: SyncState) => {
    const { sync } = live.words.record;
    const isThere = now.devices.some(({ isThis }) => isThis);
    const leave = () => void ask({ ask: 'leave' });
    return [
      h('p', {}, sync.joins[now.family]),
      now.isOn && nameField(now),
      now.devices.length > 0 && keptList(sync.devices, now.devices.map(deviceItem)),
      now.devices.length > 0 && quiet(sync.used(Math.ceil((100 * now.bytes) / QUOTA.bytes)), 'p'),
      now.isOn && now.isWaiting && quiet(sync.waiting, 'p'),
      (now.isOn || isThere) &&
        h('p', {}, quietButton(sync.leave, 'sync-leave', leave), quiet(` ${sync.leaveAbout}`)),
    ];
  };

  return {
    content() {
      const { words } = live;
      const { sync } = words.record;
      if (isPhone()) return [{ name: sync.title, about: sync.notOnPhones, actions: [] }];
      const now = state.value;
      const trouble = now?.trouble && troubleText(now.trouble);
      const shown = state.isSilent ? words.notSaved.unreachable : trouble;
      const isOn = now?.isOn;
      const turn = () => void ask({ ask: isOn ? 'off' : 'on' });
      return [
        {
          name: sync.title,
          about: isOn ? sync.isOn : sync.isOff,
          isTrouble: shown !== undefined,
          actions: [
            isOn !== undefined && button(isOn ? sync.turnOff : sync.turnOn, 'sync-turn', turn),
          ],
          more: [
            shown !== undefined && h('p', { class: 'error', role: 'alert' }, shown),
            ...(now ? more(now) : []),
          ],
        },
      ];
    },
    /** The background then also does pending work. */
    look: async () => {
      if (!isPhone()) await ask({ ask: 'state' });
    },
  };
}
