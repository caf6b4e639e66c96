/** 分享: the posts of one mark as a list, as a text or as an address of the blog. */
import { listAsText, listAsUrl } from '../../../exchange/share.ts';
import { ARCHIVE_FILTERS, type ArchiveFilter } from '../../../app/settings.ts';
import { copy } from '../../../ui/copy.ts';
import { button, h, on } from '../../../ui/h.ts';
import { type RowContent } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

type Shared = Exclude<ArchiveFilter, 'all' | 'unread'>;
const SHARED = ARCHIVE_FILTERS.filter(
  (name): name is Shared => name !== 'all' && name !== 'unread',
);

export interface ShareRow {
  content(): RowContent;
}

export function shareRow(context: LibraryContext, draw: () => void, signal: AbortSignal): ShareRow {
  let chosen: Shared = 'later';

  const ids = () =>
    [...context.live.record].flatMap(([id, { mark }]) => (mark.kind === chosen ? id : []));

  return {
    content() {
      const { words, settings } = context.live;
      const posts = ids();
      const list = { title: words.filters[chosen], ids: posts };
      const select = h(
        'select',
        { 'data-key': 'share-what', 'aria-label': words.record.whatToShare },
        ...SHARED.map((name) =>
          h('option', { value: name, selected: name === chosen }, words.filters[name]),
        ),
      );
      on(
        select,
        'change',
        ({ target }) => {
          const { value } = target as HTMLSelectElement;
          chosen = SHARED.find((name) => name === value) ?? chosen;
          draw();
        },
        signal,
      );
      const copyText = () =>
        void copy(listAsText(list, context.catalogue, settings.host), context.publish);
      const copyUrl = () => void copy(listAsUrl(list, settings.host), context.publish);
      return {
        name: words.record.share,
        about: words.record.shareAbout,
        actions: [
          select,
          ...(posts.length > 0
            ? [
                button(words.record.copyText, 'share-text', copyText, signal),
                button(words.record.copyAddress, 'share-address', copyUrl, signal),
              ]
            : [h('span', { class: 'quiet' }, words.noneOf(words.filters[chosen]))]),
        ],
      };
    },
  };
}
