/** Finds texts that are similar to a query. */

/** Queries of at least this length may differ by two edits, shorter ones by one. A swap is two edits. */
const TWO_EDITS_FROM = 8;

/** How many edits a text that is similar to a query may need. */
export function editsFor(query: string): number {
  return query.length < TWO_EDITS_FROM ? 1 : 2;
}

/**
 * The range of the text that is nearest to the query (Sellers 1980); undefined if it takes more edits
 * than are allowed. Takes time proportional to the product of both lengths.
 */
export function nearest(
  query: string,
  text: string,
): { edits: number; start: number; end: number } | undefined {
  // For each position in the query: the edits so far, and where in the text the match began.
  let before = Array.from({ length: query.length + 1 }, (_, i) => ({ edits: i, start: 0 }));
  let best: { edits: number; start: number; end: number } | undefined;
  for (let j = 1; j <= text.length; j++) {
    const now = [{ edits: 0, start: j }];
    for (let i = 1; i <= query.length; i++) {
      const [diagonal, left, up] = [before[i - 1], before[i], now[i - 1]];
      if (!diagonal || !left || !up) break;
      const same = query[i - 1] === text[j - 1] ? 0 : 1;
      // If the edits are equal, the first of these wins, because it covers more of the text.
      const [cheapest] = [
        { edits: diagonal.edits + same, start: diagonal.start },
        { edits: left.edits + 1, start: left.start },
        { edits: up.edits + 1, start: up.start },
      ].sort((a, b) => a.edits - b.edits);
      if (cheapest) now.push(cheapest);
    }
    before = now;
    const end = before[query.length];
    if (end && end.edits <= editsFor(query) && (!best || end.edits < best.edits))
      best = { ...end, end: j };
  }
  return best;
}
