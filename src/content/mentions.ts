/**
 * 《…》 in an article or an excerpt that names a post becomes a link to it, an ordinary link that the
 * page's own style dresses. Only texts that MathJax does not look for formulas in are touched; what
 * it has typeset is looked at again once the page has been quiet for a while.
 *
 * Try it on https://kexue.fm/archives/9708 https://kexue.fm/category/Mathematics/
 */
import { postIdOf } from '../site/address.ts';
import { OUR_LINK } from '../site/links.ts';
import { mentionBoxes, readableTexts } from '../site/mentions.ts';
import { type Mention, mentionsIn } from '../catalogue/mentions.ts';
import { h } from '../ui/h.ts';
import { linkTo } from './context.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { whenParsed } from './when-parsed.ts';

const QUIET_MS = 500;
/** Bounds of the work on one page: looks at it, texts in a look, links in all. */
const MOST_LOOKS = 40;
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
  const own = postIdOf(location);
  const splits: Split[] = [];
  let [looks, links] = [0, 0];
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const look = () => {
    if (looks++ >= MOST_LOOKS) return;
    for (const box of mentionBoxes(document)) {
      for (const text of readableTexts(box, MOST_TEXTS)) {
        if (links >= MOST_LINKS) break;
        const found = mentionsIn(text.data, context.catalogue()).filter(({ id }) => id !== own);
        if (found.length === 0) continue;
        splits.push(split(text, found));
        links += found.length;
      }
    }
    // What has just been done is no news.
    observer.takeRecords();
  };
  const observer = new MutationObserver(() => {
    clearTimeout(quiet);
    quiet = setTimeout(look, QUIET_MS);
  });
  whenParsed(() => {
    look();
    for (const box of mentionBoxes(document))
      observer.observe(box, { childList: true, subtree: true });
  }, signal);
  signal.addEventListener('abort', () => {
    clearTimeout(quiet);
    observer.disconnect();
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
  for (const node of rest)
    if (node instanceof HTMLAnchorElement) node.replaceWith(...node.childNodes);
}
