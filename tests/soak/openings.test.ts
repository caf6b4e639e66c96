/**
 * Repeats the tests of recognition with the real openings of the posts. Their text is the author's and
 * not in the repository, so this test is part of `npm run soak` only.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../scripts/source.ts';
import {
  hasOpenings,
  makeSignatures,
  OPENINGS,
  readOpenings,
  SIGNATURES,
} from '../../scripts/signatures.ts';
import { readProse } from '../../src/catalogue/text-match/prose.ts';
import { TextIndex } from '../../src/catalogue/text-match/text-index.ts';
import { seeded } from '../unit/support.ts';
import {
  cutWindows,
  editWindow,
  madeUpOpenings,
  mixSentences,
  poolOf,
  technicalProse,
} from '../unit/catalogue/texts.ts';
import { answers, indexOf, testRecognitionOf } from '../unit/catalogue/text-match/windows.ts';

if (!hasOpenings) console.warn(`SKIPPED: no openings of the real posts at ${OPENINGS.pathname}`);

const openings = hasOpenings ? readOpenings() : [];

describe.skipIf(!hasOpenings)('the real openings', () => {
  const titles = readSource().posts.map(({ title }) => title);
  const index = TextIndex.decode(readFileSync(SIGNATURES));
  const pool = poolOf(openings);

  it('are the source of the committed file', () => {
    expect(Buffer.compare(makeSignatures(titles), readFileSync(SIGNATURES))).toBe(0);
  });

  it('are all recognised, whole and unchanged', () => {
    const unknown = openings.filter(({ id, text }) => index.recogniseText(text)?.id !== id);
    expect(unknown.map(({ id }) => id)).toEqual([]);
  });

  testRecognitionOf(openings, { index, count: hasOpenings ? 1_000 : 0 });

  describe('recognition does not answer for 2,000 texts of unknown posts:', () => {
    const random = seeded(30);
    const left = new Set(openings.filter(() => random() < 0.2).map(({ id }) => id));
    const leftOut = openings.filter(({ id }) => left.has(id));
    // If a post has a passage of an omitted post, it would be a right answer. So it is omitted too.
    const passages = new Set(leftOut.flatMap(({ text }) => passagesOf(text)));
    const known = openings.filter(
      ({ id, text }) => !left.has(id) && !passagesOf(text).some((passage) => passages.has(passage)),
    );
    const knownIndex = indexOf(known, titles);

    it('omitted openings, a fifth of all: whole, and 900 windows, half of them edited', () => {
      expect(known.length).toBeGreaterThan(400);
      const whole = leftOut.map(({ text }) => text);
      expect(answers(knownIndex, whole)).toEqual([]);
      for (const letters of [400, 150, 60]) {
        const windows = cutWindows(leftOut, { count: 300, letters, seed: 31 }).map((cut) =>
          random() < 0.5 ? cut.window : editWindow(cut, pool, random),
        );
        expect(answers(knownIndex, windows)).toEqual([]);
      }
    });

    it('500 compilations of sentences from the openings', () => {
      expect(answers(index, mixSentences(openings, 500, random))).toEqual([]);
    });

    it('500 texts of technical prose and 300 invented texts', () => {
      const prose = Array.from({ length: 500 }, (_, at) => technicalProse(60 + 3 * at, random));
      expect(answers(index, prose)).toEqual([]);
      const texts = madeUpOpenings(300, 1).map(({ text }) => text);
      expect(answers(index, texts)).toEqual([]);
    });
  });

  it('a text in two posts is unknown or recognised as one of them', () => {
    const owners = new Map<string, Set<number>>();
    for (const { id, text } of openings) {
      const letters = String.fromCharCode(...readProse(text).letters);
      for (let at = 0; at + 64 <= letters.length; at += 1) {
        const passage = letters.slice(at, at + 64);
        owners.set(passage, (owners.get(passage) ?? new Set()).add(id));
      }
    }
    const shared = [...owners].filter(([, ids]) => ids.size > 1);
    expect(shared.length).toBeGreaterThan(50);
    for (const [passage, ids] of shared) {
      const found = index.recogniseText(passage);
      expect(found === undefined || ids.has(found.id)).toBe(true);
    }
  });
});

/** All runs of 30 letters, which are as long as a sentence and too long to repeat by chance. */
function passagesOf(text: string): string[] {
  const letters = String.fromCharCode(...readProse(text).letters);
  return Array.from({ length: Math.max(0, letters.length - 29) }, (_, at) =>
    letters.slice(at, at + 30),
  );
}
