/** Builds of the extension with another catalogue than the one in src/catalogue/packed. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { packedFiles } from '../scripts/catalogue.ts';
import type { PackedIndex, PackedSearch } from '../src/catalogue/packed-files.ts';

/** For a build: takes the files of packed/ from `folder`, where it writes them. */
export function packedFrom(folder: string, index: PackedIndex, search: PackedSearch): Plugin {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of packedFiles(index, search)) writeFileSync(join(folder, name), text);
  return {
    name: 'other-catalogue',
    enforce: 'pre',
    resolveId(path) {
      const [, file] = /\/packed\/([a-z]+\.json(?:\?[a-z]+)?)$/.exec(path) ?? [];
      return file && join(folder, file);
    },
  };
}
