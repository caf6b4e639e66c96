/** 分享: the posts of one mark as a list, as a text or as an address of the blog. */
import { listAsText, listAsUrl } from '../../../exchange/share.ts';
import { copy } from '../../../ui/copy.ts';
import { button } from '../../../ui/h.ts';
import { select } from '../../../ui/controls.ts';
import { quiet } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import type { Rows } from './rows.ts';

const SHARED = ['reading', 'read', 'later'] as const;
type Shared = (typeof SHARED)[number];

export function shareRow(context: LibraryContext, draw: () => void): Rows {
  let chosen: Shared = 'later';
  const choose = (name: Shared) => {
    chosen = name;
    draw();
  };

  return {
    content() {
      const { words, settings, record } = context.live;
      const ids = [...record].flatMap(([id, { mark }]) => (mark.kind === chosen ? id : []));
      const list = { title: words.filters[chosen], ids };
      const copyText = () =>
        void copy(listAsText(list, context.catalogue, settings.host), context.publish);
      const copyUrl = () => void copy(listAsUrl(list, settings.host), context.publish);
      const options = SHARED.map((name) => [name, words.filters[name]] as const);
      const actions = [
        select('share-what', words.record.whatToShare, options, chosen, choose),
        ...(ids.length > 0
          ? [
              button(words.record.copyText, 'share-text', copyText),
              button(words.record.copyAddress, 'share-address', copyUrl),
            ]
          : [quiet(words.noneOf(words.filters[chosen]))]),
      ];
      return [{ name: words.record.share, about: words.record.shareAbout, actions }];
    },
  };
}
