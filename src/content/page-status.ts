/** Answers the popup, which asks what posts the page shows and what is wrong, and runs keyboard commands. */
import { markOf } from '../record/marks.ts';
import type { CommandName } from '../app/messages.ts';
import { onTabMessage } from '../app/transport.ts';
import { lineView, toggled } from '../app/line-view.ts';
import { actionsOf } from './actions-of.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { linkTo } from './link-to.ts';
import { troubleOn } from './trouble.ts';

export const pageStatus: Feature = { kinds: ['listing', 'post'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  const { kind, live, ownId } = context;
  if (kind === 'archive') return;

  const actions = actionsOf(context, (notice) => context.notice.set(notice));

  const runCommand = (name: CommandName) => {
    if (ownId === undefined || !live.isLoaded || !context.postPage()) return;
    if (name === 'mark')
      return void actions.mark([
        { post: ownId, mark: toggled(markOf(live.record, ownId), Date.now()) },
      ]);
    const [series] = lineView(context.placementOf(ownId), '', live.record).series;
    if (series?.unread) location.assign(linkTo(series.unread.part.id));
  };

  onTabMessage(
    () => ({
      kind,
      posts: context.posts.all.map(({ id, title }) => ({ id, title })),
      ...troubleOn(context),
    }),
    runCommand,
    signal,
  );
}
