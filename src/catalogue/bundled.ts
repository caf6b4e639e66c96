/**
 * The bundled index, imported as text and parsed on the first call. The background reads the same file
 * from the package instead (background/bundled.ts), because most of its wake-ups do not need the index.
 */
import type { Catalogue } from './catalogue.ts';
import { parseIndex } from './packed-files.ts';
import packed from './packed/index.json?raw';

let catalogue: Catalogue | undefined;

/** The bundled index as a catalogue; every call returns the same object. */
export function bundledCatalogue(): Catalogue {
  return (catalogue ??= parseIndex(packed));
}
