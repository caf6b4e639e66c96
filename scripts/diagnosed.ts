/** Builds a page with placeholder text that has the structure of a diagnosis (src/site/diagnosis.ts). */
import type { Post } from '../src/catalogue/post.ts';
import { DIAGNOSIS, MOST_LINES, MOST_NODES } from '../src/site/diagnosis.ts';

/** A line of a diagnosis. */
export interface DiagnosedElement {
  name: string;
  id: string | undefined;
  classes: string[];
  link: string | undefined;
  /** The number of the post whose title stands there, or `own`. */
  title: string | undefined;
  hasDate: boolean;
  isMore: boolean;
  /** Characters. */
  length: number;
  times: number;
  children: DiagnosedElement[];
}

export interface ReadDiagnosis {
  kind: string;
  isQuirks: boolean;
  body: DiagnosedElement;
}

const LINE =
  /^( *)([a-z_?][\w-]*)(#[\w?-]+)?((?:\.[\w?-]+)*)((?: >[a-z]+(?::\d+)?| title:(?:\d+|own)| date| more| t\d+| x\d+)*)$/;

/** Reads a diagnosis; returns a text with the reason if it is not a valid one. */
export function readDiagnosis(text: string): ReadDiagnosis | string {
  const [first, ...lines] = text.replace(/\r/g, '').trimEnd().split('\n');
  if (first !== DIAGNOSIS) return `the first line is not "${DIAGNOSIS}"`;
  const blank = lines.indexOf('');
  const head = new Map(
    lines.slice(0, Math.max(blank, 0)).map((line): [string, string] => {
      const [name = '', ...rest] = line.split(' ');
      return [name, rest.join(' ')];
    }),
  );
  const kind = head.get('page');
  if (blank < 0 || kind === undefined) return 'it does not say what page it is of';
  if (lines.length > MOST_LINES) return 'it is longer than any diagnosis';
  const open: DiagnosedElement[] = [];
  let elements = 0;
  for (const [at, line] of lines.slice(blank + 1).entries()) {
    const found = LINE.exec(line);
    const depth = found?.[1]?.length ?? 0;
    if (!found || depth > open.length || (depth === 0 && at > 0))
      return `line ${blank + at + 3} is no line of a diagnosis`;
    const element = elementOf(found);
    open.length = depth;
    open.at(-1)?.children.push(element);
    open.push(element);
    elements += open.reduce((product, { times }) => product * times, 1);
    if (elements > MOST_NODES) return 'its page would be larger than any';
  }
  const [body] = open;
  if (body?.name !== 'body') return 'it has no body';
  return { kind, isQuirks: head.get('mode') === 'quirks', body };
}

function elementOf([
  ,
  ,
  name = '',
  id,
  classes = '',
  rest = '',
]: RegExpExecArray): DiagnosedElement {
  const words = rest.split(' ').filter(Boolean);
  const after = (mark: string) => words.find((word) => word.startsWith(mark))?.slice(mark.length);
  const number = (mark: RegExp) => Number(words.find((word) => mark.test(word))?.slice(1) ?? 0);
  return {
    name: name.replaceAll('?', 'x'),
    id: id?.slice(1),
    classes: classes.split('.').filter(Boolean),
    link: after('>'),
    title: after('title:'),
    hasDate: words.includes('date'),
    isMore: words.includes('more'),
    length: Math.min(number(/^t\d/), 10_000),
    times: Math.min(number(/^x\d/) || 1, 200),
    children: [],
  };
}

const PLACEHOLDER = '占位文字，没有意思。';
const LINKS: Record<string, string> = {
  category: '/category/Mathematics/',
  tag: '/tag/a/',
  listing: '/',
  archive: '/content.html',
  page: '/links.html',
  outside: 'https://example.org/',
  fragment: '#x',
  other: 'mailto:x@example.org',
};

/**
 * Returns the page as HTML. Its links and titles are those of the given posts in turn. The last post is the one of
 * a post page.
 *
 * @param posts with titles that no two of them share
 */
export function pageOfDiagnosis(
  { kind, isQuirks, body }: ReadDiagnosis,
  posts: readonly Post[],
): { html: string; address: string } {
  const own = posts.at(-1);
  const others = posts.slice(0, -1);
  const met = new Map<string, Post | undefined>();
  const postOf = (number: string, repetition: string): Post | undefined => {
    if (number === 'own') return own;
    const key = `${number} ${repetition}`;
    if (!met.has(key)) met.set(key, others[met.size % others.length]);
    return met.get(key);
  };

  const write = (element: DiagnosedElement, repetition: string): string => {
    const { name, id, classes, link, title, hasDate, isMore, length, children } = element;
    const attributes = [
      id === undefined ? '' : ` id="${id}"`,
      classes.length > 0 ? ` class="${classes.join(' ')}"` : '',
      link === undefined ? '' : ` href="${addressOf(link, repetition)}"`,
    ].join('');
    const inside = children.map((child) => writeAll(child, repetition)).join('');
    const said = title === undefined ? undefined : escaped(postOf(title, repetition)?.title ?? '');
    // A title is the text of the innermost element that has it; the elements around that get no text.
    const isInside = said !== undefined && inside.includes(said);
    const text = isInside ? '' : (said ?? placeholder(length, hasDate, isMore));
    if (name === 'img' || name === 'hr' || name === 'input') return `<${name}${attributes}>`;
    return `<${name}${attributes}>${text}${inside}</${name}>`;
  };
  const writeAll = (element: DiagnosedElement, repetition: string): string =>
    Array.from({ length: element.times }, (_, at) =>
      write(element, at === 0 ? repetition : `${repetition}.${at}`),
    ).join('\n');
  const addressOf = (link: string, repetition: string): string => {
    const [of = '', number = ''] = link.split(':');
    if (of === 'own') return `/archives/${own?.id}`;
    if (of === 'post') return `/archives/${postOf(number, repetition)?.id}`;
    return LINKS[of] ?? '/';
  };

  const title = kind === 'post' ? `${own?.title} - 科学空间|Scientific Spaces` : '占位';
  const head = `<head><meta charset="utf-8"><title>${escaped(title)}</title></head>`;
  return {
    html: `${isQuirks ? '' : '<!DOCTYPE html>\n'}<html lang="zh-CN">${head}\n${writeAll(body, '0')}</html>\n`,
    address: kind === 'post' ? `https://kexue.fm/archives/${own?.id}` : 'https://kexue.fm/',
  };
}

function placeholder(length: number, hasDate: boolean, isMore: boolean): string {
  const begun = isMore ? '点击阅读全文...' : hasDate ? '2026-01-31' : '';
  const rest = PLACEHOLDER.repeat(Math.ceil(Math.max(length - begun.length, 0) / 10));
  return begun + rest.slice(0, Math.max(length - begun.length, 0));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
