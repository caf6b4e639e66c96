/**
 * The post's series as a table of contents at the end of its article, with the previous and the next part below. It
 * is moved when the article grows and put back when the page removes it, MOST_RETURNS times in all.
 *
 * Try it on https://kexue.fm/archives/9708
 */
import { articleEnd } from '../site/article.ts';
import { append, contains, insertBefore, nextOf, propertyOf } from '../site/dom.ts';
import { h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import { lineView, type Row, toggled } from '../app/line-view.ts';
import { actionsOf } from './actions-of.ts';
import { footerContents } from './contents.ts';
import { type Feature, type FeatureContext, ORPHANED } from './feature.ts';
import hostCss from './lines/host.css?inline';
import { LastNotice, noticeNodes } from './lines/notice.ts';
import { changesElementsIn, type PageChange } from './page-changes.ts';
import { createShadowHost } from './shadow-host.ts';
import { whenParsed } from './when-parsed.ts';

export const seriesFooter: Feature = {
  setting: 'postLines',
  kinds: ['post'],
  isEarly: true,
  init,
};

/** How often it is put back at the end of the article. */
const MOST_RETURNS = 8;

function init(context: FeatureContext, signal: AbortSignal): void {
  const { ownId } = context;
  if (ownId === undefined) return;
  const { host, root } = createShadowHost(hostCss);
  const line = h('div', { class: 'line' });
  root.append(line);

  /** The last part that was marked from here. */
  let marked = ownId;
  const notice = new LastNotice(() => draw(), signal);
  const actions = actionsOf(context, (each) => notice.publish(each));
  const mark = (part: Row) => {
    marked = part.id;
    void actions.mark([{ post: part.id, mark: toggled(part.mark, Date.now()) }]);
  };

  let isInserted = false;
  const draw = () => {
    const placement = context.placementOf(ownId);
    if (!isInserted) isInserted = placement.series.length > 0 && insert();
    if (!isInserted) return;
    const { words, record } = context.live;
    const view = lineView(placement, '', record);
    patch(
      line,
      view.series.map((series) => {
        const isOf = series.parts.some(({ id }) => id === marked);
        const said = isOf && notice.current ? noticeNodes(notice.current, words, signal) : [];
        return footerContents(series, said, { words, here: ownId, onMark: mark, signal });
      }),
    );
  };

  const insert = (): boolean => {
    const { article } = context.postPage() ?? {};
    if (!article) return false;
    const end = articleEnd(article);
    if (end) insertBefore(end, host);
    else append(article, host);
    return true;
  };

  let returns = 0;
  const putBack = (change: PageChange) => {
    const { article } = context.postPage() ?? {};
    if (!article || !isInserted) return;
    const isRemoved = change.removed.some((root) => contains(root, host));
    if (!isRemoved && !changesElementsIn(article, change)) return;
    const end = articleEnd(article);
    const isInPlace = end ? nextOf(host) === end : propertyOf(article, 'lastElementChild') === host;
    if (!isInPlace && returns++ < MOST_RETURNS) insert();
  };

  // This draws before the record has been read, so that the height is right before the end comes into view. Only the
  // discovered posts, which are read later, may tell that a new post is part of a series.
  whenParsed(() => {
    if (!context.live.isLoaded) draw();
    context.onChange(draw);
    context.changes.follow(putBack, signal);
  }, signal);
  signal.addEventListener('abort', () => signal.reason !== ORPHANED && host.remove());
}
