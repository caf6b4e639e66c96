// @vitest-environment jsdom
/**
 * The formulas of 621 real openings. Their text is the author's and not in the repository, so this test
 * is part of `npm run soak` only.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWithinLimits, piecesOf } from '../../src/maths/formulas.ts';
import { macrosOfAPost, setFormula } from '../../src/maths/katex.ts';
import { OPERATORS } from '../../src/maths/macros.ts';
import { ROOT } from '../unit/support.ts';

const OPENINGS = join(ROOT, '../shared/data/openings.jsonl');
const isThere = existsSync(OPENINGS);
if (!isThere) console.warn(`SKIPPED: no openings at ${OPENINGS}`);

interface Row {
  id: number;
  text: string;
}

describe.skipIf(!isThere)('the formulas of real openings', () => {
  const rows = isThere
    ? readFileSync(OPENINGS, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row)
    : [];

  it('are typeset, at least 99 of 100', () => {
    let all = 0;
    const rest = new Map<string, number[]>();
    for (const { id, text } of rows) {
      const macros = macrosOfAPost();
      for (const piece of piecesOf([text])) {
        if (typeof piece === 'string') continue;
        all++;
        const cause = causeOf(() => {
          if (!isWithinLimits(piece)) throw new Error('larger than is set');
          setFormula(piece.tex, piece.isDisplay, macros);
        });
        if (cause) rest.set(cause, [...(rest.get(cause) ?? []), id]);
      }
    }
    const left = [...rest.values()].flat().length;
    const causes = [...rest].map(([cause, ids]) => `${ids.length} ${cause}: ${ids.join(' ')}`);
    console.info(`${all - left} of ${all} formulas are set; the rest:\n${causes.join('\n')}`);
    expect(all).toBeGreaterThan(4_900);
    expect((all - left) / all).toBeGreaterThan(0.99);
  });

  it('name exactly the operators of our table', () => {
    const found: Record<string, number[]> = {};
    for (const { id, text } of rows)
      for (const [, name = ''] of text.matchAll(
        /\\newcommand\{\\?(\w+)\}\{\\mathop\{\\text\{\1\}\}\}/g,
      ))
        found[name] = [...new Set([...(found[name] ?? []), id])];
    expect(OPERATORS).toEqual(found);
  });
});

function causeOf(work: () => void): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as Error).message
      .replace(/^KaTeX parse error: /, '')
      .replace(/ at (?:position|end of input)[^]*/, '');
  }
}
