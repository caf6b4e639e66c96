// @vitest-environment jsdom
/** Presses of keys and of assistive technology; tests/e2e/intended-presses.test.ts has those of the pointer. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ignoreUnmeantActs } from '../../../src/content/meant.ts';
import { createShadowHost } from '../../../src/content/shadow-host.ts';
import { button, h } from '../../../src/ui/h.ts';
import { click, trustEvents } from '../reader.ts';

beforeAll(() => {
  trustEvents();
  // Vitest's global of this name is jsdom's original, without what trustEvents does.
  const listen = (...all: Parameters<Document['addEventListener']>) =>
    document.addEventListener(...all);
  vi.stubGlobal('addEventListener', listen);
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync = () => undefined;
    },
  );
});

let controller: AbortController;
let presses: number;
let control: HTMLButtonElement;
/** A control of the page. */
let own: HTMLButtonElement;

beforeEach(() => {
  controller = new AbortController();
  presses = 0;
  ignoreUnmeantActs(controller.signal);
  const { host, root } = createShadowHost();
  control = button('标记', 'mark', () => presses++);
  root.append(control);
  own = h('button');
  document.body.append(own, host);
});
afterEach(() => {
  controller.abort();
  document.body.replaceChildren();
});

/** A click without coordinates: by a screen reader, voice control, or the browser for Enter, Space or an access key. */
const pressWithoutPlace = () => click(control, { detail: 0 });
/** Presses a key; returns whether the default action is left to the browser. */
const key = (name: string, at: Element) =>
  at.dispatchEvent(
    new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true }),
  );
const focus = (at: Element) => {
  (at as HTMLElement).focus();
  at.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
};
const afterThisTask = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a press of assistive technology', () => {
  it('counts wherever the focus is', async () => {
    pressWithoutPlace();
    expect(presses).toBe(1);
    key('Tab', own);
    focus(control);
    await afterThisTask();
    pressWithoutPlace();
    expect(presses).toBe(2);
    focus(own);
    pressWithoutPlace();
    expect(presses).toBe(3);
  });

  it('counts after the assistive technology has moved the focus', () => {
    focus(control);
    pressWithoutPlace();
    expect(presses).toBe(1);
  });

  it('does not count at a control that is not in its root', () => {
    document.body.append(control);
    pressWithoutPlace();
    const root = h('div').attachShadow({ mode: 'open' });
    document.body.append(root.host);
    root.append(control);
    pressWithoutPlace();
    expect(presses).toBe(0);
  });
});

describe('a key', () => {
  it('counts where the reader went with Tab', async () => {
    key('Tab', own);
    focus(control);
    await afterThisTask();
    expect(key('Enter', control)).toBe(true);
    pressWithoutPlace();
    expect(presses).toBe(1);
  });

  it('does not count where the focus came by itself', async () => {
    focus(control);
    await afterThisTask();
    expect([key('Enter', control), key(' ', control)]).toEqual([false, false]);
  });

  it('that a page made an access key does not count if the reader has not gone to the control', async () => {
    key('s', own);
    pressWithoutPlace();
    expect(presses).toBe(0);
    await afterThisTask();
    pressWithoutPlace();
    expect(presses).toBe(1);
  });
});
