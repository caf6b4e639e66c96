import { describe, expect, it } from 'vitest';
import { findTitles, readExcerpt } from '../../../src/site/listing.ts';
import { readOpening } from '../../../src/site/opening.ts';
import type { RawPiece } from '../../../src/site/types.ts';
import { fixture, parsePage } from '../support.ts';

const read = (html: string): RawPiece[] => {
  const page = parsePage(`<span class="PostContent">${html}</span>`);
  return readOpening(page.querySelector('.PostContent') as Element, () => false);
};
const drawn = (math: string, tex = 'x') =>
  `<span class="MathJax_Preview"></span><span class="MathJax"><nobr>x</nobr><span class="MJX_Assistive_MathML">${math}</span></span><script type="math/tex">${tex}</script>`;

describe('an opening', () => {
  it('is text where no formula was drawn', () => {
    expect(read('<p>一 $x$</p><p>二</p>')).toEqual(['\n一 $x$\n二']);
  });

  it('has a formula that was drawn as a tree, without attributes and spaces', () => {
    const math =
      '<math display="block" href="javascript:x"><msub onclick="x"> <mi>x</mi>\n<mn>1</mn></msub></math>';
    expect(read(`若${drawn(math, 'x_1')}则`)).toEqual([
      '若',
      { tex: '$x_1$', tree: ['math', ['msub', ['mi', 'x'], ['mn', '1']]] },
      '则',
    ]);
  });

  it.each([
    ['bold', 'Aaβ∇ϵ0若µ', '𝐀𝐚𝛃𝛁𝛜0若µ'],
    ['bold-italic', 'AZazΑΩΦαωθ∂ϖ', '𝑨𝒁𝒂𝒛𝜜𝜴𝜱𝜶𝝎𝜽𝝏𝝕'],
    ['double-struck', 'BCEHNPQRZk1β', '𝔹ℂ𝔼ℍℕℙℚℝℤ𝕜1β'],
    ['script', 'ABEFHILMNRZ', '𝒜ℬℰℱℋℐℒℳ𝒩ℛ𝒵'],
    ['sans-serif', 'x', 'x'],
    ['italic', 'x', 'x'],
    ['constructor', 'x', 'x'],
  ])('says %s by the letters', (variant, letters, said) => {
    const math = `<math><mi mathvariant="${variant}">${letters}</mi></math>`;
    expect(read(drawn(math))).toEqual([{ tex: '$x$', tree: ['math', ['mi', said]] }]);
  });

  it.each([
    ['an upright letter upright', '<mi mathvariant="normal">d</mi>', ['mtext', 'd']],
    ['a small fence small', '<mo stretchy="false">(</mo>', ['mtext', '(']],
    ['a large fence large', '<mo>(</mo>', ['mo', '(']],
    ['an accent an accent', '<mo stretchy="false">^</mo>', ['mo', '^']],
  ])('keeps %s', (_, math, tree) => {
    expect(read(drawn(`<math>${math}</math>`))).toEqual([{ tex: '$x$', tree: ['math', tree] }]);
  });

  it.each([
    [
      'waits for MathJax',
      '<span class="MathJax_Preview">x</span><script type="math/tex">x</script>',
    ],
    [
      'was drawn without a twin',
      '<span class="MathJax">x</span><script type="math/tex">x</script>',
    ],
    ['stands alone', '<script type="math/tex">x</script>'],
    [
      'nests too deep',
      drawn(`<math>${'<mrow>'.repeat(60)}<mi>x</mi>${'</mrow>'.repeat(60)}</math>`),
    ],
  ])('has a formula that %s as TeX only', (_, html) => {
    expect(read(html)).toEqual([{ tex: '$x$', tree: undefined }]);
  });

  it('on a page that MathJax has finished has every formula as a tree', () => {
    const openings = findTitles(fixture('home-mathjax')).map((title) => readExcerpt(title).opening);
    const formulas = openings.flat().filter((piece) => typeof piece !== 'string');
    expect(formulas.length).toBeGreaterThan(5);
    for (const { tree } of formulas) expect(tree?.[0]).toBe('math');
  });

  it.each(['home', 'home-mathjax', 'category', 'tag', 'search'])(
    'on %s says what the excerpt’s text says, and not where to read on',
    (name) => {
      for (const title of findTitles(fixture(name))) {
        const { opening, text } = readExcerpt(title);
        const flat = opening.map((piece) => (typeof piece === 'string' ? piece : piece.tex));
        const letters = (all: string) => all.replace(/[\s$]/g, '');
        expect(letters(flat.join(''))).toBe(letters(text));
      }
    },
  );
});
