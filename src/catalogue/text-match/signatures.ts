/**
 * The signatures of the posts' openings, and their file. The letters of an opening are divided into
 * blocks. For each block the rarest run of letters is stored as a fingerprint of a few bits; the
 * fingerprints are in order, so positions take no bytes. The text cannot be recovered from them, but
 * another text can be compared with them (text-index.ts). scripts/compute-signatures.ts makes them.
 */
import { isHan } from './prose.ts';

export interface Signatures {
  /** A description of what they were computed from. */
  source: string;
  /** The bits of a fingerprint. */
  bits: number;
  /** The post ids, ascending. */
  ids: Uint32Array;
  /** The index of the first block of each post, and the number of all blocks. */
  starts: Uint32Array;
  /** The fingerprint of each block; 0 if it has none. */
  prints: Uint32Array;
}

/** The runs of a text: one starts at each letter that has enough letters after it. */
export interface Runs {
  hashes: Uint32Array;
  /** The number of units before each run. */
  offsets: Int32Array;
  /** The length of the text in units. */
  units: number;
}

/** The length of a block in units. */
export const BLOCK = 7;
/** A Chinese character counts as two units, because it tells more than a Latin letter. */
export const HAN_UNITS = 2;
/** The units of a run: three Chinese characters or six letters. One edit in ten changes few runs. */
export const RUN = 6;
export const FILE_FORMAT = 'text-signatures 1';
const LONGEST_HEAD = 1_000;
/** The most bits of a fingerprint: while it is read, up to 7 bits of the last byte share the 32 bits. */
export const MOST_BITS = 24;

export function runsOf(letters: Uint16Array): Runs {
  const offsets = new Int32Array(letters.length + 1);
  letters.forEach((code, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + (isHan(code) ? HAN_UNITS : 1);
  });
  const units = offsets[letters.length] ?? 0;
  const hashes = new Uint32Array(letters.length);
  let count = 0;
  for (let end = 0; units - (offsets[count] ?? 0) >= RUN; count++) {
    while ((offsets[end] ?? 0) - (offsets[count] ?? 0) < RUN) end++;
    hashes[count] = hash(letters, count, end);
  }
  return { hashes: hashes.subarray(0, count), offsets: offsets.subarray(0, count), units };
}

/** A hash of 32 well mixed bits. */
function hash(letters: Uint16Array, from: number, to: number): number {
  let h = 0x811c9dc5;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ (letters[i] ?? 0), 0x9e3779b1);
    h ^= h >>> 15;
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The fingerprint of a run; never 0, which stands for a block without one. */
export function fingerprint(run: number, bits: number): number {
  return Math.max(1, run >>> (32 - bits));
}

/** The first line of the file, as JSON. */
export interface Head {
  format: typeof FILE_FORMAT;
  source: string;
  posts: number;
  blocks: number;
  bits: number;
}

/**
 * Decodes the file: a line with the head; for each post the difference of its id to the one before and
 * the number of its blocks, in seven bits per byte, lowest first; the fingerprints, packed without
 * gaps, lowest bit first.
 *
 * @throws Error if the bytes are not a complete file of this format
 */
export function decodeSignatures(bytes: Uint8Array): Signatures {
  const reader = new Reader(bytes);
  const { source, posts, blocks, bits } = reader.head();
  const ids = new Uint32Array(posts);
  const starts = new Uint32Array(posts + 1);
  for (let at = 0; at < posts; at++) {
    ids[at] = (ids[at - 1] ?? 0) + reader.number();
    starts[at + 1] = (starts[at] ?? 0) + reader.number();
  }
  if (starts[posts] !== blocks) throw new Error('the signatures are not as many as they say');
  return { source, bits, ids, starts, prints: reader.packed(blocks, bits) };
}

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  head(): Head {
    const end = this.#bytes.subarray(0, LONGEST_HEAD).indexOf(0x0a);
    const line = new TextDecoder().decode(this.#bytes.subarray(0, Math.max(0, end)));
    this.#at = end + 1;
    if (!line.startsWith(`{"format":"${FILE_FORMAT}"`)) throw new Error(`no ${FILE_FORMAT}`);
    const head = JSON.parse(line) as Head;
    if (!(head.bits >= 1 && head.bits <= MOST_BITS)) throw new Error('the signatures are too long');
    return head;
  }

  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80 || shift > 21) return value;
    }
  }

  packed(count: number, bits: number): Uint32Array {
    const numbers = new Uint32Array(count);
    let [pending, pendingBits] = [0, 0];
    for (let i = 0; i < count; i++) {
      for (; pendingBits < bits; pendingBits += 8) pending |= this.#byte() << pendingBits;
      numbers[i] = pending & (2 ** bits - 1);
      pending >>>= bits;
      pendingBits -= bits;
    }
    return numbers;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('the signatures end too early');
    return byte;
  }
}
