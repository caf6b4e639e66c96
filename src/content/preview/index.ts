/**
 * A preview of the post that a link leads to; touch has none. previews.ts has all that is the same for
 * every preview, card.ts what this one shows.
 *
 * Links in our own boxes have it too: next part, neighbours, the rows of a series. Rows are gone
 * through like a menu, so the preview stands beside the whole box and never over a row. Where there is
 * no room for that it does not come, as a row says most of it. The row of the post at hand has none.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/content.html
 */
import { postIdOfHref } from '../../site/address.ts';
import { postLinksIn } from '../../site/links.ts';
import { Actions, type Notice } from '../../app/actions.ts';
import type { PostDetails } from '../../app/messages.ts';
import { query } from '../../app/transport.ts';
import { lineView } from '../../app/line-view.ts';
import type { Feature, FeatureContext } from '../feature.ts';
import { cardNodes } from './card.ts';
import { createPreviews, type Link } from './previews.ts';

/** The background may have to start first; a preview does not wait longer for its answer. */
const DETAILS_PATIENCE_MS = 1_500;

/** What a preview is of. */
interface Previewed {
  readonly id: number;
  readonly details: PostDetails | undefined;
  /** What became of the reader's act in this preview. */
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

  /** Asks for what the page does not carry. */
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

  /** What becomes of it is said in the preview in which it was pressed. */
  const readLater = (previewed: Previewed) => {
    const publish = (notice: Notice) => {
      previewed.notice = notice;
      previews.redraw();
    };
    const actions = new Actions({ live, titleOf: () => '', publish });
    void actions.mark([{ post: previewed.id, mark: { kind: 'later' } }]);
  };

  const previews = createPreviews({ lookUp, draw }, signal);
  context.onChange(previews.redraw);
}

/** The post that a link of the page leads to; of a link of ours unless it is the post at hand. */
function postBehind(link: Link, { foreignText }: FeatureContext): number | undefined {
  if (!(link.getRootNode() instanceof ShadowRoot))
    return postLinksIn([link], false, foreignText())[0]?.id;
  return link.ariaCurrent ? undefined : postIdOfHref(link.href);
}
