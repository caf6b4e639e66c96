/** What a feature of the content script is, and what it gets. */
import type { PageKind } from '../site/address.ts';
import type { ForeignText, PostPage } from '../site/types.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import type { Placement } from '../catalogue/place.ts';
import type { Notice } from '../app/actions.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { Words } from '../ui/words/index.ts';
import type { TextChanges } from '../app/messages.ts';
import type { Settings } from '../app/settings.ts';
import type { Observable } from './observable.ts';
import type { PageChanges } from './page-changes.ts';
import type { PagePosts } from './page-posts.ts';

/** Settings that are on or off. */
export type Switch = {
  [Name in keyof Settings]: Settings[Name] extends boolean ? Name : never;
}[keyof Settings];

/** The kinds of page that the content script starts on. */
export type BlogPageKind = Exclude<PageKind, 'other'>;

/** Something on the page that runs on its own: registry.ts starts it, ends it and reports its errors. */
export interface Feature {
  /** The setting that switches it; without one it always runs. */
  readonly setting?: Switch;
  /** Further settings that `init` reads: when one of them changes, the feature starts again. */
  readonly options?: readonly (keyof Settings)[];
  readonly kinds: readonly BlogPageKind[];
  /**
   * Whether it starts before its `setting` has been read; a feature without one always does. This is for what
   * takes up room in the page: its place is there from the first frame, and nothing jumps.
   */
  readonly isEarly?: boolean;
  /** Runs until the signal aborts, then takes back what it did to the page. See ORPHANED. */
  readonly init: (context: FeatureContext, signal: AbortSignal) => void;
}

/**
 * The reason with which a signal aborts when the extension was updated or removed under an open page.
 * What takes up room in the page keeps its place then, without controls.
 */
export const ORPHANED = 'The extension was updated or removed.';

/**
 * What all features of a page share. A page ends and another one begins when a script of the blog changes
 * the address, and when a post page or the archive shows another post or list.
 */
export interface Page {
  readonly kind: BlogPageKind;
  /** The post that the address names, on the page of a post. */
  readonly ownId: number | undefined;
  readonly live: Omit<LiveRecord<Words>, 'subscribe'>;
  /** The posts that are recognised on the page. */
  readonly posts: PagePosts;
  readonly changes: Pick<PageChanges, 'follow'>;
  /** Where the page of a post shows it; undefined if it does not, or not yet. */
  readonly postPage: () => PostPage | undefined;
  /**
   * Where the author's text is on a page in another theme; undefined on a page in the blog's own, and while
   * the page is still coming in.
   */
  readonly foreignText: () => ForeignText | undefined;
  /** Whether the page ended within its article when it had been parsed: what it shows is not the whole post. */
  readonly isCut: () => boolean;
  /** Whether the page is translated: then nothing is learned from its text. */
  readonly isTranslated: () => boolean;
  /** The bundled catalogue with the discovered posts, as far as those have been read. */
  readonly catalogue: () => Catalogue;
  readonly discovered: () => DiscoveredPosts;
  /** Where a post stands; computed once for each post and catalogue. */
  readonly placementOf: (id: number) => Placement;
  /** How much of the page's own post has been read by now, 0 to 1; 0 where the record says it. */
  readonly progress: Observable<number>;
  /** What the line of the page's own post offers. */
  readonly offer: Observable<Offer | undefined>;
  /** What became of an act of a key on the page's own post; its line says it. */
  readonly notice: Observable<Notice | undefined>;
  /** What changed in the page's own post since the reader has seen it. */
  readonly changed: Observable<ChangedText | undefined>;
  /** The links that we have added where the text names a post. */
  readonly mentioned: Observable<readonly HTMLAnchorElement[]>;
}

export interface FeatureContext extends Page {
  /**
   * Calls back when the record and the settings have been read, at once if they have, and after each
   * change, until the feature ends. An error in the callback is the feature's own.
   */
  readonly onChange: (callback: () => void) => void;
  /** As onChange, but calls back only once. */
  readonly whenLoaded: (callback: () => void) => void;
  /** Runs what can fail. An error, also one in its promise, is the feature's own. */
  readonly attempt: (work: () => Promise<unknown>) => void;
}

/** To go back to where the reader stopped. */
export interface Offer {
  accept: () => void;
  decline: () => void;
}

/** What changed in a post since the reader has seen it. */
export interface ChangedText extends TextChanges {
  /** Scrolls to a changed paragraph. */
  goTo: (change: TextChanges['changes'][number]) => void;
  /** Stores the new text as the one that was seen, so the change is not shown again. */
  see: () => void;
}
