/**
 * A list of posts to share: as text to paste, which people can read and exchange/import/post-list.ts reads
 * back; and packed for the fragment of an address (site/address.ts), as `1.` and the base64url of
 *
 *   CHECKSUM, 4 bytes   LENGTH OF TITLE, 1 byte   TITLE, UTF-8   STEPS
 *
 * A step is the difference from one id to the next, in zigzag and LEB128 encoding: two bytes for most posts.
 */
import { type Host, isPostId, listUrl, MAX_PACKED, postUrl } from '../site/address.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { isTitleText } from '../catalogue/discovered/facts.ts';
import { fnv1a } from './fnv.ts';
import { addressesIn, type PostList } from './import/post-list.ts';

const VERSION = 1;
/** The maximum posts of a list in an address; the blog has fewer. */
const MAX_POSTS = 2_000;
const CHECKSUM_BYTES = 4;
const MAX_TITLE_BYTES = 255;

/** Title and address of each post, numbered. A title that looks like an address is left out. */
export function listAsText({ title, ids }: PostList, catalogue: Catalogue, host?: Host): string {
  const heading = isTitleText(title) ? [`【${title}】`, ''] : [];
  const rows = ids.map((id, index) => {
    const name = catalogue.post(id)?.title ?? '';
    const words = name === '' || addressesIn(name).length > 0 ? [] : [name.replace(/\s+/gu, ' ')];
    return [`${index + 1}.`, ...words, postUrl(id, host)].join(' ');
  });
  return [...heading, ...rows, ''].join('\n');
}

/**
 * The address that contains a list. Returns undefined for an empty list, and for one of more than 2,000
 * posts or 8,000 characters, which can only be shared as text.
 */
export function listAsUrl(list: PostList, host?: Host): string | undefined {
  const packed = packList(list);
  return packed === undefined ? undefined : listUrl(packed, host);
}

/** Packs a list; undefined under the same conditions as for `listAsUrl`. */
export function packList({ title, ids }: PostList): string | undefined {
  const name = new TextEncoder().encode(title);
  const isSound =
    ids.length > 0 &&
    ids.length <= MAX_POSTS &&
    new Set(ids).size === ids.length &&
    ids.every(isPostId) &&
    name.length <= MAX_TITLE_BYTES &&
    (title === '' || isTitleText(title));
  if (!isSound) return undefined;
  const steps = ids.flatMap((id, index) => encodeStep(id - (ids[index - 1] ?? 0)));
  const body = [name.length, ...name, ...steps];
  const packed = `${VERSION}.${toBase64([...checksum(body), ...body])}`;
  return packed.length <= MAX_PACKED ? packed : undefined;
}

/** The list in the fragment of an address, or why there is none. Never throws. */
export function unpackList(packed: string): PostList | { trouble: 'damaged' | 'newer' } {
  const [, version = '', data = ''] = /^([1-9]\d{0,3})\.([\w-]+)$/.exec(packed) ?? [];
  if (Number(version) > VERSION) return { trouble: 'newer' };
  const list = packed.length <= MAX_PACKED ? decode(data) : undefined;
  // A list has only one packed form, so this checks the checksum, the limits and every id.
  return list && packList(list) === packed ? list : { trouble: 'damaged' };
}

function decode(data: string): PostList | undefined {
  try {
    const [length = 0, ...rest] = fromBase64(data).slice(CHECKSUM_BYTES);
    const name = Uint8Array.from(rest.slice(0, length));
    const title = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
    return { title, ids: decodeSteps(rest.slice(length)) };
  } catch {
    return undefined;
  }
}

function encodeStep(step: number): number[] {
  const bytes: number[] = [];
  let left = step < 0 ? -2 * step - 1 : 2 * step;
  for (; left > 0x7f; left >>= 7) bytes.push((left & 0x7f) | 0x80);
  return [...bytes, left];
}

function decodeSteps(bytes: readonly number[]): number[] {
  const ids: number[] = [];
  let id = 0;
  let step = 0;
  let bits = 0;
  for (const byte of bytes) {
    step += (byte & 0x7f) * 2 ** bits;
    bits += 7;
    if (byte & 0x80) continue;
    id += step % 2 === 1 ? -(step + 1) / 2 : step / 2;
    ids.push(id);
    step = 0;
    bits = 0;
  }
  return ids;
}

/** Detects copying errors, not forgery. */
function checksum(bytes: readonly number[]): number[] {
  const hash = fnv1a(bytes);
  return [hash >>> 24, (hash >>> 16) & 0xff, (hash >>> 8) & 0xff, hash & 0xff];
}

function toBase64(bytes: readonly number[]): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64(text: string): number[] {
  return Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  );
}
