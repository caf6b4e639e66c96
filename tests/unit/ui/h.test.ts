// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { button, h, on, svg } from '../../../src/ui/h.ts';

it('text that looks like markup stays text', () => {
  const element = h('p', { title: '"><script>' }, '<img src=x onerror=alert(1)>', '&amp;');
  expect(element.children).toHaveLength(0);
  expect(element.textContent).toBe('<img src=x onerror=alert(1)>&amp;');
  expect(element.title).toBe('"><script>');
});

it('omits false, null and undefined, but not 0 and empty text', () => {
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

it('creates SVG elements', () => {
  expect(svg('path', { d: 'M0 0' }).namespaceURI).toBe('http://www.w3.org/2000/svg');
});

it('ignores events that a script of the page dispatches', () => {
  const button = h('button');
  let acts = 0;
  on(button, 'click', () => acts++);
  button.click();
  button.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(acts).toBe(0);
});

it('receives events of the browser, until its signal aborts', () => {
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

it('a text button has a key and does not submit', () => {
  const element = button('再试', 'retry', () => {}, {
    class: 'quiet',
  });
  expect(element.outerHTML).toBe(
    '<button type="button" class="quiet" data-key="retry">再试</button>',
  );
});
