/**
 * Recognition by text, with invented texts and those of tests/fixtures/texts. Windows are counted in
 * letters of the normalised text. `npm run soak` does the same with the real openings, if they are
 * beside the checkout.
 */
import { readFileSync } from 'node:fs';
import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { SIGNATURES } from '../../../../scripts/signatures.ts';
import { MOST_LETTERS, MOST_READ } from '../../../../src/catalogue/text-match/prose.ts';
import { computeSignatures, encodeSignatures } from '../../../../scripts/compute-signatures.ts';
import { decodeSignatures } from '../../../../src/catalogue/text-match/signatures.ts';
import {
  MOST_PLACES,
  SHORTEST_TEXT,
  TextIndex,
} from '../../../../src/catalogue/text-match/text-index.ts';
import { readTexts } from '../../../fixtures/texts.ts';
import { runs } from '../../runs.ts';
import { realCatalogue, seeded } from '../../support.ts';
import {
  cutWindow,
  cutWindows,
  edit,
  editWindow,
  madeUpOpenings,
  mixSentences,
  poolOf,
  technicalProse,
} from '../texts.ts';
import { answers, indexOf, recognise, testRecognitionOf } from './windows.ts';

const madeUp = madeUpOpenings(400, 1);
const madeUpIndex = indexOf(madeUp);
const madeUpPool = poolOf(madeUp);

describe('invented texts', () => {
  testRecognitionOf(madeUp, { index: madeUpIndex, count: 200 });

  it('are all recognised, complete and unchanged', () => {
    for (const { id, text } of madeUp) {
      const found = madeUpIndex.recogniseText(text);
      expect(found?.id).toBe(id);
      expect(found?.score).toBeGreaterThan(0.98);
      expect(found?.score).toBeLessThanOrEqual(1);
    }
  });

  it('have a score that shows how much was changed', () => {
    const [opening] = madeUp;
    const edited = edit(opening?.text ?? '', madeUpPool, seeded(5));
    const score = madeUpIndex.recogniseText(edited)?.score;
    expect(score).toBeGreaterThan(0.4);
    expect(score).toBeLessThan(0.9);
  });

  it('are unknown if they are of other posts', () => {
    const others = madeUpOpenings(300, 2).map(({ text }) => text);
    expect(answers(madeUpIndex, others)).toEqual([]);
    const short = others.map((text) => text.slice(0, 90));
    expect(answers(madeUpIndex, short)).toEqual([]);
  });

  it('are unknown if they are compiled from many posts', () => {
    expect(answers(madeUpIndex, mixSentences(madeUp, 300, seeded(3)))).toEqual([]);
  });

  it('are unknown if they continue with another post', () => {
    const [a, b] = madeUp.map(({ text }) => text.slice(0, 400));
    expect(madeUpIndex.recogniseText(`${a}${b}`)).toBeUndefined();
  });
});

describe('a passage that two posts share', () => {
  const shared = madeUp[0]?.text.slice(0, 500) ?? '';
  const openings = madeUp.slice(1, 60).map(({ id, text }, at) => ({
    id,
    text: at < 2 ? `${text.slice(0, 500)}。${shared}。${text.slice(500)}` : text,
  }));
  const index = indexOf(openings);

  it('is unknown alone', () => {
    const cuts = cutWindows([{ id: 1, text: shared }], { count: 40, letters: 100, seed: 4 });
    const windows = cuts.map(({ window }) => window);
    expect(answers(index, windows)).toEqual([]);
  });

  it('does not hide either post in a longer text', () => {
    for (const { id, text } of openings) expect(index.recogniseText(text)?.id).toBe(id);
  });

  it('is never attributed to the other post, for any window', () => {
    const random = seeded(6);
    const cuts = cutWindows(openings.slice(0, 2), { count: 300, letters: 120, seed: 6 });
    expect(recognise(index, cuts, (cut) => editWindow(cut, madeUpPool, random)).wrong).toEqual([]);
  });
});

it('a title that other posts quote does not identify its post', () => {
  const title = cutWindow(madeUp[0]?.text ?? '', 60, seeded(8)).window.replace(/\s/g, '');
  const text = `关于这个问题，可以参考《${title}》。`;
  const quoting = [{ id: 900, text: text + madeUp[1]?.text }, ...madeUp.slice(2, 50)];
  expect(indexOf(quoting).recogniseText(text)?.id).toBe(900);
  expect(indexOf(quoting, [title]).recogniseText(text)).toBeUndefined();
  expect(indexOf(quoting, [title]).recogniseText(quoting[0]?.text ?? '')?.id).toBe(900);
});

describe('a short text', () => {
  const text = madeUp[3]?.text.replace(/\$[^$]+\$|\\begin.*\\end\{equation\}|\s/gs, '') ?? '';

  it('is unknown below 60 characters, even if it is exact', () => {
    expect(SHORTEST_TEXT).toBe(60);
    for (let length = 0; length < 60; length++)
      expect(madeUpIndex.recogniseText(text.slice(0, length))).toBeUndefined();
    expect(madeUpIndex.recogniseText(text.slice(0, 60))?.id).toBe(4);
  });

  it('is not longer because of white space, invisible characters or formulas', () => {
    const short = text.slice(0, 59);
    for (const padding of [
      ' \n\t\u3000'.repeat(50),
      '\u200b\u202e\u2066'.repeat(50),
      '$a+b$'.repeat(9),
    ])
      expect(madeUpIndex.recogniseText(short + padding)).toBeUndefined();
  });
});

describe('any text', () => {
  const HOSTILE: Record<string, string> = {
    nothing: '',
    'white space': ' \n\t\u3000'.repeat(50_000),
    'unpaired surrogates': '\ud800\udc00\udc00\ud83d'.repeat(50_000),
    'zero-width and bidi characters': '\u200b\u202e\u2066\ufeff'.repeat(50_000),
    'characters that NFKC makes 18 of': '\ufdfa'.repeat(200_000),
    dollars: '$'.repeat(200_000),
    'formulas that never end': '\\begin{a}'.repeat(30_000),
    'displays that never end': '$$a'.repeat(70_000),
    backslashes: '\\'.repeat(200_000),
    'one character': '的'.repeat(200_000),
    'one run of a known post': (madeUp[0]?.text.slice(0, 3) ?? '').repeat(70_000),
    '10 MB of known posts': poolOf(madeUp).repeat(60).slice(0, 10_000_000),
  };

  it.each(Object.entries(HOSTILE))('takes bounded work and does not throw: %s', (_, text) => {
    const { prose, places, passages } = madeUpIndex.examine(text);
    expect(prose.length).toBeLessThanOrEqual(MOST_READ);
    expect(prose.letters.length).toBeLessThanOrEqual(MOST_LETTERS);
    // The pieces of a long text overlap by a third.
    expect(places).toBeLessThanOrEqual(prose.letters.length * MOST_PLACES * 1.5);
    expect(passages.length).toBeLessThanOrEqual(200);
    madeUpIndex.recogniseText(text);
  });

  it('is recognised as a known post or unknown, and never throws', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('$', '$$', '\\begin{a}', '\\', '\ud800', '\u202e', '\ufdfa', 'http://', '\n'),
      fc
        .tuple(fc.nat({ max: madeUp.length - 1 }), fc.nat({ max: 900 }), fc.nat({ max: 300 }))
        .map(([at, from, length]) => madeUp[at]?.text.slice(from, from + length) ?? ''),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (all) => {
        const found = madeUpIndex.recogniseText(all.join(''));
        if (!found) return;
        expect(madeUpIndex.ids).toContain(found.id);
        expect(found.score).toBeGreaterThan(0);
        expect(found.score).toBeLessThanOrEqual(1);
      }),
      { numRuns: runs(500) },
    );
  });

  it('does not affect the next one', () => {
    const text = madeUp[7]?.text.slice(0, 200) ?? '';
    const before = madeUpIndex.examine(text);
    for (const hostile of Object.values(HOSTILE)) madeUpIndex.examine(hostile);
    expect(madeUpIndex.examine(text)).toEqual(before);
  });

  it('is read up to the limit', () => {
    const known = madeUp[5]?.text.slice(0, 300) ?? '';
    const filling = (letters: number) => technicalProse(letters * 2, seeded(1));
    expect(madeUpIndex.recogniseText(filling(1_000) + known)?.id).toBe(6);
    expect(madeUpIndex.recogniseText(filling(MOST_LETTERS) + known)).toBeUndefined();
  });
});

describe('the file', () => {
  const signatures = computeSignatures(madeUp.slice(0, 20), [], '测试');
  const file = encodeSignatures(signatures);

  it('decodes to what was encoded', () => {
    expect(decodeSignatures(file)).toEqual(signatures);
    const none = computeSignatures([], [], 'nothing');
    expect(decodeSignatures(encodeSignatures(none))).toEqual(none);
    expect(new TextIndex(none).recogniseText(madeUp[0]?.text ?? '')).toBeUndefined();
  });

  it('names its source in its first line', () => {
    const [line = ''] = new TextDecoder().decode(file).split('\n');
    expect(JSON.parse(line)).toMatchObject({ source: '测试', posts: 20 });
  });

  it('is refused if it is incomplete or another file', () => {
    for (const length of [0, 1, 50, file.length - 1])
      expect(() => TextIndex.decode(file.subarray(0, length))).toThrow(Error);
    expect(() => TextIndex.decode(new TextEncoder().encode('<!doctype html>\n'))).toThrow(
      /no text/,
    );
    const head = (more: object) =>
      new TextEncoder().encode(
        `${JSON.stringify({ format: 'text-signatures 1', ...more })}\n\u0001\u0001`,
      );
    expect(() => TextIndex.decode(head({ posts: 1, blocks: 9, bits: 12 }))).toThrow(/as many/);
    expect(() => TextIndex.decode(head({ posts: 1, blocks: 1, bits: 40 }))).toThrow(/long/);
    expect(() => TextIndex.decode(head({ posts: 1e9, blocks: 1, bits: 12 }))).toThrow(Error);
  });

  it('is small, complete and of known posts in the repository', () => {
    const bytes = readFileSync(SIGNATURES);
    expect(bytes.length).toBeLessThanOrEqual(256 * 1024);
    const { ids } = TextIndex.decode(bytes);
    expect(ids.length).toBeGreaterThan(600);
    expect(ids.filter((id) => !realCatalogue().post(id))).toEqual([]);
  });
});

describe('realistic texts', () => {
  // Many other texts are added, because an index of few texts has short fingerprints.
  const written = readTexts().map((text, at) => ({ id: 1_001 + at, text }));
  const index = indexOf([...madeUp, ...written]);

  it('are all recognised, complete and unchanged', () => {
    const found = written.map(({ text }) => index.recogniseText(text)?.id);
    expect(found).toEqual(written.map(({ id }) => id));
  });

  testRecognitionOf(written, { index, count: 100 });

  it('are unknown if they are not in the index: complete, and windows, half of them edited', () => {
    const random = seeded(30);
    const pool = poolOf(written);
    const leftOut = written.filter(({ id }) => id % 3 === 0);
    const others = indexOf([...madeUp, ...written.filter(({ id }) => id % 3 !== 0)]);
    const whole = leftOut.map(({ text }) => text);
    const windows = [400, 150, 60].flatMap((letters) =>
      cutWindows(leftOut, { count: 50, letters, seed: 31 }).map((cut) =>
        random() < 0.5 ? cut.window : editWindow(cut, pool, random),
      ),
    );
    expect(answers(others, [...whole, ...windows])).toEqual([]);
  });

  it('are unknown as compilations of sentences, like other technical prose', () => {
    const random = seeded(32);
    expect(answers(index, mixSentences(written, 100, random))).toEqual([]);
    const prose = Array.from({ length: 100 }, (_, at) => technicalProse(60 + 15 * at, random));
    expect(answers(index, prose)).toEqual([]);
  });
});
