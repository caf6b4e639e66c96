/** Computes the signatures of the posts' openings, and encodes their file. */
import { readProse } from '../src/catalogue/text-match/prose.ts';
import {
  BLOCK,
  fingerprint,
  FILE_FORMAT,
  type Head,
  MOST_BITS,
  type Runs,
  runsOf,
  type Signatures,
} from '../src/catalogue/text-match/signatures.ts';

/** The first few hundred characters of a post. */
export interface OpeningText {
  id: number;
  text: string;
}

/** A run in more openings than this does not identify a post. */
const COMMON = 6;
/** log2 of the number of random matches of a fingerprint; more of them save bytes and cost time. */
const CHANCE_BITS = 5;

/**
 * Computes the signatures of openings. Runs in `titles` are not used, because any post can quote the
 * title of another. `source` describes the openings in words.
 */
export function computeSignatures(
  openings: readonly OpeningText[],
  titles: readonly string[],
  source: string,
): Signatures {
  const sorted = openings.toSorted((a, b) => a.id - b.id);
  const runs = sorted.map(({ text }) => runsOf(readProse(text).letters));
  const rank = ranking(runs, titles);
  const chosen = runs.map((each) => chooseRuns(each, rank));
  const starts = new Uint32Array(sorted.length + 1);
  chosen.forEach(({ length }, at) => (starts[at + 1] = (starts[at] ?? 0) + length));
  const blocks = starts[sorted.length] ?? 0;
  const bits = bitsFor(blocks);
  const prints = new Uint32Array(blocks);
  chosen.forEach((row, at) =>
    row.forEach((run, i) => {
      if (run !== undefined) prints[(starts[at] ?? 0) + i] = fingerprint(run, bits);
    }),
  );
  return { source, bits, ids: Uint32Array.from(sorted, ({ id }) => id), starts, prints };
}

function bitsFor(blocks: number): number {
  return Math.min(MOST_BITS, Math.max(8, Math.ceil(Math.log2(blocks + 1)) - CHANCE_BITS));
}

/** The rarest run of each block; undefined if all of them are common. */
function chooseRuns({ hashes, offsets }: Runs, rank: (run: number) => number) {
  const chosen: (number | undefined)[] = [];
  const ranks: number[] = [];
  hashes.forEach((run, i) => {
    const block = Math.floor((offsets[i] ?? 0) / BLOCK);
    const rarity = rank(run);
    if (rarity < (ranks[block] ?? COMMON + 1)) [chosen[block], ranks[block]] = [run, rarity];
  });
  return Array.from(chosen);
}

/** Returns a function from a run to the number of openings with it; runs that share a slot count together. */
function ranking(runs: readonly Runs[], titles: readonly string[]): (run: number) => number {
  const inTitles = new Set(titles.flatMap((title) => [...runsOf(readProse(title).letters).hashes]));
  const total = runs.reduce((sum, { hashes }) => sum + hashes.length, 0);
  const shift = 32 - Math.min(26, Math.ceil(Math.log2(total + 1)) + 3);
  const counts = new Uint8Array(2 ** (32 - shift));
  const lastSeen = new Uint32Array(counts.length);
  runs.forEach(({ hashes }, at) => {
    for (const run of hashes) {
      const slot = run >>> shift;
      if (lastSeen[slot] === at + 1) continue;
      lastSeen[slot] = at + 1;
      counts[slot] = Math.min(COMMON + 1, (counts[slot] ?? 0) + 1);
    }
  });
  return (run) => (inTitles.has(run) ? COMMON + 1 : (counts[run >>> shift] ?? 0));
}

/** Encodes signatures as decodeSignatures reads them. */
export function encodeSignatures(signatures: Signatures): Uint8Array<ArrayBuffer> {
  const { source, bits, ids, starts, prints } = signatures;
  const head: Head = {
    format: FILE_FORMAT,
    source,
    posts: ids.length,
    blocks: prints.length,
    bits,
  };
  const bytes = [...new TextEncoder().encode(`${JSON.stringify(head)}\n`)];
  ids.forEach((id, at) => {
    pushNumber(bytes, id - (ids[at - 1] ?? 0));
    pushNumber(bytes, (starts[at + 1] ?? 0) - (starts[at] ?? 0));
  });
  const file = new Uint8Array(bytes.length + Math.ceil((prints.length * bits) / 8));
  file.set(bytes);
  let at = bytes.length;
  let [pending, pendingBits] = [0, 0];
  for (const print of prints) {
    pending |= print << pendingBits;
    for (pendingBits += bits; pendingBits >= 8; pendingBits -= 8) {
      file[at++] = pending & 0xff;
      pending >>>= 8;
    }
  }
  if (pendingBits > 0) file[at] = pending;
  return file;
}

function pushNumber(bytes: number[], value: number): void {
  let rest = value;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
}
