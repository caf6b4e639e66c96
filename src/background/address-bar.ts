/** The keyword in the address bar: titles, series and tags of the catalogue, as in the popup. */
import { blogRoot, postUrl } from '../site/address.ts';
import { Search } from '../catalogue/search/search.ts';
import { readSettings } from '../app/settings.ts';
import { load } from '../platform/storage.ts';
import type { Suggestion } from '../platform/browser-ui.ts';
import { bundledIndex, bundledSearch, once } from './bundled.ts';

/** The browsers show about so many. */
const SHOWN = 6;

const searching = once(async () => {
  const [catalogue, data] = await Promise.all([bundledIndex(), bundledSearch()]);
  return new Search(catalogue, data.details, data);
});

/** The posts that a text finds, the best first; none where the package cannot be read. */
export async function suggestions(text: string): Promise<Suggestion[]> {
  try {
    const host = await hostAtHand();
    const { posts } = (await searching()).find(text);
    return posts.slice(0, SHOWN).map(({ post: { id, title, date } }) => ({
      url: postUrl(id, host),
      text: `${title} ${date}`,
    }));
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return [];
  }
}

/** Where Enter leads: to the suggestion that was chosen, else to the first that is found. */
export async function destination(text: string): Promise<string> {
  const root = blogRoot(await hostAtHand());
  if (text.startsWith(root) && URL.canParse(text)) return text;
  const [first] = await suggestions(text);
  return first?.url ?? root;
}

/** The host of the blog that the reader last used. */
async function hostAtHand() {
  return readSettings((await load(['settings'])).settings).host;
}
