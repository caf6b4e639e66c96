// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { button, h, on, svg } from '../../../src/ui/h.ts';

it('text that looks like markup stays text', () => {
  const element = h('p', { title: '"><script>' }, '<img src=x onerror=alert(1)>', '&amp;');
  expect(element.children).toHaveLength(0);
  expect(element.textContent).toBe('<img src=x onerror=alert(1)>&amp;');
  expect(element.title).toBe('"><script>');
});

it('what is false, null or undefined is left out, 0 and the empty text are not', () => {
  const element = h(
    'a',
    { hidden: false, id: null, class: undefined, href: '', tabindex: 0 },
    false,
    null,
    undefined,
    0,
  );
  expect(element.outerHTML).toBe('<a href="" tabindex="0">0</a>');
  expect(h('button', { disabled: true }).outerHTML).toBe('<button disabled=""></button>');
});

it('drawings are drawings', () => {
  expect(svg('path', { d: 'M0 0' }).namespaceURI).toBe('http://www.w3.org/2000/svg');
});

it('what a script of the page dispatches is not an act of the reader', () => {
  const button = h('button');
  let acts = 0;
  on(button, 'click', () => acts++, new AbortController().signal);
  button.click();
  button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(acts).toBe(0);
});

it('what the browser dispatches is, until the signal ends it', () => {
  const input = h('input');
  document.body.append(input);
  const controller = new AbortController();
  let acts = 0;
  on(input, 'focus', ({ isTrusted }) => (acts += Number(isTrusted)), controller.signal);
  input.focus();
  expect(acts).toBe(1);
  input.blur();
  controller.abort();
  input.focus();
  expect(acts).toBe(1);
});

it('a button in words has a key, and does not submit', () => {
  const element = button('再试', 'retry', () => {}, new AbortController().signal, {
    class: 'quiet',
  });
  expect(element.outerHTML).toBe(
    '<button type="button" class="quiet" data-key="retry">再试</button>',
  );
});
