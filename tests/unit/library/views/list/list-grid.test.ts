// @vitest-environment jsdom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeFilters, listed, NO_FILTERS } from '../../../../../src/catalogue/search/filters.ts';
import type { Mark } from '../../../../../src/record/marks.ts';
import { ListGrid } from '../../../../../src/library/views/list/list-grid.ts';
import { click, pressKey, trustEvents } from '../../../reader.ts';
import { libraryContext, postOf, words } from '../../context.ts';

const COUNT = 1_000;
const ROW = 34;
const READ = { kind: 'read', at: 0, by: 'hand' } as const;
const posts = Array.from({ length: COUNT }, (_, i) =>
  postOf(i + 1, { minutes: i === 0 ? null : i }),
);
const series = [{ name: '长路', kind: 'numbered' as const, posts: [2, 3] }];

let stage: ReturnType<typeof libraryContext>;
let grid: ListGrid;
let shown: AbortController;
let sorted: string[];
let changes: number;
/** The scroll position of the page, in px. */
let scrolled: number;

beforeAll(trustEvents);
beforeEach(() => {
  [sorted, changes, scrolled] = [[], 0, 0];
  stage = libraryContext({ posts, series, categories: { 1: ['数学', '物理'] } });
  const calls = { sort: (by: string) => sorted.push(by), changed: () => changes++ };
  grid = new ListGrid(stage.context, calls);
  document.body.replaceChildren(grid.element);
  const body = grid.element.querySelector('.lines') as HTMLElement;
  vi.spyOn(body, 'getBoundingClientRect').mockImplementation(
    () => ({ top: -scrolled, bottom: 0, height: 0 }) as DOMRect,
  );
  vi.stubGlobal('scrollBy', ({ top = 0 }: ScrollToOptions) => scrollTo(scrolled + top));
  shown = new AbortController();
  grid.show(shown.signal);
  draw();
  grid.element.focus();
});
afterEach(() => {
  shown.abort();
  vi.unstubAllGlobals();
});

const draw = (ids?: readonly number[]) => {
  const { context } = stage;
  const all = listed(context.catalogue, context.details, context.live.record);
  grid.draw(ids ? ids.flatMap((id) => all[id - 1] ?? []) : all, NO_FILTERS);
};
const scrollTo = (top: number) => {
  scrolled = top;
  dispatchEvent(new Event('scroll'));
};
const rows = () => [...grid.element.querySelectorAll<HTMLElement>('.lines [role="row"]')];
const row = (id: number) => rows().find((each) => each.id === `line-${id}`);
const atHand = () => grid.element.getAttribute('aria-activedescendant');
const marked = () =>
  stage.asked.map((each) => (each as { mark: { post: number; mark: Mark }[] }).mark);

describe('the rows', () => {
  it('are a few of many at any scroll position, in order', () => {
    for (const top of [0, 500 * ROW, COUNT * ROW]) {
      scrollTo(top);
      const places = rows().map(({ dataset }) => Number(dataset['at']));
      expect(places.length).toBeGreaterThan(10);
      expect(places.length).toBeLessThan(80);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(places).toContain(Math.min(COUNT - 1, top / ROW));
    }
    expect(grid.element.getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
  });

  it('lead to the series of a post, in its own order', () => {
    const address = row(2)?.querySelector('.series a')?.getAttribute('href') ?? '';
    const { sort, isDescending, series: asked } = decodeFilters(address.split('?')[1] ?? '');
    expect([sort, isDescending, asked]).toEqual(['series', false, ['长路']]);
  });

  it('show the data of a post', () => {
    expect(row(1)?.textContent).toBe('题1数学、物理—2026-01-01');
    expect(row(2)?.textContent).toBe('题2长路1 / 212026-01-01');
    stage.marks.set(2, READ);
    draw();
    expect(row(2)?.querySelector('button')?.getAttribute('aria-label')).toBe(
      words.markOf('题2', words.read),
    );
  });

  it('show the number, the mark and its day of a post without a title', () => {
    stage.marks.set(12_345, { kind: 'read', at: new Date(2026, 9, 21, 12).getTime(), by: 'hand' });
    draw();
    scrollTo(COUNT * ROW);
    const last = row(12_345);
    expect(last?.querySelector('.title')?.textContent).toBe(
      `${words.record.newPost(12_345)} ${words.list.untitled('2026-10-21')}`,
    );
    expect(last?.querySelector('a')?.href).toBe('https://kexue.fm/archives/12345');
    expect(last?.querySelector('button')?.getAttribute('aria-label')).toBe(
      words.markOf(words.record.newPost(12_345), words.read),
    );
  });

  it('ignore scrolling while another view is shown', () => {
    shown.abort();
    const before = rows().map(({ id }) => id);
    scrollTo(500 * ROW);
    expect(rows().map(({ id }) => id)).toEqual(before);
  });
});

describe('the keys', () => {
  it('move between rows, which are scrolled into view', () => {
    expect(atHand()).toBe('line-1');
    pressKey('ArrowDown');
    pressKey('ArrowDown');
    pressKey('ArrowUp');
    expect(atHand()).toBe('line-2');
    pressKey('End');
    expect(atHand()).toBe(`line-${COUNT}`);
    expect(scrolled).toBeGreaterThan((COUNT - 40) * ROW);
    pressKey('Home');
    expect([atHand(), scrolled]).toEqual(['line-1', 0]);
  });

  it('mark the active row, or all selected rows with another mark as one act', () => {
    pressKey('ArrowDown');
    pressKey(' ');
    expect(marked()).toEqual([[{ post: 2, mark: expect.objectContaining({ kind: 'read' }) }]]);
    stage.marks.set(3, READ);
    pressKey('ArrowDown', { shiftKey: true });
    pressKey('ArrowDown', { shiftKey: true });
    expect(grid.selected()).toEqual([2, 3, 4]);
    pressKey(' ');
    // 3 is read already, and keeps its day.
    expect(marked()[1]?.map(({ post }) => post)).toEqual([2, 4]);
    expect(new Set(marked()[1]?.map(({ mark }) => JSON.stringify(mark))).size).toBe(1);
  });

  it('select all and nothing', () => {
    pressKey('a', { ctrlKey: true });
    expect(grid.selected()).toHaveLength(COUNT);
    expect(row(7)?.getAttribute('aria-selected')).toBe('true');
    pressKey('Escape');
    expect(grid.selected()).toEqual([]);
    expect(row(7)?.getAttribute('aria-selected')).toBe('false');
    expect(changes).toBe(2);
  });

  it('open the post of the active row', () => {
    const opened: string[] = [];
    grid.element.addEventListener('click', (event) => {
      event.preventDefault();
      opened.push((event.target as HTMLAnchorElement).href);
    });
    pressKey('ArrowDown');
    pressKey('Enter');
    expect(opened).toEqual([expect.stringMatching(/\/archives\/2$/)]);
  });

  it('bring the active row back into the window before they act on it', () => {
    const opened: string[] = [];
    grid.element.addEventListener('click', (event) => {
      event.preventDefault();
      opened.push((event.target as HTMLAnchorElement).href);
    });
    pressKey('ArrowDown');
    for (const key of [' ', 'Enter']) {
      scrollTo(500 * ROW);
      expect(row(2)).toBeUndefined();
      pressKey(key);
      expect(row(2)).not.toBeUndefined();
      expect(scrolled).toBeLessThan(2 * ROW);
    }
    expect(marked()[0]?.map(({ post }) => post)).toEqual([2]);
    expect(opened).toEqual([expect.stringMatching(/\/archives\/2$/)]);
  });

  it('are left to the browser on a button in the head', () => {
    grid.element.querySelector<HTMLElement>('[data-key="sort-title"]')?.focus();
    expect(pressKey(' ')).toBe(true);
    expect(stage.asked).toEqual([]);
  });
});

describe('the mouse', () => {
  it('selects a row, and a range with Shift', () => {
    click(row(2)?.querySelector('.date'));
    click(row(5)?.querySelector('.date'), { shiftKey: true });
    expect(grid.selected()).toEqual([2, 3, 4, 5]);
    click(row(3)?.querySelector('.date'));
    expect(grid.selected()).toEqual([2, 4, 5]);
    expect([atHand(), changes]).toEqual(['line-3', 3]);
  });

  it('marks by a click on the mark and opens by one on the title, without selecting', () => {
    click(row(4)?.querySelector('button'));
    expect(marked()[0]?.map(({ post }) => post)).toEqual([4]);
    grid.element.addEventListener('click', (event) => event.preventDefault());
    click(row(5)?.querySelector('a'));
    expect([grid.selected(), atHand(), marked().length]).toEqual([[], 'line-5', 1]);
  });

  it('sorts by a click on the head of a column', () => {
    click(grid.element.querySelector('[data-key="sort-minutes"]'));
    expect(sorted).toEqual(['minutes']);
    const head = grid.element.querySelector('.line-head [aria-sort]');
    expect([head?.className, head?.getAttribute('aria-sort')]).toEqual(['cell date', 'descending']);
  });
});

it('keeps the keys after a click on a title when a mark changes in another tab', () => {
  row(5)?.querySelector('a')?.focus();
  draw();
  expect(document.activeElement).toBe(grid.element);
});

describe('another list', () => {
  it('keeps the active row and the selection, as far as it contains them', () => {
    click(row(3)?.querySelector('.date'));
    click(row(5)?.querySelector('.date'), { ctrlKey: true });
    draw([9, 5, 7]);
    expect([atHand(), grid.selected()]).toEqual(['line-5', [5]]);
    draw([9, 7]);
    expect([atHand(), grid.selected()]).toEqual(['line-7', []]);
    draw([]);
    expect([atHand(), rows()]).toEqual([null, []]);
  });
});
