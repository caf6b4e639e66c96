/** Links to posts. */
import { isHost, postUrl } from '../site/address.ts';

/** The permalink on the host that is open now, so that the reader stays on it. */
export function linkTo(id: number): string {
  return postUrl(id, isHost(location.hostname) ? location.hostname : undefined);
}
