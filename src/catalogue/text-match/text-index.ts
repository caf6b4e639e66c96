/**
 * Finds out which post a text is from if it has neither a link nor a title: a quotation, a saved page,
 * a repost. The text is looked up run by run. If enough of its runs are in the opening of one post, in
 * the same order and at similar distances, it is from that post. A text in doubt is unknown.
 *
 * For our own pages and Node; the content script has links and titles.
 */
import { addTo } from '../grouping.ts';
import {
  bestChains,
  bestOfEachPost,
  binOf,
  binsFor,
  electedPlaces,
  evidenceOf,
  extentOf,
  overlap,
  type Passage,
  type RunPlace,
  signaturesIn,
} from './passages.ts';
import { type Prose, readProse } from './prose.ts';
import { decodeSignatures, fingerprint, type Runs, runsOf, type Signatures } from './signatures.ts';

export interface TextRecognition {
  id: number;
  /** The share of the passage that agrees: 1 if it is unchanged, about 0.7 if a tenth was edited. */
  score: number;
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
/** A long text is divided, because random votes add up: the runs of a piece, and the step to the next piece. */
const PIECE = 1_024;
const STEP = 768;

/** Places in the openings with runs of a text, in the order of the text. */
interface Places {
  blocks: Int32Array;
  /** The number of units in the text before each run. */
  offsets: Int32Array;
  /** The bin that each place votes for. */
  bins: Int32Array;
}

export class TextIndex {
  /** The ids of the posts with known openings. */
  readonly ids: readonly number[];
  readonly #bits: number;
  readonly #bins: number;
  /** The blocks with each fingerprint. */
  readonly #blocks = new Map<number, number[]>();
  /** For each block, the id of its post, and how many signatures there are before it. */
  readonly #idOf: Uint32Array;
  readonly #rankOf: Uint32Array;

  constructor({ bits, ids, starts, prints }: Signatures) {
    this.ids = [...ids];
    this.#bits = bits;
    this.#idOf = new Uint32Array(prints.length);
    this.#rankOf = new Uint32Array(prints.length);
    ids.forEach((id, at) => this.#idOf.fill(id, starts[at], starts[at + 1]));
    this.#bins = binsFor(prints.length);
    let rank = 0;
    prints.forEach((print, block) => {
      this.#rankOf[block] = rank;
      if (print === 0) return;
      rank++;
      addTo(this.#blocks, print, block);
    });
  }

  /** @throws Error if the bytes are not a complete file of signatures */
  static decode(bytes: Uint8Array): TextIndex {
    return new TextIndex(decodeSignatures(bytes));
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
    const enough = extentOf(best) >= PART_OF_TEXT * units ? ENOUGH : ENOUGH_FOR_A_PIECE;
    return evidenceOf(best) >= Math.max(enough, rivalry(best, others))
      ? { id: best.first.id, score: best.found / signaturesIn(best) }
      : undefined;
  }

  examine(text: string): Examination {
    const prose = readProse(text);
    const runs = runsOf(prose.letters);
    const found: Passage[] = [];
    let places = 0;
    for (let from = 0; from === 0 || from + PIECE - STEP < runs.hashes.length; from += STEP) {
      const { blocks, offsets, bins } = this.#placesOf(runs, from);
      places += bins.length;
      for (const elected of electedPlaces(bins, this.#bins))
        found.push(
          ...bestChains(elected.map((at) => this.#place(blocks[at] ?? 0, offsets[at] ?? 0))),
        );
    }
    const passages = bestOfEachPost(found).sort((a, b) => evidenceOf(b) - evidenceOf(a));
    return { prose, units: runs.units, places, passages };
  }

  /** The places of the runs of a piece, in the order of the text. */
  #placesOf({ hashes, offsets }: Runs, from: number): Places {
    const lists = Array.from(hashes.subarray(from, from + PIECE), (run) => this.#blocksWith(run));
    const count = lists.reduce((sum, { length }) => sum + length, 0);
    const places = {
      blocks: new Int32Array(count),
      offsets: new Int32Array(count),
      bins: new Int32Array(count),
    };
    let at = 0;
    lists.forEach((list, run) => {
      const offset = offsets[from + run] ?? 0;
      for (const block of list) {
        places.blocks[at] = block;
        places.offsets[at] = offset;
        places.bins[at++] = binOf(block, offset);
      }
    });
    return places;
  }

  /** The blocks with the fingerprint of a run; none if there are too many. */
  #blocksWith(run: number): readonly number[] {
    const blocks = this.#blocks.get(fingerprint(run, this.#bits)) ?? [];
    return blocks.length > MOST_PLACES ? [] : blocks;
  }

  #place(block: number, offset: number): RunPlace {
    return { id: this.#idOf[block] ?? 0, block, rank: this.#rankOf[block] ?? 0, offset };
  }
}

/** The least evidence that the best passage needs in view of other posts. */
function rivalry(best: Passage, others: readonly Passage[]): number {
  let [same, elsewhere] = [0, 0];
  for (const other of others) {
    if (overlap(best, other)) same = Math.max(same, evidenceOf(other));
    else if (evidenceOf(other) >= NOTABLE) elsewhere += evidenceOf(other);
  }
  return Math.max(MARGIN * same, MARGIN_ELSEWHERE * elsewhere);
}
