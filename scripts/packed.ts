/** The folder of the bundled catalogue, and the plug-in by which a build finds it. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/** A folder to use instead of src/catalogue/packed; screenshot tests use a catalogue of their own. */
const FOLDER = process.env['CATALOGUE_PACKED'];

export const PACKED = FOLDER
  ? pathToFileURL(`${FOLDER}/`)
  : new URL('../src/catalogue/packed/', import.meta.url);

/** Resolves imports of the bundled catalogue to PACKED. */
export const packedCatalogue: Plugin = {
  name: 'packed-catalogue',
  enforce: 'pre',
  resolveId(path) {
    const file = /\/packed\/([a-z]+\.json(?:\?[a-z]+)?)$/.exec(path)?.[1];
    return FOLDER && file && join(fileURLToPath(PACKED), file);
  },
};
