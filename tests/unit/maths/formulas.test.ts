import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { type FormulaInText, isWithinLimits, piecesOf } from '../../../src/maths/formulas.ts';

const formulasOf = (...texts: string[]) =>
  piecesOf(texts).filter((piece): piece is FormulaInText => typeof piece !== 'string');
const texOf = (...texts: string[]) => formulasOf(...texts).map(({ tex }) => tex);

describe('formulas in a text', () => {
  it('are in single or double dollars, or are environments', () => {
    expect(piecesOf(['若 $x$ 则 $$y$$ 即\\begin{pmatrix}z\\end{pmatrix}。'])).toEqual([
      '若 ',
      { source: '$x$', tex: 'x', isDisplay: false },
      ' 则 ',
      { source: '$$y$$', tex: 'y', isDisplay: true },
      ' 即',
      {
        source: '\\begin{pmatrix}z\\end{pmatrix}',
        tex: '\\begin{pmatrix}z\\end{pmatrix}',
        isDisplay: true,
      },
      '。',
    ]);
  });

  it.each([
    ['dollars in a text within', '$a\\text{ 若 $b$ 则 }c$', 'a\\text{ 若 $b$ 则 }c'],
    ['an escaped brace', '$\\{a$', '\\{a'],
    ['an escaped dollar', '$a\\$b$', 'a\\$b'],
    [
      'an environment of the same name',
      '\\begin{array}{c}\\begin{array}{c}a\\end{array}\\end{array}',
      '\\begin{array}{c}\\begin{array}{c}a\\end{array}\\end{array}',
    ],
  ])('hold %s', (_, text, tex) => {
    expect(texOf(`前${text}后`)).toEqual([tex]);
  });

  it.each(['5 $', '$$ 5', '$ $', '$a}$', '\\begin{align}a', '\\begin{a}b\\end{c}', '$\\text{a$'])(
    'do not include %s',
    (text) => {
      expect(piecesOf([text])).toEqual([text]);
    },
  );

  it('are found after one without an end', () => {
    expect(texOf('\\begin{a} 与 $b$，$$c} 与 $d$$e$')).toEqual(['b', 'd', 'e']);
  });

  it('keep any texts complete and in order', () => {
    const part = fc.constantFrom(
      '$',
      '$$',
      '{',
      '}',
      '\\',
      '字',
      '\\begin{align}',
      '\\end{align}',
      '\\tag{1}',
      '\\\\',
      '\\ref{a}',
      '\\label{a}',
      '&',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(part, { maxLength: 30 }).map((parts) => parts.join(''))),
        (texts) => {
          const sources = piecesOf(texts).map((each) =>
            typeof each === 'string' ? each : each.source,
          );
          expect(sources.join('')).toBe(texts.join(''));
        },
      ),
      { numRuns: 1_000, seed: 5 },
    );
  });

  it('are not searched beyond 3,000 characters', () => {
    const text = '$x$'.repeat(1_000);
    expect(formulasOf(text)).toHaveLength(1_000);
    expect(piecesOf([text, '字'])).toEqual([text, '字']);
  });
});

describe('numbers', () => {
  it('are counted in a post as in MathJax', () => {
    const tex = texOf(
      '\\begin{equation}a\\end{equation} $$b$$ \\begin{equation*}c\\end{equation*}',
      '\\begin{align}d\\\\ e\\notag\\\\ f\\tag{x}\\\\[4pt] g\\\\ \\end{align}\\begin{multline}h\\\\ i\\end{multline}',
    );
    expect(tex).toEqual([
      '\\begin{equation*}a\\tag{1}\\end{equation*}',
      'b',
      '\\begin{equation*}c\\end{equation*}',
      '\\begin{align*}d\\tag{2}\\\\ e\\notag\\\\ f\\tag{x}\\\\[4pt] g\\tag{3}\\\\ \\end{align*}',
      '\\begin{gather*}h\\\\ i\\tag{4}\\end{gather*}',
    ]);
  });

  it('belong to rows, not to nested rows', () => {
    expect(
      texOf('\\begin{gather}\\begin{aligned}a\\\\b\\end{aligned}\\\\ {c\\\\d}\\end{gather}'),
    ).toEqual([
      '\\begin{gather*}\\begin{aligned}a\\\\b\\end{aligned}\\tag{1}\\\\ {c\\\\d}\\tag{2}\\end{gather*}',
    ]);
  });

  it('replace references to labels, before and after them', () => {
    const [first, , , , last] = texOf(
      '$\\eqref{eq:b}$\\begin{equation}a\\label{eq:a}\\end{equation}',
      '$$b\\tag{七}\\label{eq:b}$$ \\begin{align}c\\label{eq:c}\\end{align}',
      '\\eqref{eq:a}',
    );
    expect(first).toBe('\\text{(七)}');
    expect(last).toBe('\\text{(1)}');
    expect(texOf('$\\ref{eq:c}$ \\begin{align}c\\label{eq:c}\\end{align}')[0]).toBe('\\text{1}');
  });

  it('are the labels themselves if they are unknown', () => {
    expect(texOf('\\eqref{eq:x} 与 $$a\\label{eq:a}$$ $\\eqref{eq:a}$')).toEqual([
      '\\text{(eq:x)}',
      'a',
      '\\text{(eq:a)}',
    ]);
  });
});

describe('a formula within limits', () => {
  const isSet = (tex: string) => formulasOf(`$${tex}$`).map(isWithinLimits);
  it.each([
    ['498 characters of source', 'x'.repeat(498), 'x'.repeat(499)],
    ['20 levels', `${'{'.repeat(20)}x${'}'.repeat(20)}`, `${'{'.repeat(21)}x${'}'.repeat(21)}`],
    ['20 pairs of fences', '\\left('.repeat(20), '\\left('.repeat(21)],
    ['101 cells', '&'.repeat(100), '&'.repeat(101)],
  ])('has %s at most', (_, some, more) => {
    expect(isSet(some)).toEqual([true]);
    expect(isSet(more)).toEqual([false]);
  });
});
