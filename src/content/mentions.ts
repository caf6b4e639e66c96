/**
 * Turns 《…》 that names a post, in an article or an excerpt, into a link to that post, which gets the page's own
 * style. Changes only texts that MathJax does not search for formulas. Texts that MathJax has typeset, and texts that
 * are added later, are read SETTLED_MS after the change.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/category/Mathematics/
 */
import { findAll, isConnected, matches, parentOf, propertyOf } from '../site/dom.ts';
import { OUR_LINK } from '../site/links.ts';
import type { ForeignText } from '../site/types.ts';
import { mayHoldNames, namingTexts, type NamingTexts, ownNamingTexts } from '../site/mentions.ts';
import { type Mention, mentionsIn } from '../catalogue/mentions.ts';
import { h } from '../ui/h.ts';
import { Timer } from '../ui/timer.ts';
import { linkTo } from './link-to.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { whenParsed } from './when-parsed.ts';

const SETTLED_MS = 500;
/** The limits for one page: texts that are read in an article or excerpt, and links of ours at one time. */
const MOST_TEXTS = 20_000;
const MOST_LINKS = 500;

/** A text node that was split: its text before, and the nodes that follow it now. */
interface Split {
  text: Text;
  whole: string;
  rest: (Text | HTMLAnchorElement)[];
}

export const mentions: Feature = {
  setting: 'mentions',
  kinds: ['listing', 'post'],
  init: (context, signal) => new Mentions(context, signal).follow(signal),
};

class Mentions {
  readonly #context: FeatureContext;
  /** The texts that have our links now. */
  #splits: Split[] = [];
  /** Parts of the page that were added since the last look. */
  #parts = new Set<Element>();
  /** Elements whose own texts have changed since the last look. */
  #parents = new Set<Element>();
  readonly #settled: Timer;
  /** Paragraphs that name posts beside formulas. PageChanges does not watch paragraphs with formulas. */
  readonly #waiting = new Set<Element>();
  // MathJax replaces the formulas of a whole page at once, so one look at all of them is enough.
  readonly #watcher = new MutationObserver(() => {
    this.#watcher.disconnect();
    this.#lookLater([], this.#waiting);
  });

  constructor(context: FeatureContext, signal: AbortSignal) {
    this.#context = context;
    this.#settled = new Timer(signal);
  }

  /** Reads the page when it has been parsed, and follows its changes until the signal aborts. */
  follow(signal: AbortSignal): void {
    const { changes, foreignText, mentioned } = this.#context;
    whenParsed(() => {
      this.#link(namingTexts(document, MOST_TEXTS, foreignText()));
      this.#finish();
      changes.follow(({ added, parents }) => this.#lookLater(added, parents), signal);
    }, signal);
    signal.addEventListener('abort', () => {
      this.#watcher.disconnect();
      for (const each of this.#splits) restore(each);
      mentioned.set([]);
    });
  }

  #lookLater(added: Iterable<Element>, changed: Iterable<Element>): void {
    for (const part of added) this.#parts.add(part);
    for (const parent of changed) this.#parents.add(parent);
    if (this.#parts.size + this.#parents.size > 0)
      this.#settled.start(SETTLED_MS, () => this.#look());
  }

  /** Reads what has changed since the last look. */
  #look(): void {
    const foreign = this.#context.foreignText();
    const [parts, parents] = [this.#parts, this.#parents];
    [this.#parts, this.#parents] = [new Set(), new Set()];
    this.#restoreGone(foreign);
    for (const part of parts) {
      if (!isConnected(part)) continue;
      this.#unwrapCopies(part);
      this.#link(namingTexts(part, MOST_TEXTS, foreign));
    }
    for (const parent of parents) {
      this.#waiting.delete(parent);
      if (isConnected(parent)) this.#link(ownNamingTexts(parent, foreign));
    }
    this.#finish();
  }

  /** Takes our links out of texts that have left the page, or the articles and excerpts. */
  #restoreGone(foreign: ForeignText | undefined): void {
    const isHere = ({ text, rest }: Split) => {
      const left = [text, ...rest].find(isConnected);
      const parent = left && parentOf(left);
      return parent && mayHoldNames(parent, foreign);
    };
    const here = new Set(this.#splits.filter(isHere));
    for (const each of this.#splits) if (!here.has(each)) restore(each);
    this.#splits = [...here];
  }

  /** Turns copies that the page has made of our links into text again. */
  #unwrapCopies(part: Element): void {
    const ours = new Set<Node>(this.#splits.flatMap(({ rest }) => rest));
    const links = findAll(part, `[${OUR_LINK}]`);
    if (matches(part, `[${OUR_LINK}]`)) links.push(part);
    for (const link of links) if (!ours.has(link)) unwrap(link);
  }

  #links(): HTMLAnchorElement[] {
    return this.#splits.flatMap(({ rest }) => rest.filter(isLink));
  }

  /** Adds links to the texts that can be read now. */
  #link({ readable, waiting }: NamingTexts): void {
    const { ownId } = this.#context;
    const catalogue = this.#context.catalogue();
    const named = (text: Text) => mentionsIn(text.data, catalogue).filter(({ id }) => id !== ownId);
    for (const text of waiting) {
      const parent = named(text).length > 0 && parentOf(text);
      if (parent) this.#waiting.add(parent);
    }
    let links = this.#links().length;
    for (const text of readable) {
      if (links >= MOST_LINKS) return;
      const found = named(text);
      if (found.length === 0) continue;
      this.#splits.push(split(text, found));
      links += found.length;
    }
  }

  /** Tells other features of the links, and watches the texts that cannot be read yet. */
  #finish(): void {
    this.#context.mentioned.set(this.#links());
    this.#watcher.disconnect();
    for (const parent of this.#waiting)
      if (isConnected(parent)) this.#watcher.observe(parent, { childList: true });
      else this.#waiting.delete(parent);
  }
}

/** Splits a text node. It keeps the text before the first link; the links and the texts between follow it. */
function split(text: Text, mentions: Mention[]): Split {
  const whole = text.data;
  const rest = mentions.flatMap(({ start, end, id }, at) => {
    const link = h('a', { href: linkTo(id), [OUR_LINK]: true }, new Text(whole.slice(start, end)));
    return [link, new Text(whole.slice(end, mentions[at + 1]?.start))];
  });
  text.data = whole.slice(0, mentions[0]?.start);
  text.after(...rest);
  return { text, whole, rest };
}

/** Restores the original text node. If the page has changed the nodes meanwhile, only unwraps the links. */
function restore({ text, whole, rest }: Split): void {
  const nodes = [text, ...rest];
  const isIntact =
    nodes.every((node, at) => at === 0 || nodes[at - 1]?.nextSibling === node) &&
    nodes.map((node) => node.textContent).join('') === whole;
  if (isIntact) {
    for (const node of rest) node.remove();
    text.data = whole;
    return;
  }
  for (const node of rest) if (isLink(node)) unwrap(node);
}

function isLink(node: Node): node is HTMLAnchorElement {
  return node instanceof HTMLAnchorElement;
}

function unwrap(link: Element): void {
  propertyOf(link, 'replaceWith').call(link, ...propertyOf(link, 'childNodes'));
}
