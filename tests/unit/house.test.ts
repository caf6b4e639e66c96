/** Conventions of the source tree: allowed imports and forbidden code. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MENUS } from '../../src/background/menus.ts';
import { HOSTS, ORIGINS } from '../../src/site/address.ts';
import {
  literalsOf,
  resolveImport,
  ROOT,
  type SourceFile,
  sourceFiles,
  type SyntaxNode,
} from './support.ts';

const files = sourceFiles();
const scripts = files.filter(({ path }) => path.endsWith('.ts'));

/** The folder of src/ that a file is in. */
const folderOf = (path: string) => path.split('/')[1] ?? '';

/**
 * The folders and files of src/ that each folder may import, besides itself. Each line of the list in
 * docs/architecture.md has one or more folders, an arrow, and what they may import.
 */
const ALLOWED: Record<string, readonly string[]> = Object.fromEntries(
  importList().flatMap((line) => {
    const [from = '', to = ''] = line.split(' ─> ');
    const targets = to === 'nothing of ours' ? [] : to.split(', ');
    const paths = targets.map((each) => (each.includes('/') ? `${each}.ts` : each));
    return from.split(', ').map((folder) => [folder, paths]);
  }),
);

function importList(): string[] {
  const text = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
  const [, block = ''] = /folder may import.*\n\n```\n([^`]*)\n```/.exec(text) ?? [];
  return block.split('\n');
}

function mayImport(from: string, to: string): boolean {
  const folder = folderOf(from);
  return (
    folder === folderOf(to) ||
    (ALLOWED[folder] ?? []).some((each) => to === `src/${each}` || folderOf(to) === each)
  );
}

interface Import {
  specifier: string;
  typesOnly: boolean;
  /** Whether it is a dynamic `import()`. */
  isLate: boolean;
}

function importsOf({ nodes }: SourceFile): Import[] {
  return nodes.flatMap(({ node }): Import[] => {
    const source = node['source'] as { value?: unknown } | null | undefined;
    const specifier = source?.value;
    if (!/^(?:Import|Export).*(?:Declaration|Expression)$|^TSImportType$/.test(node.type))
      return [];
    if (typeof specifier !== 'string') return [];
    const kind = node.type === 'TSImportType' ? 'type' : (node['importKind'] ?? node['exportKind']);
    const names = (node['specifiers'] ?? []) as { importKind?: string; exportKind?: string }[];
    const named = names.length > 0 && names.every((n) => (n.importKind ?? n.exportKind) === 'type');
    const isLate = node.type === 'ImportExpression';
    return [{ specifier, typesOnly: kind === 'type' || named, isLate }];
  });
}

/** All imports between files of src/, including type imports. */
const edges = scripts.flatMap((file) => {
  const targets = importsOf(file)
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ specifier }) => resolveImport(file.path, specifier));
  return [...new Set(targets)].map((to) => ({ from: file.path, to }));
});

/** Files that import themselves indirectly. */
function filesInCircles(): string[] {
  const targetsOf = grouped(edges.map(({ from, to }) => [from, to]));
  return scripts
    .map(({ path }) => path)
    .filter((start) => {
      const reached = new Set<string>();
      const next = [start];
      for (const path of next)
        for (const target of targetsOf.get(path) ?? [])
          if (!reached.has(target)) {
            reached.add(target);
            next.push(target);
          }
      return reached.has(start);
    });
}

/** The exported names, with the files that declare them. */
function exportedNames(): Map<string, string[]> {
  return grouped(
    scripts.flatMap(({ path, nodes }) => {
      const statements = nodes
        .map(({ node }) => node)
        .filter(({ type, source }) => type === 'ExportNamedDeclaration' && source === null);
      return [...new Set(statements.flatMap(exportedBy))].map((name): [string, string] => [
        name,
        path,
      ]);
    }),
  );
}

function grouped(pairs: readonly (readonly [key: string, value: string])[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key, value] of pairs) groups.set(key, [...(groups.get(key) ?? []), value]);
  return groups;
}

/** The names of an `export` statement. Overloads, or a type and a value of one name, count once. */
function exportedBy(statement: SyntaxNode): string[] {
  const nameOf = (node: unknown) => String((node as { name?: unknown }).name);
  const specifiers = statement['specifiers'] as SyntaxNode[];
  if (specifiers.length > 0) return specifiers.map(({ exported }) => nameOf(exported));
  const declaration = statement['declaration'] as SyntaxNode;
  if (declaration['id']) return [nameOf(declaration['id'])];
  return (declaration['declarations'] as SyntaxNode[]).map(({ id }) => nameOf(id));
}

describe('imports', () => {
  it('start in the folders of the list in docs/architecture.md', () => {
    const folders = new Set(scripts.map(({ path }) => folderOf(path)));
    expect(Object.keys(ALLOWED).sort()).toEqual([...folders].sort());
    expect(scripts.length).toBeGreaterThan(25);
  });

  it('are listed in docs/architecture.md by the names of folders and files of src/', () => {
    const named = [...new Set(Object.values(ALLOWED).flat())];
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !existsSync(join(ROOT, 'src', path)))).toEqual([]);
  });

  it('lead only where the list in docs/architecture.md allows, type imports included', () => {
    const wrong = edges
      .filter(({ from, to }) => !mayImport(from, to))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
  });

  it('make no circle, type imports included', () => {
    expect(filesInCircles()).toEqual([]);
  });

  it('are found, with and without types', () => {
    const seen = scripts.flatMap((file) => importsOf(file));
    expect(seen.filter(({ typesOnly }) => typesOnly).length).toBeGreaterThan(10);
    expect(seen.filter(({ typesOnly }) => !typesOnly).length).toBeGreaterThan(40);
  });

  it('stay in src/', () => {
    for (const file of scripts)
      for (const { specifier } of importsOf(file))
        if (specifier.startsWith('.'))
          expect(resolveImport(file.path, specifier)).toMatch(/^src\//);
  });

  it('use no packages except the polyfill, KaTeX and idb', () => {
    const packages = scripts.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typesOnly }) => !specifier.startsWith('.') && !typesOnly)
        .map(({ specifier }) => [file.path, specifier]),
    );
    expect(packages).toEqual([
      ['src/maths/katex.ts', 'katex'],
      ['src/maths/katex.ts', 'katex/dist/katex.min.css'],
      ['src/platform/database.ts', 'idb'],
      ['src/platform/polyfill.ts', 'webextension-polyfill'],
    ]);
  });

  it('load KaTeX dynamically, in one place', () => {
    const asking = scripts.flatMap((file) =>
      importsOf(file)
        .filter(({ specifier, typesOnly }) => specifier.startsWith('.') && !typesOnly)
        .filter(({ specifier }) => resolveImport(file.path, specifier) === 'src/maths/katex.ts')
        .map(({ isLate }) => [file.path, isLate]),
    );
    expect(asking).toEqual([['src/maths/typeset.ts', true]]);
  });
});

it('no two files export the same name', () => {
  const twice = [...exportedNames()].filter(([, paths]) => paths.length > 1).map(([name]) => name);
  expect(exportedNames().size).toBeGreaterThan(300);
  expect(twice).toEqual([]);
});

/** The identifiers of a script, without names of fields. */
function namesIn({ nodes }: SourceFile): string[] {
  return nodes.flatMap(({ node, parent }) => {
    if (node.type !== 'Identifier') return [];
    const isField =
      (parent?.type === 'MemberExpression' && parent['property'] === node && !parent['computed']) ||
      (parent?.type === 'Property' && parent['key'] === node && !parent['shorthand']);
    return isField ? [] : [String(node['name'])];
  });
}

/** Each `a.b` where a script reads field b of an expression that ends in a. */
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
  it('is used by name in src/platform only', () => {
    const others = scripts
      .filter(({ path }) => folderOf(path) !== 'platform')
      .filter((file) => namesIn(file).some((name) => name === 'browser' || name === 'chrome'))
      .map(({ path }) => path);
    expect(others).toEqual([]);
  });

  it('is obtained with browserApi() in src/platform only', () => {
    const others = scripts
      .filter(({ path }) => folderOf(path) !== 'platform')
      .filter((file) => namesIn(file).includes('browserApi'))
      .map(({ path }) => path);
    expect(others).toEqual([]);
  });

  it('stores values in platform/storage.ts only', () => {
    const storing = scripts.filter((file) =>
      fieldsIn(file).some((field) => /^storage\.(?:local|sync|session|managed)$/.test(field)),
    );
    expect(storing.map(({ path }) => path)).toEqual(['src/platform/storage.ts']);
    const named = files.filter(({ text }) => /storage\.(?:sync|session|managed)\b/.test(text));
    expect(named.map(({ path }) => path)).toEqual(['src/platform/storage.ts']);
  });
});

describe('no file', () => {
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

  it('calls fetch, except one that reads a file of our own package', () => {
    const users = scripts.filter((file) => namesIn(file).includes('fetch'));
    expect(users.map(({ path }) => path)).toEqual(['src/platform/package.ts']);
    expect(users[0]?.text).toMatch(/fetch\(browserApi\(\)\.runtime\.getURL\(path\)\)/);
  });

  it('writes to a document while it is parsed', () => {
    const users = scripts.filter((file) =>
      fieldsIn(file).some((field) => /^document\.write(?:ln)?$/.test(field)),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('loads from another origin in a style sheet', () => {
    for (const { path, text } of files)
      if (path.endsWith('.css'))
        expect(text, path).not.toMatch(/@import|url\(\s*['"]?(?:https?:)?\/\//);
  });

  it('of the content script adds a listener without a signal that removes it, except to our own roots', () => {
    const endless = scripts
      .filter(({ path }) => folderOf(path) === 'content')
      .flatMap((file) =>
        file.nodes.flatMap(({ node }) => {
          const callee = node['callee'] as
            | { name?: string; property?: { name?: string }; object?: { name?: string } }
            | undefined;
          const called = callee?.name ?? callee?.property?.name;
          const isListening = called === 'addEventListener' || called === 'on';
          if (node.type !== 'CallExpression' || !isListening) return [];
          const text = file.text.slice(node['start'] as number, node['end'] as number);
          const isEnded = /(?:signal|until)\b/.test(text) || /'abort'/.test(text);
          return isEnded || callee?.object?.name === 'root' ? [] : [`${file.path}: ${text}`];
        }),
      );
    expect(endless).toEqual([]);
  });
});

describe('the nodes of a page', () => {
  /** Properties that a page can replace by naming an image or a form control after them. */
  const CLOBBERED =
    /^(?:attributes|baseURI|childNodes|children|classList|className|cloneNode|closest|compareDocumentPosition|contains|dataset|firstChild|firstElementChild|getAttribute|hasAttribute|isConnected|lastChild|lastElementChild|localName|matches|nextElementSibling|nextSibling|nodeName|nodeType|nodeValue|ownerDocument|parentElement|parentNode|previousElementSibling|previousSibling|querySelector|querySelectorAll|removeAttribute|setAttribute|tagName|textContent|URL)$/;

  it('are read in src/site through dom.ts only, so names in the page cannot replace properties', () => {
    const found = scripts
      .filter(({ path }) => folderOf(path) === 'site' && path !== 'src/site/dom.ts')
      .flatMap((file) =>
        fieldsIn(file)
          .filter((field) => CLOBBERED.test(field.split('.')[1] ?? ''))
          .map((field) => `${file.path}: ${field}`),
      );
    expect(found).toEqual([]);
  });

  it('get text nodes from us only through shadow-host.ts and mentions.ts', () => {
    const SETS_TEXT = /^(?:textContent|innerText|nodeValue|createTextNode|insertAdjacentText)$/;
    const users = scripts
      .filter(({ path }) => folderOf(path) === 'content')
      .filter(
        (file) =>
          namesIn(file).includes('Text') ||
          fieldsIn(file).some((field) => SETS_TEXT.test(field.split('.')[1] ?? '')),
      );
    expect(users.map(({ path }) => path)).toEqual([
      'src/content/mentions.ts',
      'src/content/shadow-host.ts',
    ]);
  });

  it('get links with an address from us only through mentions.ts', () => {
    const makers = scripts
      .filter(({ path }) => folderOf(path) === 'content')
      .filter(({ text }) => /\bhref:/.test(text) || /\bpostLink\(/.test(text));
    expect(makers.map(({ path }) => path)).toEqual(['src/content/mentions.ts']);
  });

  it('are read by the content script without a property of `document`', () => {
    const found = scripts
      .filter(({ path }) => folderOf(path) === 'content')
      .flatMap((file) =>
        fieldsIn(file)
          .filter((field) => field.startsWith('document.'))
          .map((field) => `${file.path}: ${field}`),
      );
    expect(found).toEqual([]);
  });
});

describe('the site', () => {
  const outside = scripts.filter(({ path }) => folderOf(path) !== 'site');

  it('has its selectors in src/site only', () => {
    const SELECTOR =
      /[.#](?:Post\w*|title-wrap|date-wrap|submitted|MainBody|SideBar|Mobile\w+|Header|Footer|breadcrumb|comments|similar|archives\w*|how_to_cite|content_tips|pay|page-navigator|MathJax\w*)\b/;
    const found = outside.flatMap((file) =>
      literalsOf(file)
        .filter((text) => SELECTOR.test(text))
        .map((text) => `${file.path}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('has its hosts in src/site only', () => {
    const found = outside.flatMap((file) =>
      literalsOf(file)
        .filter((text) => /kexue\.fm|spaces\.ac\.cn/.test(text))
        .map((text) => `${file.path}: ${text}`),
    );
    expect(found).toEqual([]);
  });

  it('has its addresses in src/site only', () => {
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

  it('requests storage and context menus, and nothing else', () => {
    expect(manifest['permissions']).toEqual(['storage', 'contextMenus']);
    // Requested only to start the record from the history, and given back at once.
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

  it('runs the content script on the blog’s four hosts, over http and https, not in frames', () => {
    const [script, ...others] = manifest['content_scripts'] as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(script).toEqual({
      matches: HOSTS.map((host) => `*://${host}/*`),
      js: ['src/content/index.iife.ts'],
      run_at: 'document_start',
    });
    expect(script?.['matches']).toEqual(ORIGINS);
  });

  it('lets our own pages load nothing from another origin and send nothing', () => {
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

  it('has its texts in each of its languages', () => {
    const wanted = [
      ...[...JSON.stringify(manifest).matchAll(/__MSG_(\w+)__/g)].map(([, key]) => key),
      ...MENUS.map(({ message }) => message),
    ];
    expect(wanted.length).toBeGreaterThan(2);
    for (const locale of ['zh_CN', 'zh_TW', 'en']) {
      const messages = JSON.parse(
        readFileSync(join(ROOT, 'public/_locales', locale, 'messages.json'), 'utf8'),
      ) as Record<string, { message: string }>;
      expect(new Set(Object.keys(messages))).toEqual(new Set(wanted));
      for (const { message } of Object.values(messages)) expect(message.trim()).not.toBe('');
    }
  });
});

it('the fixtures contain placeholders, no text of the blog', () => {
  for (const name of ['home', 'category', 'tag', 'search', 'archive', 'post', 'content']) {
    const html = readFileSync(join(ROOT, 'tests/fixtures', `${name}.html`), 'utf8');
    for (const [, id] of html.matchAll(/href="[^"]*\/archives\/(\d+)(?:[/#"])/g))
      expect(Number(id) === 6508 || Number(id) > 80_000, `${name}: ${id}`).toBe(true);
  }
});
