/** The folder of the bundled catalogue, and how a build finds it. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Alias } from 'vite';

/** A folder to use instead of src/catalogue/packed; screenshot tests use a catalogue of their own. */
const FOLDER = process.env['CATALOGUE_PACKED'];

export const PACKED = FOLDER
  ? pathToFileURL(`${FOLDER}/`)
  : new URL('../src/catalogue/packed/', import.meta.url);

/**
 * Resolves imports of the bundled catalogue to PACKED. An alias, because the content script is built with
 * the aliases of the configuration but without its plug-ins.
 */
export const packedCatalogue: Alias[] = FOLDER
  ? [{ find: /^\.{1,2}\/(?:catalogue\/)?packed\//, replacement: fileURLToPath(PACKED) }]
  : [];
