// @vitest-environment jsdom
/** A redraw is not noticeable: it keeps focus, selection, scroll positions, typed text and a press that has begun. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, h, on, svg } from '../../../src/ui/h.ts';
import { focusKey, patch } from '../../../src/ui/patch.ts';

const { signal } = new AbortController();
let box: HTMLElement;
beforeEach(() => {
  box = h('div');
  document.body.append(box);
});
afterEach(() => box.remove());

const control = (key: string, text = key, attributes = {}) =>
  h('button', { 'data-key': key, ...attributes }, h('span', {}, text));
const row = (key: string, ...children: (Node | string)[]) =>
  h('li', { 'data-key': key }, ...children);

describe('the result', () => {
  it('looks like the drawing, with any content before', () => {
    const drawings = [
      () => [h('p', { class: 'a' }, 'one'), 'text', h('b', {}, 2)],
      () => ['text'],
      () => [],
      () => [svg('svg', { width: 1 }, svg('path', { d: 'M0 0' })), h('p', { id: 'x' }, h('i'))],
      () => [h('a', { href: '/1' }, 'one'), h('a', { href: '/2' }, 'two')],
      () => [h('a', { href: '/2' }, 'two'), h('a', { href: '/3' }, 'three'), h('a', {}, 'one')],
      () => [h('ol', {}, row('1'), row('2'), row('3'))],
      () => [h('ol', {}, row('3'), row('1', 'x'), row('4'))],
      () => [h('ol', {}, row('4'), row('2')), h('ol', {}, row('3'))],
      () => [null, false as const, undefined, 0, ''],
    ];
    for (const before of drawings)
      for (const after of drawings) {
        patch(box, before());
        patch(box, after());
        const wanted = h('div', {}, ...after());
        wanted.normalize();
        const stands = box.cloneNode(true);
        stands.normalize();
        expect(stands.isEqualNode(wanted)).toBe(true);
      }
  });

  it('keeps corresponding nodes', () => {
    const draw = (title: string, ...keys: string[]) =>
      patch(box, [h('h2', {}, title), h('ol', {}, ...keys.map((key) => row(key, control(key))))]);
    draw('before', 'a', 'b', 'c');
    const [heading, list] = box.children;
    const [a, , c] = list?.children ?? [];
    draw('after', 'c', 'a', 'd');
    expect([...box.children]).toEqual([heading, list]);
    expect(heading?.textContent).toBe('after');
    expect([...(list?.children ?? [])].slice(0, 2)).toEqual([c, a]);
  });

  it('has new nodes if a key or a link’s address differs', () => {
    patch(box, [control('mark'), h('a', { href: '/1' }, 'next')]);
    const [mark, link] = box.children;
    patch(box, [control('undo'), h('a', { href: '/2' }, 'next')]);
    expect([...box.children]).not.toContain(mark);
    expect([...box.children]).not.toContain(link);
  });

  it('keeps the href of a link that got it later, as long as it leads to the same address', () => {
    const link = (address: string) => h('a', { [ADDRESS]: address }, 'next');
    patch(box, [link('/1')]);
    const [element] = box.children;
    element?.setAttribute('href', '/1');
    patch(box, [link('/1')]);
    expect([...box.children]).toEqual([element]);
    expect(element?.getAttribute('href')).toBe('/1');
    patch(box, [link('/2')]);
    expect([...box.children]).not.toContain(element);
    expect(box.firstElementChild?.hasAttribute('href')).toBe(false);
  });

  it('keeps the nodes of components, and content with data-keep', () => {
    const held = h('input', { 'data-key': 'held' });
    const formula = (source: string) => h('p', { 'data-keep': source }, source);
    patch(box, [held, formula('a')]);
    held.setAttribute('aria-expanded', 'true');
    box.querySelector('p')?.replaceChildren(h('b', {}, 'typeset'));
    patch(box, [h('h2'), held, formula('a')]);
    expect(box.querySelector('input')).toBe(held);
    expect(held.getAttribute('aria-expanded')).toBe('true');
    expect(box.querySelector('p')?.textContent).toBe('typeset');
    patch(box, [held, formula('b')]);
    expect(box.querySelector('p')?.textContent).toBe('b');
  });

  it('makes no change for an equal drawing, so that nothing is announced twice', async () => {
    const draw = () =>
      patch(box, [h('p', { role: 'status' }, 'said'), h('ol', {}, row('a'), row('b'))]);
    draw();
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((some) => records.push(...some));
    observer.observe(box, {
      childList: true,
      subtree: true,
      attributes: true,
      characterData: true,
    });
    draw();
    await Promise.resolve();
    observer.disconnect();
    expect(records).toEqual([]);
  });
});

describe('the focus', () => {
  it('stays while everything about the control changes', () => {
    const draw = (text: string) =>
      patch(box, [h('p', {}, text), control('a', text, { title: text })]);
    draw('before');
    focusKey(box, 'a');
    const focused = document.activeElement;
    draw('after');
    expect(document.activeElement).toBe(focused);
    expect(focused?.textContent).toBe('after');
  });

  it('follows a row that moves', () => {
    const draw = (...keys: string[]) =>
      patch(box, [h('ol', {}, ...keys.map((key) => row(key, control(`${key} mark`))))]);
    draw('a', 'b', 'c');
    focusKey(box, 'c mark');
    const focused = document.activeElement;
    draw('c', 'a', 'b');
    expect(document.activeElement).toBe(focused);
  });

  it('moves to the control with the same key if the old one is replaced', () => {
    const link = (href: string) => [h('p', {}, h('a', { href, 'data-key': 'next' }, href))];
    patch(box, link('/1'));
    focusKey(box, 'next');
    patch(box, link('/2'));
    expect(document.activeElement?.getAttribute('href')).toBe('/2');
  });

  it('does not move to another control or to the box', () => {
    patch(box, [control('a'), control('b')]);
    focusKey(box, 'a');
    patch(box, [control('b')]);
    expect(document.activeElement).toBe(document.body);
    patch(box, [control('a'), control('b')]);
    expect(document.activeElement).toBe(document.body);
    expect(focusKey(box, 'none')).toBe(false);
  });

  it('is also found in a closed shadow root', () => {
    const root = box.attachShadow({ mode: 'closed' });
    const inner = h('div');
    root.append(inner);
    const link = (href: string) => [h('a', { href, 'data-key': 'next' }, href)];
    patch(inner, link('/1'));
    focusKey(inner, 'next');
    patch(inner, link('/2'));
    expect(root.activeElement?.getAttribute('href')).toBe('/2');
  });
});

describe('the reader’s activity', () => {
  it('ends a press on the node on which it began', () => {
    const draw = (kind: string, d: string) =>
      patch(box, [
        h('button', { 'data-key': 'mark', class: kind }, svg('svg', {}, svg('path', { d })), kind),
      ]);
    draw('unread', 'M0 0');
    // The browser sends a click only if the pressed node is still there at the end of the press.
    const pressed = box.querySelector('path');
    draw('read', 'M1 1');
    expect(box.querySelector('path')).toBe(pressed);
    expect(pressed?.getAttribute('d')).toBe('M1 1');
  });

  it('keeps scrolling, a selection and text that is being typed', () => {
    const draw = (...keys: string[]) =>
      patch(box, [
        h('p', {}, 'a text'),
        h('textarea', { 'data-key': 'text' }),
        h('ol', {}, ...keys.map((key) => row(key))),
      ]);
    draw('a', 'b');
    const [list, area] = [box.querySelector('ol'), box.querySelector('textarea')];
    if (!list || !area) throw new Error('not drawn');
    list.scrollTop = 40;
    area.value = 'half typed';
    const text = box.querySelector('p')?.firstChild;
    getSelection()?.setBaseAndExtent(text as Node, 2, text as Node, 6);
    draw('b', 'c');
    expect(box.querySelector('ol')?.scrollTop).toBe(40);
    expect(box.querySelector('textarea')?.value).toBe('half typed');
    expect(String(getSelection())).toBe('text');
  });

  it('shows the choice of the drawing, even after the reader chose something else', () => {
    const draw = (chosen: string, isOn: boolean) =>
      patch(box, [
        h(
          'select',
          {},
          ...['a', 'b'].map((value) => h('option', { value, selected: value === chosen })),
        ),
        h('input', { type: 'checkbox', checked: isOn }),
      ]);
    draw('a', false);
    const [select, checkbox] = [box.querySelector('select'), box.querySelector('input')];
    if (!select || !checkbox) throw new Error('not drawn');
    select.value = 'b';
    checkbox.checked = true;
    draw('a', false);
    expect([select.value, checkbox.checked]).toEqual(['a', false]);
    draw('b', true);
    expect([select.value, checkbox.checked]).toEqual(['b', true]);
    expect(box.querySelector('select')).toBe(select);
  });
});

describe('callbacks', () => {
  const called: string[] = [];
  const input = (name: string, type: 'focus' | 'blur' = 'focus') => {
    const element = h('input', { 'data-key': 'field' });
    on(element, type, () => called.push(name), signal);
    return element;
  };
  beforeEach(() => (called.length = 0));

  it('are those of the last drawing, each called once', () => {
    patch(box, [input('first')]);
    const stands = box.firstChild;
    patch(box, [input('second')]);
    patch(box, [input('third')]);
    expect(box.firstChild).toBe(stands);
    focusKey(box, 'field');
    expect(called).toEqual(['third']);
  });

  it('for other events make a new control', () => {
    patch(box, [input('first')]);
    const stands = box.firstChild;
    patch(box, [input('second', 'blur')]);
    expect(box.firstChild).not.toBe(stands);
    focusKey(box, 'field');
    (document.activeElement as HTMLElement).blur();
    expect(called).toEqual(['second']);
  });
});
