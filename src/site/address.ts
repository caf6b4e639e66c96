/**
 * The addresses of the blog: its hosts, its kinds of page, its permalinks. All parts of the project
 * may import this file, and no other file spells out an address of the site.
 */

import type { PassagePlace } from './types.ts';

/** The author of the blog. */
export const AUTHOR = '苏剑林';
/** The language of the blog's titles and texts; our own words may be in another one. */
export const BLOG_LANGUAGE = 'zh-CN';

/** The blog answers on all of these with the same paths. The first is the one we prefer. */
export const HOSTS = ['kexue.fm', 'www.kexue.fm', 'spaces.ac.cn', 'www.spaces.ac.cn'] as const;
export type Host = (typeof HOSTS)[number];
export const DEFAULT_HOST: Host = HOSTS[0];

/** The match patterns of the manifest's content script, as the permissions API wants them. */
export const ORIGINS: string[] = /* @__PURE__ */ HOSTS.map((host) => `*://${host}/*`);
/** Match patterns for links to posts. They match all that postIdOfHref accepts, and more. */
export const POST_PATTERNS: string[] = /* @__PURE__ */ HOSTS.map(
  (host) => `*://${host}/*archives/*`,
);

/** Typecho counts ids from 1; at the blog's pace six digits last for centuries. */
const MAX_POST_ID = 999_999;

export type PageKind = 'listing' | 'post' | 'archive' | 'other';

/** A URL, or the Location of the page. */
export type Address = Pick<URL, 'protocol' | 'hostname' | 'pathname'>;

export function isHost(name: string): name is Host {
  return (HOSTS as readonly string[]).includes(name);
}

function isOnTheBlog({ protocol, hostname }: Address): boolean {
  return (protocol === 'https:' || protocol === 'http:') && isHost(hostname);
}

/**
 * The kind of page at an address; `other` for what is not on the blog. A Typecho site can be set to put
 * /index.php before its paths and .html after them, and to nest categories. Queries are ignored.
 */
export function pageKind(address: Address): PageKind {
  if (!isOnTheBlog(address)) return 'other';
  const path = pathOf(address);
  const [, first = '', second = '', ...rest] = path.split('/');
  switch (first) {
    case '':
      return second === '' ? 'listing' : 'other';
    case 'page':
      return isNumber(second) && isEnd(rest) ? 'listing' : 'other';
    case 'category':
      return second !== '' && !rest.slice(0, -1).includes('') ? 'listing' : 'other';
    case 'tag':
    case 'search':
    case 'author':
      return second !== '' && (isEnd(rest) || (isNumber(rest[0]) && isEnd(rest.slice(1))))
        ? 'listing'
        : 'other';
    case 'archives':
      return postIdOf(address) === undefined ? 'other' : 'post';
    case 'content.html':
      return second === '' ? 'archive' : 'other';
    default:
      return first.length === 4 && DATE_PATH.test(path) ? 'listing' : 'other';
  }
}

/** The path after /index.php, which a site without URL rewriting has before all its paths. */
function pathOf({ pathname }: Address): string {
  return /^\/index\.php(?:\/|$)/.test(pathname)
    ? pathname.slice('/index.php'.length) || '/'
    : pathname;
}

/** /2023/ /2023/09/ /2023/09/28/, and their further pages. */
const DATE_PATH = /^\/\d{4}(?:\/\d{1,2}){0,2}(?:\/page\/\d+)?(?:\.html)?\/?$/;
const POST_PATH =
  /^\/archives\/([1-9]\d{0,5})(?:\.html)?(?:\/(?:comment-page-\d+(?:\.html)?\/?)?)?$/;

function isNumber(segment: string | undefined): boolean {
  return segment !== undefined && /^\d+(?:\.html)?$/.test(segment);
}

/** Whether nothing follows but a slash. */
function isEnd(segments: string[]): boolean {
  return segments.length === 0 || (segments.length === 1 && segments[0] === '');
}

/** The post that an address shows, or undefined; a comment page shows its post. */
export function postIdOf(address: Address): number | undefined {
  if (!isOnTheBlog(address)) return undefined;
  const id = Number(POST_PATH.exec(pathOf(address))?.[1]);
  return isPostId(id) ? id : undefined;
}

/**
 * The post that a link's `href` leads to, or undefined. `base` is the base URL of the page that contains
 * the link. A page that was saved has none on the web; a relative link in it leads to the blog.
 */
export function postIdOfHref(href: string, base: URL | string = blogRoot()): number | undefined {
  const url = parse(href, base);
  return url && postIdOf(url);
}

/** Whether a link leads to the listing of a category or of a tag. */
export function topicOfHref(
  href: string,
  base: URL | string = blogRoot(),
): 'category' | 'tag' | undefined {
  const url = parse(href, base);
  if (!url || pageKind(url) !== 'listing') return undefined;
  const [, first] = pathOf(url).split('/');
  return first === 'category' || first === 'tag' ? first : undefined;
}

export function isPostId(id: unknown): id is number {
  return Number.isInteger(id) && (id as number) >= 1 && (id as number) <= MAX_POST_ID;
}

/** The permalink of a post, on the host that the reader uses. */
export function postUrl(id: number, host: Host = DEFAULT_HOST): string {
  return `https://${host}/archives/${id}`;
}

/** The address of a place in a post's text. The page of the post goes to that place when it is opened. */
export function placeUrl(
  id: number,
  { at, print, ahead = 0 }: PassagePlace,
  host: Host = DEFAULT_HOST,
): string {
  return `${postUrl(id, host)}#kexue-place=${at}-${print}${ahead > 0 ? `-${ahead}` : ''}`;
}

/** The place in the #-part of an address; undefined where there is none. */
export function placeInFragment(hash: string): PassagePlace | undefined {
  const [, at, print, ahead = 0] =
    /^#kexue-place=(\d{1,6})-(\d{1,8})(?:-(\d{1,6}))?$/.exec(hash) ?? [];
  return at === undefined
    ? undefined
    : { at: Number(at), print: Number(print), ahead: Number(ahead) };
}

/** The most characters of a packed list in an address. Mail and chat programs do not cut such an address. */
export const MAX_PACKED = 8_000;

/** The address of the blog that carries a list of posts (exchange/share.ts packs it) in its #-part. */
export function listUrl(packed: string, host: Host = DEFAULT_HOST): string {
  return `https://${host}/content.html#kexue-list=${packed}`;
}

/** The packed list in the #-part of an address; undefined where there is none. Does not unpack it. */
export function listInFragment(hash: string): string | undefined {
  const [, packed = ''] = /^#kexue-list=([\w.-]+)$/.exec(hash) ?? [];
  return packed !== '' && packed.length <= MAX_PACKED ? packed : undefined;
}

export function blogRoot(host: Host = DEFAULT_HOST): string {
  return `https://${host}/`;
}

function parse(href: string, base: URL | string): URL | undefined {
  const isSaved = /^(?:about|file):/.test(String(base));
  try {
    return new URL(href, isSaved ? blogRoot() : base);
  } catch {
    return undefined;
  }
}
