/** 页面教的: the facts that pages of the blog have shown about posts. The reader can delete them. */
import { encodeDiscovered } from '../../../catalogue/discovered/codec.ts';
import type { DiscoveredPost } from '../../../catalogue/discovered/post.ts';
import { write } from '../../../app/transport.ts';
import { button, h } from '../../../ui/h.ts';
import {
  keptList,
  openRows,
  rowButton,
  type RowContent,
  titleOf,
  titleText,
} from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

/** Returns a function that returns the row, if there are discovered posts. `draw` redraws the view. */
export function discoveredRow(
  context: LibraryContext,
  draw: () => void,
): () => RowContent | undefined {
  const { live, actions } = context;
  const open = openRows(draw);

  const forget = (posts: readonly DiscoveredPost[], ids: number[] | 'all') => {
    const before = encodeDiscovered(new Map(posts.map((post) => [post.id, post])));
    const undo = () =>
      void actions.run(
        () => write('mergeDiscovered', { discovered: before }),
        () => ({ kind: 'reverted' }),
      );
    void actions.run(
      () => write('forgetDiscovered', { ids }),
      () => ({
        kind: 'forgotten',
        posts: posts.length,
        action: { kind: 'undo', run: undo, isBeyondList: true },
      }),
    );
  };

  const factsOf = (post: DiscoveredPost): string => {
    const names = Object.entries(live.words.record.facts)
      .filter(([field]) => post[field as keyof DiscoveredPost] !== undefined)
      .map(([, name]) => name);
    return [...new Set(names)].join(' · ');
  };

  const item = (post: DiscoveredPost) => {
    const words = live.words.record;
    const { id, seen } = post;
    return h(
      'li',
      { 'data-key': `discovered-${id}` },
      h('time', {}, seen),
      h(
        'span',
        { class: 'what' },
        titleText(context, id),
        h('span', { class: 'quiet' }, factsOf(post)),
      ),
      rowButton(context, words.forget, titleOf(context, id), `forget-${id}`, () =>
        forget([post], [id]),
      ),
    );
  };

  return () => {
    const words = live.words.record;
    const all = [...context.discovered.values()].reverse();
    if (all.length === 0) return undefined;
    const fresh = all.filter(({ id }) => context.catalogue.post(id)?.isNew === true).length;
    const forgetAll = () => forget(all, 'all');
    return {
      name: words.discovered,
      about: words.discoveredAbout(all.length, fresh),
      actions: [
        open.button(words.view, 'discovered'),
        button(words.forgetAll, 'forget-all', forgetAll, { class: 'action quiet' }),
      ],
      more: open.has('discovered') ? [keptList(words.discovered, all.map(item))] : [],
    };
  };
}
