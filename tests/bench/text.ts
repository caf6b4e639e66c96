/**
 * Compares our recognition of texts with a search engine and an approximate matcher, on real excerpts
 * and on edited passages of openings. These texts are the author's, so they are not in the repository;
 * if they are not beside it, nothing is measured. The libraries get the same normalised letters as our own
 * index, so that normalisation makes no difference.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import search from 'approx-string-match';
import MiniSearch from 'minisearch';
import { catalogueOf, readSource } from '../../scripts/source.ts';
import { hasOpenings, readOpenings, SIGNATURES } from '../../scripts/signatures.ts';
import { findItemsInText } from '../../src/site/listing-text.ts';
import { Catalogue } from '../../src/catalogue/catalogue.ts';
import { readProse } from '../../src/catalogue/text-match/prose.ts';
import { recognise } from '../../src/catalogue/recognise.ts';
import { type OpeningText } from '../../scripts/compute-signatures.ts';
import { TextIndex } from '../../src/catalogue/text-match/text-index.ts';
import { edit, pick, poolOf } from '../unit/catalogue/texts.ts';
import { seeded } from '../unit/support.ts';
import { type Figure, median } from './measure.ts';
import type { Bench } from './subjects.ts';

const LISTINGS = new URL('../../../shared/listings/', import.meta.url);
const EDITED = 1_000;
/** The number of letters of an edited opening, about as many as in an excerpt. */
const LETTERS = 400;
const SEED = 20261122;
/** The libraries are slow, so they get only every twentieth edited opening. */
const SAMPLE = 20;
/** Our recognition runs this often in each round, because the clock is coarse. */
const RUNS = 10;
/** The part of a text that may differ for the approximate matcher, 0 to 1. */
const MOST_EDITS = 0.25;

interface Text {
  id: number;
  text: string;
}

type Recogniser = (text: string) => number | undefined;

/** The time and the recall of each method. */
export function textFigures({ rounds }: Bench): Figure[] {
  if (!hasOpenings || !existsSync(LISTINGS)) {
    const now = 'not measured: the texts are not beside the checkout';
    return [{ what: 'text recognition', cells: { now }, budget: '' }];
  }
  const openings = readOpenings();
  const index = TextIndex.decode(readFileSync(SIGNATURES));
  const ours: Recogniser = (text) => index.recogniseText(text)?.id;
  const methods: { method: string; ask: Recogniser; budget: string }[] = [
    { method: 'ours', ask: ours, budget: 'recall ≥ that of the others' },
    { method: 'MiniSearch, bigrams', ask: miniSearch(openings), budget: '≥ 20 × ours' },
    { method: 'approx-string-match', ask: approximate(openings), budget: '≥ 100 × ours' },
  ];
  const excerpts = realExcerpts(new Set(index.ids));
  const edited = editedOpenings(openings);
  const sample = edited.filter((_, at) => at % SAMPLE === 0);
  const times = Array.from({ length: rounds(31) }, (_, round) => {
    const text = excerpts[round % excerpts.length]?.text ?? '';
    return methods.map(({ ask }) => timeOf(ask, text, ask === ours ? RUNS : 1));
  });
  return methods.map(({ method, ask, budget }, at) => {
    const asked = ask === ours ? edited : sample;
    const microseconds = median(times.map((round) => round[at] ?? NaN));
    const slower = median(times.map((round) => (round[at] ?? NaN) / (round[0] ?? NaN)));
    const speed = `${microseconds.toFixed(0)} µs${ask === ours ? '' : `, ${slower.toFixed(0)} × ours`}`;
    const right =
      `recall ${percent(recall(ask, excerpts))} of ${excerpts.length} excerpts, ` +
      `${percent(recall(ask, asked))} of ${asked.length} edited openings`;
    const beside = ask === ours ? '' : ` (ours ${percent(recall(ours, asked))})`;
    return {
      what: `text recognition: ${method}`,
      cells: { now: `${speed}; ${right}${beside}` },
      budget,
    };
  });
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`;

function timeOf(ask: Recogniser, text: string, runs: number): number {
  const start = performance.now();
  for (let run = 0; run < runs; run++) ask(text);
  return ((performance.now() - start) * 1_000) / runs;
}

function recall(recogniser: Recogniser, texts: readonly Text[]): number {
  return texts.filter(({ id, text }) => recogniser(text) === id).length / texts.length;
}

/** The excerpts of the saved listings whose openings are known; titles and dates identify the posts. */
function realExcerpts(known: ReadonlySet<number>): Text[] {
  const catalogue = new Catalogue(catalogueOf(readSource()));
  return readdirSync(LISTINGS)
    .flatMap((name) => findItemsInText(readFileSync(new URL(name, LISTINGS), 'utf8')))
    .flatMap((item) => {
      const id = recognise({ ...item, link: undefined }, catalogue)?.id;
      return id !== undefined && known.has(id) ? [{ id, text: item.text }] : [];
    });
}

function editedOpenings(openings: readonly OpeningText[]): Text[] {
  const random = seeded(SEED);
  const pool = poolOf(openings);
  return Array.from({ length: EDITED }, () => {
    const { id, text } = pick(openings, random);
    return { id, text: edit(beginning(text), pool, random) };
  });
}

/** The beginning of a text, LETTERS letters long. */
function beginning(text: string): string {
  let end = 0;
  while (end < text.length && lettersOf(text.slice(0, end)).length < LETTERS) end += 20;
  return text.slice(0, end);
}

const lettersOf = (text: string) => String.fromCharCode(...readProse(text).letters);

function miniSearch(openings: readonly OpeningText[]): Recogniser {
  const bigrams = (text: string) =>
    Array.from({ length: Math.max(1, text.length - 1) }, (_, i) => text.slice(i, i + 2));
  const index = new MiniSearch({
    fields: ['letters'],
    tokenize: bigrams,
    searchOptions: { tokenize: bigrams },
  });
  index.addAll(openings.map(({ id, text }) => ({ id, letters: lettersOf(text) })));
  return (text) => index.search(lettersOf(text))[0]?.id as number | undefined;
}

function approximate(openings: readonly OpeningText[]): Recogniser {
  const known = openings.map(({ id, text }) => ({ id, letters: lettersOf(text) }));
  return (text) => {
    const pattern = lettersOf(text);
    let best: number | undefined;
    let least = Math.round(pattern.length * MOST_EDITS) + 1;
    for (const { id, letters } of known) {
      const errors = search(letters, pattern, least - 1)[0]?.errors;
      if (errors !== undefined && errors < least) [best, least] = [id, errors];
      if (least === 0) break;
    }
    return best;
  };
}
