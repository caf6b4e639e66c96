// @vitest-environment jsdom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { typeset } from '../../../src/maths/typeset.ts';

// jsdom has no layout; browser tests cover what depends on it.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
  },
);

/** Typesets texts; resolves with their container when all formulas are set. */
async function set(...texts: string[]): Promise<HTMLElement> {
  const { nodes, done } = typeset(texts);
  const place = document.createElement('div');
  place.append(...nodes);
  await done;
  return place;
}

const sourcesIn = (place: HTMLElement) =>
  [...place.querySelectorAll('.formula .tex')].map(({ textContent }) => textContent);
/** The visible text without spaces. */
const seenIn = (place: HTMLElement) => {
  const copy = place.cloneNode(true) as HTMLElement;
  for (const twin of copy.querySelectorAll('.katex-mathml')) twin.remove();
  return copy.textContent.replace(/[\s\u200b]/g, '');
};

describe('text with formulas', () => {
  it('shows their source first, then typesets them in place', async () => {
    const { nodes, done } = typeset(['若 $x^2$ 则']);
    const place = document.createElement('div');
    place.append(...nodes);
    expect(place.textContent).toBe('若 $x^2$ 则');
    expect(sourcesIn(place)).toEqual(['$x^2$']);
    await done;
    expect(seenIn(place)).toBe('若x2则');
    expect(place.querySelectorAll('.katex-html')).toHaveLength(1);
    const math = place.querySelector('.katex-mathml math');
    expect(math?.namespaceURI).toBe('http://www.w3.org/1998/Math/MathML');
  });

  it('is typeset at once if KaTeX is loaded', async () => {
    await set('$x$');
    const { nodes } = typeset(['$y$']);
    expect((nodes[0] as HTMLElement).querySelector('.katex')).not.toBeNull();
  });

  it('is plain text without formulas, including markup', async () => {
    expect(typeset(['<b>粗</b> & 5 $'])).toMatchObject({ nodes: ['<b>粗</b> & 5 $'] });
  });

  it('marks displayed formulas', async () => {
    const place = await set('$x$ $$y$$ \\begin{align}z\\end{align}');
    expect(place.querySelectorAll('.formula')).toHaveLength(3);
    expect(place.querySelectorAll('.formula.display .katex-display')).toHaveLength(2);
    expect(seenIn(place)).toBe('xyz(1)');
  });
});

describe('definitions of the author', () => {
  it.each([
    ['\\newcommand{foo}{\\mathop{\\text{foo}}}'],
    ['\\newcommand{\\foo}{\\mathop{\\text{foo}}}'],
    ['\\newcommand\\foo{\\text{foo}}'],
    ['\\renewcommand{\\foo}{\\text{foo}}'],
    ['\\def\\foo{\\text{foo}}'],
    ['\\let\\oof=\\text\\def\\foo{\\oof{foo}}'],
    ['\\DeclareMathOperator{\\foo}{foo}'],
    ['\\DeclareMathOperator*{\\foo}{foo}'],
  ])(
    'with %s are valid for the rest of the post, also from within an environment',
    async (definition) => {
      const place = await set(
        `$\\foo$ \\begin{equation*}\\begin{aligned}${definition}\\foo\\end{aligned}\\end{equation*}`,
        '$\\foo(x)$',
      );
      expect(sourcesIn(place)).toEqual(['$\\foo$']);
      expect(seenIn(place)).toBe('$\\foo$foofoo(x)');
      expect(sourcesIn(await set('$\\foo$'))).toEqual(['$\\foo$']);
    },
  );

  it('can take arguments and override KaTeX, in that post only', async () => {
    expect(seenIn(await set('$\\newcommand{\\p}[2]{#2(#1)}\\p{x}{f}$'))).toBe('f(x)');
    expect(seenIn(await set('$\\def\\p#1#2{#2(#1)}\\p{x}{f}$'))).toBe('f(x)');
    expect(seenIn(await set('$\\newcommand{\\alpha}{b}\\alpha$ $\\alpha$'))).toBe('bb');
    expect(seenIn(await set('$\\alpha$'))).toBe('α');
  });

  it('include operators defined outside of the opening', async () => {
    const place = await set('$\\msign\\mcsgn\\mclip\\clip\\tr\\relu\\sign$');
    expect(seenIn(place)).toBe('msignmcsgnmclipcliptrrelusign');
  });
});

describe('commands of MathJax', () => {
  it.each([
    ['\\begin{split}a&=b\\end{split}', 'a=b'],
    ['\\boldsymbol{x}', 'x'],
    ['\\require{HTML}\\style{position: fixed}{x}', 'x'],
    ['\\class{a}{x}\\cssId{b}{y}\\href{javascript:alert(1)}{z}', 'xyz'],
    ['\\bbox[yellow]{n}', 'n'],
    ['\\text{stop_gradient}', 'stop_gradient'],
    ['\\color{red}{a}b', 'ab'],
    ['\\lesssim\\complement\\varnothing', '≲∁∅'],
  ])('%s', async (tex, seen) => {
    const place = await set(`$$${tex}$$`);
    expect(sourcesIn(place)).toEqual([]);
    expect(seenIn(place)).toBe(seen);
    expect(place.querySelector('a, [href], [id], [style*="fixed"], .a')).toBeNull();
  });

  it('put limits of a named operator below it in displayed formulas', async () => {
    const named = '\\mathop{\\text{argmin}}_x';
    expect((await set(`$$${named}$$`)).querySelector('.op-limits')).not.toBeNull();
    expect((await set(`$${named}$`)).querySelector('.op-limits')).toBeNull();
  });
});

describe('a hostile formula', () => {
  const warn = vi.spyOn(console, 'warn');
  const log = vi.spyOn(console, 'log');
  beforeAll(() => set('$x$'));
  afterEach(() => {
    expect(warn).not.toHaveBeenCalled();
    expect(log).not.toHaveBeenCalled();
  });

  it.each([
    ['too long', 'x'.repeat(501)],
    ['too deep', `${'\\sqrt{'.repeat(21)}x${'}'.repeat(21)}`],
    ['too wide', `\\begin{matrix}${'&'.repeat(101)}\\end{matrix}`],
    ['unknown', '\\unknown'],
    ['unbalanced', '\\left('],
    ['a loop', '\\def\\a{\\a\\a}\\a'],
    ['a loop of two', '\\def\\a{\\b}\\def\\b{\\a}\\a'],
    ['a loop that deepens', '\\def\\a{{{{{{{{{\\a}}}}}}}}}\\a'],
    ['one that doubles', '\\def\\a#1{\\a{#1#1}}\\a{xxxx}'],
    ['one with many arguments', '\\def\\a#1{\\a{#1#1#1#1#1}}\\a{xxxx}'],
    [
      'rows by definition',
      `\\def\\a{${'\\\\x'.repeat(28)}}\\begin{matrix}${'\\a'.repeat(150)}\\end{matrix}`,
    ],
    [
      'cells by definition',
      `\\def\\a{${'&x'.repeat(28)}}\\begin{matrix}${'\\a'.repeat(150)}\\end{matrix}`,
    ],
    ['text by definition', `\\def\\a{${'x'.repeat(38)}}${'\\a'.repeat(200)}`],
    ['fractions by definition', `\\def\\f#1{\\frac{#1}{#1}}${'\\f{'.repeat(19)}x${'}'.repeat(19)}`],
    ['\\edef', '\\edef\\a{x}\\a'],
    ['\\message', '\\message{x}'],
    ['\\show', '\\show\\a'],
    ['a wrong code', '\\char"FFFFFFFF'],
  ])('%s is its source, and the next is set', async (_, tex) => {
    const place = await set(`前 $${tex}$ 后 $y$`);
    expect(sourcesIn(place)).toEqual([`$${tex}$`]);
    expect(place.querySelectorAll('.katex-html')).toHaveLength(1);
  });

  it.each([
    '\\includegraphics{https://example.org/a.png}',
    '\\url{javascript:alert(1)}',
    '\\htmlClass{a}{x}',
    '\\htmlId{a}{x}',
    '\\htmlStyle{position: fixed}{x}',
    '\\htmlData{a=b}{x}',
  ])('%s loads, links and styles nothing', async (tex) => {
    const place = await set(`$${tex}$`);
    expect(place.querySelector('img, a, [href], [src], [id], .a, [data-a]')).toBeNull();
    expect(place.querySelector('[style*="fixed"]')).toBeNull();
  });

  it('has bounded sizes', async () => {
    const place = await set('$\\rule{900em}{900em}\\hspace{900em}\\raisebox{900em}{x}$');
    const sizes = [...place.querySelectorAll<HTMLElement>('[style]')].flatMap(({ style }) =>
      [...style].map((name) => Math.abs(parseFloat(style.getPropertyValue(name)) || 0)),
    );
    expect(sizes.length).toBeGreaterThan(3);
    expect(Math.max(...sizes)).toBeLessThan(25);
  });
});
