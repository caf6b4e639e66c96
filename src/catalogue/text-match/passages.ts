/**
 * Finds the passages that a text shares with the openings of posts. Each place in an opening that has a run of the
 * text votes for the relative position of text and opening. Near the positions with the most votes, places are
 * chained if they follow each other in the text and in the opening, at similar distances. Pure.
 */
import { MOST_LETTERS } from './prose.ts';
import { BLOCK, HAN_UNITS, RUN } from './signatures.ts';

/** A block of an opening that has a run of a text. */
export interface RunPlace {
  /** The post of the opening. */
  id: number;
  block: number;
  /** The number of signatures in all openings before the one of this block. */
  rank: number;
  /** The number of units in the text before the run. */
  offset: number;
}

/** A passage that a text and a post share: a chain of places, in order. */
export interface Passage {
  first: RunPlace;
  last: RunPlace;
  /** The number of places, each of which has one of the post's signatures. */
  found: number;
}

// The following constants were chosen by measurement.
/** The evidence of a passage is the number of signatures found, minus this for each one that is missing. */
const MISS = 0.2;
/** How much distances may differ between text and post: in units, and the share of the distance added to that. */
const SLACK = BLOCK + 2;
const DRIFT = 0.15;
/** A place can continue a passage that ends at one of this many places before it. */
const LOOK_BACK = 24;

/** The size of a bin, in units, in the vote on the relative position. */
const BIN = 32;
/** The number of bins that are examined, and the number of neighbours on both sides of each. */
const CANDIDATES = 8;
const REACH = 2;
const FEWEST_VOTES = 3;
/** Added to all bins, so that none is negative. */
const FIRST_BIN = REACH + (MOST_LETTERS * HAN_UNITS) / BIN;

/** The number of bins for openings with this many blocks, with those next to the last one. */
export function binsFor(blocks: number): number {
  return binOf(blocks, 0) + REACH + 2;
}

/** The bin of the relative position of text and opening. */
export function binOf(block: number, offset: number): number {
  return Math.floor((block * BLOCK - offset) / BIN) + FIRST_BIN;
}

/**
 * Returns the places near the bins with the most votes, as indexes of `bins`: a list for each group of bins that
 * lie together.
 *
 * @param bins the bin of each place, in the order of the text
 * @param count the number of all bins
 */
export function electedPlaces(bins: Int32Array, count: number): number[][] {
  const groups: number[][] = [];
  /** The number of the group of each bin, from 1; 0 for all other bins. */
  const groupOf = new Uint8Array(count);
  let end = 0;
  for (const bin of elect(bins, count).sort((a, b) => a - b)) {
    if (bin - REACH >= end) groups.push([]);
    // The right neighbour has a part of the votes.
    end = bin + 1 + REACH + 1;
    groupOf.fill(groups.length, bin - REACH, end);
  }
  bins.forEach((bin, at) => {
    const group = groupOf[bin] ?? 0;
    if (group > 0) groups[group - 1]?.push(at);
  });
  return groups;
}

/** The bins with the most votes, including those of their right neighbours. */
function elect(bins: Int32Array, count: number): number[] {
  const votes = new Uint16Array(count);
  for (const bin of bins) votes[bin] = (votes[bin] ?? 0) + 1;
  let elected: { bin: number; sum: number }[] = [];
  let least = FEWEST_VOTES;
  for (const bin of bins) {
    const sum = (votes[bin] ?? 0) + (votes[bin + 1] ?? 0);
    if (sum < least || elected.some((other) => other.bin === bin)) continue;
    elected = [...elected, { bin, sum }].sort((a, b) => b.sum - a.sum).slice(0, CANDIDATES);
    if (elected.length === CANDIDATES) least = (elected.at(-1)?.sum ?? 0) + 1;
  }
  return elected.map(({ bin }) => bin);
}

/** The best chain of each post through places, which are in the order of the text. */
export function bestChains(places: readonly RunPlace[]): Passage[] {
  const chains: Passage[] = [];
  for (const place of places) chains.push(chainTo(place, chains.slice(-LOOK_BACK)));
  return bestOfEachPost(chains);
}

/** The best chain that ends at a place: it continues one of the chains before it or starts with the place. */
function chainTo(place: RunPlace, before: readonly Passage[]): Passage {
  let best: Passage = { first: place, last: place, found: 1 };
  for (const { first, last, found } of before) {
    if (!follows(place, last)) continue;
    const chain = { first, last: place, found: found + 1 };
    if (evidenceOf(chain) > evidenceOf(best)) best = chain;
  }
  return best;
}

function follows(place: RunPlace, before: RunPlace): boolean {
  const blocks = place.block - before.block;
  const units = place.offset - before.offset;
  if (place.id !== before.id || blocks <= 0 || units <= 0) return false;
  return Math.abs(units - blocks * BLOCK) <= SLACK + DRIFT * units;
}

/** The passages of different posts; of those of one post, the one with the most evidence. */
export function bestOfEachPost(passages: readonly Passage[]): Passage[] {
  const best = new Map<number, Passage>();
  for (const passage of passages) {
    const present = best.get(passage.first.id);
    if (!present || evidenceOf(passage) > evidenceOf(present)) best.set(passage.first.id, passage);
  }
  return [...best.values()];
}

export function evidenceOf(passage: Passage): number {
  return passage.found - MISS * (signaturesIn(passage) - passage.found);
}

/** The number of signatures that the post has in the passage. */
export function signaturesIn({ first, last }: Passage): number {
  return last.rank - first.rank + 1;
}

/** The units of the text from the beginning to the end of the passage. */
export function extentOf({ first, last }: Passage): number {
  return last.offset - first.offset + RUN;
}

/** Whether two passages share a part of the text. */
export function overlap(a: Passage, b: Passage): boolean {
  return a.first.offset < b.last.offset + RUN && b.first.offset < a.last.offset + RUN;
}
