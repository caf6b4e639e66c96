/** The bundled details and readings, in the scripts of our own pages as text. */
import { parseSearchData, type SearchData } from '../packed-files.ts';
import packed from '../packed/search.json?raw';

let data: SearchData | undefined;

/** Parsed on the first call, the same on every other. */
export function bundledSearchData(): SearchData {
  return (data ??= parseSearchData(packed));
}
