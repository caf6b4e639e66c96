/**
 * 《…》 in an article or an excerpt that names a post becomes a link to it, an ordinary link that the
 * page's own style dresses. Only texts that MathJax does not look for formulas in are touched. What it has
 * typeset, and what is added later, is looked at a while after the change.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/category/Mathematics/
 */
import { findAll, isConnected, matches, propertyOf } from '../site/dom.ts';
import { OUR_LINK } from '../site/links.ts';
import { namingTexts, type NamingTexts, ownNamingTexts } from '../site/mentions.ts';
import { type Mention, mentionsIn } from '../catalogue/mentions.ts';
import { h } from '../ui/h.ts';
import { linkTo } from './context.ts';
import type { Feature, FeatureContext } from './feature.ts';
import type { PageChange } from './page-changes.ts';
import { whenParsed } from './when-parsed.ts';

const SETTLED_MS = 500;
/** Bounds of the work on one page: texts in an article or excerpt, links that stand at one time. */
const MOST_TEXTS = 20_000;
const MOST_LINKS = 500;

/** A text that was taken apart: what it was, and the nodes that stand behind what is left of it. */
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
  let settled: ReturnType<typeof setTimeout> | undefined;
  /** Paragraphs that name posts beside formulas. MathJax changes them, and nothing else says so. */
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
    settled = undefined;
    const foreign = context.foreignText();
    const [wholly, ownly] = [parts, parents];
    [parts, parents] = [new Set(), new Set()];
    splits = splits.filter(({ text, rest }) => [text, ...rest].some(isConnected));
    for (const part of wholly) {
      if (!isConnected(part)) continue;
      unwrapCopies(part);
      lookAt(namingTexts(part, MOST_TEXTS, foreign));
    }
    for (const parent of ownly) {
      waiting.delete(parent);
      if (isConnected(parent)) lookAt(ownNamingTexts(parent, foreign));
    }
    watchWaiting();
  };

  const lookLater = (added: Iterable<Element>, changed: Iterable<Element>) => {
    for (const part of added) parts.add(part);
    for (const parent of changed) parents.add(parent);
    if (parts.size + parents.size > 0) settled ??= setTimeout(look, SETTLED_MS);
  };

  /** Links of ours that the page has copied are texts again. */
  const unwrapCopies = (part: Element) => {
    const ours = new Set<Node>(splits.flatMap(({ rest }) => rest));
    const links = findAll(part, `[${OUR_LINK}]`);
    if (matches(part, `[${OUR_LINK}]`)) links.push(part);
    for (const link of links) if (!ours.has(link)) unwrap(link);
  };

  const follow = ({ added, parents: changed }: PageChange) => lookLater(added, changed);

  whenParsed(() => {
    lookAt(namingTexts(document, MOST_TEXTS, context.foreignText()));
    watchWaiting();
    context.changes.follow(follow, signal);
  }, signal);
  signal.addEventListener('abort', () => {
    clearTimeout(settled);
    watcher.disconnect();
    for (const each of splits) restore(each);
  });
}

/** The text keeps what stands before the first link; the links and what is between follow it. */
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

/** As it was, node for node, unless the page has changed it meanwhile: then only the links go. */
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
  for (const node of rest) if (node instanceof HTMLAnchorElement) unwrap(node);
}

function unwrap(link: Element): void {
  propertyOf(link, 'replaceWith').call(link, ...propertyOf(link, 'childNodes'));
}
