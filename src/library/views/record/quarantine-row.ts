/** The values that could not be read and were put aside. */
import { followStored } from '../../../app/stored-values.ts';
import { write } from '../../../app/transport.ts';
import type { StoredValues } from '../../../platform/storage.ts';
import { readQuarantine } from '../../../record/quarantine.ts';
import { h } from '../../../ui/h.ts';
import type { LibraryContext } from '../../view.ts';
import { openableRows, type Rows, timeText } from './rows.ts';

/** The row, if there are such values. */
export function quarantineRow(context: LibraryContext, draw: () => void): Rows {
  const { live, actions } = context;
  const openable = openableRows(context, draw);
  let quarantine = readQuarantine(undefined);

  return {
    content() {
      const words = live.words.record;
      const { pieces, acknowledged } = quarantine;
      if (pieces.length === 0) return [];
      return [
        openable('aside', {
          name: words.aside,
          about: words.asideAbout(pieces.length),
          isTrouble: !acknowledged,
          items: pieces,
          itemOf: ({ key, text, at }) =>
            h('li', {}, h('time', {}, timeText(at)), h('code', {}, `${key}: ${text}`)),
          pressed() {
            if (!acknowledged) void actions.run(() => write('acknowledgeQuarantine', {}));
          },
        }),
      ];
    },
    show(shown) {
      const take = ({ aside }: StoredValues, isRead: boolean) => {
        if (!isRead) return;
        quarantine = readQuarantine(aside);
        draw();
      };
      followStored(['aside'], take, shown);
    },
  };
}
