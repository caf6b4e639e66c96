/** Selects the files of KaTeX for the packages: one font format, and the licence. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** All supported browsers use the first source, which is woff2. */
const OTHER_SOURCES = /,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g;

export const katexFiles: Plugin = {
  name: 'katex-files',
  enforce: 'pre',
  // As files, because the policy of our pages forbids fonts in data: addresses.
  config: () => ({
    build: { assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined) },
  }),
  transform(code, id) {
    return id.includes('/katex/dist/katex.min.css') ? code.replace(OTHER_SOURCES, '') : undefined;
  },
  generateBundle(_options, bundle) {
    if (!Object.keys(bundle).some((name) => /KaTeX_[^/]*\.woff2$/.test(name))) return;
    const { resolve } = createRequire(import.meta.url);
    const source = readFileSync(join(resolve('katex/package.json'), '../LICENSE'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'assets/KaTeX-LICENSE.txt', source });
  },
};
