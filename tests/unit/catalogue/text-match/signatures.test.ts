/**
 * Recognition by text: on made-up texts always, on the real openings where they lie beside the
 * checkout, for their text is not ours. Windows are counted in letters of the normalised text.
 */
import { readFileSync } from 'node:fs';
import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../../scripts/catalogue.ts';
import {
  hasOpenings,
  makeSignatures,
  OPENINGS,
  readOpenings,
  SIGNATURES,
} from '../../../../scripts/signatures.ts';
import { MOST_LETTERS, MOST_READ, readProse } from '../../../../src/catalogue/text-match/prose.ts';
import {
  computeSignatures,
  decodeSignatures,
  encodeSignatures,
  type Opening,
} from '../../../../src/catalogue/text-match/signatures.ts';
import {
  MOST_PLACES,
  SHORTEST_TEXT,
  TextIndex,
} from '../../../../src/catalogue/text-match/text-index.ts';
import { realCatalogue, seeded } from '../../support.ts';
import {
  type Cut,
  cutWindow,
  cutWindows,
  edit,
  editWindow,
  FORMS,
  madeUpOpenings,
  mixSentences,
  poolOf,
  technicalProse,
} from '../texts.ts';

const indexOf = (openings: readonly Opening[], titles: readonly string[] = []) =>
  new TextIndex(computeSignatures(openings, titles, 'a test'));

/** Asks for all windows as they are changed. */
function ask(index: TextIndex, cuts: readonly Cut[], change: (cut: Cut) => string) {
  const wrong: string[] = [];
  let right = 0;
  for (const cut of cuts) {
    const found = index.recogniseText(change(cut))?.id;
    if (found === cut.id) right++;
    else if (found !== undefined) wrong.push(`${cut.id} taken for ${found}`);
  }
  return { recall: right / cuts.length, wrong };
}

/** What the answers to texts of no known post are; all of them are wrong. */
const answers = (index: TextIndex, texts: readonly string[]) =>
  texts.flatMap((text) => index.recogniseText(text)?.id ?? []);

/** Letters of a window, and the least recall where a tenth of its characters was changed. */
const BARS = [
  [400, 0.99],
  [150, 0.98],
  [60, 0.94],
] as const;
const BAR_AT_150 = BARS[1][1];

const madeUp = madeUpOpenings(400, 1);
const madeUpIndex = indexOf(madeUp);
const madeUpPool = poolOf(madeUp);

/** The bars, for windows of these texts: as they are, in other forms, among other text. */
function itKnowsWindowsOf(
  openings: readonly Opening[],
  { index, count }: { index: TextIndex; count: number },
): void {
  const pool = poolOf(openings);
  const windows = cutWindows(openings, { count, letters: 150, seed: 150 });

  it.each(BARS)(`${count} windows of %i letters, a tenth edited: recall %d`, (letters, bar) => {
    const random = seeded(letters);
    const cuts =
      letters === 150 ? windows : cutWindows(openings, { count, letters, seed: letters });
    const { recall, wrong } = ask(index, cuts, (cut) => editWindow(cut, pool, random));
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(bar);
  });

  it.each(Object.entries(FORMS))('windows of 150 letters, edited, %s', (_, change) => {
    const random = seeded(1);
    const { recall, wrong } = ask(index, windows, ({ window }) =>
      edit(change(window), pool, random),
    );
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(BAR_AT_150);
  });

  it('windows of 150 letters, edited, 300 characters of other text before and after', () => {
    const random = seeded(2);
    const { recall, wrong } = ask(index, windows, ({ window }) => {
      const [before, after] = [technicalProse(300, random), technicalProse(300, random)];
      return before + edit(window, pool, random) + after;
    });
    expect(wrong).toEqual([]);
    expect(recall).toBeGreaterThanOrEqual(BAR_AT_150);
  });
}

describe('made-up texts', () => {
  itKnowsWindowsOf(madeUp, { index: madeUpIndex, count: 200 });

  it('whole and unchanged: all of them, word for word', () => {
    for (const { id, text } of madeUp) {
      const found = madeUpIndex.recogniseText(text);
      expect(found?.id).toBe(id);
      expect(found?.score).toBeGreaterThan(0.98);
      expect(found?.score).toBeLessThanOrEqual(1);
    }
  });

  it('the score says how much was changed', () => {
    const [opening] = madeUp;
    const edited = edit(opening?.text ?? '', madeUpPool, seeded(5));
    const score = madeUpIndex.recogniseText(edited)?.score;
    expect(score).toBeGreaterThan(0.4);
    expect(score).toBeLessThan(0.9);
  });

  it('of other posts are unknown', () => {
    const others = madeUpOpenings(300, 2).map(({ text }) => text);
    expect(answers(madeUpIndex, others)).toEqual([]);
    const short = others.map((text) => text.slice(0, 90));
    expect(answers(madeUpIndex, short)).toEqual([]);
  });

  it('put together from sentences of many posts are unknown', () => {
    expect(answers(madeUpIndex, mixSentences(madeUp, 300, seeded(3)))).toEqual([]);
  });

  it('that go on with another post are unknown', () => {
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

  it('is unknown by itself', () => {
    const cuts = cutWindows([{ id: 1, text: shared }], { count: 40, letters: 100, seed: 4 });
    const windows = cuts.map(({ window }) => window);
    expect(answers(index, windows)).toEqual([]);
  });

  it('does not hide either post where there is more of it', () => {
    for (const { id, text } of openings) expect(index.recogniseText(text)?.id).toBe(id);
  });

  it('is never taken for the other one, whatever part of it a window has', () => {
    const random = seeded(6);
    const cuts = cutWindows(openings.slice(0, 2), { count: 300, letters: 120, seed: 6 });
    expect(ask(index, cuts, (cut) => editWindow(cut, madeUpPool, random)).wrong).toEqual([]);
  });
});

it('a title that other posts quote is no sign of the post that has it', () => {
  const title = cutWindow(madeUp[0]?.text ?? '', 60, seeded(8)).window.replace(/\s/g, '');
  const text = `关于这个问题，可以参考《${title}》。`;
  const quoting = [{ id: 900, text: text + madeUp[1]?.text }, ...madeUp.slice(2, 50)];
  expect(indexOf(quoting).recogniseText(text)?.id).toBe(900);
  expect(indexOf(quoting, [title]).recogniseText(text)).toBeUndefined();
  expect(indexOf(quoting, [title]).recogniseText(quoting[0]?.text ?? '')?.id).toBe(900);
});

describe('a short text', () => {
  const text = madeUp[3]?.text.replace(/\$[^$]+\$|\\begin.*\\end\{equation\}|\s/gs, '') ?? '';

  it('is unknown below 60 characters, word for word though it be', () => {
    expect(SHORTEST_TEXT).toBe(60);
    for (let length = 0; length < 60; length++)
      expect(madeUpIndex.recogniseText(text.slice(0, length))).toBeUndefined();
    expect(madeUpIndex.recogniseText(text.slice(0, 60))?.id).toBe(4);
  });

  it('is not made long by white space, invisible characters or formulas', () => {
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

  it.each(Object.entries(HOSTILE))('of %s: bounded work and no error', (_, text) => {
    const { prose, places, passages } = madeUpIndex.examine(text);
    expect(prose.length).toBeLessThanOrEqual(MOST_READ);
    expect(prose.letters.length).toBeLessThanOrEqual(MOST_LETTERS);
    // Pieces of a long text overlap by a third.
    expect(places).toBeLessThanOrEqual(prose.letters.length * MOST_PLACES * 1.5);
    expect(passages.length).toBeLessThanOrEqual(200);
    madeUpIndex.recogniseText(text);
  });

  it('whatever it is put together from, is a known post’s or unknown, and nothing is thrown', () => {
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
      { numRuns: 500 },
    );
  });

  it('leaves nothing behind for the next one', () => {
    const text = madeUp[7]?.text.slice(0, 200) ?? '';
    const before = madeUpIndex.examine(text);
    for (const hostile of Object.values(HOSTILE)) madeUpIndex.examine(hostile);
    expect(madeUpIndex.examine(text)).toEqual(before);
  });

  it('is looked at as far as the bound, and no further', () => {
    const known = madeUp[5]?.text.slice(0, 300) ?? '';
    const filling = (letters: number) => technicalProse(letters * 2, seeded(1));
    expect(madeUpIndex.recogniseText(filling(1_000) + known)?.id).toBe(6);
    expect(madeUpIndex.recogniseText(filling(MOST_LETTERS) + known)).toBeUndefined();
  });
});

describe('the file', () => {
  const signatures = computeSignatures(madeUp.slice(0, 20), [], '测试');
  const file = encodeSignatures(signatures);

  it('gives back what was put in', () => {
    expect(decodeSignatures(file)).toEqual(signatures);
    const none = computeSignatures([], [], 'nothing');
    expect(decodeSignatures(encodeSignatures(none))).toEqual(none);
    expect(new TextIndex(none).recogniseText(madeUp[0]?.text ?? '')).toBeUndefined();
  });

  it('says in its first line what it was computed from', () => {
    const [line = ''] = new TextDecoder().decode(file).split('\n');
    expect(JSON.parse(line)).toMatchObject({ source: '测试', posts: 20 });
    expect(TextIndex.decode(file).source).toBe('测试');
  });

  it('is refused where it is not whole or not one', () => {
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

  it('that is committed is small, whole, and of posts that we know', () => {
    const bytes = readFileSync(SIGNATURES);
    expect(bytes.length).toBeLessThanOrEqual(256 * 1024);
    const { ids } = TextIndex.decode(bytes);
    expect(ids.length).toBeGreaterThan(600);
    expect(ids.filter((id) => !realCatalogue().post(id))).toEqual([]);
  });
});

if (!hasOpenings) console.warn(`SKIPPED: no openings of the real posts at ${OPENINGS.pathname}`);

describe.skipIf(!hasOpenings)('the real openings', () => {
  const openings = hasOpenings ? readOpenings() : [];
  const titles = readSource().posts.map(({ title }) => title);
  const index = TextIndex.decode(readFileSync(SIGNATURES));
  const pool = poolOf(openings);

  it('are what the committed file was computed from', () => {
    expect(Buffer.compare(makeSignatures(titles), readFileSync(SIGNATURES))).toBe(0);
  });

  it('are all recognised, whole and unchanged', () => {
    const unknown = openings.filter(({ id, text }) => index.recogniseText(text)?.id !== id);
    expect(unknown.map(({ id }) => id)).toEqual([]);
  });

  itKnowsWindowsOf(openings, { index, count: hasOpenings ? 1_000 : 0 });

  describe('2,000 texts of no known post: not one answer', () => {
    const random = seeded(30);
    const left = new Set(openings.filter(() => random() < 0.2).map(({ id }) => id));
    const leftOut = openings.filter(({ id }) => left.has(id));
    // Who has a passage of a left-out post word for word would be a right answer: it is out, too.
    const passages = new Set(leftOut.flatMap(({ text }) => passagesOf(text)));
    const known = openings.filter(
      ({ id, text }) => !left.has(id) && !passagesOf(text).some((passage) => passages.has(passage)),
    );
    const knownIndex = indexOf(known, titles);

    it('a fifth of the openings, left out: whole, and 900 windows, half of them edited', () => {
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

    it('500 put together from sentences of the openings', () => {
      expect(answers(index, mixSentences(openings, 500, random))).toEqual([]);
    });

    it('500 of technical prose, and 300 of the made-up texts', () => {
      const prose = Array.from({ length: 500 }, (_, at) => technicalProse(60 + 3 * at, random));
      expect(answers(index, prose)).toEqual([]);
      expect(
        answers(
          index,
          madeUp.slice(0, 300).map(({ text }) => text),
        ),
      ).toEqual([]);
    });
  });

  it('what stands in two posts is unknown or one of them', () => {
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

/** All runs of 30 letters: as long as a sentence, longer than what is said twice by chance. */
function passagesOf(text: string): string[] {
  const letters = String.fromCharCode(...readProse(text).letters);
  return Array.from({ length: Math.max(0, letters.length - 29) }, (_, at) =>
    letters.slice(at, at + 30),
  );
}
