/**
 * Which post a text is from, where it has neither link nor title: a quotation, a saved page, a
 * repost. The text is looked up run by run; where enough of its runs stand in the opening of one
 * post, in the same order and at the same distances, it is from there. What is in doubt is unknown.
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
  /** How much of the passage agrees: 1 word for word, about 0.7 where a tenth was changed. */
  score: number;
}

/** A passage that a text and a post have in common. */
export interface Passage {
  id: number;
  /** Signatures of the post that the text has. */
  found: number;
  /** Signatures that the post has along the passage. */
  signatures: number;
  /** Where it begins in the text, and its length there, in units. */
  start: number;
  extent: number;
}

/** What the look-up of a text came to, and its cost. */
export interface Examination {
  prose: Prose;
  /** Length of what was looked up, in units. */
  units: number;
  /** Places in the openings that were compared: MOST_PLACES for each letter at most. */
  places: number;
  /** The best passages, each of another post, best first. */
  passages: Passage[];
}

/** Shorter texts are not asked about; in characters that a reader sees. */
export const SHORTEST_TEXT = 60;
/** Fingerprints with more places than this are passed over. */
export const MOST_PLACES = 64;

// All of what follows was chosen by measurement.
/** Evidence is the signatures found, less this for each that was not found in between. */
const MISS = 0.2;
const ENOUGH = 4.2;
/** The same where the passage is a small piece of the text: other posts are quoted, too. */
const ENOUGH_FOR_A_PIECE = 8;
const PART_OF_TEXT = 0.4;
/** How much more evidence the right post has than one that has the same passage. */
const MARGIN = 1.5;
/** The same against all that have other passages of the text: it may be put together from many. */
const MARGIN_ELSEWHERE = 3;
/** Passages with less evidence, three signatures in a row, are chance. */
const NOTABLE = 2.4;
/** How far distances may differ between text and post: in units, and for each unit of distance. */
const SLACK = BLOCK + 2;
const DRIFT = 0.15;
/** How many places back a passage may go on from. */
const LOOK_BACK = 24;

/** Units of a bin in the vote on where in the openings a text stands. */
const BIN = 32;
/** Bins that are looked at closely, and how many more to both sides of each. */
const CANDIDATES = 8;
const REACH = 2;
const FEWEST_VOTES = 3;
/** Runs of a long text that vote together, and the step to the next so many: chance adds up. */
const PIECE = 1_024;
const STEP = 768;

/** Places in the openings where runs of a text stand, in the order of the text. */
interface Places {
  blocks: Int32Array;
  /** Units before each run, from the piece's beginning. */
  offsets: Int32Array;
  /** What each votes for: text and opening lie over one another alike in a bin. */
  bins: Int32Array;
}

/** The best chain of places that ends in one. */
interface Link {
  post: number;
  block: number;
  offset: number;
  evidence: number;
  found: number;
  /** Where the chain begins. */
  firstBlock: number;
  firstOffset: number;
}

export class TextIndex {
  /** What the signatures were computed from, in words. */
  readonly source: string;
  readonly #signatures: Signatures;
  /** The blocks by fingerprint, and where those of each fingerprint begin. */
  readonly #blocks: Uint32Array;
  readonly #lists: Uint32Array;
  /** How many blocks before each one have a signature. */
  readonly #before: Uint32Array;
  /** All zero between look-ups. */
  readonly #votes: Uint16Array;

  constructor(signatures: Signatures) {
    const { bits, prints, source } = signatures;
    this.source = source;
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

  /** @throws Error where the bytes are no whole file of signatures. */
  static decode(bytes: Uint8Array): TextIndex {
    return new TextIndex(decodeSignatures(bytes));
  }

  /** The posts whose openings are known. */
  get ids(): readonly number[] {
    return [...this.#signatures.ids];
  }

  /**
   * The post that a text is from, or undefined where that is not certain. Never throws. Of a text of
   * any length MOST_READ code units are read and MOST_LETTERS letters kept; each letter leads to
   * MOST_PLACES places in the openings at most, a third of them twice, and each place is compared
   * with LOOK_BACK others: below 800,000 places and 20 million comparisons, whatever was pasted.
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

  /** How many places a fingerprint has, 0 where too many to look at. */
  #size(print: number): number {
    const size = (this.#lists[print + 1] ?? 0) - (this.#lists[print] ?? 0);
    return size > MOST_PLACES ? 0 : size;
  }

  /** The bins that have most votes, their right neighbours' included. */
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
    // For as long as this takes, the votes say which list a bin's places go to, from 1.
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

  /** A place, at the end of the best chain of those before it or by itself. */
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

  /** The post that a block belongs to, by its place in the file. */
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

/** Text and opening lie over one another alike where block and offset differ by the same. */
function binOf(block: number, offset: number): number {
  return Math.floor((block * BLOCK - offset + PIECE * HAN_UNITS) / BIN);
}

function evidence({ found, signatures }: Passage): number {
  return found - MISS * (signatures - found);
}

/** How much evidence the best passage needs because of what speaks for other posts. */
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
