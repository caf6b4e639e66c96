/** The bundled search data, imported as text by the scripts of our own pages. */
import { parseSearchData, type SearchData } from '../packed-files.ts';
import packed from '../packed/search.json?raw';

let data: SearchData | undefined;

/** Parsed on the first call; every call returns the same object. */
export function bundledSearchData(): SearchData {
  return (data ??= parseSearchData(packed));
}
