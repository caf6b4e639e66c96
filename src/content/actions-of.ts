import { Actions, type Notice } from '../app/actions.ts';
import type { FeatureContext } from './feature.ts';

/** The acts of the reader on the blog. Their notices stand beside the post, so they do not name it. */
export function actionsOf(
  { live }: Pick<FeatureContext, 'live'>,
  publish: (notice: Notice) => void,
): Actions {
  return new Actions({ live, titleOf: () => '', publish });
}
