/**
 * Writes the texts of the licences into the package: ours, and those of all bundled third-party software
 * (src/app/about.ts lists it). The build fails if it bundles a package that is not listed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { BUNDLED, type BundledWork, LICENCES_FILE } from '../src/app/about.ts';

const ROOT = join(import.meta.dirname, '..');

/** The files with the text of each licence, from the package's folder unless they are ours. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  KaTeX: ['LICENSE'],
  'KaTeX fonts': [join(ROOT, 'licences/OFL-1.1.txt')],
  idb: ['LICENSE'],
  'webextension-polyfill': ['LICENSE'],
  OpenCC: ['LICENSE', 'LICENSES/Apache-2.0.txt'],
  'pinyin-pro': ['LICENSE'],
  Vite: ['LICENSE.md'],
  Rolldown: ['LICENSE'],
};

/** Fails a build that bundles a package without a licence. */
export const onlyLicensed: Plugin = {
  name: 'only-licensed',
  generateBundle(_options, bundle) {
    const modules = Object.values(bundle).flatMap((file) =>
      file.type === 'chunk' ? Object.keys(file.modules) : [],
    );
    const unlisted = [...packagesOf(modules)].filter((name) => !isListed(name));
    if (unlisted.length > 0)
      this.error(`bundled without a licence: ${unlisted.join(', ')}; list it in src/app/about.ts`);
  },
};

/** Adds the page with the texts to the package. */
export const licences: Plugin = {
  name: 'licences',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: LICENCES_FILE, source: licencesPage() });
  },
};

export function isListed(packageName: string): boolean {
  return BUNDLED.some(({ from }) => from === packageName);
}

/** The packages that these modules are from. Helpers of a build tool have ids such as `\0vite/…`. */
export function packagesOf(modules: readonly string[]): Set<string> {
  const names = modules.map((id) => {
    const path = id.replaceAll('\\', '/');
    const installed = /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    return installed ?? /^\0((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  });
  return new Set(names.filter((name) => name !== undefined));
}

/** A page with all texts. It states its encoding, because names of people in it are not ASCII. */
export function licencesPage(): string {
  const ours = section('科学空间伴读 · Companion for Scientific Spaces (MIT)', [
    readFileSync(join(ROOT, 'LICENSE'), 'utf8'),
  ]);
  const others = BUNDLED.map((work) =>
    section(`${work.name} ${versionOf(work)} (${work.licence})`, [
      `Source: ${work.source}\n`,
      ...textsOf(work),
    ]),
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>许可 · Licences</title>
<h1>许可 · Licences</h1>
${[ours, ...others].join('\n')}
</html>
`;
}

function section(title: string, texts: readonly string[]): string {
  return `<h2>${escaped(title)}</h2>\n${texts.map((text) => `<pre>${escaped(text)}</pre>`).join('\n')}`;
}

/** @throws Error if a piece has no text */
export function textsOf({ name, from }: BundledWork): string[] {
  const files = TEXTS[name] ?? [];
  if (files.length === 0) throw new Error(`no text of the licence of ${name}`);
  const folder = folderOf(from);
  const texts = files.map((file) =>
    readFileSync(file.startsWith(ROOT) ? file : join(folder, file), 'utf8'),
  );
  // Vite's file continues with the packages that Vite itself bundles; they are not in our package.
  return texts.map((text) => text.split(/^# Licenses of bundled dependencies/m)[0] ?? text);
}

function versionOf({ from }: BundledWork): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(folderOf(from), 'package.json'), 'utf8'),
  );
  return version;
}

function folderOf(name: string): string {
  return join(ROOT, 'node_modules', name);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
