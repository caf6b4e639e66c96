// @vitest-environment jsdom
/** The preview of an equation or a heading of the page, and the way back. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeatureContext } from '../../../src/content/feature.ts';
import { passages } from '../../../src/content/passages/index.ts';
import { APPEAR_MS } from '../../../src/content/preview/machine.ts';
import { rootOf } from '../../../src/content/shadow-host.ts';
import { click, seenText, trustEvents } from '../reader.ts';
import { stubPlatform, testPage } from './page.ts';

const EQUATION = `<div class="MathJax_Display" id="whole"><span class="MathJax"><nobr><span id="mjx-eqn-a">(1)</span></nobr>
  <span class="MJX_Assistive_MathML"><math><mtable columnalign="right left">
    <mlabeledtr><mtd><mtext>(1)</mtext></mtd><mtd><mi>x</mi></mtd><mtd><mo>=</mo><mi>y</mi></mtd></mlabeledtr>
  </mtable></math></span></span></div><script type="math/tex; mode=display">x&=y</script>`;
const PAGE = `<div id="SideBar"><a id="side" href="#小节">小节</a></div>
  <div id="PostContent"><h2 id="小节">小节 <a href="#小节">#</a></h2><p>这一段的话&lt;b&gt;说明了它的来历。<br>${EQUATION}</p>
  <p>由<a id="ref" href="#mjx-eqn-a">(1)</a>与<a id="nothing" href="#mjx-eqn-b">(2)</a></p></div>`;

let controller: AbortController;
/** The scroll position of the page; the elements in PLACES move with it. */
let scrolled = 0;
const PLACES: Record<string, number> = { whole: 3_000, 'mjx-eqn-a': 3_010, ref: 900, 小节: 2_000 };

beforeAll(trustEvents);
beforeEach(() => {
  vi.useFakeTimers();
  stubPlatform();
  vi.stubGlobal('scrollBy', ({ top }: { top: number }) => (scrolled += top));
  vi.stubGlobal('scrollTo', ({ top }: { top: number }) => (scrolled = top));
  vi.spyOn(window, 'scrollY', 'get').mockImplementation(() => scrolled);
  Reflect.set(Document.prototype, 'elementFromPoint', () => null);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    const isFixed = this.id === 'side' || this.getRootNode() !== document;
    return new DOMRect(0, (PLACES[this.id] ?? 0) - (isFixed ? 0 : scrolled), 100, 20);
  });
  Element.prototype.getClientRects = function () {
    return [this.getBoundingClientRect()] as unknown as DOMRectList;
  };
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  scrolled = 800;
  controller = new AbortController();
  document.body.innerHTML = PAGE;
  passages.init(testPage({ ownId: 11 }).context, controller.signal);
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  location.hash = '';
});

const element = (id: string) => document.getElementById(id) as HTMLElement;
const boxes = () =>
  [...document.body.children].flatMap((each) => {
    const box = rootOf(each)?.querySelector<HTMLElement>('.card');
    return box && !box.hidden ? [box] : [];
  });
const card = () => boxes().find((box) => box.matches('.preview'));
const bar = () => boxes().find((box) => box.matches('.bar'));
const press = (box: Element | undefined, text: string) =>
  click([...(box?.querySelectorAll('button') ?? [])].find((each) => seenText(each) === text));

function point(type: string, at: Element, pointerType = 'mouse'): void {
  const event = new MouseEvent(type, { bubbles: true, buttons: 0 });
  at.dispatchEvent(Object.assign(event, { pointerType }));
}
const rest = async (id: string) => {
  point('pointerover', element(id));
  await vi.advanceTimersByTimeAsync(APPEAR_MS);
};
const tap = async (id: string) => {
  point('pointerdown', element(id), 'touch');
  click(element(id));
  await vi.advanceTimersByTimeAsync(0);
};

describe('the preview', () => {
  it('shows headings of the article in another theme, and no others', async () => {
    controller.abort();
    document.body.innerHTML = PAGE.replace('id="PostContent"', 'id="article"');
    const article = document.getElementById('article') ?? undefined;
    const { context } = testPage({ ownId: 11 });
    const begin = (foreignText: FeatureContext['foreignText']) => {
      controller = new AbortController();
      passages.init({ ...context, foreignText }, controller.signal);
    };
    begin(() => ({ article, isOutside: () => false }));
    await rest('side');
    expect(card()?.ariaLabel).toBe('小节');
    controller.abort();
    begin(() => ({ article: undefined, isOutside: () => false }));
    await rest('side');
    expect(card()).toBeUndefined();
  });

  it('shows the equation that a number leads to, with the paragraph before it', async () => {
    await rest('ref');
    expect(card()?.ariaLabel).toBe('式 (1)');
    expect(seenText(card()?.querySelector('.head'))).toBe('式 (1)');
    expect(seenText(card()?.querySelector('.around'))).toBe('这一段的话<b>说明了它的来历。');
    const cells = [...(card()?.querySelectorAll('mtd') ?? [])];
    expect(cells.map((cell) => [cell.textContent, cell.getAttribute('class')])).toEqual([
      ['x', 'right'],
      ['=y', 'left'],
      ['(1)', 'equation-number'],
    ]);
    expect(card()?.querySelector('.equation [inert] math')?.getAttribute('display')).toBe('block');
    expect(card()?.querySelector('.equation [role=img]')?.getAttribute('aria-label')).toBe(
      '$$x&=y$$',
    );
  });

  it('shows an equation of an excerpt, and nothing for one that only the whole post has', async () => {
    controller.abort();
    controller = new AbortController();
    const excerpt = (html: string) =>
      `<div class="Post"><h2>题名</h2><div class="PostContent">${html}</div></div>`;
    document.body.innerHTML =
      excerpt(`<p>定义${EQUATION}</p><p>由<a id="ref" href="#mjx-eqn-a">(1)</a></p>`) +
      excerpt(
        '<p>由<a id="nothing" href="#mjx-eqn-c">(3)</a>与<a id="unknown" href="#">(???)</a></p>',
      );
    passages.init(testPage({}).context, controller.signal);
    expect(passages.kinds).toContain('listing');
    for (const id of ['nothing', 'unknown']) {
      await rest(id);
      expect(card()).toBeUndefined();
    }
    await rest('ref');
    expect(card()?.ariaLabel).toBe('式 (1)');
  });

  it('shows the source of an equation that is not drawn for screen readers', async () => {
    document.querySelector('math')?.remove();
    await rest('ref');
    expect(seenText(card()?.querySelector('.source'))).toBe('$$x&=y$$');
  });

  it('shows what stands under a heading', async () => {
    await rest('side');
    expect(seenText(card()?.querySelector('.head'))).toBe('小节');
    expect(seenText(card()?.querySelector('.around'))).toBe('这一段的话<b>说明了它的来历。');
  });

  it('does not open for a link to nothing, and reads nothing before the pointer rests', async () => {
    const walkers = vi.spyOn(Document.prototype, 'createTreeWalker');
    const isRead = () => walkers.mock.calls.some(([root]) => root === element('PostContent'));
    await rest('nothing');
    expect(card()).toBeUndefined();
    point('pointerover', element('ref'));
    expect(isRead()).toBe(false);
    await vi.advanceTimersByTimeAsync(APPEAR_MS);
    expect(isRead()).toBe(true);
  });

  it('follows the link when its head is pressed', async () => {
    await rest('ref');
    press(card(), '式 (1)');
    expect(card()).toBeUndefined();
    expect(location.hash).toBe('#mjx-eqn-a');
    expect(bar()).toBeDefined();
  });
});

describe('a link that is followed', () => {
  it('shows the whole equation below the top of the window, and leads back to the very place', () => {
    click(element('ref'));
    expect(element('whole').getBoundingClientRect().top).toBe(72);
    expect(location.hash).toBe('#mjx-eqn-a');
    // Meanwhile the page has grown above the link.
    PLACES['ref'] = 1_400;
    press(bar(), '回到刚才');
    expect(element('ref').getBoundingClientRect().top).toBe(100);
    expect(bar()).toBeUndefined();
    PLACES['ref'] = 900;
  });

  it('leads back through several places, the last one first', () => {
    click(element('ref'));
    const [first, second] = [800, scrolled];
    click(element('side'));
    expect(element('小节').getBoundingClientRect().top).toBe(72);
    press(bar(), '回到刚才');
    expect(scrolled).toBe(second);
    press(bar(), '回到刚才');
    expect(scrolled).toBe(first);
    expect(bar()).toBeUndefined();
  });

  it('leads back to the scroll position if the link is gone', () => {
    click(element('ref'));
    element('ref').remove();
    press(bar(), '回到刚才');
    expect(scrolled).toBe(800);
  });

  it('keeps at most fifty places, and all of them can be dismissed', () => {
    for (let times = 0; times < 60; times++) click(element('ref'));
    let backs = 0;
    for (; bar(); backs++) press(bar(), '回到刚才');
    expect(backs).toBe(50);
    click(element('ref'));
    press(bar(), '收起');
    expect(bar()).toBeUndefined();
  });

  it('is left to the browser with Ctrl, if the page handled it, or if it leads to nothing', () => {
    click(element('ref'), { ctrlKey: true });
    click(element('nothing'));
    element('ref').addEventListener('click', (event) => event.preventDefault());
    click(element('ref'));
    expect(bar()).toBeUndefined();
    expect(scrolled).toBe(800);
  });

  it('with a finger shows the preview first, and is followed by a second tap', async () => {
    await tap('ref');
    expect(card()).toBeDefined();
    expect(bar()).toBeUndefined();
    expect(scrolled).toBe(800);
    await tap('ref');
    expect(card()).toBeUndefined();
    expect(bar()).toBeDefined();
  });

  it('needs no way back once the feature is switched off', () => {
    click(element('ref'));
    controller.abort();
    expect(bar()).toBeUndefined();
    click(element('ref'));
    expect(bar()).toBeUndefined();
  });
});
