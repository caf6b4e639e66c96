/** What every feature gets: the page and its kind, the catalogue, the reader's live record. */
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import { isHost, type PageKind, postUrl } from '../site/address.ts';
import type { Words } from '../ui/words/index.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { Line } from './lines/line.ts';

export interface Context {
  readonly kind: Exclude<PageKind, 'other'>;
  /** With the discovered posts, once they have been read from the storage: ask again when drawing. */
  readonly catalogue: Catalogue;
  readonly discovered: DiscoveredPosts;
  readonly live: LiveRecord<Words>;
  /** The posts that were recognised on this page, in its order. */
  readonly shown: Map<number, string>;
  /** The line of the post whose page this is, once it is drawn. */
  own: Line | undefined;
}

/** The permalink on the host that is open now, so that the reader stays on it. */
export function linkTo(id: number): string {
  return postUrl(id, isHost(location.hostname) ? location.hostname : undefined);
}
