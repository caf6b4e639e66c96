/**
 * Finds what changed between two texts of a post, paragraph by paragraph. Differences in typesetting or
 * punctuation alone do not count (docs/adr/0012-memory.md).
 */
import { INVISIBLE, unifyForms } from '../catalogue/normalise.ts';
import type { Position, TextBlock } from '../site/types.ts';

/** A paragraph that differs: the old text, the new one, or both. */
export interface ParagraphChange {
  before: string | null;
  after: string | null;
  /** Its position in the new text; for a removed paragraph, that of the paragraph before it. */
  place: Position;
}

/** The indexes of a paragraph in the old and in the new text. */
export interface ChangedPair {
  before: number | undefined;
  after: number | undefined;
  /** The index in the new text where it stands, or after which it stood. */
  at: number;
}

/** Bigger tables are not computed; then all paragraphs between the equal ends count as changed, in order. */
const MOST_CELLS = 1_000_000;
const MOST_PAIRED_CELLS = 2_500;
/** Paragraphs with a smaller share of common bigrams are not two states of one paragraph. */
const ALIKE = 0.3;
/** Only this many characters of a paragraph are compared to pair it. */
const COMPARED = 2_000;

/**
 * Spacing and other commands that change the look of a formula and not its meaning. The end of a row matches too, so
 * that a blank after it is not read as the command `\ `; it is kept.
 */
const TEX_LAYOUT =
  /\\(?:\\|[,;:!> ]|quad\b|qquad\b|displaystyle\b|textstyle\b|limits\b|nolimits\b|nonumber\b|notag\b|left\b|right\b|[bB]igg?[lr]?\b|label\s*\{[^{}]*\})/g;
const ROW_END = '\\\\';
/** The lookbehind prevents quadratic time on a long run of dots. */
const TEX_END = /(?<![.,;，。；])[.,;，。；]+(?=\$|\\end|$)/g;
const ENVIRONMENT_EDGE = /\\(?:begin|end)\{(?:equation|align|gather|aligned|split)\*?\}|\$/g;
const PUNCTUATION = /(?<!\d)\p{P}+|\p{P}+(?!\d)/gu;

/** A paragraph as it is compared. */
function comparable({ text, formulas, kind }: TextBlock): string {
  if (kind === 'code') return text.replace(/\s+/g, '');
  let compared = '';
  let last = 0;
  for (let i = 0; i < formulas.length; i += 2) {
    const [start = 0, end = 0] = formulas.slice(i, i + 2);
    compared += proseOf(text.slice(last, start)) + formulaOf(text.slice(start, end));
    last = end;
  }
  compared += proseOf(text.slice(last));
  // Texts that were kept by earlier versions have neighbouring formulas in one.
  return compared.replaceAll('$$', '');
}

function proseOf(text: string): string {
  return unifyForms(text)
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(/\s+/g, '');
}

function formulaOf(tex: string): string {
  const bare = unifyForms(tex)
    .replace(INVISIBLE, '')
    .replace(TEX_LAYOUT, (command) => (command === ROW_END ? ROW_END : ''))
    .replace(/\s+/g, '')
    .replace(TEX_END, '')
    .replace(ENVIRONMENT_EDGE, '');
  return `$${bare}$`;
}

/** A hash of a paragraph as it is compared, 53 bits; '' if nothing of it is compared. */
export function paragraphHash(block: TextBlock): string {
  const text = comparable(block);
  if (text === '') return '';
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return ((b & 0x1fffff) * 2 ** 32 + (a >>> 0)).toString(36);
}

/** A paragraph as it is compared, with its index in its text. */
interface Paragraph {
  compared: string;
  index: number;
}

/** A paragraph as it is compared to be paired. */
interface Bigrams {
  bigrams: ReadonlySet<string>;
  index: number;
}

/** Paragraphs of the old and of the new text between two that both texts have. */
interface Hunk {
  removed: Paragraph[];
  added: Paragraph[];
  /** The index in the new text of the paragraph before it; that of the first one at the beginning. */
  previous: number;
}

/** The paragraphs that changed, in order. */
export function changedPairs(
  before: readonly TextBlock[],
  after: readonly TextBlock[],
): ChangedPair[] {
  return hunksOf(comparedOf(before), comparedOf(after)).flatMap(({ removed, added, previous }) => {
    // Paragraphs were only joined or split.
    if (wholeOf(removed) === wholeOf(added)) return [];
    let at = previous;
    return paired(removed, added).map(([old, now]) => {
      at = now ?? at;
      return { before: old, after: now, at };
    });
  });
}

/** The paragraphs of which anything is compared. */
function comparedOf(blocks: readonly TextBlock[]): Paragraph[] {
  return blocks
    .map((block, index) => ({ compared: comparable(block), index }))
    .filter(({ compared }) => compared !== '');
}

function wholeOf(paragraphs: readonly Paragraph[]): string {
  return paragraphs.map(({ compared }) => compared).join('');
}

/** What is between the equal paragraphs of two texts; empty where two equal ones follow each other. */
function hunksOf(old: readonly Paragraph[], now: readonly Paragraph[]): Hunk[] {
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && old[start]?.compared === now[start]?.compared) start++;
  let end = 0;
  while (end < least - start && old.at(-1 - end)?.compared === now.at(-1 - end)?.compared) end++;
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  const previous = now[Math.max(0, start - 1)]?.index ?? 0;
  if (removed.length * added.length > MOST_CELLS) return [{ removed, added, previous }];
  let hunk: Hunk = { removed: [], added: [], previous };
  const hunks = [hunk];
  for (const [a, b] of aligned(removed, added, (x, y) => Number(x.compared === y.compared))) {
    if (a && b) hunks.push((hunk = { removed: [], added: [], previous: b.index }));
    else if (a) hunk.removed.push(a);
    else if (b) hunk.added.push(b);
  }
  return hunks;
}

/** Pairs the indexes of paragraphs that are alike, in order; the others were removed or added. */
function paired(
  removed: readonly Paragraph[],
  added: readonly Paragraph[],
): [before: number | undefined, after: number | undefined][] {
  if (removed.length * added.length > MOST_PAIRED_CELLS)
    return Array.from({ length: Math.max(removed.length, added.length) }, (_, k) => [
      removed[k]?.index,
      added[k]?.index,
    ]);
  const withBigrams = ({ compared, index }: Paragraph): Bigrams => ({
    index,
    bigrams: bigramsOf(compared),
  });
  return aligned(removed.map(withBigrams), added.map(withBigrams), likenessOf).map(([a, b]) => [
    a?.index,
    b?.index,
  ]);
}

/**
 * Aligns two lists: each item is in one pair, alone or with an item of the other list, and the sum of likenesses is
 * the greatest. Takes time and memory in proportion to the product of both lengths.
 *
 * @param likeness of two items; 0 if they must not be paired
 */
function aligned<T>(
  old: readonly T[],
  now: readonly T[],
  likeness: (a: T, b: T) => number,
): [T | undefined, T | undefined][] {
  // For each pair of positions: the greatest sum from there on.
  const best = new Float64Array((old.length + 1) * (now.length + 1));
  const bestAt = (i: number, j: number) => best[i * (now.length + 1) + j] ?? 0;
  const pairAt = (i: number, j: number) => {
    const like = likeness(old[i]!, now[j]!);
    return like > 0 ? like + bestAt(i + 1, j + 1) : -1;
  };
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      best[i * (now.length + 1) + j] = Math.max(pairAt(i, j), bestAt(i + 1, j), bestAt(i, j + 1));
  const pairs: [T | undefined, T | undefined][] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && pairAt(i, j) === bestAt(i, j))
      pairs.push([old[i++], now[j++]]);
    else if (j === now.length || (i < old.length && bestAt(i + 1, j) >= bestAt(i, j + 1)))
      pairs.push([old[i++], undefined]);
    else pairs.push([undefined, now[j++]]);
  }
  return pairs;
}

function bigramsOf(text: string): Set<string> {
  const bigrams = new Set<string>();
  const end = Math.min(text.length, COMPARED);
  for (let i = 0; i + 2 <= end; i++) bigrams.add(text.slice(i, i + 2));
  return bigrams;
}

/** The share of bigrams that two paragraphs have in common (Dice coefficient); 0 if it is too small to pair them. */
function likenessOf({ bigrams: a }: Bigrams, { bigrams: b }: Bigrams): number {
  let common = 0;
  for (const bigram of a) if (b.has(bigram)) common++;
  const share = (2 * common) / (a.size + b.size || 1);
  return share >= ALIKE ? share : 0;
}

/** The changed paragraphs as texts, with their positions in the new text. */
export function changesIn(
  before: readonly TextBlock[],
  after: readonly TextBlock[],
  pairs: readonly ChangedPair[],
): ParagraphChange[] {
  return pairs.map((pair) => {
    const [old, now] = [before[pair.before ?? -1], after[pair.after ?? -1]];
    const place = after[pair.at]?.place ?? { at: 0, print: 0 };
    return { before: old?.text ?? null, after: now?.text ?? null, place };
  });
}
