import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import {
  MAX_CHARACTERS,
  openingOf,
  soundOpening,
  type Formula,
  textsOf,
} from '../../../../src/catalogue/discovered/openings.ts';
import type { RawPiece, Tree } from '../../../../src/site/types.ts';

const X: Tree = ['math', ['msub', ['mi', 'x'], ['mn', '1']]];
const DRAWN: Formula = ['$x_1$', X];
const formula = (tree: Tree | undefined, tex = '$x_1$'): RawPiece => ({ tex, tree });

describe('an opening', () => {
  it('keeps text, and the TeX and the drawing of formulas', () => {
    const opening = openingOf(['\n若 ', formula(X), ' 则\n']);
    expect(opening).toEqual(['若 ', DRAWN, ' 则']);
    expect(textsOf(opening)).toEqual(['若 ', '$x_1$', ' 则']);
  });

  it.each<[what: string, tree: Tree | undefined]>([
    ['was not drawn', undefined],
    ['has a forbidden element', ['math', ['script', 'alert(1)']]],
    ['has a nested forbidden element', ['math', ['mrow', ['mi', 'x'], ['a', ['mi', 'y']]]]],
    ['has an annotation', ['math', ['semantics', ['mi', 'x'], ['annotation', 'x']]]],
    ['is no formula', ['mrow', ['mi', 'x']]],
    ['is HTML', ['span', 'x']],
    ['is nested too deeply', ['math', deep(40)]],
  ])('keeps a formula that %s as TeX', (_, tree) => {
    expect(openingOf(['若 ', formula(tree), ' 则'])).toEqual(['若 ', '$x_1$', ' 则']);
  });

  it('has at most 600 characters, and ends before a formula that does not fit', () => {
    expect(openingOf(['字'.repeat(700)])).toEqual(['字'.repeat(MAX_CHARACTERS)]);
    expect(openingOf(['字'.repeat(599), formula(X), '尾'])).toEqual(['字'.repeat(599)]);
    expect(openingOf(['字'.repeat(598), formula(X), '尾'])).toEqual(['字'.repeat(598), DRAWN]);
    expect(openingOf(['字'.repeat(590), formula(undefined, `$${'y'.repeat(20)}$`)])).toEqual([
      '字'.repeat(590),
    ]);
  });

  it('does not end within TeX or a character', () => {
    expect(openingOf([`${'字'.repeat(595)}$x_1 + y$ 尾`])).toEqual(['字'.repeat(595)]);
    expect(openingOf([`${'字'.repeat(595)}$$x_1 + y$$`])).toEqual(['字'.repeat(595)]);
    expect(openingOf([`${'字'.repeat(599)}😀`])).toEqual(['字'.repeat(599)]);
  });

  it('is empty without text', () => {
    expect(openingOf([])).toEqual([]);
    expect(openingOf([' \n '])).toEqual([]);
    expect(soundOpening([])).toBeUndefined();
  });

  it.each<[what: string, given: unknown]>([
    ['a text', 'text'],
    ['an empty text', ['']],
    ['a number', [5]],
    ['an object', [{ tex: 'x', tree: X }]],
    ['nothing', [[]]],
    ['a formula without TeX', [X]],
    ['a formula whose TeX is empty', [['', X]]],
    ['a formula whose TeX is not text', [[X, X]]],
    ['a formula with a third item', [[...DRAWN, 'x']]],
    ['a tree without a name', [['$x$', []]]],
    ['an unknown element', [['$x$', ['math', ['img', 'x']]]]],
    ['a name in capitals', [['$x$', ['MATH', 'x']]]],
    ['a name that every object has', [['$x$', ['math', ['constructor']]]]],
    ['attributes', [['$x$', ['math', { href: 'javascript:alert(1)' }, 'x']]]],
    ['601 characters', ['字'.repeat(300), '字'.repeat(301)]],
    ['601 characters in a formula', [['$x$', ['math', ['mtext', 'x'.repeat(601)]]]]],
    ['TeX without end', [['x'.repeat(20_000), X]]],
    [
      'more elements than an opening has',
      [['$x$', ['math', ...Array.from({ length: 3_000 }, () => ['mi'])]]],
    ],
    ['a formula with extreme nesting', [['$x$', ['math', deep(5_000)]]]],
  ])('is not made of %s', (_, given) => {
    expect(soundOpening(given)).toBeUndefined();
  });

  it('is valid or empty for any page', () => {
    const names = fc.constantFrom('math', 'mi', 'mrow', 'script', 'img', 'mo');
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc
        .tuple(
          names,
          fc.array(fc.oneof(fc.string({ minLength: 1 }), tie('tree')), { maxLength: 4 }),
        )
        .map(([name, children]): Tree => ([name] as Tree).concat(children) as Tree),
    }));
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.record({ tex: fc.string({ minLength: 1 }).map((tex) => `$${tex}$`), tree }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const opening = openingOf(pieces);
        if (opening.length > 0) expect(soundOpening(opening)).toEqual(opening);
      }),
      { numRuns: 1_000 },
    );
    fc.assert(
      fc.property(fc.anything(), (given) => {
        soundOpening(given);
        soundOpening([given]);
      }),
      { numRuns: 1_000 },
    );
  });
});

function deep(levels: number): Tree {
  let tree: Tree = ['mi', 'x'];
  for (let i = 0; i < levels; i++) tree = ['mrow', tree];
  return tree;
}
