/** The bundled catalogue for the background. It is read when it is first needed. */
import { Catalogue } from '../catalogue/catalogue.ts';
import packed from '../catalogue/packed/search.json?url';
import { type Details, unpackDetails } from '../catalogue/packing.ts';
import { readPackaged } from '../platform/package.ts';

export interface Bundled {
  catalogue: Catalogue;
  /** In the order of the catalogue's posts. */
  details: Details[];
  /** As catalogue/search/pinyin.ts reads it. */
  pinyin: string;
}

/** What scripts/catalogue.ts writes. */
type Packed = Record<'index' | 'details' | 'pinyin', string>;

/** Rejects where the package cannot be read. */
export const bundled = once(async (): Promise<Bundled> => {
  const bytes = await readPackaged(packed);
  const { index, details, pinyin } = JSON.parse(new TextDecoder().decode(bytes)) as Packed;
  return { catalogue: Catalogue.unpack(index), details: unpackDetails(details), pinyin };
});

/** Calls `make` when its value is first needed, and again only if that failed. */
export function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return async () => {
    try {
      return await (made ??= make());
    } catch (error) {
      made = undefined;
      throw error;
    }
  };
}
