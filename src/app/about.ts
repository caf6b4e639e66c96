/** Facts about the extension itself: the third-party software in it, and where to report a problem. */

/** Third-party software, or data from it, that is in the package. */
export interface BundledWork {
  name: string;
  /** The package of node_modules that it comes from. */
  from: string;
  licence: string;
  /** The address of its source code. */
  source: string;
}

/** scripts/licences.ts adds the texts of the licences when the package is built. */
export const BUNDLED: readonly BundledWork[] = [
  { name: 'KaTeX', from: 'katex', licence: 'MIT', source: 'https://github.com/KaTeX/KaTeX' },
  {
    name: 'KaTeX fonts',
    from: 'katex',
    licence: 'OFL-1.1',
    source: 'https://github.com/KaTeX/katex-fonts',
  },
  { name: 'idb', from: 'idb', licence: 'ISC', source: 'https://github.com/jakearchibald/idb' },
  {
    name: 'webextension-polyfill',
    from: 'webextension-polyfill',
    licence: 'MPL-2.0',
    source: 'https://github.com/mozilla/webextension-polyfill',
  },
  {
    name: 'OpenCC',
    from: 'opencc-js',
    licence: 'MIT AND Apache-2.0',
    source: 'https://github.com/nk2028/opencc-js',
  },
  {
    name: 'pinyin-pro',
    from: 'pinyin-pro',
    licence: 'MIT',
    source: 'https://github.com/zh-lx/pinyin-pro',
  },
  {
    name: 'Vite',
    from: 'vite',
    licence: 'MIT',
    source: 'https://github.com/vitejs/vite',
  },
  {
    name: 'Rolldown',
    from: 'rolldown',
    licence: 'MIT',
    source: 'https://github.com/rolldown/rolldown',
  },
];

/** The file of the package with the texts of all licences. */
export const LICENCES_FILE = 'licences.html';

/** Whether the home page in the manifest is still the placeholder; a release refuses it. */
export function isPlaceholder(homePage: string): boolean {
  return !URL.canParse(homePage) || new URL(homePage).hostname.endsWith('.invalid');
}

/**
 * Returns the address of the form for a fault, or for a post that was not recognised. Only the version and
 * the browser are filled in. Returns undefined while the home page is a placeholder.
 */
export function reportAddress(
  homePage: string,
  version: string,
  usedBrowser: string,
  form: 'fault' | 'recognition' = 'fault',
): string | undefined {
  if (isPlaceholder(homePage)) return undefined;
  const query = new URLSearchParams({ template: `${form}.yml`, version, browser: usedBrowser });
  return `${homePage}/issues/new?${query.toString()}`;
}

/** The address of the privacy policy; undefined while the home page is a placeholder. */
export function privacyAddress(homePage: string): string | undefined {
  return isPlaceholder(homePage) ? undefined : `${homePage}/blob/main/PRIVACY.md`;
}
