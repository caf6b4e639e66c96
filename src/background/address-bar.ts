/** The keyword in the address bar: titles, series and tags of the catalogue, as in the popup. */
import { blogRoot, type Host, postUrl } from '../blog/address.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import packed from '../catalogue/packed/search.json?url';
import { unpackDetails } from '../catalogue/packing.ts';
import { Pinyin } from '../catalogue/pinyin.ts';
import { Search } from '../catalogue/search.ts';
import { readPackaged } from '../platform/package.ts';
import type { Suggestion } from '../platform/surfaces.ts';

/** The browsers show about so many. */
const SHOWN = 6;

/** What scripts/catalogue.ts writes. */
type Packed = Record<'index' | 'details' | 'pinyin', string>;

let search: Promise<Search> | undefined;

/** Read and unpacked when the keyword is first typed: most wakes are for other things. */
async function prepare(): Promise<Search> {
  const bytes = await readPackaged(packed);
  const { index, details, pinyin } = JSON.parse(new TextDecoder().decode(bytes)) as Packed;
  return new Search(Catalogue.unpack(index), unpackDetails(details), new Pinyin(pinyin));
}

/** The posts that a text finds, the best first; none where the package cannot be read. */
export async function suggestions(text: string, host: Host): Promise<Suggestion[]> {
  try {
    const { posts } = (await (search ??= prepare())).find(text);
    return posts.slice(0, SHOWN).map(({ post: { id, title, date } }) => ({
      url: postUrl(id, host),
      text: `${title} ${date}`,
    }));
  } catch (error) {
    search = undefined;
    console.warn('[科学空间伴读]', error);
    return [];
  }
}

/** Where Enter leads: to the suggestion that was chosen, else to the first that is found. */
export async function destination(text: string, host: Host): Promise<string> {
  if (text.startsWith(blogRoot(host)) && URL.canParse(text)) return text;
  const [first] = await suggestions(text, host);
  return first?.url ?? blogRoot(host);
}
