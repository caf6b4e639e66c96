/**
 * Turns 《…》 that names a post, in an article or an excerpt, into a link to that post, which gets the page's own
 * style. Changes only texts that MathJax does not search for formulas. Texts that MathJax has typeset, and texts that
 * are added later, are read SETTLED_MS after the change.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/category/Mathematics/
 */
import { findAll, isConnected, matches, parentOf, propertyOf } from '../site/dom.ts';
import { OUR_LINK } from '../site/links.ts';
import { mayHoldNames, namingTexts, type NamingTexts, ownNamingTexts } from '../site/mentions.ts';
import { type Mention, mentionsIn } from '../catalogue/mentions.ts';
import { h } from '../ui/h.ts';
import { Timer } from '../ui/timer.ts';
import { linkTo } from './link-to.ts';
import type { Feature, FeatureContext } from './feature.ts';
import type { PageChange } from './page-changes.ts';
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

export const mentions: Feature = { setting: 'mentions', kinds: ['listing', 'post'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  const { ownId } = context;
  let splits: Split[] = [];
  /** What changed since the last look: whole parts, and elements whose own texts changed. */
  let parts = new Set<Element>();
  let parents = new Set<Element>();
  const settled = new Timer(signal);
  /** Paragraphs that name posts beside formulas. PageChanges does not watch paragraphs with formulas. */
  const waiting = new Set<Element>();

  const lookAt = (texts: NamingTexts) => {
    for (const parent of texts.waiting) waiting.add(parent);
    let links = splits.reduce((sum, { rest }) => sum + rest.length / 2, 0);
    for (const text of texts.readable) {
      if (links >= MOST_LINKS) return;
      const found = mentionsIn(text.data, context.catalogue()).filter(({ id }) => id !== ownId);
      if (found.length === 0) continue;
      splits.push(split(text, found));
      links += found.length;
    }
  };

  const tell = () => context.mentioned.set(splits.flatMap(({ rest }) => rest.filter(isLink)));

  // MathJax replaces the formulas of a whole page at once, so one look at all of them is enough.
  const watcher = new MutationObserver(() => {
    watcher.disconnect();
    lookLater([], waiting);
  });

  const watchWaiting = () => {
    watcher.disconnect();
    for (const parent of waiting)
      if (isConnected(parent)) watcher.observe(parent, { childList: true });
      else waiting.delete(parent);
  };

  const look = () => {
    const foreign = context.foreignText();
    const [wholly, ownly] = [parts, parents];
    [parts, parents] = [new Set(), new Set()];
    const isHere = ({ text, rest }: Split) => {
      const left = [text, ...rest].find(isConnected);
      const parent = left && parentOf(left);
      return parent && mayHoldNames(parent, foreign);
    };
    for (const each of splits) if (!isHere(each)) restore(each);
    splits = splits.filter(isHere);
    for (const part of wholly) {
      if (!isConnected(part)) continue;
      unwrapCopies(part);
      lookAt(namingTexts(part, MOST_TEXTS, foreign));
    }
    for (const parent of ownly) {
      waiting.delete(parent);
      if (isConnected(parent)) lookAt(ownNamingTexts(parent, foreign));
    }
    tell();
    watchWaiting();
  };

  const lookLater = (added: Iterable<Element>, changed: Iterable<Element>) => {
    for (const part of added) parts.add(part);
    for (const parent of changed) parents.add(parent);
    if (parts.size + parents.size > 0) settled.start(SETTLED_MS, look);
  };

  /** Turns copies that the page has made of our links into text again. */
  const unwrapCopies = (part: Element) => {
    const ours = new Set<Node>(splits.flatMap(({ rest }) => rest));
    const links = findAll(part, `[${OUR_LINK}]`);
    if (matches(part, `[${OUR_LINK}]`)) links.push(part);
    for (const link of links) if (!ours.has(link)) unwrap(link);
  };

  const follow = ({ added, parents: changed }: PageChange) => lookLater(added, changed);

  whenParsed(() => {
    lookAt(namingTexts(document, MOST_TEXTS, context.foreignText()));
    tell();
    watchWaiting();
    context.changes.follow(follow, signal);
  }, signal);
  signal.addEventListener('abort', () => {
    watcher.disconnect();
    for (const each of splits) restore(each);
    context.mentioned.set([]);
  });
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
