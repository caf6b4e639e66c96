/** What the page tells the popup, the badge and the keys: which posts it shows, what comes next. */
import { postIdOf } from '../site/address.ts';
import { place } from '../catalogue/place.ts';
import { markOf } from '../record/marks.ts';
import { onTabMessage, type Order, tellAtHand } from '../app/messages.ts';
import { lineView, toggled } from '../app/line-view.ts';
import { type Context, linkTo } from './context.ts';

export function init(context: Context, signal: AbortSignal): void {
  const { kind, live } = context;
  // The list of all posts is about none of them.
  if (kind === 'archive') return;
  const own = kind === 'post' ? postIdOf(location) : undefined;
  const series = () =>
    own === undefined
      ? undefined
      : lineView(place(own, context.catalogue), '', live.record).series[0];

  const obey = (name: Order['name']) => {
    const next = series()?.unread?.part.id;
    if (!live.loaded || own === undefined) return;
    if (name === 'mark')
      void live.mark({ post: own, mark: toggled(markOf(live.record, own), Date.now()) });
    else if (next !== undefined) location.assign(linkTo(next));
  };
  onTabMessage(
    () => ({ kind, posts: [...context.shown].map(([id, title]) => ({ id, title })) }),
    obey,
    signal,
  );

  let told: number | null = null;
  live.subscribe(() => {
    const now = live.settings.badge ? series() : undefined;
    const unread = now ? now.parts.length - now.read : null;
    if (unread === told) return;
    told = unread;
    tellAtHand(unread);
  });
}
