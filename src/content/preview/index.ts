/**
 * A preview of the post that a link leads to; there is none on touch. previews.ts has what all kinds of previews
 * share, card.ts what this one shows.
 *
 * Links in our own boxes have it too: next part, neighbours, the rows of a series. The pointer moves through rows as
 * through a menu, so their preview is beside the whole box and never over a row. Where there is no room for it, it is
 * not shown, because a row says most of it. The row of the post itself has none.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html
 */
import { postIdOfHref } from '../../site/address.ts';
import { postLinksIn } from '../../site/links.ts';
import type { Notice } from '../../app/actions.ts';
import type { PostDetails } from '../../app/messages.ts';
import { query } from '../../app/transport.ts';
import { lineView } from '../../app/line-view.ts';
import { actionsOf } from '../actions-of.ts';
import type { Feature, FeatureContext } from '../feature.ts';
import { cardNodes } from './card.ts';
import { createPreviews, type Link } from './previews.ts';

/** How long a preview waits for its answer. The background may have to start first. */
const DETAILS_PATIENCE_MS = 1_500;

/** The post of a preview. */
interface Previewed {
  readonly id: number;
  readonly details: PostDetails | undefined;
  /** The result of the reader's act in this preview. */
  notice: Notice | undefined;
}

export const preview: Feature = {
  setting: 'previews',
  kinds: ['listing', 'post', 'archive'],
  init,
};

function init(context: FeatureContext, signal: AbortSignal): void {
  const { live } = context;

  const lookUp = (link: Link) => {
    const id = postBehind(link, context);
    return id === undefined || !context.catalogue().post(id) ? undefined : detailsOf(id);
  };

  /** Asks the background for the details that the page does not contain. */
  const detailsOf = async (id: number): Promise<Previewed> => {
    const details = await query('postDetails', { id }, DETAILS_PATIENCE_MS);
    return { id, details, notice: undefined };
  };

  const draw = (previewed: Previewed) => {
    const { id, details, notice } = previewed;
    const placement = context.placementOf(id);
    const view = lineView(placement, '', live.record);
    const acts = {
      notice,
      readLater: () => readLater(previewed),
      plan: () => void query('openLibrary', { plan: id }),
    };
    const date = placement.post?.date ?? '';
    return { name: view.title, nodes: cardNodes(view, date, details, acts, live.words, signal) };
  };

  /** The result is shown in the preview in which the button was pressed. */
  const readLater = (previewed: Previewed) => {
    const publish = (notice: Notice) => {
      previewed.notice = notice;
      previews.redraw();
    };
    void actionsOf(context, publish).mark([{ post: previewed.id, mark: { kind: 'later' } }]);
  };

  const previews = createPreviews({ lookUp, draw }, signal);
  context.onChange(previews.redraw);
}

/** Returns the post that a link leads to; undefined for a list's row of the post itself. */
function postBehind(link: Link, { foreignText }: FeatureContext): number | undefined {
  if (!(link.getRootNode() instanceof ShadowRoot))
    return postLinksIn([link], false, foreignText())[0]?.id;
  return link.ariaCurrent ? undefined : postIdOfHref(link.href);
}
