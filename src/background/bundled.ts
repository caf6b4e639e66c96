/** The bundled catalogue for the background. It is read from the package when it is first needed. */
import { parseIndex, parseSearchData } from '../catalogue/packed-files.ts';
import indexFile from '../catalogue/packed/index.json?url';
import searchFile from '../catalogue/packed/search.json?url';
import { readPackaged } from '../platform/package.ts';

/** Rejects if the package cannot be read. */
export const bundledIndex = once(async () => parseIndex(await readText(indexFile)));

/** Rejects if the package cannot be read. */
export const bundledSearch = once(async () => parseSearchData(await readText(searchFile)));

/**
 * Returns a function that converts a text to simplified characters, or one that changes nothing if the package
 * cannot be read. Never rejects.
 */
export async function bundledSimplifier(): Promise<(text: string) => string> {
  try {
    return (await bundledSearch()).simplify;
  } catch {
    return (text) => text;
  }
}

async function readText(file: string): Promise<string> {
  return new TextDecoder().decode(await readPackaged(file));
}

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
