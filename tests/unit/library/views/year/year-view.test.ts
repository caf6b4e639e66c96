// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { yearView } from '../../../../../src/library/views/year/year-view.ts';
import { trustEvents } from '../../../reader.ts';
import { libraryContext, postOf, words } from '../../context.ts';

it('the year view sets lang on names of categories only, and opens the chosen year', () => {
  trustEvents();
  document.documentElement.lang = 'zh-CN';
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe = () => undefined;
      disconnect = () => undefined;
    },
  );
  const posts = [postOf(1), postOf(2), postOf(3)];
  const { context, marks, asked } = libraryContext({ posts, categories: { 1: ['数学'] } });
  const years = [2025, 2025, 2024];
  years.forEach((year, at) =>
    marks.set(at + 1, { kind: 'read', at: Date.UTC(year, 5), by: 'hand' }),
  );
  const view = yearView(context);
  view.draw(new URLSearchParams());
  const names = [...view.element.querySelectorAll('.categories span')];
  expect(names.map((name) => [name.textContent, name.getAttribute('lang')])).toEqual([
    ['数学', 'zh-CN'],
    [words.map.noCategory, null],
  ]);
  const select = view.element.querySelector('select');
  if (select) select.value = '2024';
  select?.dispatchEvent(new Event('change', { bubbles: true }));
  expect(asked).toEqual([{ go: '#year?of=2024' }]);
});
