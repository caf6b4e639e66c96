/** What every feature gets: the page and its kind, the catalogue, the reader's live record. */
import { isHost, type PageKind, postUrl } from '../blog/address.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Live } from '../ui/live.ts';
import type { Setting } from './ground.ts';

export interface Context {
  readonly kind: Exclude<PageKind, 'other'>;
  readonly catalogue: Catalogue;
  readonly live: Live;
  /** The posts that were recognised on this page, in its order. */
  readonly shown: Map<number, string>;
  /** The ground of the page, found when the first line is drawn. */
  setting: Setting | undefined;
}

/** The permalink on the host that is open now, so that the reader stays on it. */
export function linkTo(id: number): string {
  return postUrl(id, isHost(location.hostname) ? location.hostname : undefined);
}
