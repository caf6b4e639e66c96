/** Where the catalogue that the extension bundles is written, and how a build finds it. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/** Another folder than src/catalogue/packed: the pictures in the tests are made with a catalogue of their own. */
const FOLDER = process.env['CATALOGUE_PACKED'];

export const PACKED = FOLDER
  ? pathToFileURL(`${FOLDER}/`)
  : new URL('../src/catalogue/packed/', import.meta.url);

/** Takes the bundled catalogue from PACKED, wherever that is. */
export const packedCatalogue: Plugin = {
  name: 'packed-catalogue',
  enforce: 'pre',
  resolveId(path) {
    const file = /\/packed\/([a-z]+\.json(?:\?[a-z]+)?)$/.exec(path)?.[1];
    return FOLDER && file && join(fileURLToPath(PACKED), file);
  },
};
