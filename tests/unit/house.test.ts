/** The conventions of the house, read from the source tree. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MENUS } from '../../src/background/menus.ts';
import { HOSTS, ORIGINS } from '../../src/site/address.ts';
import { literalsOf, resolveImport, ROOT, type SourceFile, sourceFiles } from './support.ts';

const files = sourceFiles();
const scripts = files.filter(({ path }) => path.endsWith('.ts'));

/** The folder of src/ that a file is in. */
const roomOf = (path: string) => path.split('/')[1];

const ADDRESS = 'src/site/address.ts';

/** Who may import whom, itself aside; `types` for what only lends its types. */
const MAY: Record<string, (path: string) => boolean> = {
  content: inRooms('app', 'site', 'catalogue', 'record', 'ui', 'platform'),
  popup: inRooms('app', 'catalogue', 'record', 'exchange', 'ui', 'maths', 'platform', ADDRESS),
  library: inRooms('app', 'catalogue', 'record', 'exchange', 'ui', 'maths', 'platform', ADDRESS),
  background: inRooms('app', 'catalogue', 'record', 'exchange', 'platform', ADDRESS),
  app: inRooms('catalogue', 'record', 'platform', ADDRESS),
  ui: inRooms('app', 'catalogue', 'record', ADDRESS),
  exchange: inRooms('catalogue', 'record', ADDRESS),
  catalogue: inRooms('record', ADDRESS),
  record: inRooms(ADDRESS),
  platform: inRooms(ADDRESS),
  site: inRooms(),
  maths: inRooms(),
};

function inRooms(...allowed: string[]): (path: string) => boolean {
  return (path) => allowed.includes(path) || allowed.includes(roomOf(path) ?? '');
}

interface Import {
  specifier: string;
  typesOnly: boolean;
  /** Asked for while the script runs, by `import()`. */
  isLate: boolean;
}

function importsOf({ nodes }: SourceFile): Import[] {
  return nodes.flatMap(({ node }): Import[] => {
    const source = node['source'] as { value?: unknown } | null | undefined;
    const specifier = source?.value;
    if (!/^(?:Import|Export).*(?:Declaration|Expression)$/.test(node.type)) return [];
    if (typeof specifier !== 'string') return [];
    const kind = node['importKind'] ?? node['exportKind'];
    const names = (node['specifiers'] ?? []) as { importKind?: string; exportKind?: string }[];
    const named = names.length > 0 && names.every((n) => (n.importKind ?? n.exportKind) === 'type');
    const isLate = node.type === 'ImportExpression';
    return [{ specifier, typesOnly: kind === 'type' || named, isLate }];
  });
}

describe('who imports whom', () => {
  it('every file is in a room of the house', () => {
    const homeless = scripts.filter(({ path }) => !(String(roomOf(path)) in MAY));
    expect(homeless.map(({ path }) => path)).toEqual([]);
    expect(scripts.length).toBeGreaterThan(25);
  });

  it('no file imports from a room that its own may not', () => {
    const wrong = scripts.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typesOnly }) => specifier.startsWith('.') && !typesOnly)
        .map(({ specifier }) => resolveImport(file.path, specifier))
        .filter((path) => {
          const room = String(roomOf(file.path));
          return roomOf(path) !== room && !MAY[room]?.(path);
        })
        .map((path) => `${file.path} imports ${path}`),
    );
    expect(wrong).toEqual([]);
  });

  it('imports are seen at all', () => {
    const seen = scripts.flatMap((file) => importsOf(file));
    expect(seen.filter(({ typesOnly }) => typesOnly).length).toBeGreaterThan(10);
    expect(seen.filter(({ typesOnly }) => !typesOnly).length).toBeGreaterThan(40);
  });

  it('no import leaves src/', () => {
    for (const file of scripts)
      for (const { specifier } of importsOf(file))
        if (specifier.startsWith('.'))
          expect(resolveImport(file.path, specifier)).toMatch(/^src\//);
  });

  it('no package of others is imported but the polyfill, and KaTeX where formulas are set', () => {
    const packages = scripts.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typesOnly }) => !specifier.startsWith('.') && !typesOnly)
        .map(({ specifier }) => [file.path, specifier]),
    );
    expect(packages).toEqual([
      ['src/maths/katex.ts', 'katex'],
      ['src/maths/katex.ts', 'katex/dist/katex.min.css'],
      ['src/platform/polyfill.ts', 'webextension-polyfill'],
    ]);
  });

  it('KaTeX is asked for late only, in one place', () => {
    const asking = scripts.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typesOnly }) => specifier.startsWith('.') && !typesOnly)
        .filter(({ specifier }) => resolveImport(file.path, specifier) === 'src/maths/katex.ts')
        .map(({ isLate }) => [file.path, isLate]),
    );
    expect(asking).toEqual([['src/maths/typeset.ts', true]]);
  });
});

/** Names that a script uses as names, not as fields of something else. */
function namesIn({ nodes }: SourceFile): string[] {
  return nodes.flatMap(({ node, parent }) => {
    if (node.type !== 'Identifier') return [];
    const isField =
      (parent?.type === 'MemberExpression' && parent['property'] === node && !parent['computed']) ||
      (parent?.type === 'Property' && parent['key'] === node && !parent['shorthand']);
    return isField ? [] : [String(node['name'])];
  });
}

/** `a.b` wherever a script reads field b of something that ends in a. */
function fieldsIn({ nodes }: SourceFile): string[] {
  const nameOf = (node: unknown): string => {
    const { type, name, property } = (node ?? {}) as {
      type?: string;
      name?: string;
      property?: unknown;
    };
    return type === 'MemberExpression' ? nameOf(property) : (name ?? '');
  };
  return nodes.flatMap(({ node }) =>
    node.type === 'MemberExpression'
      ? [`${nameOf(node['object'])}.${nameOf(node['property'])}`]
      : [],
  );
}

describe('the browser', () => {
  it('is called by name in src/platform only', () => {
    const others = scripts
      .filter(({ path }) => roomOf(path) !== 'platform')
      .filter((file) => namesIn(file).some((name) => name === 'browser' || name === 'chrome'))
      .map(({ path }) => path);
    expect(others).toEqual([]);
  });

  it('is asked for by src/platform only', () => {
    const askers = scripts
      .filter(({ path }) => roomOf(path) !== 'platform')
      .filter((file) => namesIn(file).includes('browserApi'));
    expect(askers.map(({ path }) => path)).toEqual(['src/app/messages.ts']);
  });

  it('stores through platform/storage.ts only', () => {
    const storing = scripts.filter((file) =>
      fieldsIn(file).some((field) => /^storage\.(?:local|sync|session|managed)$/.test(field)),
    );
    expect(storing.map(({ path }) => path)).toEqual(['src/platform/storage.ts']);
    const spelt = files.filter(({ text }) => /storage\.(?:sync|session|managed)\b/.test(text));
    expect(spelt.map(({ path }) => path)).toEqual(['src/platform/storage.ts']);
  });
});

describe('nothing anywhere', () => {
  const FORBIDDEN = [
    'innerHTML',
    'outerHTML',
    'insertAdjacentHTML',
    'setHTMLUnsafe',
    'parseHTMLUnsafe',
    'createContextualFragment',
    'DOMParser',
    'eval',
    'Function',
    'XMLHttpRequest',
    'sendBeacon',
    'WebSocket',
    'EventSource',
    'importScripts',
    'localStorage',
    'sessionStorage',
    'indexedDB',
    'cookie',
  ];

  it.each(FORBIDDEN)('uses %s', (name) => {
    const users = scripts.filter(({ nodes }) =>
      nodes.some(
        ({ node }) =>
          (node.type === 'Identifier' && node['name'] === name) ||
          (node.type === 'Literal' && node['value'] === name),
      ),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('asks a network: fetch reads files of our own package, in one place', () => {
    const users = scripts.filter((file) => namesIn(file).includes('fetch'));
    expect(users.map(({ path }) => path)).toEqual(['src/platform/package.ts']);
    expect(users[0]?.text).toMatch(/fetch\(browserApi\(\)\.runtime\.getURL\(path\)\)/);
  });

  it('writes into a document as it is parsed', () => {
    const users = scripts.filter((file) =>
      fieldsIn(file).some((field) => /^document\.write(?:ln)?$/.test(field)),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('loads anything from elsewhere in a style sheet', () => {
    for (const { path, text } of files)
      if (path.endsWith('.css'))
        expect(text, path).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
  });

  it('listens without a signal to end it, but to the browser’s own events', () => {
    const endless = scripts.flatMap((file) =>
      file.nodes.flatMap(({ node }) => {
        const callee = node['callee'] as
          | { name?: string; property?: { name?: string } }
          | undefined;
        const called = callee?.name ?? callee?.property?.name;
        if (node.type !== 'CallExpression' || called !== 'addEventListener') return [];
        const text = file.text.slice(node['start'] as number, node['end'] as number);
        return /\bsignal\b/.test(text) || /'abort'/.test(text) ? [] : [`${file.path}: ${text}`];
      }),
    );
    const inPages = endless.filter((text) => text.startsWith('src/content'));
    expect(inPages).toEqual([]);
  });
});

describe('the site', () => {
  const outside = scripts.filter(({ path }) => roomOf(path) !== 'site');

  it('is known by its selectors in src/site only', () => {
    const SELECTOR =
      /[.#](?:Post\w*|title-wrap|date-wrap|submitted|MainBody|SideBar|Mobile\w+|Header|Footer|breadcrumb|comments|similar|archives\w*|how_to_cite|content_tips|pay|page-navigator|MathJax\w*)\b/;
    const found = outside.flatMap((file) =>
      literalsOf(file)
        .filter((text) => SELECTOR.test(text))
        .map((text) => `${file.path}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('is known by its hosts in src/site only', () => {
    const found = outside.flatMap((file) =>
      literalsOf(file)
        .filter((text) => /kexue\.fm|spaces\.ac\.cn/.test(text))
        .map((text) => `${file.path}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('is known by its addresses in src/site only', () => {
    const found = outside.flatMap((file) =>
      literalsOf(file)
        .filter((text) => /\/(?:archives|category|tag|search)\//.test(text))
        .map((text) => `${file.path}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe('the manifest', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >;

  it('asks for storage and menus on links, and nothing else', () => {
    expect(manifest['permissions']).toEqual(['storage', 'contextMenus']);
    // For the moment in which the record begins with what was visited; given back at once.
    expect(manifest['optional_permissions']).toEqual(['history']);
    for (const key of [
      'host_permissions',
      'optional_host_permissions',
      'web_accessible_resources',
      'externally_connectable',
      'sandbox',
    ])
      expect(manifest).not.toHaveProperty(key);
  });

  it('runs on the blog’s four hosts, over http and https, from the start, in no frame', () => {
    const [script, ...others] = manifest['content_scripts'] as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(script).toEqual({
      matches: HOSTS.map((host) => `*://${host}/*`),
      // Which pages of them: tests/unit/manifest.test.ts.
      include_globs: script?.['include_globs'],
      js: ['src/content/index.iife.ts'],
      run_at: 'document_start',
    });
    expect(script?.['matches']).toEqual(ORIGINS);
  });

  it('lets our own pages load nothing from elsewhere and send nothing anywhere', () => {
    const policy = (manifest['content_security_policy'] as Record<string, string>)[
      'extension_pages'
    ];
    const rules = String(policy).split(/;\s*/);
    expect(rules).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "form-action 'none'",
      ]),
    );
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  it('has its words in both languages', () => {
    const wanted = [
      ...[...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key),
      ...MENUS.map(({ message }) => message),
    ];
    expect(wanted.length).toBeGreaterThan(2);
    for (const locale of ['zh_CN', 'en']) {
      const messages = JSON.parse(
        readFileSync(join(ROOT, 'public/_locales', locale, 'messages.json'), 'utf8'),
      ) as Record<string, { message: string }>;
      expect(new Set(Object.keys(messages))).toEqual(new Set(wanted));
      for (const { message } of Object.values(messages)) expect(message.trim()).not.toBe('');
    }
  });
});

it('no sentence of the blog is in the fixtures: their posts are placeholders', () => {
  for (const name of ['home', 'category', 'tag', 'search', 'archive', 'post', 'content']) {
    const html = readFileSync(join(ROOT, 'tests/fixtures', `${name}.html`), 'utf8');
    for (const [, id] of html.matchAll(/href="[^"]*\/archives\/(\d+)(?:[/#"])/g))
      expect(Number(id) === 6508 || Number(id) > 80_000, `${name}: ${id}`).toBe(true);
  }
});
