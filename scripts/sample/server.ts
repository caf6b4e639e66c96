import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { DEFAULT_HOST, HOSTS } from '../../src/site/address.ts';
import { makeCertificate } from '../certificate.ts';
import { listingAt, newPost, nonsense, postById, type PostFacts, posts } from './facts.ts';
import type { SamplePage } from './frame.ts';
import { archivePage, listingPage, menuPage, notFoundPage, postPage } from './pages.ts';
import { picturePath, pictureSvg } from './text.ts';

/** The https and http ports of a stand-in for the blog on 127.0.0.1. */
export interface SitePorts {
  readonly tlsPort: number;
  readonly plainPort: number;
}

/** A running sample of the blog. */
export interface Site extends SitePorts {
  /** Stops both servers at once; open connections are cut. */
  close(): Promise<void>;
}

/** The cookie that the gate sets and checks, as the blog does to detect simple robots. */
const GATE_COOKIE = 'gate=passed';

/**
 * Serves the sample of the blog on free ports of 127.0.0.1, the same content over https and http. It
 * answers as the host of the blog that the request names, and as the first one for any other.
 *
 * Some queries are for tests. `?slow=250` sends the pieces of the main column (on listings: the items)
 * 250 ms apart. `?gate=1` answers a browser without the gate's cookie with the 403 page of a first
 * visit. `?new=1` puts a post that the data does not have at the top of a listing or the archive,
 * `?new=nonsense` some impossible posts.
 */
export async function startSite(): Promise<Site> {
  const tls = createTlsServer(await makeCertificate(), handler('https'));
  const plain = createPlainServer(handler('http'));
  const [tlsPort, plainPort] = await Promise.all([listen(tls), listen(plain)]);
  return {
    tlsPort,
    plainPort,
    close: async () => {
      await Promise.all([stop(tls), stop(plain)]);
    },
  };
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on.');
  return address.port;
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function handler(scheme: 'https' | 'http') {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(scheme, request, response).catch((error: unknown) => {
      // It is no error if the reader leaves before the page is complete.
      if (request.destroyed) return;
      console.error(`Sample site: ${request.method} ${request.url}:`, error);
      response.destroy();
    });
  };
}

async function answer(
  scheme: 'https' | 'http',
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = HOSTS.find((name) => name === request.headers.host) ?? DEFAULT_HOST;
  const origin = `${scheme}://${host}`;
  const url = new URL(`${origin}${request.url ?? '/'}`);

  if (url.pathname === '/favicon.ico') {
    response.writeHead(204).end();
  } else if (url.pathname === picturePath) {
    response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(pictureSvg);
  } else if (request.method === 'POST') {
    const words = new URLSearchParams(await text(request)).get('s')?.trim() ?? '';
    const path = words === '' ? '/' : `/search/${encodeURIComponent(words)}/`;
    response.writeHead(302, { Location: origin + path }).end();
  } else if (url.searchParams.has('gate') && !request.headers.cookie?.includes(GATE_COOKIE)) {
    response.writeHead(403, {
      'Content-Type': 'text/html; charset=UTF-8',
      'Set-Cookie': `${GATE_COOKIE}; Path=/; SameSite=Lax`,
    });
    response.end(gatePage(url.href));
  } else {
    await send(response, pageAt(origin, url), Number(url.searchParams.get('slow')));
  }
}

/** The page at a path, or the page of status 404. */
function pageAt(origin: string, { pathname: path, searchParams }: URL): SamplePage {
  const segments = segmentsOf(path);
  const [first = '', second = ''] = segments;
  const added = newItems[searchParams.get('new') ?? ''] ?? [];
  const menuSlug = /^(\w+)\.html$/.exec(path.slice(1))?.[1];
  if (menuSlug !== undefined) {
    const page =
      menuSlug === 'content'
        ? archivePage(origin, [...added, ...posts])
        : menuPage(origin, menuSlug);
    return page ?? notFoundPage(origin);
  }
  if (first === 'archives') {
    const post = /^\d+$/.test(second) ? postById(Number(second)) : undefined;
    return post ? postPage(origin, post) : notFoundPage(origin);
  }
  const listing = listingAt(segments);
  if (!listing) return notFoundPage(origin);
  return listingPage(origin, { ...listing, posts: [...added, ...listing.posts] });
}

/** The posts that `?new=` adds to a listing. */
const newItems: Readonly<Record<string, readonly PostFacts[]>> = { 1: [newPost], nonsense };

/** The decoded segments of a path; a segment that is not valid UTF-8 matches no page. */
function segmentsOf(path: string): string[] {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    return [path];
  }
}

/** @param pause milliseconds before each piece of the main column */
async function send(response: ServerResponse, page: SamplePage, pause: number): Promise<void> {
  response.writeHead(page.status, { 'Content-Type': 'text/html; charset=UTF-8' });
  if (!(pause > 0)) {
    response.end([page.head, ...page.pieces, page.tail].join(''));
    return;
  }
  response.write(page.head);
  for (const piece of page.pieces) {
    await delay(pause);
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end(page.tail);
}

/** A page without content; its script loads the same address again, now with the cookie. */
function gatePage(address: string): string {
  const target = JSON.stringify(address).replaceAll('<', '\\u003c');
  return `<html><head><meta charset="utf-8" /></head><body><script>window.location.href = ${target};</script></body></html>`;
}
