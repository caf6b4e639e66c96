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
  /** Its position in the new text; for a removed paragraph, that of the last change before it. */
  place: Position;
}

/** The indexes of a paragraph in the old and in the new text. */
export interface ChangedPair {
  before: number | undefined;
  after: number | undefined;
}

/** Bigger tables are not computed; then all paragraphs between the equal ends count as changed, in order. */
const MOST_CELLS = 4_000_000;
const MOST_PAIRED_CELLS = 2_500;
/** Paragraphs with a smaller share of common bigrams are not two states of one paragraph. */
const ALIKE = 0.3;
/** Only this many characters of a paragraph are compared to pair it. */
const COMPARED = 2_000;

/** Spacing and other commands that change the look of a formula and not its meaning. */
const TEX_LAYOUT =
  /\\(?:[,;:!> ]|quad\b|qquad\b|displaystyle\b|textstyle\b|limits\b|nolimits\b|nonumber\b|notag\b|left\b|right\b|[bB]igg?[lr]?\b|label\s*\{[^{}]*\})/g;
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
  return compared + proseOf(text.slice(last));
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
    .replace(TEX_LAYOUT, '')
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

/** The paragraphs that changed, in order. */
export function changedPairs(
  before: readonly TextBlock[],
  after: readonly TextBlock[],
): ChangedPair[] {
  const [old, now] = [saying(before), saying(after)];
  return hunksOf(
    old.map(({ hash }) => hash),
    now.map(({ hash }) => hash),
  ).flatMap(([from, to, newFrom, newTo]) => {
    const removed = old.slice(from, to).map(({ index }) => index);
    const added = now.slice(newFrom, newTo).map(({ index }) => index);
    return isSameWhole(before, removed, after, added) ? [] : paired(before, removed, after, added);
  });
}

/** The paragraphs with a hash, with their indexes in the list. */
function saying(blocks: readonly TextBlock[]): { hash: string; index: number }[] {
  return blocks
    .map((block, index) => ({ hash: paragraphHash(block), index }))
    .filter(({ hash }) => hash !== '');
}

/** Whether paragraphs were only joined or split. */
function isSameWhole(
  before: readonly TextBlock[],
  removed: readonly number[],
  after: readonly TextBlock[],
  added: readonly number[],
): boolean {
  const whole = (blocks: readonly TextBlock[], indexes: readonly number[]) =>
    indexes.map((index) => comparableAt(blocks, index)).join('');
  return whole(before, removed) === whole(after, added);
}

function comparableAt(blocks: readonly TextBlock[], index: number): string {
  const block = blocks[index];
  return block ? comparable(block) : '';
}

/** A range between equal runs: [from, to) of the old list and [newFrom, newTo) of the new one. */
type Hunk = [from: number, to: number, newFrom: number, newTo: number];

function hunksOf(old: readonly string[], now: readonly string[]): Hunk[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let [oldEnd, newEnd] = [old.length, now.length];
  while (oldEnd > start && newEnd > start && old[oldEnd - 1] === now[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  if (start === oldEnd && start === newEnd) return [];
  const [rows, columns] = [oldEnd - start, newEnd - start];
  if (rows * columns > MOST_CELLS) return [[start, oldEnd, start, newEnd]];
  // For each pair of positions: the length of the longest common subsequence from there on.
  const width = columns + 1;
  const common = new Uint16Array((rows + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--)
    for (let j = columns - 1; j >= 0; j--)
      common[i * width + j] =
        old[start + i] === now[start + j]
          ? at(i + 1, j + 1) + 1
          : Math.max(at(i + 1, j), at(i, j + 1));
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  while (i < rows || j < columns) {
    const [from, newFrom] = [i, j];
    while (
      (i < rows || j < columns) &&
      !(i < rows && j < columns && old[start + i] === now[start + j])
    ) {
      if (j >= columns || (i < rows && at(i + 1, j) >= at(i, j + 1))) i++;
      else j++;
    }
    if (i > from || j > newFrom) hunks.push([start + from, start + i, start + newFrom, start + j]);
    while (i < rows && j < columns && old[start + i] === now[start + j]) {
      i++;
      j++;
    }
  }
  return hunks;
}

/** Pairs paragraphs that are alike, in order; the others were removed or added. */
function paired(
  before: readonly TextBlock[],
  removed: readonly number[],
  after: readonly TextBlock[],
  added: readonly number[],
): ChangedPair[] {
  if (removed.length * added.length > MOST_PAIRED_CELLS)
    return Array.from({ length: Math.max(removed.length, added.length) }, (_, k) => ({
      before: removed[k],
      after: added[k],
    }));
  const [old, now] = [
    removed.map((index) => bigramsOf(comparableAt(before, index))),
    added.map((index) => bigramsOf(comparableAt(after, index))),
  ];
  const likeness = old.map((a) => now.map((b) => likenessOf(a, b)));
  // For each pair of positions: the greatest sum of likenesses of pairs from there on.
  const best = Array.from({ length: old.length + 1 }, () => now.map(() => 0).concat(0));
  const bestAt = (i: number, j: number) => best[i]?.[j] ?? 0;
  const pairAt = (i: number, j: number) => {
    const like = likeness[i]?.[j] ?? 0;
    return like >= ALIKE ? like + bestAt(i + 1, j + 1) : -1;
  };
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      best[i]![j] = Math.max(pairAt(i, j), bestAt(i + 1, j), bestAt(i, j + 1));
  const pairs: ChangedPair[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && pairAt(i, j) === bestAt(i, j) && pairAt(i, j) > 0)
      pairs.push({ before: removed[i++], after: added[j++] });
    else if (i < old.length && (j === now.length || bestAt(i + 1, j) >= bestAt(i, j + 1)))
      pairs.push({ before: removed[i++], after: undefined });
    else pairs.push({ before: undefined, after: added[j++] });
  }
  return pairs;
}

function bigramsOf(text: string): Set<string> {
  const bigrams = new Set<string>();
  const end = Math.min(text.length, COMPARED);
  for (let i = 0; i + 2 <= end; i++) bigrams.add(text.slice(i, i + 2));
  return bigrams;
}

/** The share of bigrams that two paragraphs have in common, 0 to 1 (Dice coefficient). */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const bigram of a) if (b.has(bigram)) common++;
  return a.size + b.size > 0 ? (2 * common) / (a.size + b.size) : 0;
}

/** The changed paragraphs as texts, with their positions in the new text. */
export function changesIn(
  before: readonly TextBlock[],
  after: readonly TextBlock[],
  pairs: readonly ChangedPair[],
): ParagraphChange[] {
  let last = after[0]?.place ?? { at: 0, print: 0 };
  return pairs.map((pair) => {
    const [old, now] = [before[pair.before ?? -1], after[pair.after ?? -1]];
    last = now?.place ?? last;
    return { before: old?.text ?? null, after: now?.text ?? null, place: last };
  });
}
