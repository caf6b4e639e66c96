/** Helpers for several tests: pages, the real catalogue, the source tree. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { JSDOM } from 'jsdom';
import { parseAst } from 'vite';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import type { Catalogue } from '../../src/catalogue/catalogue.ts';
import { packIndex, parseIndex } from '../../src/catalogue/packed-files.ts';
import type { Post } from '../../src/catalogue/post.ts';
import { readPostText } from '../../src/site/post-text.ts';
import type { Length, TextBlock } from '../../src/site/types.ts';

export const ROOT = join(import.meta.dirname, '..', '..');

/** The paths of all documents of the project, from its root. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  'README.en.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'PRIVACY.md',
  'store/README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.split(sep).join('/')}`),
];

const HOME = 'https://kexue.fm/';

export function parsePage(html: string, url = HOME): Document {
  return new JSDOM(html, { url }).window.document;
}

export function fixtureText(name: string): string {
  return readFileSync(join(ROOT, 'tests/fixtures', `${name}.html`), 'utf8');
}

/** A page of tests/fixtures, by its name without `.html`. */
export function fixture(name: string, url = HOME): Document {
  return parsePage(fixtureText(name), url);
}

/** The expected content of a page of tests/fixtures; `null` if the page does not have it. */
export interface ExpectedPage {
  address: string;
  /** Whether the page is complete or still loading. */
  isComplete: boolean;
  kind: string;
  newPosts: { id: number; title: string }[];
  items: {
    id: number | null;
    by: string | null;
    isNew: boolean;
    score: number | null;
    title: string;
    date: string | null;
    /** The slug of its series, and its part number. */
    part: string | null;
    /** The post that the title links to. */
    link: number | 'elsewhere' | null;
    /** The class of the element before our line, or the title itself. */
    lineAfter: string | null;
    categories: string[] | null;
    tags: string[] | null;
    /** On listings: the posts that the excerpt links to. */
    links?: number[];
    text?: string;
  }[];
  archive?: {
    years: { year: string; announced: number | null; count: number }[];
    posts: { id: number; title: string; date: string | null }[];
  };
  article?: { refs: number[]; length: Length; endsBefore: string | null };
  /** On a post's page: the posts that its article links to, without headings, menus and sidebars. */
  links?: number[];
}

const expectedPages = new Map<string, ExpectedPage>();

export function expected(name: string): ExpectedPage {
  const page =
    expectedPages.get(name) ??
    (JSON.parse(
      readFileSync(join(ROOT, 'tests/fixtures', `${name}.json`), 'utf8'),
    ) as ExpectedPage);
  expectedPages.set(name, page);
  return page;
}

let real: Catalogue | undefined;

/** The catalogue of the real data, encoded and parsed as in a build. */
export function realCatalogue(): Catalogue {
  return (real ??= parseIndex(JSON.stringify(packIndex(catalogueOf(readSource())))));
}

export function post(id: number, more: Partial<Post> = {}): Post {
  return { id, title: `post ${id}`, date: '2020-01-01', refs: null, minutes: null, ...more };
}

/** A random number generator with a seed, 0 <= n < 1 (mulberry32), so that failures can be repeated. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The part of a node of a syntax tree that is used here. */
export interface SyntaxNode {
  type: string;
  [field: string]: unknown;
}

export interface SourceFile {
  /** The path from the project's root, with `/`. */
  path: string;
  text: string;
  /** All nodes of a script with their parents; [] for a style sheet. */
  nodes: { node: SyntaxNode; parent: SyntaxNode | undefined }[];
}

let tree: SourceFile[] | undefined;

/** The scripts and style sheets of src/, without generated files. */
export function sourceFiles(): SourceFile[] {
  tree ??= readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.split(sep).join('/')}`)
    .filter((path) => /\.(?:ts|css)$/.test(path) && !path.startsWith('src/catalogue/packed/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      const nodes = path.endsWith('.ts') ? nodesOf(parseAst(text, { lang: 'ts' }) as never) : [];
      return { path, text, nodes };
    });
  return tree;
}

function nodesOf(
  node: SyntaxNode,
  parent?: SyntaxNode,
  found: SourceFile['nodes'] = [],
): SourceFile['nodes'] {
  found.push({ node, parent });
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) nodesOf(child, node, found);
  }
  return found;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** The literals of a script: strings, pieces of templates, regular expressions. */
export function literalsOf({ nodes }: SourceFile): string[] {
  return nodes.flatMap(({ node, parent }) => {
    if (parent?.type.startsWith('Import') || parent?.type.startsWith('Export')) return [];
    if (node.type === 'Literal')
      return 'regex' in node
        ? [(node['regex'] as { pattern: string }).pattern]
        : typeof node['value'] === 'string'
          ? [node['value']]
          : [];
    if (node.type === 'TemplateElement')
      return [String((node['value'] as { cooked?: string }).cooked)];
    return [];
  });
}

/** The target of a relative import, from the project's root. */
export function resolveImport(from: string, specifier: string): string {
  return relative(ROOT, join(ROOT, from, '..', specifier.replace(/\?.*$/, '')))
    .split(sep)
    .join('/');
}

/** The text of an article, read without a pause. */
export function blocksOf(article: Element): TextBlock[] {
  const reading = readPostText(article);
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
  }
}
