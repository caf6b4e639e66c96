/** What the page tells the popup, the badge and the keys: which posts it shows, what comes next. */
import { postIdOf } from '../site/address.ts';
import { postPage } from '../site/post-page.ts';
import { place } from '../catalogue/place.ts';
import { markOf } from '../record/marks.ts';
import type { CommandName } from '../app/messages.ts';
import { onTabMessage, query } from '../app/transport.ts';
import { lineView, toggled } from '../app/line-view.ts';
import { type Context, linkTo } from './context.ts';
import { whenParsed } from './when-parsed.ts';

export function init(context: Context, signal: AbortSignal): void {
  const { kind, live } = context;
  // The list of all posts is about none of them.
  if (kind === 'archive') return;
  const id = postIdOf(location);
  /** The post that the page shows. */
  const shown = () => (id !== undefined && postPage(document, id) ? id : undefined);
  const series = (post: number | undefined) =>
    post === undefined
      ? undefined
      : lineView(place(post, context.catalogue), '', live.record).series[0];

  const runCommand = (name: CommandName) => {
    const own = shown();
    const next = series(own)?.unread?.part.id;
    if (!live.loaded || own === undefined) return;
    if (name === 'mark')
      void live.mark([{ post: own, mark: toggled(markOf(live.record, own), Date.now()) }]);
    else if (next !== undefined) location.assign(linkTo(next));
  };
  onTabMessage(
    () => ({ kind, posts: [...context.shown].map(([id, title]) => ({ id, title })) }),
    runCommand,
    signal,
  );

  let told: number | null = null;
  const tell = () => {
    const now = live.settings.badge ? series(shown()) : undefined;
    const unread = now ? now.parts.length - now.read : null;
    if (unread === told) return;
    told = unread;
    void query('badge', { unread });
  };
  whenParsed(() => live.subscribe(tell), signal);
}
