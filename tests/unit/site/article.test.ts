import { describe, expect, it } from 'vitest';
import {
  articleBoxes,
  articleEnd,
  isCut,
  measureArticle,
  referencesOf,
} from '../../../src/site/article.ts';
import { OUR_LINK } from '../../../src/site/links.ts';
import { fixture, parsePage } from '../support.ts';

const articleIn = (html: string) =>
  articleBoxes(
    parsePage(`<div class="Post"><div class="PostContent" id="PostContent">${html}</div></div>`),
  )[0] as Element;

const NOTICE = '<p><em><strong>转载到请包括本文地址：</strong><a href="#">x</a></em></p>';

describe('the box of the article', () => {
  it('is found with its id, and without it', () => {
    const page = fixture('post');
    const article = articleBoxes(page)[0];
    expect(article?.className).toBe('PostContent');
    article?.removeAttribute('id');
    expect(articleBoxes(page)[0]).toBe(article);
  });

  it('is not there on the page that only sets the cookie', () => {
    expect(articleBoxes(fixture('gate'))[0]).toBeUndefined();
  });
});

describe('a page that the server cuts', () => {
  const cutAt = (html: string, share: number) =>
    articleBoxes(parsePage(html.slice(0, Math.floor(html.length * share))))[0];
  const paragraphs = '<p>一段话。</p>'.repeat(40);
  const before = '<div id="content"><div class="Post"><div class="PostContent" id="PostContent">';

  it('counts as cut anywhere in the article, but not after it', () => {
    const html = `${before}${paragraphs}${NOTICE}</div></div></div><div id="footer"></div>`;
    for (const share of [0.2, 0.5, 0.8]) expect(isCut(cutAt(html, share)!), `${share}`).toBe(true);
    expect(isCut(cutAt(html, 1)!)).toBe(false);
    for (const name of ['post', 'post-mathjax'])
      expect(isCut(articleBoxes(fixture(name))[0]!)).toBe(false);
  });

  it('does not count as cut if the page goes on after an article without a notice', () => {
    const html = `${before}${paragraphs}</div></div></div><div id="footer"></div>`;
    expect(isCut(cutAt(html, 1)!)).toBe(false);
  });
});

describe('the end of the article', () => {
  it.each(['post', 'post-mathjax'])('is the reprint notice on %s', (name) => {
    const end = articleEnd(articleBoxes(fixture(name))[0] as Element);
    expect(end?.nodeName).toBe('P');
    expect(end?.textContent).toMatch(/^转载到请包括本文地址/);
    expect(end?.nextElementSibling?.textContent).toMatch(/^更详细的转载事宜/);
  });

  it('is found inside a quotation that was never closed', () => {
    const article = articleIn(
      `<p>文</p><blockquote><p>引文</p>${NOTICE}<div id="content_tips"></div><div id="pay"></div></blockquote>`,
    );
    expect(articleEnd(article)?.parentElement?.nodeName).toBe('BLOCKQUOTE');
    expect(articleEnd(article)?.textContent).toContain('转载');
  });

  it.each(['content_tips', 'pay', 'how_to_cite'])('is #%s where there is no notice', (id) => {
    const article = articleIn(`<p>文</p><div id="${id}"><p>盒</p></div>`);
    expect(articleEnd(article)?.id).toBe(id);
  });

  it('is missing in an article without boxes, even if its text mentions reprints', () => {
    expect(articleEnd(articleIn('<p>本文说：转载到请包括本文地址</p>'))).toBeNull();
  });
});

describe('the length of an article', () => {
  it('counts characters, words, formulas and lines of code', () => {
    const article = articleIn(
      String.raw`<p>前言 uses BERT-whitening 2.0，设$a+b$与$c$。</p>
<p>推导：$$x=y$$得<br />
\begin{align}<br />
f =&amp;\, x \\<br />
\geq&amp;\, 1<br />
\end{align}<br />
完</p><pre><code>for x in y:
    print("$5 四字不算")
</code></pre>${NOTICE}<div id="pay"><p>打赏打赏 pay $z$</p></div>`,
    );
    expect(measureArticle(article)).toEqual({
      // 前言设与推导得完
      chars: 8,
      // uses, BERT-whitening
      words: 2,
      inlineFormulas: 2,
      displayFormulas: 2,
      codeLines: 2,
    });
  });

  it.each([
    ['2099 年 9 月 28 日 03:14，3.14 与 1-2', 0],
    ['GPT-4 与 3D，x2、2x 和 1st', 5],
    ['4090 张 don’t', 1],
  ])('counts as a word whatever has a letter: %s', (text, words) => {
    expect(measureArticle(articleIn(`<p>${text}</p>`)).words).toBe(words);
  });

  it('counts no blank line of code, and none behind the article', () => {
    const code = '<pre><code>\n\nx = 1\n   \n\ty = 2\n\n</code></pre>';
    expect(measureArticle(articleIn(`${code}${NOTICE}${code}`)).codeLines).toBe(2);
  });

  it.each(['array', 'aligned'])('counts %s in %s as one formula, to its own end', (name) => {
    const inner = String.raw`\begin{${name}}{c}x\end{${name}}`;
    const outer = String.raw`\begin{${name}}{cc}${inner} & y \\ ${inner} & \text{其中} z\end{${name}}`;
    for (const formula of [outer, `$$${outer}$$`]) {
      const { chars, words, displayFormulas } = measureArticle(articleIn(`<p>前${formula}后</p>`));
      expect({ chars, words, displayFormulas }).toEqual({ chars: 2, words: 0, displayFormulas: 1 });
    }
  });

  it('is zero for an empty article', () => {
    expect(measureArticle(articleIn(''))).toEqual({
      chars: 0,
      words: 0,
      inlineFormulas: 0,
      displayFormulas: 0,
      codeLines: 0,
    });
  });
});

describe('what an article refers to', () => {
  const refsIn = (html: string) => referencesOf(articleIn(html), 90_001);
  const link = (href: string) => `<a href="${href}">x</a>`;

  it('is the posts that it links to, each once, by rising id', () => {
    expect(
      refsIn(
        `<p>${link('/archives/9119')}${link('https://spaces.ac.cn/archives/8265#eq')}</p>
        <blockquote>${link('https://kexue.fm/archives/9119/')}</blockquote>`,
      ),
    ).toEqual([8265, 9119]);
  });

  it('is not itself, nor pages that are no posts', () => {
    const others = [
      '/archives/90001',
      '#x',
      '/tag/x/',
      'https://example.org/archives/5',
      '/archives/x',
    ];
    expect(refsIn(others.map(link).join(''))).toEqual([]);
  });

  it('is no link that we have made of a name in 《》', () => {
    expect(refsIn(`${link('/archives/5')}<a href="/archives/6" ${OUR_LINK}>《题》</a>`)).toEqual([
      5,
    ]);
  });

  it('ends where the article ends', () => {
    expect(refsIn(`${link('/archives/5')}${NOTICE}${link('/archives/6')}`)).toEqual([5]);
    expect(
      refsIn(`${link('/archives/5')}<div id="how_to_cite">${link('/archives/6')}</div>`),
    ).toEqual([5]);
  });
});
