/**
 * The bundled index, in a script as text: it costs nothing until it is parsed. The background, which
 * wakes for other things mostly, reads the same file from the package (background/bundled.ts).
 */
import type { Catalogue } from './catalogue.ts';
import { parseIndex } from './packed-files.ts';
import packed from './packed/index.json?raw';

let catalogue: Catalogue | undefined;

/** The bundled index as a catalogue: parsed on the first call, the same on every other. */
export function bundledCatalogue(): Catalogue {
  return (catalogue ??= parseIndex(packed));
}
