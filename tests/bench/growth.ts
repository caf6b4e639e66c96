/**
 * What look-ups and memory come to when the blog is a thousand times as long: made-up posts, for the
 * real ones are 1,341. A page's links are looked up by their ids, and texts by their signatures.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Catalogue, type Post } from '../../src/catalogue/catalogue.ts';
import { readProse } from '../../src/catalogue/text-match/prose.ts';
import {
  BLOCK,
  fingerprint,
  HAN_UNITS,
  runsOf,
} from '../../src/catalogue/text-match/signatures.ts';
import { TextIndex } from '../../src/catalogue/text-match/text-index.ts';
import { seeded } from '../unit/support.ts';
import { timeInTurn } from './measure.ts';

const SIZES = [1_300, 10_000, 100_000, 1_000_000];
/** Links of a page, as many as the archive has, and texts that are asked for. */
const LINKS = 1_341;
const TEXTS = 100;
/** What is smaller is made so often that its memory can be told from what else comes and goes. */
const MEASURABLE = 100_000;
/** Chinese characters of an opening, and the blocks that they make. Real ones are ten times as long. */
const LETTERS = 84;
const BLOCKS = (LETTERS * HAN_UNITS) / BLOCK;
/** As scripts/catalogue.ts would choose: 16 to 32 places for a fingerprint. */
const bitsFor = (blocks: number) => Math.ceil(Math.log2(blocks + 1)) - 5;

export interface Growth {
  posts: number;
  /**
   * Microseconds for a link and for a text. A link is one look-up in a Map whatever its size; what it
   * takes longer in a large one is the machine's own: its caches hold less of it.
   */
  link: number;
  text: number;
  /** Texts that were recognised, of all that were asked for: 0 to 1. */
  recall: number;
  /** Bytes for a post, in the catalogue and in the index of texts. */
  catalogueBytes: number;
  indexBytes: number;
}

/** All sizes take turns. */
export function benchGrowth(): Growth[] {
  const made = SIZES.map(makeAll);
  const times = timeInTurn(
    Object.fromEntries(
      made.flatMap(({ posts, catalogue, links, index, texts }) => [
        [`link ${posts}`, () => links.every((id) => catalogue.post(id))],
        [`text ${posts}`, () => texts.map(({ text }) => index.recogniseText(text))],
      ]),
    ),
  );
  return made.map(({ posts, catalogueBytes, indexBytes, index, texts }) => ({
    posts,
    link: (times[`link ${posts}`] ?? NaN) / LINKS,
    text: (times[`text ${posts}`] ?? NaN) / TEXTS,
    recall: texts.filter(({ id, text }) => index.recogniseText(text)?.id === id).length / TEXTS,
    catalogueBytes,
    indexBytes,
  }));
}

const makeAll = (posts: number) => Object.assign({ posts }, catalogueOf(posts), textsOf(posts));

function catalogueOf(size: number) {
  const random = seeded(size);
  const { made: catalogue, bytes } = weighed(size, () => {
    const posts = Array.from({ length: size }, (_, at): Post => ({
      id: at + 1,
      title: `第 ${at + 1} 篇：${hanText(8, random)}`,
      date: '2026-11-22',
      refs: [1 + Math.floor(random() * size)],
      minutes: 5,
    }));
    return new Catalogue({ posts, series: [] });
  });
  const links = Array.from({ length: LINKS }, () => 1 + Math.floor(random() * size));
  return { catalogue, catalogueBytes: bytes, links };
}

/**
 * An index of so many openings, and some of their texts. Fingerprints are well mixed, so those of
 * the openings that are not asked for need no text: they are drawn.
 */
function textsOf(size: number) {
  const random = seeded(size);
  const blocks = size * BLOCKS;
  const bits = bitsFor(blocks);
  const prints = Uint32Array.from({ length: blocks }, () => fingerprint(random() * 2 ** 32, bits));
  const texts = Array.from({ length: TEXTS }, (_, at) => {
    const post = Math.floor(((at + 0.5) * size) / TEXTS);
    const text = hanText(LETTERS, random);
    const { hashes, offsets } = runsOf(readProse(text).letters);
    hashes.forEach((run, i) => {
      const block = Math.floor((offsets[i] ?? 0) / BLOCK);
      prints[post * BLOCKS + block] = fingerprint(run, bits);
    });
    return { id: post + 1, text };
  });
  const { made: index, bytes: indexBytes } = weighed(
    size,
    () =>
      new TextIndex({
        source: 'made up',
        bits,
        ids: Uint32Array.from({ length: size }, (_, at) => at + 1),
        starts: Uint32Array.from({ length: size + 1 }, (_, at) => at * BLOCKS),
        prints: prints.slice(),
      }),
  );
  return { index, texts, indexBytes };
}

/** Something for so many posts, and its bytes for each of them. */
function weighed<T>(size: number, make: () => T): { made: T; bytes: number } {
  const copies = Math.ceil(MEASURABLE / size);
  const before = bytesInUse();
  const made = Array.from({ length: copies }, make);
  const bytes = (bytesInUse() - before) / (copies * size);
  return { made: made[0] as T, bytes };
}

function hanText(letters: number, random: () => number): string {
  const codes = Array.from({ length: letters }, () => 0x4e00 + Math.floor(random() * 3_000));
  return String.fromCharCode(...codes);
}

function bytesInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // What the first finds free the second sweeps.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
