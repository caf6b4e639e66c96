import { describe, expect, it } from 'vitest';
import { articleBoxes } from '../../../src/site/article.ts';
import { findPosition, positionAt } from '../../../src/site/position.ts';
import type { Position } from '../../../src/site/types.ts';
import { isPlace } from '../../../src/record/marks.ts';
import { fixture, parsePage } from '../support.ts';

const pageOf = (html: string) =>
  parsePage(`<div class="Post"><div class="PostContent" id="PostContent">${html}</div></div>`);

/** A page's article with a fake layout: lines of 20 px with this many letters, one text under the other. */
function laidOut(page: Document, lettersInLine: number, scrolled = 0): Element {
  const article = articleBoxes(page)[0];
  const window = page.defaultView;
  if (!article || !window) throw new Error('no article');
  window.Range.prototype.getBoundingClientRect = function (this: Range) {
    const before = page.createRange();
    before.setStart(article, 0);
    before.setEnd(this.startContainer, this.startOffset);
    const line = Math.floor(before.toString().length / lettersInLine);
    return new window.DOMRect(0, line * 20 - scrolled, 10, 20);
  };
  return article;
}

/** The visible text that follows a place. */
function textAt(article: Element, place: Position): string {
  const range = findPosition(article, place);
  range.setEndAfter(article.lastChild ?? article);
  return range.toString().replace(/\s+/g, '').slice(0, 12);
}

const SENTENCES = Array.from(
  { length: 60 },
  (_, i) => `<p>第${i}段讲一件事，它与第${i * 7}件不同，与${i * i}有关。</p>`,
);

/** A formula in the states that MathJax 2.7 leaves it in. */
const frame =
  '<span class="MathJax" id="MathJax-Element-1-Frame"><span class="mi">字形</span></span>';
const STATES: Record<string, (tex: string, isDisplay: boolean) => string> = {
  raw: (tex, isDisplay) => (isDisplay ? `$$${tex}$$` : `$${tex}$`),
  'raw, in brackets': (tex, isDisplay) => (isDisplay ? `\\[${tex}\\]` : `\\(${tex}\\)`),
  preprocessed: (tex, isDisplay) =>
    `<span class="MathJax_Preview">${tex}</span><script type="math/tex${isDisplay ? '; mode=display' : ''}">${tex}</script>`,
  typeset: (tex, isDisplay) =>
    `<span class="MathJax_Preview"></span>${isDisplay ? `<div class="MathJax_Display">${frame}</div>` : frame}<script type="math/tex${isDisplay ? '; mode=display' : ''}">${tex}</script>`,
};
const withFormulas = (state: keyof typeof STATES) =>
  SENTENCES.map((p, i) =>
    i % 3 === 0
      ? p.replace('，', `，${STATES[state]?.('x_1+abc', false)}，${STATES[state]?.('y=def', true)}`)
      : p,
  ).join('');

describe('a place', () => {
  it('is the first letter that can be seen', () => {
    const article = laidOut(pageOf(SENTENCES.join('')), 10, 400);
    const place = positionAt(article, 0);
    expect(isPlace(place)).toBe(true);
    expect(findPosition(article, place).getBoundingClientRect().top).toBe(0);
    expect(positionAt(article, 60).at).toBeGreaterThan(place.at);
  });

  it('is the head above the article, and its last letter below it', () => {
    const html = SENTENCES.join('');
    expect(positionAt(laidOut(pageOf(html), 10, -500), 0).at).toBe(0);
    const article = laidOut(pageOf(html), 10, 1_000_000);
    expect(textAt(article, positionAt(article, 0))).toBe('关。');
  });

  it.each([7, 10, 31])('is the same text at %d letters a line', (width) => {
    const place = positionAt(laidOut(pageOf(SENTENCES.join('')), 12, 300), 0);
    const wide = laidOut(pageOf(SENTENCES.join('')), 12);
    const other = laidOut(pageOf(SENTENCES.join('')), width);
    expect(textAt(other, place)).toBe(textAt(wide, place));
  });

  it.each(Object.keys(STATES))('is the same text when a formula is %s', (state) => {
    const place = positionAt(laidOut(pageOf(withFormulas('raw')), 20, 500), 0);
    const plain = laidOut(pageOf(SENTENCES.join('')), 20);
    const article = laidOut(pageOf(withFormulas(state)), 20);
    expect(place.at).toBeGreaterThan(100);
    expect(textAt(article, place).slice(0, 3)).toBe(textAt(plain, place).slice(0, 3));
  });

  it('counts no formula of the fixtures, in either state', () => {
    const [raw, typeset] = ['post', 'post-mathjax'].map((name) => laidOut(fixture(name), 5));
    if (!raw || !typeset) throw new Error('no article');
    for (let y = 0; y < 2_000; y += 300) {
      const place = positionAt(raw, y);
      const [here, there] = [findPosition(raw, place), findPosition(typeset, place)];
      expect(there.toString()).toBe(here.toString());
    }
    expect(positionAt(raw, 1_000_000)).toEqual(positionAt(typeset, 1_000_000));
  });

  it('ends where the article ends: the reprint notice has none', () => {
    const article = laidOut(fixture('post'), 5);
    expect(textAt(article, positionAt(article, 1_000_000))).toMatch(/^落。转载/);
  });
});

describe('after an edit the place', () => {
  const place = positionAt(laidOut(pageOf(SENTENCES.join('')), 10, 1_000), 0);
  const before = textAt(laidOut(pageOf(SENTENCES.join('')), 10), place);
  const found = (edit: (all: string[]) => string[]) =>
    textAt(laidOut(pageOf(edit([...SENTENCES]).join('')), 10), place);

  it.each<[string, (all: string[]) => string[]]>([
    ['before it, longer', ([first = '', ...rest]) => [first, '<p>补充了一段话。</p>', ...rest]],
    ['before it, shorter', (all) => all.slice(5)],
    ['after it', (all) => all.slice(0, 40)],
    ['of another order', (all) => [...all.slice(30), ...all.slice(0, 30)]],
  ])('is the same text: %s', (_, edit) => {
    expect(found(edit)).toBe(before);
  });

  it('is the letter of the same number where its own text is gone', () => {
    const article = laidOut(pageOf('<p>完全换了的一篇文章。</p>'.repeat(300)), 10);
    const { at } = positionAt(laidOut(pageOf(SENTENCES.join('')), 10, 1_000), 0);
    expect(textAt(article, place)).toBe(
      '完全换了的一篇文章。'
        .repeat(3)
        .slice(at % 9)
        .slice(0, 12),
    );
  });

  it('is the last letter of an article that became short, and nothing breaks without letters', () => {
    expect(textAt(laidOut(pageOf('<p>短了。</p>'), 10), place)).toBe('了。');
    expect(findPosition(laidOut(pageOf('<p>……</p>'), 10), place).toString()).toBe('');
    expect(isPlace(positionAt(laidOut(pageOf(''), 10), 0))).toBe(true);
  });
});

it('a place anywhere in a hostile page costs bounded work', () => {
  const article = laidOut(pageOf(`<p>${'字'.repeat(300_000)}</p>`), 40, 1e9);
  expect(positionAt(article, 0).at).toBeLessThan(100_000);
  expect(findPosition(article, { at: 999_999, print: 5 }).toString()).toBe('字');
});
