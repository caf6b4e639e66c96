/** The text of an article as blocks, in each state of MathJax: what belongs to it, and the place of each block. */
import { describe, expect, it } from 'vitest';
import { articleBoxes } from '../../../src/site/article.ts';
import { findPosition } from '../../../src/site/position.ts';
import { blocksOf, parsePage } from '../support.ts';

const articleIn = (html: string) =>
  articleBoxes(
    parsePage(`<div class="Post"><div class="PostContent" id="PostContent">${html}</div></div>`),
  )[0] as Element;

const blocksIn = (html: string) => blocksOf(articleIn(html));
const texts = (html: string) => blocksIn(html).map(({ kind, text }) => `${kind}: ${text}`);

const SCRIPT = (tex: string, isDisplay: boolean) =>
  `<script type="math/tex${isDisplay ? '; mode=display' : ''}">${tex}</script>`;
const STATES: Record<string, (tex: string, isDisplay: boolean) => string> = {
  raw: (tex, isDisplay) => (isDisplay ? `$$${tex}$$` : `$${tex}$`),
  'raw, in brackets': (tex, isDisplay) => (isDisplay ? `\\[${tex}\\]` : `\\(${tex}\\)`),
  preprocessed: (tex, isDisplay) =>
    `<span class="MathJax_Preview">${tex}</span>${SCRIPT(tex, isDisplay)}`,
  typeset: (tex, isDisplay) =>
    `<span class="MathJax_Preview"></span><div class="MathJax_Display"><span class="MathJax">字形<span id="mjx-eqn-1">(1)</span></span></div>${SCRIPT(tex, isDisplay)}`,
};
const post = (set: (tex: string, isDisplay: boolean) => string) => `
  <p>设 ${set('x_t', false)} 是
     第一个量，<b>它</b>有界。</p>
  <h2>推导 <a href="#a">#</a></h2>
  <blockquote><p>引用的一段。</p></blockquote>
  <p>于是${set('\\begin{equation}a+b\\end{equation}', true)}成立。</p>
  <table><tr><td>甲</td><td>乙</td></tr></table>
  <p>第一行<br>第二行</p>
  <pre><code>let a = "$x$";

return a;</code></pre>
  <p><img src="x.png" alt="图"><em>图注</em></p>
  <p>转载到请包括本文地址：<a href="#">x</a></p><p>页脚</p>`;

describe('the text of an article', () => {
  it.each(Object.entries(STATES))('is read in the state: %s', (_name, set) => {
    expect(texts(post(set))).toEqual([
      'paragraph: 设 $x_t$ 是 第一个量，它有界。',
      'heading: 推导',
      'paragraph: 引用的一段。',
      'paragraph: 于是\\begin{equation}a+b\\end{equation}成立。',
      'paragraph: 甲 乙',
      'paragraph: 第一行 第二行',
      'code: let a = "$x$";\n\nreturn a;',
      'paragraph: 图注',
    ]);
  });

  it.each<[string, raw: string, typeset: string, text: string]>([
    [
      'a reference without dollars',
      '由\\eqref{eq:a}得',
      `由<span class="MathJax">(1)</span>${SCRIPT('\\eqref{eq:a}', false)}得`,
      '由$\\eqref{eq:a}$得',
    ],
    [
      'an environment with dollars inside',
      '$$\\begin{cases}1,&\\text{若$x$}\\end{cases}$$',
      SCRIPT('\\begin{cases}1,&\\text{若$x$}\\end{cases}', true),
      '\\begin{cases}1,&\\text{若$x$}\\end{cases}',
    ],
    [
      'an environment between formulas in dollars',
      '$$x$$<br>\\begin{align}y\\end{align}<br>$$z$$',
      `${SCRIPT('x', true)}<br>${SCRIPT('\\begin{align}y\\end{align}', true)}<br>${SCRIPT('z', true)}`,
      '$$x$$ \\begin{align}y\\end{align} $$z$$',
    ],
  ])('is the same before and after MathJax: %s', (_what, raw, typeset, text) => {
    const [before, after] = [raw, typeset].map((html) => blocksIn(`<p>${html}</p><p>末段</p>`));
    expect(before?.[0]?.text).toBe(text);
    expect(after?.map(({ text: each, place }) => [each, place])).toEqual(
      before?.map(({ text: each, place }) => [each, place]),
    );
    expect(after?.[0]?.formulas).toEqual(before?.[0]?.formulas);
  });

  it('names its formulas, and the numbers that the page shows beside them', () => {
    const [first, , , equation] = blocksIn(post(STATES['typeset']!));
    expect(first?.text.slice(...(first.formulas as [number, number]))).toBe('$x_t$');
    expect(equation?.numbers).toEqual(['1']);
    expect(blocksIn(post(STATES['raw']!))[3]?.numbers).toEqual([]);
  });

  it.each(Object.entries(STATES))('says where each block is found again: %s', (_name, set) => {
    const article = articleIn(post(STATES['raw']!));
    const other = articleIn(post(set));
    for (const { text, place } of blocksOf(article)) {
      const range = findPosition(other, place);
      const letter = range.toString();
      expect(text.replace(/^[^\p{L}\p{N}]+/u, '').charAt(0)).toBe(letter);
    }
  });

  it('has no formulas in code, and later blocks are found behind it', () => {
    const withCode = (set: (tex: string, isDisplay: boolean) => string) => `
      <p>变量<code>$HOME</code>和<code>\\alpha</code>，设${set('x_t', false)}为路径，<code>$PATH</code>为另一个。</p>
      <pre>echo $HOME
echo \\begin{x} $PATH</pre>
      <p>中段。</p><p>末段${set('y', false)}</p>`;
    for (const set of Object.values(STATES)) {
      const article = articleIn(withCode(set));
      const blocks = blocksOf(article);
      expect(blocks[0]?.text).toBe('变量$HOME和\\alpha，设$x_t$为路径，$PATH为另一个。');
      expect(blocks[0]?.formulas).toHaveLength(2);
      expect(blocks[1]?.text).toBe('echo $HOME\necho \\begin{x} $PATH');
      expect(blocks[1]?.formulas).toEqual([]);
      // No text has this hash, so the number of the letter decides.
      const letters = blocks.map(({ place }) => findPosition(article, { ...place, print: -1 }));
      expect(letters.map(String)).toEqual(['变', 'e', '中', '末']);
    }
  });

  it('is bounded: five megabytes, ten thousand equations, five thousand levels', () => {
    const long = blocksIn(`<p>${'很长的一段。'.repeat(1_000)}</p>`.repeat(850));
    expect(long.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(200_000);
    expect(blocksIn(`<p>$x$</p>`.repeat(10_000)).length).toBeLessThanOrEqual(5_000);
    expect(texts(`${'<div>'.repeat(400)}深${'</div>'.repeat(400)}`)).toEqual(['paragraph: 深']);
  });
});
