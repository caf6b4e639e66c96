import { describe, expect, it } from 'vitest';
import { articleEnd, articleOf, measureArticle, referencesOf } from '../../../src/site/article.ts';
import { fixture, parsePage } from '../support.ts';

const articleIn = (html: string) =>
  articleOf(
    parsePage(`<div class="Post"><div class="PostContent" id="PostContent">${html}</div></div>`),
  ) as Element;

const NOTICE = '<p><em><strong>转载到请包括本文地址：</strong><a href="#">x</a></em></p>';

describe('the box of the article', () => {
  it('is found with its id, and without it', () => {
    const page = fixture('post');
    const article = articleOf(page);
    expect(article?.className).toBe('PostContent');
    article?.removeAttribute('id');
    expect(articleOf(page)).toBe(article);
  });

  it('is not there on the page that only sets the cookie', () => {
    expect(articleOf(fixture('gate'))).toBeUndefined();
  });
});

describe('the end of the article', () => {
  it.each(['post', 'post-mathjax'])('is the reprint notice on %s', (name) => {
    const end = articleEnd(articleOf(fixture(name)) as Element);
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

  it('is nowhere in an article without any box, though its text speaks of reprints', () => {
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
      // uses, BERT-whitening, 2, 0
      words: 4,
      inlineFormulas: 2,
      displayFormulas: 2,
      codeLines: 2,
    });
  });

  it('of an empty article is nothing', () => {
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

  it('ends where the article ends', () => {
    expect(refsIn(`${link('/archives/5')}${NOTICE}${link('/archives/6')}`)).toEqual([5]);
    expect(
      refsIn(`${link('/archives/5')}<div id="how_to_cite">${link('/archives/6')}</div>`),
    ).toEqual([5]);
  });
});
