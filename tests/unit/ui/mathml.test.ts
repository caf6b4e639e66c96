// @vitest-environment jsdom
import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { soundOpening, type Opening } from '../../../src/catalogue/discovered/openings.ts';
import type { Tree } from '../../../src/site/types.ts';
import { equationNode, openingNodes } from '../../../src/ui/mathml.ts';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

function drawn(opening: Opening): HTMLElement {
  const place = document.createElement('p');
  place.append(...openingNodes(opening));
  return place;
}

describe('an opening on the blog', () => {
  it('contains its text, and formulas as MathML, or as TeX if they were not drawn', () => {
    const place = drawn([
      '若 ',
      ['$x_1$', ['math', ['msub', ['mi', 'x'], ['mn', '1']]]],
      ' 则 $y$',
    ]);
    expect(place.innerHTML).toBe('若 <math><msub><mi>x</mi><mn>1</mn></msub></math> 则 $y$');
    for (const element of place.querySelectorAll('*')) expect(element.namespaceURI).toBe(MATHML);
  });

  it.each(['$$x$$', '\\begin{align}x\\end{align}'])('%s is displayed', (tex) => {
    expect(drawn([[tex, ['math', ['mi', 'x']]]]).innerHTML).toBe(
      '<math display="block"><mi>x</mi></math>',
    );
  });

  it('has the number at the end of a row', () => {
    const row: Tree = ['mlabeledtr', ['mtd', ['mtext', '(1)']], ['mtd', ['mi', 'x']]];
    const place = drawn([['$$x$$', ['math', ['mtable', row]]]]);
    expect(place.querySelector('mtable')?.innerHTML).toBe(
      '<mtr><mtd><mi>x</mi></mtd><mtd><mtext>(1)</mtext></mtd></mtr>',
    );
  });

  it('text that looks like markup stays text', () => {
    const place = drawn(['<img src=x>', ['$x$', ['math', ['mtext', '<script>alert(1)</script>']]]]);
    expect(place.querySelector('img, script')).toBeNull();
    expect(place.textContent).toBe('<img src=x><script>alert(1)</script>');
  });

  it('contains only MathML without attributes of the page, for any valid value', () => {
    const names =
      'math mi mrow mtext mlabeledtr mfrac script a maction annotation-xml mglyph svg __proto__';
    const name = fc.constantFrom(...names.split(' '), 'mi onclick=x', '');
    const { tree } = fc.letrec<{ tree: unknown[] }>((tie) => ({
      tree: fc
        .tuple(
          name,
          fc.array(
            fc.oneof(
              { depthSize: 'small' },
              fc.string({ minLength: 1 }),
              fc.constant({ href: 'x' }),
              tie('tree'),
            ),
            { maxLength: 3 },
          ),
        )
        .map(([first, children]) => [first, children].flat(1)),
    }));
    const opening = fc.array(
      fc.oneof(fc.string({ minLength: 1 }), fc.tuple(fc.constant('$x$'), tree)),
      { minLength: 1, maxLength: 3 },
    );
    let sound = 0;
    fc.assert(
      fc.property(opening, (given) => {
        const found = soundOpening(given);
        if (!found) return;
        sound++;
        for (const element of drawn(found).querySelectorAll('*')) {
          expect(element.namespaceURI).toBe(MATHML);
          expect(element.localName).toMatch(/^m[a-z]+$/);
          expect(element.localName).not.toMatch(/^(?:maction|mglyph)$/);
          expect(element.attributes).toHaveLength(0);
        }
      }),
      { numRuns: 2_000, seed: 7 },
    );
    expect(sound).toBeGreaterThan(100);
  });
});

describe('an equation', () => {
  const rowOf = (number: string): Tree => [
    'mlabeledtr',
    ['mtd', ['mtext', number]],
    ['mtd', ['mi', 'x']],
    ['mtd', ['mi', 'y']],
  ];
  const numbersIn = (math: Element) =>
    [...math.querySelectorAll('.equation-number')].map(({ textContent }) => textContent);

  it('has the alignment of the columns of each table, a number aside', () => {
    const inner: Tree = ['mtable', ['mtr', ['mtd', 'a'], ['mtd', 'b'], ['mtd', 'c']]];
    const table: Tree = ['mtable', rowOf('(1)'), ['mtr', ['mtd', inner], ['mtd', 'd']]];
    const math = equationNode(
      ['math', table],
      [
        ['right', 'left'],
        ['x', 'left'],
      ],
      '(1)',
      9,
    );
    const cells = [...math.querySelectorAll('mtd')].filter((cell) => !cell.querySelector('mtd'));
    expect(cells.map((cell) => [cell.textContent, cell.getAttribute('class')])).toEqual([
      ['x', 'right'],
      ['y', 'left'],
      ['(1)', 'equation-number'],
      ['a', null],
      ['b', 'left'],
      ['c', 'left'],
      ['d', 'left'],
    ]);
  });

  it('shows of a long derivation the rows up to the one asked for', () => {
    const rows = Array.from({ length: 20 }, (_, at) => rowOf(`(${at + 1})`));
    const draw = (number: string) =>
      numbersIn(equationNode(['math', ['mtable', ...rows]], [], number, 3));
    expect(draw('(9)')).toEqual(['(7)', '(8)', '(9)']);
    expect(draw('(2)')).toEqual(['(1)', '(2)', '(3)']);
    expect(draw('(20)')).toEqual(['(18)', '(19)', '(20)']);
    expect(draw('none')).toEqual(['(1)', '(2)', '(3)']);
  });
});
