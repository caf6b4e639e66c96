/** The packages have the text of the licence of every work of others in them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isListed, licencesPage, packagesOf, textsOf } from '../../../scripts/licences.ts';
import { BUNDLED } from '../../../src/app/about.ts';
import { ROOT, sourceFiles } from '../support.ts';

/** The scripts whose results are in the bundled catalogue. */
const MAKERS = ['pinyin', 'simplified', 'signatures', 'source', 'catalogue', 'packed'];

/** The packages that a script imports, except types and Node's own modules. */
function importedBy(text: string): string[] {
  const found = text.matchAll(
    /^import (?!type )[^;]*?'((?:@[^/']+\/)?[^./'][^/']*)(?:\/[^']*)?';/gm,
  );
  return [...found].map(([, name = '']) => name).filter((name) => !name.startsWith('node:'));
}

describe('the licences', () => {
  it('list every package that src/ imports or whose data is packed', () => {
    const scripts = MAKERS.map((name) => readFileSync(join(ROOT, `scripts/${name}.ts`), 'utf8'));
    const sources = sourceFiles().filter(({ path }) => path.endsWith('.ts'));
    const names = new Set([...sources.map(({ text }) => text), ...scripts].flatMap(importedBy));
    expect([...names].sort()).toEqual([
      'idb',
      'katex',
      'opencc-js',
      'pinyin-pro',
      'webextension-polyfill',
    ]);
    expect([...names].filter((name) => !isListed(name))).toEqual([]);
  });

  it('have a text for each piece, of the kind that is named', () => {
    const SAID: Readonly<Record<string, RegExp>> = {
      MIT: /Permission is hereby granted, free of charge/,
      'OFL-1.1': /SIL OPEN FONT LICENSE Version 1\.1[\s\S]*TERMINATION/,
      ISC: /Permission to use, copy, modify, and\/or distribute this software/,
      'MPL-2.0': /Mozilla Public License Version 2\.0[\s\S]*Source Code Form/,
      'Apache-2.0': /Apache License\s+Version 2\.0/,
    };
    for (const work of BUNDLED)
      for (const licence of work.licence.split(' AND '))
        expect(textsOf(work).join('\n'), work.name).toMatch(SAID[licence] ?? /^$/);
  });

  it('are refused for a piece without a text', () => {
    const work = { name: 'Nobody', from: 'katex', licence: 'MIT', source: '' };
    expect(() => textsOf(work)).toThrow('no text of the licence of Nobody');
  });

  it('are all on one page, with ours and where each source is', () => {
    const page = licencesPage();
    expect(page).toContain('<meta charset="utf-8">');
    expect(page).toContain('the founders of 科学空间伴读');
    for (const { name, source } of BUNDLED) {
      expect(page).toContain(`<h2>${name} `);
      expect(page).toContain(`Source: ${source}`);
    }
    // Addresses in the texts are in angle brackets; they must be escaped.
    expect(page).not.toMatch(/<(?:https?|www)/);
  });

  it('find the package of a bundled module, on every system', () => {
    expect([
      ...packagesOf([
        '/a/node_modules/katex/dist/katex.mjs',
        'C:\\a\\node_modules\\@scope\\one\\index.js',
        '/a/node_modules/x/node_modules/inner/i.js',
        '\0vite/preload-helper.js',
        '/@crx/manifest',
        '/a/src/app/about.ts',
      ]),
    ]).toEqual(['katex', '@scope/one', 'inner', 'vite']);
    expect(isListed('inner')).toBe(false);
  });
});
