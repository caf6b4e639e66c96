/**
 * The addresses of the blog: its hosts, its kinds of page, its permalinks. Pure, and open to all
 * parts of the project; no other file spells out an address of the site.
 */

/** The blog answers on all of these with the same paths. The first is the one we prefer. */
export const HOSTS = ['kexue.fm', 'www.kexue.fm', 'spaces.ac.cn', 'www.spaces.ac.cn'] as const;
export type Host = (typeof HOSTS)[number];
export const DEFAULT_HOST: Host = HOSTS[0];

/** The match patterns of the manifest's content script, as the permissions API wants them. */
export const ORIGINS: string[] = HOSTS.map((host) => `*://${host}/*`);

/** Post ids are Typecho's: 1 and up; six digits last for centuries at the blog's pace. */
const MAX_POST_ID = 999_999;

export type PageKind = 'listing' | 'post' | 'archive' | 'other';

const LISTING_PATHS = [
  /^\/(?:index\.php\/?)?$/,
  /^\/page\/\d+\/?$/,
  /^\/category\/[^/]+(?:\/\d+)?\/?$/,
  /^\/tag\/[^/]+(?:\/\d+)?\/?$/,
  /^\/search\/[^/]+(?:\/\d+)?\/?$/,
  /^\/author\/[^/]+(?:\/\d+)?\/?$/,
  /^\/\d{4}(?:\/\d{1,2}){0,2}(?:\/page\/\d+)?\/?$/,
];
const POST_PATH = /^\/archives\/([1-9]\d{0,5})(?:\/(?:comment-page-\d+\/?)?)?$/;

export function isHost(name: string): name is Host {
  return (HOSTS as readonly string[]).includes(name);
}

/** What an address of the blog shows; `other` for everything that is not the blog. */
export function pageKind(url: URL): PageKind {
  if (!isHost(url.hostname) || !/^https?:$/.test(url.protocol)) return 'other';
  if (POST_PATH.test(url.pathname)) return 'post';
  if (url.pathname === '/content.html') return 'archive';
  return LISTING_PATHS.some((path) => path.test(url.pathname)) ? 'listing' : 'other';
}

/** The post that an address shows, or undefined; a comment page is its post's. */
export function postIdOf(url: URL): number | undefined {
  if (!isHost(url.hostname) || !/^https?:$/.test(url.protocol)) return undefined;
  const id = Number(POST_PATH.exec(url.pathname)?.[1]);
  return isPostId(id) ? id : undefined;
}

/**
 * The post that a link's `href` names, or undefined. `base` is the page's own address; a saved page
 * has none, and there a relative link means the blog.
 */
export function postIdOfHref(href: string, base: URL | string = blogRoot()): number | undefined {
  const url = parse(href, base);
  return url ? postIdOf(url) : undefined;
}

export function isPostId(id: unknown): id is number {
  return Number.isInteger(id) && (id as number) >= 1 && (id as number) <= MAX_POST_ID;
}

/** The permalink of a post, on the host that the reader uses. */
export function postUrl(id: number, host: Host = DEFAULT_HOST): string {
  return `https://${host}/archives/${id}`;
}

export function blogRoot(host: Host = DEFAULT_HOST): string {
  return `https://${host}/`;
}

function parse(href: string, base: URL | string): URL | undefined {
  try {
    return new URL(href, base);
  } catch {
    return undefined;
  }
}
