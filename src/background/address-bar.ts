/**
 * The keyword in the address bar. It searches titles, series and tags of all known posts, and the kept texts, as
 * the popup does.
 */
import type { FoundTexts } from '../app/messages.ts';
import { blogRoot, placeUrl, postUrl } from '../site/address.ts';
import { detailsOfAll, type KnownPosts, knownPosts } from '../catalogue/discovered/known-posts.ts';
import { memoizeLast } from '../catalogue/memoize-last.ts';
import { Search } from '../catalogue/search/search.ts';
import { readSettings } from '../app/settings.ts';
import { load } from '../platform/storage.ts';
import type { Suggestion } from '../platform/browser-ui.ts';
import { bundledIndex, bundledSearch, once } from './bundled.ts';

/** Browsers show about this many suggestions. */
const SHOWN = 6;

/** Resolves with a function that returns the search over the bundled posts and the stored discovered ones. */
const searching = once(async () => {
  const [bundled, data] = await Promise.all([bundledIndex(), bundledSearch()]);
  const knownWith = knownPosts(() => bundled);
  const searchOver = memoizeLast(
    (known: KnownPosts) => new Search(known.catalogue, detailsOfAll(data.details, known), data),
  );
  return (stored: unknown) => searchOver(knownWith(stored));
});

/**
 * Returns the posts that a text finds, the best first: found by title, then in kept texts. Returns none if the
 * package or the storage cannot be read.
 *
 * @param findTexts searches the kept texts; undefined in a private window
 */
export async function suggestions(
  text: string,
  findTexts?: (query: string) => Promise<FoundTexts>,
): Promise<Suggestion[]> {
  try {
    const { settings, learned } = await load(['settings', 'learned']);
    const { host } = readSettings(settings);
    const { posts } = (await searching())(learned).find(text);
    const titles = posts.slice(0, SHOWN).map(({ post: { id, title, date } }) => ({
      url: postUrl(id, host),
      text: `${title} ${date}`,
    }));
    const { hits } = (titles.length < SHOWN && (await findTexts?.(text))) || { hits: [] };
    const passages = hits.slice(0, SHOWN - titles.length).map(({ id, title, passage, place }) => ({
      url: placeUrl(id, place, host),
      text: `${title} ${passage.map((piece) => piece.text).join('')}`,
    }));
    return [...titles, ...passages];
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return [];
  }
}

/** Returns the address that Enter opens: the chosen suggestion, else the first one found, else the home page. */
export async function destination(
  text: string,
  findTexts?: (query: string) => Promise<FoundTexts>,
): Promise<string> {
  const root = blogRoot(await hostAtHand());
  if (text.startsWith(root) && URL.canParse(text)) return text;
  const [first] = await suggestions(text, findTexts);
  return first?.url ?? root;
}

/** The host of the blog that the reader last used. */
async function hostAtHand() {
  return readSettings((await load(['settings'])).settings).host;
}
