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
import { keptList, type RowContent } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

/** `draw` redraws the view. */
export function syncRow({ live }: LibraryContext, draw: () => void) {
  let state: SyncState | undefined;
  let isSilent = false;

  const ask = async (request: SyncRequest) => {
    const next = await query('sync', request);
    isSilent = next === undefined;
    state = next ?? state;
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
      h('span', { class: 'quiet' }, device.isThis ? sync.thisOne : false),
      h('span', {}, words.record.marksIn(device.marks)),
      device.isPartial && h('span', { class: 'quiet' }, sync.partial),
      device.isNewer && h('span', { class: 'quiet' }, sync.newer),
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
      now.devices.length > 0 &&
        h('p', { class: 'quiet' }, sync.used(Math.ceil((100 * now.bytes) / QUOTA.bytes))),
      now.isOn && now.isWaiting && h('p', { class: 'quiet' }, sync.waiting),
      (now.isOn || isThere) &&
        h(
          'p',
          {},
          button(sync.leave, 'sync-leave', leave, { class: 'action quiet' }),
          h('span', { class: 'quiet' }, ` ${sync.leaveAbout}`),
        ),
    ];
  };

  return {
    content(): RowContent {
      const { words } = live;
      const { sync } = words.record;
      if (isPhone()) return { name: sync.title, about: sync.notOnPhones, actions: [] };
      const trouble = isSilent ? words.notSaved.unreachable : state?.trouble;
      const isOn = state?.isOn;
      const turn = () => void ask({ ask: isOn ? 'off' : 'on' });
      return {
        name: sync.title,
        about: isOn ? sync.isOn : sync.isOff,
        isTrouble: trouble !== undefined,
        actions: [
          isOn !== undefined && button(isOn ? sync.turnOff : sync.turnOn, 'sync-turn', turn),
        ],
        more: [
          trouble !== undefined &&
            h(
              'p',
              { class: 'error', role: 'alert' },
              typeof trouble === 'string' ? trouble : troubleText(trouble),
            ),
          ...(state ? more(state) : []),
        ],
      };
    },
    /** Asks for the state of sync; the background then also does pending work. */
    look: async () => {
      if (!isPhone()) await ask({ ask: 'state' });
    },
  };
}
