/** 页面教的: the facts that pages of the blog have shown about posts. The reader can delete them. */
import { encodeDiscovered } from '../../../catalogue/discovered/codec.ts';
import type { DiscoveredPost } from '../../../catalogue/discovered/post.ts';
import { write } from '../../../app/transport.ts';
import { quiet, quietButton, titleOf, titleText } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { keptItem, openableRows, rowButton, type Rows } from './rows.ts';

/** The row, if there are discovered posts. */
export function discoveredRow(context: LibraryContext, draw: () => void): Rows {
  const { live, actions } = context;
  const openable = openableRows(context, draw);

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
    const { id, seen } = post;
    const title = titleOf(context, id);
    const forgetIt = () => forget([post], [id]);
    return keptItem(
      `discovered-${id}`,
      seen,
      [titleText(context, id), quiet(factsOf(post))],
      rowButton(context, live.words.record.forget, title, `forget-${id}`, forgetIt),
    );
  };

  return {
    content() {
      const words = live.words.record;
      const items = [...context.discovered.values()].reverse();
      if (items.length === 0) return [];
      const fresh = items.filter(({ id }) => context.catalogue.post(id)?.isNew === true).length;
      const row = {
        name: words.discovered,
        about: words.discoveredAbout(items.length, fresh),
        actions: [quietButton(words.forgetAll, 'forget-all', () => forget(items, 'all'))],
        items,
        itemOf: item,
      };
      return [openable('discovered', row)];
    },
  };
}
