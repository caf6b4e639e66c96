// @vitest-environment jsdom
/** 目次: its rows and its keys. */
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PartRow, SeriesView } from '../../../src/app/line-view.ts';
import { h } from '../../../src/ui/h.ts';
import { patch } from '../../../src/ui/patch.ts';
import { seriesList, seriesRuler, seriesState, steerLinks } from '../../../src/ui/series-list.ts';
import { wordsIn } from '../../../src/ui/words/index.ts';
import { pressKey, trustEvents } from '../reader.ts';

const part = (partNumber: number, kind: 'read' | 'unread' = 'unread'): PartRow => ({
  id: 100 + partNumber,
  title: `题${partNumber}`,
  short: `${partNumber}、题${partNumber}`,
  date: `2026-01-0${partNumber}`,
  mark: kind === 'read' ? { kind, at: 0, by: 'hand' } : { kind },
  partNumber,
  minutes: null,
  isNew: false,
});
const PARTS = [part(1, 'read'), part(2), part(3)];
const SERIES: SeriesView = {
  name: '长路',
  partNumber: 2,
  parts: PARTS,
  isFinished: false,
  read: 1,
  previous: PARTS[0],
  next: PARTS[2],
  unread: undefined,
  allRead: false,
  left: { minutes: 0, unknown: 2 },
};
const words = wordsIn('zh-CN');

const { signal } = new AbortController();
let box: HTMLElement;
let done: string[];
beforeAll(trustEvents);
beforeEach(() => {
  done = [];
  box = h('div');
  document.body.append(box);
});
afterEach(() => box.remove());

const draw = (parts: readonly PartRow[] = PARTS, isClosable = true) => {
  const list = seriesList(parts, {
    attributes: { 'aria-label': '长路' },
    isHere: ({ partNumber }) => partNumber === 2,
    cells: ({ id, title, partNumber }, number, rest) => [
      h('a', { href: `#${id}`, tabindex: partNumber === 2 ? 0 : -1 }, number, title, ...rest),
    ],
  });
  const mark = (at: number) => done.push(`mark ${parts[at]?.id}`);
  steerLinks(list, { mark, close: isClosable ? () => done.push('close') : undefined }, signal);
  patch(box, [list]);
};
const focused = () => document.activeElement?.getAttribute('href');
const stops = () => [...box.querySelectorAll('a[tabindex="0"]')].map((a) => a.getAttribute('href'));

it('a row has the number, the title and the date; one is the current post', () => {
  draw();
  const rows = [...box.querySelectorAll('li')];
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    '1题12026-01-01',
    '2题22026-01-02',
    '3题32026-01-03',
  ]);
  expect(rows.map(({ className }) => className)).toEqual(['', 'here', '']);
  expect(box.querySelector('ol')?.getAttribute('aria-label')).toBe('长路');
});

it('a series says that it is finished, if that is known, else the day of its last part', () => {
  expect(seriesState(SERIES, words)).toBe('最近一篇 2026-01-03');
  expect(seriesState({ ...SERIES, isFinished: true }, words)).toBe('已完结');
  expect(seriesState({ ...SERIES, isFinished: true }, wordsIn('en'))).toBe('Finished');
  expect(seriesState({ ...SERIES, parts: [] }, words)).toBe('');
});

it('a list without an order has no numbers', () => {
  const list = seriesList([{ id: 1, title: '题', date: '2026-01-01', mark: { kind: 'unread' } }], {
    attributes: { 'aria-label': '引用' },
    isHere: () => false,
    cells: ({ title }, number, rest) => [number, title, ...rest],
  });
  expect(list.querySelector('.number')).toBeNull();
  expect(list.textContent).toBe('题2026-01-01');
});

it('the ruler points at the current post, at another part, or at none', () => {
  const points = (current?: number) =>
    seriesRuler(SERIES, words, current).querySelector('.here')?.getAttribute('d');
  expect(points()).toBe(points(2));
  expect(points(1)).not.toBe(points(2));
  expect(points(0)).toBeUndefined();
  expect(seriesRuler(SERIES, words).getAttribute('aria-label')).toBe(words.rulerOf(1, 3));
});

describe('the keyboard', () => {
  beforeEach(() => {
    draw();
    box.querySelector<HTMLElement>('a[tabindex="0"]')?.focus();
  });

  it('starts at the current post and reaches every row', () => {
    expect(focused()).toBe('#102');
    const seen = ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Home', 'ArrowUp', 'End'].map((key) => {
      expect(pressKey(key)).toBe(false);
      expect(stops()).toEqual([focused()]);
      return focused();
    });
    expect(seen).toEqual(['#103', '#103', '#102', '#101', '#101', '#103']);
  });

  it('marks the focused row, also after a redraw', () => {
    pressKey('ArrowDown');
    expect(pressKey(' ')).toBe(false);
    draw([part(1, 'read'), part(2, 'read'), part(3, 'read')]);
    expect(focused()).toBe('#103');
    pressKey('ArrowUp');
    pressKey(' ');
    expect(done).toEqual(['mark 103', 'mark 102']);
  });

  it('closes a list that can be closed', () => {
    expect(pressKey('Escape')).toBe(false);
    draw(PARTS, false);
    expect(pressKey('Escape')).toBe(true);
    expect(done).toEqual(['close']);
  });

  it('leaves other keys to the browser', () => {
    for (const key of ['Enter', 'Tab', 'a', 'PageDown']) expect(pressKey(key)).toBe(true);
    for (const key of [' ', 'ArrowUp', 'Home'])
      for (const held of ['ctrlKey', 'metaKey', 'altKey', 'shiftKey'])
        expect(pressKey(key, { [held]: true })).toBe(true);
    expect(focused()).toBe('#102');
    expect(done).toEqual([]);
  });
});
