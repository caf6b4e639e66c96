// @vitest-environment jsdom
import { expect, it, vi } from 'vitest';
import { passageNodes } from '../../../src/maths/passage.ts';

// jsdom has no layout; browser tests cover what depends on it.
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
  },
);

const text = (of: string, isHit = false) => ({ text: of, isFormula: false, isHit });
const formula = (of: string, isHit = false) => ({ text: of, isFormula: true, isHit });

function draw(...passage: Parameters<typeof passageNodes>[0]): HTMLElement {
  const place = document.createElement('p');
  place.append(...passageNodes(passage));
  return place;
}
const mathsIn = (place: Element) => [...place.querySelectorAll('math')].map(shown);
const shown = (math: Element) => math.querySelector('semantics > :first-child')?.textContent;

it('marks the words, and typesets the formulas alike each time', async () => {
  const passage = [text('设'), formula('$x+1$'), text('为正', true), formula('$y$', true)];
  const first = draw(...passage);
  expect(first.textContent).toBe('设$x+1$为正$y$');
  await vi.waitFor(() => expect(mathsIn(first)).toEqual(['x+1', 'y']));
  expect([...first.querySelectorAll('mark')].map((mark) => mathsIn(mark).join())).toEqual([
    '',
    'y',
  ]);
  const again = draw(...passage, formula('$x+1$'));
  expect(mathsIn(again)).toEqual(['x+1', 'y', 'x+1']);
  // The first drawing keeps its own nodes.
  expect(mathsIn(first)).toEqual(['x+1', 'y']);
});

it('numbers no equation, because its true number is not known', async () => {
  const place = draw(formula('\\begin{equation}z\\end{equation}'));
  await vi.waitFor(() => expect(mathsIn(place)).toEqual(['z']));
  expect(place.textContent).not.toContain('(1)');
});
