/** Measures the recognition of texts: windows cut from them, edited, in other forms, within other text. */
import { expect, it } from 'vitest';
import { computeSignatures, type OpeningText } from '../../../../scripts/compute-signatures.ts';
import { TextIndex } from '../../../../src/catalogue/text-match/text-index.ts';
import { seeded } from '../../support.ts';
import { type Cut, cutWindows, edit, editWindow, FORMS, poolOf, technicalProse } from '../texts.ts';

export const indexOf = (openings: readonly OpeningText[], titles: readonly string[] = []) =>
  new TextIndex(computeSignatures(openings, titles, 'a test'));

/** Recognises each window after a change: returns the share of right answers, and the wrong ones. */
export function recognise(index: TextIndex, cuts: readonly Cut[], change: (cut: Cut) => string) {
  const wrong: string[] = [];
  let right = 0;
  for (const cut of cuts) {
    const found = index.recogniseText(change(cut))?.id;
    if (found === cut.id) right++;
    else if (found !== undefined) wrong.push(`${cut.id} taken for ${found}`);
  }
  return { recall: right / cuts.length, wrong };
}

/** The answers to texts of unknown posts, all of which are wrong. */
export const answers = (index: TextIndex, texts: readonly string[]) =>
  texts.flatMap((text) => index.recogniseText(text)?.id ?? []);

/** The letters of a window, and the least recall after a tenth of its characters was edited. */
const RECALL = [
  [400, 0.99],
  [150, 0.98],
  [60, 0.94],
] as const;
const RECALL_AT_150 = RECALL[1][1];

/** Tests the recognition of windows of these texts: edited, in other forms, within other text. */
export function testRecognitionOf(
  openings: readonly OpeningText[],
  { index, count }: { index: TextIndex; count: number },
): void {
  const pool = poolOf(openings);
  const windows = cutWindows(openings, { count, letters: 150, seed: 150 });

  it.each(RECALL)(`${count} windows of %i letters, a tenth edited: recall %d`, (letters, least) => {
    const random = seeded(letters);
    const cuts =
      letters === 150 ? windows : cutWindows(openings, { count, letters, seed: letters });
    const { recall, wrong } = recognise(index, cuts, (cut) => editWindow(cut, pool, random));
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(least);
  });

  it.each(Object.entries(FORMS))('windows of 150 letters, edited, %s', (_, change) => {
    const random = seeded(1);
    const { recall, wrong } = recognise(index, windows, ({ window }) =>
      edit(change(window), pool, random),
    );
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(RECALL_AT_150);
  });

  it('windows of 150 letters, edited, 300 characters of other text before and after', () => {
    const random = seeded(2);
    const { recall, wrong } = recognise(index, windows, ({ window }) => {
      const [before, after] = [technicalProse(300, random), technicalProse(300, random)];
      return before + edit(window, pool, random) + after;
    });
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(RECALL_AT_150);
  });
}
