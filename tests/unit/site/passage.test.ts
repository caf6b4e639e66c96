import { describe, expect, it, vi } from 'vitest';
import { type PassageContent, passageBehind, readPassage } from '../../../src/site/passage.ts';
import { fixture, parsePage } from '../support.ts';

const POST = 'https://kexue.fm/archives/90003';
const math = (mathml: string) => `<span class="MJX_Assistive_MathML"><math>${mathml}</math></span>`;
const inline = (tex: string, mathml: string) =>
  `<span class="MathJax_Preview"></span><span class="MathJax">${math(mathml)}</span><script type="math/tex">${tex}</script>`;
/** An equation as MathJax leaves it. */
const equation = (label: string, number: string, mathml = '', tex = 'x=y') =>
  `<span class="MathJax_Preview"></span><div class="MathJax_Display"><span class="MathJax"><nobr><span id="mjx-eqn-${label}">${number}</span></nobr>${mathml && math(mathml)}</span></div><script type="math/tex; mode=display">${tex}</script>`;
const row = (number: string) =>
  `<mtable columnalign="right left"><mlabeledtr><mtd><mtext>${number}</mtext></mtd><mtd><mi>x</mi></mtd></mlabeledtr></mtable>`;

const pageOf = (html: string, head = '') =>
  parsePage(`<head>${head}</head><div id="PostContent">${html}</div>`, POST);

/** The content of the equation or section that the first link to `href` leads to. */
function read(page: Document, href: string): PassageContent | undefined {
  const link = [...page.querySelectorAll('a')].find((each) => each.getAttribute('href') === href);
  const passage = link && passageBehind(link);
  return passage && readPassage(passage);
}
const link = (to: string) => `<a href="#${to}">见</a>`;

describe('a link to an equation', () => {
  it('leads to what MathJax has drawn, with its number and the line before it', () => {
    const page = fixture('post-mathjax', POST);
    const found = read(page, '#mjx-eqn-eq%3Ademo-a');
    expect(found).toMatchObject({ kind: 'equation', name: '(1)', around: ['占位定义为'] });
    expect(found?.equation?.tex).toContain(String.raw`\label{eq:demo-a}`);
    expect(JSON.stringify(found?.equation?.tree)).toMatch(/^\["math",\["mtable",\["mlabeledtr"/);
  });

  it('has the alignment of each table', () => {
    const table = `<mtable columnalign="right left"><mlabeledtr><mtd><mtext>(2)</mtext></mtd><mtd><mtable columnalign="center"></mtable></mtd></mlabeledtr></mtable>`;
    const page = pageOf(`<p>${link('mjx-eqn-a')}${equation('a', '(2)', table)}</p>`);
    expect(read(page, '#mjx-eqn-a')?.equation?.columns).toEqual([['right', 'left'], ['center']]);
  });

  it('has the source where nothing was drawn for screen readers', () => {
    const page = pageOf(`<p>${link('mjx-eqn-1')}${equation('1', '(1)')}</p>`);
    expect(read(page, '#mjx-eqn-1')?.equation).toEqual({
      tex: '$$x=y$$',
      tree: undefined,
      columns: [],
    });
  });

  it.each([
    [
      'the line, with its formulas',
      `<p>前文在此，说了许多别的事情。<br>设${inline('u', '<mi>u</mi>')}为所求，由此得到下面的式子<br>@</p>`,
      ['设', { tex: '$u$', tree: ['math', ['mi', 'u']] }, '为所求，由此得到下面的式子'],
    ],
    [
      'the paragraph before, if its own has none',
      '<p>另一段。</p><p>这一段说明了下面的式子是怎么来的。</p><p>@</p>',
      ['这一段说明了下面的式子是怎么来的。'],
    ],
    [
      'a line more, if there are few letters in it',
      '<p>这一句交代了它的来历：<br>即<br>@</p>',
      ['这一句交代了它的来历： 即'],
    ],
    [
      'what is between it and the equation before it',
      `<p>前面很长的一段话在这里不该出现。<br>${equation('b', '(0)')}<br>两边取对数并且整理，于是又得到了<br>@</p>`,
      ['两边取对数并且整理，于是又得到了'],
    ],
    [
      'what is before both, if there is nothing between them',
      `<p>由此得到下面的两个式子，它们等价。<br>${equation('b', '(0)')}<br>@</p>`,
      ['由此得到下面的两个式子，它们等价。'],
    ],
    ['nothing from before a heading', '<p>上一节的话。</p><h2>小节</h2><p>@</p>', []],
    ['the end of a very long line', `<p>${'长'.repeat(9_000)}@</p>`, [`…${'长'.repeat(220)}`]],
  ])('has %s', (_, html, around) => {
    const page = pageOf(html.replace('@', equation('a', '(1)', row('(1)'))) + link('mjx-eqn-a'));
    expect(read(page, '#mjx-eqn-a')?.around).toEqual(around);
  });

  it('has no preview if it leads to nothing, to itself, out of the text or off the page', () => {
    const itself = equation('a', `(1)${link('mjx-eqn-a')}`);
    expect(read(pageOf(itself), '#mjx-eqn-a')).toBeUndefined();
    expect(read(pageOf(link('mjx-eqn-a')), '#mjx-eqn-a')).toBeUndefined();
    expect(read(pageOf(link('mjx-eqn-%E0%A4%A')), '#mjx-eqn-%E0%A4%A')).toBeUndefined();
    const bare = '<span id="mjx-eqn-a">(1)</span>';
    expect(read(pageOf(link('mjx-eqn-a') + bare), '#mjx-eqn-a')).toBeUndefined();
    const outside = parsePage(`<p>${link('mjx-eqn-a')}${equation('a', '(1)')}</p>`, POST);
    expect(read(outside, '#mjx-eqn-a')).toBeUndefined();
    const whole = `<p>${link('mjx-eqn-a')}${equation('a', '(1)')}</p>`;
    expect(read(pageOf(whole), '#mjx-eqn-a')).toBeDefined();
    expect(read(pageOf(whole, '<base href="/archives/1">'), '#mjx-eqn-a')).toBeUndefined();
    const far = `mjx-eqn-${'a'.repeat(3_000)}`;
    const long = whole.replaceAll('mjx-eqn-a', far);
    expect(read(pageOf(long), `#${far}`)).toBeUndefined();
  });

  it('has no tree of a formula that is built to be endless, and a bounded name', () => {
    const deep = '<mrow>'.repeat(60);
    const wide = '<mi>x</mi>'.repeat(7_000);
    for (const inside of [deep, wide, `<mi>${'x'.repeat(20_000)}</mi>`]) {
      const page = pageOf(link('mjx-eqn-a') + equation('a', `(${'1'.repeat(5_000)})`, inside));
      const found = read(page, '#mjx-eqn-a');
      expect(found?.equation?.tree).toBeUndefined();
      expect(found?.name.length).toBeLessThanOrEqual(200);
    }
  });

  it('is read without going through the page: the work does not grow with its equations', () => {
    const calls = (equations: number) => {
      const others = Array.from({ length: equations }, (_, at) =>
        equation(`n${at}`, `(${at})`, row(`(${at})`)),
      ).join('<br>');
      const page = pageOf(
        `<p>${link('mjx-eqn-a')}${others}<br>${equation('a', '(0)', row('(0)'))}</p>`,
      );
      const prototype = Object.getPrototypeOf(
        Object.getPrototypeOf(Object.getPrototypeOf(page.body)),
      );
      const counted = vi.spyOn(prototype as Element, 'matches');
      expect(read(page, '#mjx-eqn-a')?.around).toEqual([]);
      const { length } = counted.mock.calls;
      counted.mockRestore();
      return length;
    };
    const many = calls(1_000);
    expect(calls(400)).toBe(many);
    expect(many).toBeGreaterThan(0);
  });
});

describe('a link to a heading', () => {
  it('leads to what stands under it', () => {
    const page = fixture('post-mathjax', POST);
    const outside = page.querySelector('#SideBar a[href="#占位小节"]') as Element;
    const passage = passageBehind(outside);
    expect(passage && readPassage(passage)).toMatchObject({
      kind: 'heading',
      name: '占位小节',
      equation: undefined,
    });
    expect(passage && readPassage(passage).around).toEqual([
      '占位定义为 ',
      expect.objectContaining({ tex: expect.stringContaining('label{eq:demo-a}') }),
    ]);
  });

  it('has nothing from under the next heading', () => {
    const page = pageOf(`${link('a')}<h2 id="a">甲 <a href="#a">#</a></h2><h2>乙</h2><p>文</p>`);
    expect(read(page, '#a')).toMatchObject({ name: '甲', around: [] });
  });

  it('has no preview within the heading itself, nor for what is no heading', () => {
    const page = pageOf('<h2 id="a">甲 <a href="#a">#</a></h2><p id="b">文</p><a href="#b">乙</a>');
    expect(read(page, '#a')).toBeUndefined();
    expect(read(page, '#b')).toBeUndefined();
  });
});
