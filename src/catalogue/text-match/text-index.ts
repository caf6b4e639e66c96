/**
 * Finds out which post a text is from if it has neither a link nor a title: a quotation, a saved page,
 * a repost. The text is looked up run by run. If enough of its runs are in the opening of one post, in
 * the same order and at similar distances, it is from that post. A text in doubt is unknown.
 *
 * For our own pages and Node; the content script has links and titles.
 */
import { type Prose, readProse } from './prose.ts';
import {
  BLOCK,
  decodeSignatures,
  fingerprint,
  HAN_UNITS,
  RUN,
  type Runs,
  runsOf,
  type Signatures,
} from './signatures.ts';

export interface TextRecognition {
  id: number;
  /** The share of the passage that agrees: 1 if it is unchanged, about 0.7 if a tenth was edited. */
  score: number;
}

/** A passage that a text and a post share. */
export interface Passage {
  id: number;
  /** The number of signatures in the passage that the text has. */
  found: number;
  /** The number of signatures that the post has in the passage. */
  signatures: number;
  /** Its position and its length in the text, in units. */
  start: number;
  extent: number;
}

/** The result of looking up a text, with its cost. */
export interface Examination {
  prose: Prose;
  /** The length of the text that was looked up, in units. */
  units: number;
  /** The number of places in the openings that were compared; at most MOST_PLACES for each letter. */
  places: number;
  /** The best passage of each post, best first. */
  passages: Passage[];
}

/** Shorter texts are unknown; in visible characters. */
export const SHORTEST_TEXT = 60;
/** Fingerprints with more places than this are skipped. */
export const MOST_PLACES = 64;

// The following constants were chosen by measurement.
/** The evidence of a passage is the number of signatures found, minus this for each one that is missing. */
const MISS = 0.2;
/** The least evidence for a passage that is a large part of the text. */
const ENOUGH = 4.2;
/** The least evidence for a small part of the text, because texts also quote other posts. */
const ENOUGH_FOR_A_PIECE = 8;
const PART_OF_TEXT = 0.4;
/** The factor by which the right post must exceed the evidence of a post with the same passage. */
const MARGIN = 1.5;
/** The same for the sum of all posts with other passages, because a text may be a compilation. */
const MARGIN_ELSEWHERE = 3;
/** Passages with less evidence than three signatures in a row are considered random. */
const NOTABLE = 2.4;
/** How much distances may differ between text and post: in units, and the share of the distance added to that. */
const SLACK = BLOCK + 2;
const DRIFT = 0.15;
/** A place can continue a passage that ends at one of this many places before it. */
const LOOK_BACK = 24;

/** The size of a bin, in units, in the vote on the position of a text in the openings. */
const BIN = 32;
/** The number of bins that are examined, and the number of neighbours on both sides of each. */
const CANDIDATES = 8;
const REACH = 2;
const FEWEST_VOTES = 3;
/** A long text is divided, because random votes add up: the runs of a piece, and the step to the next piece. */
const PIECE = 1_024;
const STEP = 768;

/** Places in the openings with runs of a text, in the order of the text. */
interface Places {
  blocks: Int32Array;
  /** The number of units before each run, from the beginning of the piece. */
  offsets: Int32Array;
  /** The bin that each place votes for: the relative position of text and opening. */
  bins: Int32Array;
}

/** The best chain of places that ends at a place. */
interface Link {
  post: number;
  block: number;
  offset: number;
  evidence: number;
  found: number;
  /** The beginning of the chain. */
  firstBlock: number;
  firstOffset: number;
}

export class TextIndex {
  readonly #signatures: Signatures;
  /** The blocks sorted by fingerprint, and the index of the first block of each fingerprint. */
  readonly #blocks: Uint32Array;
  readonly #lists: Uint32Array;
  /** The number of blocks before each one that have a signature. */
  readonly #before: Uint32Array;
  /** All zero between look-ups. */
  readonly #votes: Uint16Array;

  constructor(signatures: Signatures) {
    const { bits, prints } = signatures;
    this.#signatures = signatures;
    this.#before = new Uint32Array(prints.length + 1);
    this.#lists = new Uint32Array(2 ** bits + 1);
    prints.forEach((print, block) => {
      this.#before[block + 1] = (this.#before[block] ?? 0) + (print > 0 ? 1 : 0);
      this.#lists[print + 1] = (this.#lists[print + 1] ?? 0) + 1;
    });
    let sum = 0;
    this.#lists.forEach((size, print) => (this.#lists[print] = sum += size));
    const next = this.#lists.slice();
    this.#blocks = new Uint32Array(prints.length);
    prints.forEach((print, block) => {
      const at = next[print] ?? 0;
      this.#blocks[at] = block;
      next[print] = at + 1;
    });
    this.#votes = new Uint16Array(binOf(prints.length, 0) + 2);
  }

  /** @throws Error if the bytes are not a complete file of signatures */
  static decode(bytes: Uint8Array): TextIndex {
    return new TextIndex(decodeSignatures(bytes));
  }

  /** The ids of the posts with known openings. */
  get ids(): readonly number[] {
    return [...this.#signatures.ids];
  }

  /**
   * Returns the post that a text is from, or undefined if it is not certain. Never throws. The work is
   * bounded: MOST_READ code units are read and MOST_LETTERS letters kept; each letter leads to at most
   * MOST_PLACES places in the openings, a third of them twice; each place is compared with LOOK_BACK
   * others. That is below 800,000 places and 20 million comparisons for any text.
   */
  recogniseText(text: string): TextRecognition | undefined {
    const { prose, units, passages } = this.examine(text);
    const [best, ...others] = passages;
    if (!best || prose.length < SHORTEST_TEXT) return undefined;
    const enough = best.extent >= PART_OF_TEXT * units ? ENOUGH : ENOUGH_FOR_A_PIECE;
    return evidence(best) >= Math.max(enough, rivalry(best, others))
      ? { id: best.id, score: best.found / best.signatures }
      : undefined;
  }

  examine(text: string): Examination {
    const prose = readProse(text);
    const runs = runsOf(prose.letters);
    const best = new Map<number, Passage>();
    let count = 0;
    for (let from = 0; from === 0 || from + PIECE - STEP < runs.hashes.length; from += STEP) {
      const places = this.#placesOf(runs, from, Math.min(from + PIECE, runs.hashes.length));
      count += places.blocks.length;
      for (const passage of this.#passages(places, this.#elect(places), runs.offsets[from] ?? 0)) {
        const before = best.get(passage.id);
        if (!before || evidence(passage) > evidence(before)) best.set(passage.id, passage);
      }
    }
    const passages = [...best.values()].sort((a, b) => evidence(b) - evidence(a));
    return { prose, units: runs.units, places: count, passages };
  }

  #placesOf({ hashes, offsets }: Runs, from: number, to: number): Places {
    const { bits } = this.#signatures;
    let count = 0;
    for (let i = from; i < to; i++) count += this.#size(fingerprint(hashes[i] ?? 0, bits));
    const places = {
      blocks: new Int32Array(count),
      offsets: new Int32Array(count),
      bins: new Int32Array(count),
    };
    let at = 0;
    for (let i = from; i < to; i++) {
      const print = fingerprint(hashes[i] ?? 0, bits);
      const offset = (offsets[i] ?? 0) - (offsets[from] ?? 0);
      const first = this.#lists[print] ?? 0;
      const end = first + this.#size(print);
      for (let place = first; place < end; place++, at++) {
        const block = this.#blocks[place] ?? 0;
        places.blocks[at] = block;
        places.offsets[at] = offset;
        places.bins[at] = binOf(block, offset);
      }
    }
    return places;
  }

  /** The number of places of a fingerprint; 0 if there are too many. */
  #size(print: number): number {
    const size = (this.#lists[print + 1] ?? 0) - (this.#lists[print] ?? 0);
    return size > MOST_PLACES ? 0 : size;
  }

  /** The bins with the most votes, including those of their right neighbours. */
  #elect({ bins }: Places): number[] {
    const votes = this.#votes;
    for (const bin of bins) votes[bin] = (votes[bin] ?? 0) + 1;
    const elected: { bin: number; votes: number }[] = [];
    let least = FEWEST_VOTES;
    for (const bin of bins) {
      const both = (votes[bin] ?? 0) + (votes[bin + 1] ?? 0);
      if (both < least || elected.some((other) => other.bin === bin)) continue;
      const rank = elected.findIndex((other) => other.votes < both);
      elected.splice(rank < 0 ? elected.length : rank, 0, { bin, votes: both });
      if (elected.length > CANDIDATES) elected.pop();
      if (elected.length === CANDIDATES) least = (elected[CANDIDATES - 1]?.votes ?? 0) + 1;
    }
    for (const bin of bins) votes[bin] = 0;
    return elected.map(({ bin }) => bin);
  }

  /** The best passage of each post around the elected bins. */
  #passages(
    { blocks, offsets, bins }: Places,
    elected: readonly number[],
    from: number,
  ): Passage[] {
    // Until the end of this function, `votes` holds the index of each bin's list, from 1.
    const votes = this.#votes;
    const lists: Link[][] = [[]];
    let end = -1;
    for (const bin of elected.toSorted((a, b) => a - b)) {
      if (bin - REACH > end) lists.push([]);
      end = bin + 1 + REACH;
      votes.fill(lists.length - 1, Math.max(0, bin - REACH), end + 1);
    }
    const best = new Map<number, Link>();
    for (let at = 0; at < bins.length; at++) {
      const list = votes[bins[at] ?? 0] ?? 0;
      if (list === 0) continue;
      const link = this.#link(blocks[at] ?? 0, offsets[at] ?? 0, lists[list] ?? []);
      lists[list]?.push(link);
      if (link.evidence > (best.get(link.post)?.evidence ?? 0)) best.set(link.post, link);
    }
    for (const bin of elected) votes.fill(0, Math.max(0, bin - REACH), bin + REACH + 2);
    return [...best.values()].map((last) => ({
      id: this.#signatures.ids[last.post] ?? 0,
      found: last.found,
      signatures: (this.#before[last.block + 1] ?? 0) - (this.#before[last.firstBlock] ?? 0),
      start: from + last.firstOffset,
      extent: last.offset - last.firstOffset + RUN,
    }));
  }

  /** The best chain that ends at a place: it continues a chain before it or starts with the place. */
  #link(block: number, offset: number, links: readonly Link[]): Link {
    const post = this.#postOf(block);
    const link = {
      post,
      block,
      offset,
      evidence: 1,
      found: 1,
      firstBlock: block,
      firstOffset: offset,
    };
    for (let i = Math.max(0, links.length - LOOK_BACK); i < links.length; i++) {
      const before = links[i];
      if (!before || before.post !== link.post) continue;
      const blocks = block - before.block;
      const units = offset - before.offset;
      if (blocks <= 0 || units <= 0) continue;
      if (Math.abs(units - blocks * BLOCK) > SLACK + DRIFT * units) continue;
      const missed = (this.#before[block] ?? 0) - (this.#before[before.block + 1] ?? 0);
      const together = before.evidence + 1 - MISS * missed;
      if (together <= link.evidence) continue;
      link.evidence = together;
      link.found = before.found + 1;
      link.firstBlock = before.firstBlock;
      link.firstOffset = before.firstOffset;
    }
    return link;
  }

  /** The index of the post that a block belongs to. */
  #postOf(block: number): number {
    const { starts } = this.#signatures;
    let [low, high] = [0, starts.length - 1];
    while (low + 1 < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= block) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** The bin of the relative position of text and opening, the difference of block and offset. */
function binOf(block: number, offset: number): number {
  return Math.floor((block * BLOCK - offset + PIECE * HAN_UNITS) / BIN);
}

function evidence({ found, signatures }: Passage): number {
  return found - MISS * (signatures - found);
}

/** The least evidence that the best passage needs in view of other posts. */
function rivalry(best: Passage, others: readonly Passage[]): number {
  let [same, elsewhere] = [0, 0];
  for (const other of others) {
    const overlap =
      best.start < other.start + other.extent && other.start < best.start + best.extent;
    if (overlap) same = Math.max(same, evidence(other));
    else if (evidence(other) >= NOTABLE) elsewhere += evidence(other);
  }
  return Math.max(MARGIN * same, MARGIN_ELSEWHERE * elsewhere);
}
