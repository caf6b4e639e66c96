/** Selects the files of KaTeX for the packages: one font format. */
import type { Plugin } from 'vite';

/** All supported browsers use the first source, which is woff2. */
const OTHER_SOURCES = /,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g;

export const katexFiles: Plugin = {
  name: 'katex-files',
  enforce: 'pre',
  // Fonts stay files, because the policy of our pages forbids fonts in data: addresses.
  config: () => ({
    build: { assetsInlineLimit: (path) => (path.endsWith('.woff2') ? false : undefined) },
  }),
  transform(code, id) {
    return id.includes('/katex/dist/katex.min.css') ? code.replace(OTHER_SOURCES, '') : undefined;
  },
};
