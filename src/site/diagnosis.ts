/**
 * The structure of a page as a text that a reader can send us: tags, ids, classes, kinds of links, lengths
 * of texts, states of MathJax. It contains no text of the page, no title and no address, only plain
 * characters, and at most 20,000 of them. scripts/diagnosed.ts builds a page of the same structure from it.
 */
import { pageKind, postIdOf, topicOfHref } from './address.ts';
import {
  attributeOf,
  baseOf,
  findAll,
  matches,
  nameOf,
  ownTextOf,
  propertyOf,
  textOf,
} from './dom.ts';
import { linkedPostId, MAX_HREF } from './links.ts';
import { languageIn } from './translation.ts';
import { DRAWN_BY_MATHJAX, readLine } from './text.ts';
import type { TitleLookup } from './types.ts';

export interface DiagnosisFacts {
  /** The version of the companion. */
  version: string;
  /** The names of the browser and the system. */
  usedBrowser: string;
  /** How many posts were recognised on the page. */
  recognised: number;
  titled: TitleLookup;
}

/** The first line of every diagnosis. */
export const DIAGNOSIS = 'kexue-companion diagnosis 1';
export const MOST_LINES = 500;
const MOST_CHARACTERS = 20_000;
/** The most nodes of a page that are read. */
export const MOST_NODES = 50_000;
const MAX_DEPTH = 40;
/** The most lines for the children of one element. Equal neighbours share a line. */
const MOST_CHILDREN = 40;
const MOST_CLASSES = 6;
/** How much of an element's text is searched for a title or a date, in characters. */
const MOST_SEARCHED = 300;
/** A longer paragraph is described in one line. */
const LONG_PARAGRAPH = 120;

const LEFT_OUT =
  'script, style, link, meta, template, noscript, br, wbr, [data-kexue-companion], #MathJax_Message';
/** Elements that are described in one line, whatever they contain. */
const WHOLE = `pre, table, figure, svg, math, select, video, audio, iframe, canvas, ${DRAWN_BY_MATHJAX}`;
const DATE = /\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日/;
const READ_MORE = /^\s*(?:点击)?(?:阅读|继续阅读|查看)(?:全文|更多)/;

/** An element of the page, described without its text. */
interface Shape {
  /** Neighbours with equal keys become one line. */
  key: number;
  line: string;
  /** How many neighbours it stands for. */
  times: number;
  inside: Shape[];
}

/** Describes a page. Takes time in proportion to its first 50,000 nodes. */
export function diagnose(page: Document, facts: DiagnosisFacts): string {
  const body = propertyOf(page, 'body') as HTMLElement | null;
  const address = new URL(propertyOf(page, 'URL'));
  const head = [
    DIAGNOSIS,
    `version ${plainText(facts.version)}`,
    `browser ${plainText(facts.usedBrowser)}`,
    `page ${pageKind(address)}`,
    `recognised ${facts.recognised}`,
    `language ${plainText(languageIn(page)) || '-'}`,
    `mode ${propertyOf(page, 'compatMode') === 'BackCompat' ? 'quirks' : 'standards'}`,
    `mathjax ${mathStates(page)}`,
  ];
  const reader = new ShapeReader(facts.titled, postIdOf(address));
  const shape = body ? reader.read(body, 0) : undefined;
  const lines = shape ? linesOf(shape) : [];
  return bounded([...head, '', ...lines]);
}

/** Joins as many whole lines as the limits allow. */
function bounded(lines: readonly string[]): string {
  const kept: string[] = [];
  let left = MOST_CHARACTERS;
  for (const line of lines.slice(0, MOST_LINES)) {
    left -= line.length + 1;
    if (left < 0) break;
    kept.push(line);
  }
  return `${kept.join('\n')}\n`;
}

/** How many formulas there are in each state that MathJax leaves them in. */
function mathStates(page: Document): string {
  const kinds = {
    scripts: 'script[type^="math/tex"]',
    previews: '.MathJax_Preview',
    html: '.MathJax',
    svg: '.MathJax_SVG',
    chtml: '.MathJax_CHTML',
    errors: '.MathJax_Error',
    message: '#MathJax_Message',
  };
  return Object.entries(kinds)
    .map(([name, selector]) => `${name}=${findAll(page, selector).length}`)
    .join(' ');
}

class ShapeReader {
  readonly #titled: TitleLookup;
  readonly #own: number | undefined;
  /** A number for each post, by id. The diagnosis has these numbers, because the id itself is an address. */
  readonly #numbers = new Map<number, number>();
  readonly #keys = new Map<string, number>();
  #nodes = 0;

  constructor(titled: TitleLookup, own: number | undefined) {
    this.#titled = titled;
    this.#own = own;
  }

  read(element: Element, depth: number): Shape | undefined {
    if (this.#nodes++ > MOST_NODES || matches(element, LEFT_OUT)) return undefined;
    const isWhole =
      matches(element, WHOLE) ||
      (nameOf(element) === 'P' && textOf(element).trim().length > LONG_PARAGRAPH);
    const name = `${plainName(nameOf(element).toLowerCase())}${idOf(element)}${classesOf(element)}`;
    const own = isWhole ? textOf(element) : ownTextOf(element);
    const parts = [name, ...this.#linkOf(element), ...this.#wordsOf(element, own)];
    const length = own.trim().length;
    const line = [...parts, ...(length > 0 ? [`t${length}`] : [])].join(' ');
    const inside = isWhole || depth >= MAX_DEPTH ? [] : this.#inside(element, depth);
    return { key: this.#keyOf(parts, length, inside), line, times: 1, inside };
  }

  /** Returns the shapes of an element's children. Equal neighbours become one shape with a count. */
  #inside(element: Element, depth: number): Shape[] {
    const shapes: Shape[] = [];
    for (let child = propertyOf(element, 'firstElementChild'); child;) {
      if (shapes.length >= MOST_CHILDREN || this.#nodes > MOST_NODES) break;
      const shape = this.read(child, depth + 1);
      const last = shapes.at(-1);
      if (shape && last?.key === shape.key) last.times++;
      else if (shape) shapes.push(shape);
      child = propertyOf(child, 'nextElementSibling');
    }
    return shapes;
  }

  #linkOf(element: Element): string[] {
    const href = nameOf(element) === 'A' ? attributeOf(element, 'href') : null;
    if (href === null) return [];
    if (href.startsWith('#')) return ['>fragment'];
    if (href.length > MAX_HREF) return ['>other'];
    const id = linkedPostId(element);
    if (id === undefined) return [`>${kindOfLink(href, baseOf(element))}`];
    return [id === this.#own ? '>own' : `>post:${this.#numberOf(id)}`];
  }

  /** Returns words for a known title, a date and the link to the rest, if the element is one of these. */
  #wordsOf(element: Element, own: string): string[] {
    if (own.trim() === '' && nameOf(element) !== 'A') return [];
    const text = textOf(element).slice(0, 2 * MOST_SEARCHED);
    const [id] = text.length <= MOST_SEARCHED ? this.#titled(readLine(element)) : [];
    return [
      ...(id === undefined ? [] : [id === this.#own ? 'title:own' : `title:${this.#numberOf(id)}`]),
      ...(DATE.test(own.slice(0, MOST_SEARCHED)) ? ['date'] : []),
      ...(READ_MORE.test(own) ? ['more'] : []),
    ];
  }

  /** Shapes have equal keys if they differ only in lengths, in repetitions and in the numbers of posts. */
  #keyOf(parts: readonly string[], length: number, inside: readonly Shape[]): number {
    const own = parts.map((part) => part.replace(/:\d+$/, '')).join(' ');
    const text = `${own}${length > 0 ? ' t' : ''}(${inside.map(({ key }) => key).join()})`;
    const key = this.#keys.get(text) ?? this.#keys.size;
    this.#keys.set(text, key);
    return key;
  }

  #numberOf(id: number): number {
    const number = this.#numbers.get(id) ?? this.#numbers.size + 1;
    this.#numbers.set(id, number);
    return number;
  }
}

function linesOf(root: Shape): string[] {
  const lines: string[] = [];
  const write = ({ line, times, inside }: Shape, depth: number): void => {
    if (lines.length > MOST_LINES) return;
    lines.push(`${' '.repeat(depth)}${line}${times > 1 ? ` x${times}` : ''}`);
    for (const child of inside) write(child, depth + 1);
  };
  write(root, 0);
  return lines;
}

function kindOfLink(href: string, base: string): string {
  const topic = topicOfHref(href, base);
  if (topic) return topic;
  try {
    const url = new URL(href, base);
    if (!/^https?:$/.test(url.protocol)) return 'other';
    const kind = pageKind(url);
    if (kind !== 'other') return kind;
    return url.hostname === new URL(base).hostname ? 'page' : 'outside';
  } catch {
    return 'other';
  }
}

/** On the blog, the id of a heading is its text, so it is left out. */
function idOf(element: Element): string {
  const id = attributeOf(element, 'id');
  if (!id) return '';
  return `#${/^H\d$/.test(nameOf(element)) ? '?' : plainName(id)}`;
}

function classesOf(element: Element): string {
  const names = (attributeOf(element, 'class') ?? '').slice(0, 1_000).split(/\s+/).filter(Boolean);
  return names
    .slice(0, MOST_CLASSES)
    .map((name) => `.${plainName(name)}`)
    .join('');
}

/** Returns a name if it is plain and short, otherwise '?'. Numbers in it may be those of posts. */
function plainName(name: string): string {
  return /^[A-Za-z_][\w-]{0,39}$/.test(name) ? name.replace(/\d+/g, numberInName) : '?';
}

/** Keeps short numbers, such as those of headings and columns. Longer ones may tell which page it is. */
function numberInName(digits: string): string {
  return digits.length > 2 ? '0' : digits;
}

function plainText(text: string): string {
  return text.replace(/[^\w .,()-]/g, '').slice(0, 60);
}
