/** The keyword in the address bar: titles, series and tags of the catalogue, as in the popup. */
import { blogRoot, type Host, postUrl } from '../blog/address.ts';
import { Catalogue } from '../catalogue/catalogue.ts';
import packedDetails from '../catalogue/packed/details.ts';
import packed from '../catalogue/packed/index.ts';
import packedPinyin from '../catalogue/packed/pinyin.ts';
import { unpackDetails } from '../catalogue/packing.ts';
import { Pinyin } from '../catalogue/pinyin.ts';
import { Search } from '../catalogue/search.ts';
import type { Suggestion } from '../platform/surfaces.ts';

/** The browsers show about so many. */
const SHOWN = 6;

let search: Search | undefined;

/** Unpacked when the keyword is first typed: most wakes are for other things. */
function searching(): Search {
  return (search ??= new Search(
    Catalogue.unpack(packed),
    unpackDetails(packedDetails),
    new Pinyin(packedPinyin),
  ));
}

/** The posts that a text finds, the best first. */
export function suggestions(text: string, host: Host): Suggestion[] {
  return searching()
    .find(text)
    .posts.slice(0, SHOWN)
    .map(({ post: { id, title, date } }) => ({
      url: postUrl(id, host),
      text: `${title} ${date}`,
    }));
}

/** Where Enter leads: to the suggestion that was chosen, else to the first that is found. */
export function destination(text: string, host: Host): string {
  if (text.startsWith(blogRoot(host)) && URL.canParse(text)) return text;
  return suggestions(text, host)[0]?.url ?? blogRoot(host);
}
