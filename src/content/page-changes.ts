/**
 * What is added to the page and removed from it. The page is watched as a whole until it has been
 * parsed, then by its containers (site/containers.ts), so that MathJax hardly wakes anybody. The texts of
 * nodes are never watched.
 */
import { containersIn, isInText, isOfMathJax } from '../site/containers.ts';
import {
  contains,
  isConnected,
  isElement,
  isParsed,
  isText,
  matches,
  standsIn,
} from '../site/dom.ts';
import { OUR_LINK } from '../site/links.ts';
import { mayName } from '../site/mentions.ts';
import { isShadowHost, removeCopies } from './shadow-host.ts';
import { whenParsed } from './when-parsed.ts';

export interface PageChange {
  /** Elements that came into the page, none within another, without MathJax's and ours. */
  readonly added: readonly Element[];
  /** Elements that were removed or moved, without MathJax's. */
  readonly removed: readonly Element[];
  /**
   * Elements whose own children changed, texts that matter among them; none until the page has been parsed.
   */
  readonly parents: ReadonlySet<Element>;
}

/** Additions to a page that are looked into; the blog's pages have some hundreds. */
const MOST_ADDITIONS = 20_000;
/** Elements that are watched, all that ever were. */
const MOST_WATCHED = 50_000;

export class PageChanges {
  readonly #followers = new Set<(change: PageChange) => void>();
  readonly #observer: MutationObserver;
  #additions = 0;
  #watched = 0;

  /** @param signal ends the watching */
  constructor(signal: AbortSignal) {
    this.#observer = new MutationObserver((records) => this.#tell(records));
    signal.addEventListener('abort', () => this.#observer.disconnect());
    this.#observer.observe(document, { childList: true, subtree: true });
    whenParsed(() => {
      const records = this.#observer.takeRecords();
      this.#observer.disconnect();
      removeCopies(document);
      this.#watch(document);
      this.#tell(records, true);
    }, signal);
  }

  /** Calls back after each change until the signal aborts, before the frame in which it is drawn. */
  follow(callback: (change: PageChange) => void, signal: AbortSignal): void {
    this.#followers.add(callback);
    signal.addEventListener('abort', () => this.#followers.delete(callback));
  }

  #watch(root: Document | Element): void {
    this.#observer.observe(root, { childList: true });
    for (const element of containersIn(root)) {
      if (this.#watched++ >= MOST_WATCHED) return;
      this.#observer.observe(element, { childList: true });
    }
  }

  /** @param isParsing whether the records are from the time when the page was still being parsed */
  #tell(records: readonly MutationRecord[], isParsing = !isParsed(document)): void {
    const change = this.#read(records, isParsing);
    const { added, removed, parents } = change;
    if (added.length + removed.length + parents.size === 0) return;
    this.#additions += added.length;
    if (!isParsing) {
      if (this.#additions > MOST_ADDITIONS) return this.#observer.disconnect();
      for (const element of added) this.#watch(element);
    }
    // Those that begin to follow now have seen the page as it is.
    const followers = [...this.#followers];
    for (const follower of followers) if (this.#followers.has(follower)) follower(change);
  }

  #read(records: readonly MutationRecord[], isParsing: boolean): PageChange {
    const added = new Set<Element>();
    const removed = new Set<Element>();
    const parents = new Set<Element>();
    /** What a parser adds in added elements is found with these; on most pages it is nearly all. */
    const within = new Set<Node>();
    for (const record of records) {
      const { target } = record;
      if (isParsing && (added.has(target as Element) || standsIn(within, target))) {
        within.add(target);
        continue;
      }
      const { addedNodes, removedNodes } = record;
      let isChanged = false;
      for (const node of addedNodes) {
        if (isOfMathJax(node) || isOurs(node)) continue;
        if (isElement(node)) added.add(node);
        isChanged ||= isElement(node) || isNoted(node, target);
      }
      for (const node of removedNodes) {
        if (isOfMathJax(node)) continue;
        if (isElement(node)) removed.add(node);
        isChanged ||= isElement(node) ? !isOurs(node) : isNoted(node, target);
      }
      if (isChanged && !isParsing && isElement(target) && isConnected(target)) parents.add(target);
    }
    const roots = [...added].filter((each) => !standsIn(added, each));
    if (!isParsing) for (const root of roots) removeCopies(root);
    return { added: roots.filter(isConnected), removed: [...removed], parents };
  }
}

/** Whether elements came into a part of the page or left it. MathJax changes texts only. */
export function changesElementsIn(part: Element, { added, removed, parents }: PageChange): boolean {
  if (added.length + removed.length === 0) return false;
  return [...parents].some((parent) => contains(part, parent));
}

/** Whether a text that came or went matters. In an article only those do that may name a post. */
function isNoted(node: Node, parent: Node): boolean {
  return isText(node) && (mayName(node) || !isElement(parent) || !isInText(parent));
}

function isOurs(node: Node): boolean {
  return isElement(node) && (isShadowHost(node) || matches(node, `[${OUR_LINK}]`));
}
