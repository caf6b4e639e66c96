/**
 * Reports what is added to the page and removed from it. Observes the whole page until it has been parsed, then only
 * its containers (site/containers.ts), so that MathJax hardly ever wakes the observer. Changes inside text nodes are
 * never observed.
 */
import { containersIn, isIgnored, isInText } from '../site/containers.ts';
import {
  contains,
  isConnected,
  isElement,
  isParsed,
  isText,
  matches,
  hasParentIn,
} from '../site/dom.ts';
import { OUR_LINK } from '../site/links.ts';
import { mayName } from '../site/mentions.ts';
import { Followers } from './followers.ts';
import { isShadowHost, removeCopies } from './shadow-host.ts';
import { whenParsed } from './when-parsed.ts';

export interface PageChange {
  /** Elements that were added, none within another, without those of MathJax and ours. */
  readonly added: readonly Element[];
  /** Elements that were removed or moved, without those of MathJax. */
  readonly removed: readonly Element[];
  /**
   * Elements with a change among their child elements or relevant child texts; empty until the page has been parsed.
   */
  readonly parents: ReadonlySet<Element>;
}

/** Watching ends after this many added elements; the blog's pages have some hundreds. */
const MOST_ADDITIONS = 20_000;
/** The most elements that are observed. Those that are removed count too. */
const MOST_WATCHED = 50_000;

export class PageChanges {
  readonly #followers = new Followers<[change: PageChange]>();
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
    this.#followers.add(callback, signal);
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
    this.#followers.tell(change);
  }

  #read(records: readonly MutationRecord[], isParsing: boolean): PageChange {
    const added = new Set<Element>();
    const removed = new Set<Element>();
    const parents = new Set<Element>();
    /** Elements inside added ones. What the parser adds to them needs no entry; that is most of a page. */
    const within = new Set<Node>();
    for (const record of records) {
      const { target } = record;
      if (isParsing && (added.has(target as Element) || hasParentIn(within, target))) {
        within.add(target);
        continue;
      }
      const { addedNodes, removedNodes } = record;
      let isChanged = false;
      for (const node of addedNodes) {
        if (isIgnored(node) || isOurs(node)) continue;
        if (isElement(node)) added.add(node);
        isChanged ||= isElement(node) || isNoted(node, target);
      }
      for (const node of removedNodes) {
        if (isIgnored(node)) continue;
        if (isElement(node)) removed.add(node);
        isChanged ||= isElement(node) ? !isOurs(node) : isNoted(node, target);
      }
      if (isChanged && !isParsing && isElement(target) && isConnected(target)) parents.add(target);
    }
    const roots = [...added].filter((each) => !hasParentIn(added, each));
    if (!isParsing) for (const root of roots) removeCopies(root);
    return { added: roots.filter(isConnected), removed: [...removed], parents };
  }
}

/** Whether a change adds elements to a part of the page or removes some. Text that MathJax replaces does not count. */
export function changesElementsIn(part: Element, { added, removed, parents }: PageChange): boolean {
  if (added.length + removed.length === 0) return false;
  return [...parents].some((parent) => contains(part, parent));
}

/** Whether an added or removed text matters. In an article only a text that may name a post does. */
function isNoted(node: Node, parent: Node): boolean {
  return isText(node) && (mayName(node) || !isElement(parent) || !isInText(parent));
}

function isOurs(node: Node): boolean {
  return isElement(node) && (isShadowHost(node) || matches(node, `[${OUR_LINK}]`));
}
