import { describe, expect, it } from 'vitest';
import { namingTexts, ownNamingTexts } from '../../../src/site/mentions.ts';
import { fixture, parsePage } from '../support.ts';

function texts(html: string, most = 1_000): string[] {
  const page = parsePage(`<div id="PostContent">${html}</div>`);
  return namingTexts(page, most).readable.map(({ data }) => data);
}

describe('a text may be read', () => {
  it.each([
    ['<p>见《甲》。</p>', '见《甲》。'],
    ['<blockquote><p><em>见《甲》</em></p></blockquote>', '见《甲》'],
    // A formula in another paragraph does not matter.
    ['<p>$x$</p><p>见《甲》</p>', '见《甲》'],
    // The formula is typeset, so its row has no delimiter any more.
    [
      '<p>设<span class="MathJax_Preview"></span><span class="MathJax">x</span><script type="math/tex">x</script>，见《甲》</p>',
      '，见《甲》',
    ],
  ])('in %s', (html, text) => {
    expect(texts(html)).toEqual([text]);
  });
});

describe('a text is left alone', () => {
  it.each([
    ['of a link', '<a href="/archives/4">《甲》</a>'],
    ['in a link', '<a href="#x"><em>《甲》</em></a>'],
    ['of a heading', '<h2>《甲》</h2>'],
    ['of code', '<pre><code>《甲》</code></pre>'],
    ['of code in a line', '<p><code>《甲》</code></p>'],
    ['of a script', '<script>《甲》</script>'],
    ['of a text field', '<textarea>《甲》</textarea>'],
    ['that the reader writes', '<p contenteditable>《甲》</p>'],
    ['that MathJax drew', '<span class="MathJax"><nobr>《甲》</nobr></span>'],
    ['of a preview of MathJax', '<span class="MathJax_Preview">《甲》</span>'],
    ['about citing', '<div id="how_to_cite"><p>《甲》</p></div>'],
    ['with a formula', '<p>见《甲》，$x$</p>'],
    ['with a backslash', '<p>\\text{《甲》}</p>'],
    ['with an open dollar a line before', '<p>$x<br>《甲》<br>y$</p>'],
    ['within an environment', '<p>\\begin{align}<br>a<br>《甲》<br>\\end{align}</p>'],
    ['with a comment between it and a formula', '<p>$x<!-- -->《甲》</p>'],
    ['without 《', '<p>甲》</p>'],
    ['of enormous length', `<p>《甲》${'x'.repeat(30_000)}</p>`],
  ])('%s', (_, html) => {
    expect(texts(html)).toEqual([]);
  });

  it('outside of articles and excerpts', () => {
    const page = parsePage('<div id="comments">《甲》</div><div id="similar">《甲》</div>');
    expect(namingTexts(page, 1_000).readable).toEqual([]);
  });
});

it('no more texts are looked at than asked', () => {
  expect(texts('<p>《甲》</p>'.repeat(50), 10)).toHaveLength(10);
});

it.each(['post', 'post-mathjax', 'home-processing'])('nothing of MathJax in %s is read', (name) => {
  const page = fixture(name);
  for (const text of namingTexts(page, 10_000).readable) {
    expect(text.data).not.toMatch(/[$\\]/);
    expect(text.parentElement?.closest('[class*="MathJax"], script, a, h2, pre')).toBeNull();
  }
});

describe('a part of a page', () => {
  const page = () =>
    parsePage(
      '<div id="PostContent"><p>《甲》</p><p>$x$ 《乙》</p><pre><b>《丙》</b></pre></div><p>《丁》</p>',
    );
  const part = (root: Document, selector: string) => root.querySelector(selector) as Element;

  it.each([
    ['#PostContent', ['《甲》']],
    ['p', ['《甲》']],
    ['pre b', []],
    ['#PostContent + p', []],
    ['body', ['《甲》']],
  ])('%s names what is in texts, and no more', (selector, readable) => {
    const root = page();
    const found = namingTexts(part(root, selector), 1_000);
    expect(found.readable.map(({ data }) => data)).toEqual(readable);
  });

  it('says where MathJax may look yet', () => {
    const root = page();
    expect(namingTexts(root, 1_000).waiting.map(({ parentElement }) => parentElement)).toEqual([
      part(root, 'p + p'),
    ]);
  });

  it('can be the texts that an element itself holds', () => {
    const root = page();
    expect(ownNamingTexts(part(root, 'p')).readable).toHaveLength(1);
    for (const selector of ['#PostContent', 'pre b', '#PostContent + p'])
      expect(ownNamingTexts(part(root, selector)).readable).toEqual([]);
  });
});
