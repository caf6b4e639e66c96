// @vitest-environment jsdom
/** The line: its text, its presses, and its text after a mark is stored or refused. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADDRESS } from '../../../../src/ui/h.ts';
import { Line } from '../../../../src/content/lines/line.ts';
import { rootOf } from '../../../../src/content/shadow-host.ts';
import { click, seenText, trustEvents } from '../../reader.ts';
import { CATALOGUE, LATER, READ, stubPlatform, type TestPage, testPage } from '../page.ts';

let controller: AbortController;
beforeAll(trustEvents);
beforeEach(() => {
  stubPlatform();
  vi.useFakeTimers();
  controller = new AbortController();
  document.body.innerHTML = '<h2>题名</h2><p>正文</p>';
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The line of a post on a page, as a reader sees it. */
function lineOn(page: TestPage, id: number) {
  const anchor = document.querySelector('h2') as Element;
  const title = CATALOGUE.post(id)?.title ?? '题名';
  const line = new Line({ id, title, anchor }, page.context, controller.signal);
  page.context.onChange(() => line.draw());
  const root = rootOf(line.host) as ShadowRoot;
  const all = () => [...root.querySelectorAll<HTMLElement>('button, a')];
  return {
    line,
    root,
    text: () =>
      [...(root.querySelector('[role="group"]')?.children ?? [])]
        .map((element) => seenText(element).trim())
        .filter(Boolean)
        .join(' | '),
    /** The control with this text or name. */
    control: (name: string) =>
      all().find((each) => (each.ariaLabel ?? seenText(each)).includes(name)),
    rows: () => [...root.querySelectorAll('li')].map(seenText),
    /** Presses a key on the focused element. */
    press: (key: string, init: KeyboardEventInit = {}) => {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
      root.activeElement?.dispatchEvent(event);
    },
  };
}

const answered = () => vi.advanceTimersByTimeAsync(0);

describe('a line', () => {
  it('says the mark, the place in the series and what is unread next', () => {
    const { text, control } = lineOn(testPage({ marks: { 11: READ } }), 12);
    expect(text()).toBe('未读 | 第 2 / 3 篇 | 下一篇未读 3、到达');
    expect(control('下一篇未读')?.getAttribute(ADDRESS)).toMatch(/\/archives\/13$/);
    expect(control('上一篇')?.getAttribute(ADDRESS)).toMatch(/\/archives\/11$/);
  });

  it.each(['pointerover', 'pointerdown', 'focusin', 'click', 'auxclick'])(
    'has a link with a role and a tab stop, which gets its href with the event %s',
    (type) => {
      const next = lineOn(testPage({ marks: { 11: READ } }), 12).control('下一篇未读');
      expect(next?.hasAttribute('href')).toBe(false);
      expect([next?.getAttribute('role'), next?.tabIndex]).toEqual(['link', 0]);
      next?.addEventListener('click', (event) => event.preventDefault());
      next?.firstElementChild?.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      expect(next?.getAttribute('href')).toMatch(/\/archives\/13$/);
    },
  );

  it('says when only earlier parts are unread, and when none is', () => {
    const page = testPage({ marks: { 12: READ, 13: READ } });
    const { text } = lineOn(page, 13);
    expect(text()).toContain('前面还有未读 1、出发');
    page.store({ 11: READ });
    expect(text()).toContain('全系列已读');
  });

  it('names a second series at its end', () => {
    const { text } = lineOn(testPage(), 11);
    expect(text()).toMatch(/第 1 \/ 3 篇.*又见 \| 短路第 1 \/ 2 篇$/);
  });

  it('of a post in no series shows its references and what to read first', () => {
    expect(lineOn(testPage(), 20).text()).toMatch(/^未读 \| 引用 1 篇.* \| 可先读 旧文$/);
  });

  it('of a post that nobody refers to offers to keep it for later', () => {
    const page = testPage();
    const { control, text } = lineOn(page, 999);
    expect(text()).toBe('未读 | 新文章 | 稍后读');
    click(control('稍后读'));
    expect(page.acts[0]?.changes).toEqual([{ post: 999, mark: LATER }]);
    expect(text()).toBe('稍后读 | 新文章');
  });

  it('shows the day of reading beside the mark that was drawn, and not beside a new mark', () => {
    const page = testPage({ marks: { 12: READ } });
    const { text } = lineOn(page, 12);
    expect(text()).toMatch(/^已读 2026-10-01/);
    page.store({ 12: LATER });
    page.store({ 12: { ...READ, at: READ.at + 1 } });
    expect(text()).toMatch(/^已读 \|/);
  });
});

describe('a press on the mark', () => {
  it('shows the new mark at once, and offers 撤销 when it is stored', async () => {
    const page = testPage();
    const { control, text } = lineOn(page, 12);
    click(control('标记'));
    expect(text()).toMatch(/^已读/);
    expect(page.acts[0]?.changes).toEqual([
      { post: 12, mark: { kind: 'read', at: expect.any(Number), by: 'hand' } },
    ]);
    expect(control('撤销')).toBeUndefined();
    page.acts[0]?.answer({ ok: true, step: 'step-1' });
    await answered();
    expect(control('撤销')).toBeDefined();
    expect(control('下一篇未读')).toBeUndefined();
  });

  it('with a key for the whole page can be undone here too', async () => {
    const page = testPage({ ownId: 12 });
    const { control } = lineOn(page, 12);
    const run = vi.fn();
    page.context.notice.set({
      kind: 'marked',
      post: 12,
      title: '',
      mark: READ,
      action: { kind: 'undo', run },
    });
    click(control('撤销'));
    expect(run).toHaveBeenCalledOnce();
  });

  it('with a key is not offered to be undone by a line that is drawn an hour later', () => {
    const page = testPage({ ownId: 12 });
    const { line } = lineOn(page, 12);
    page.context.notice.set({
      kind: 'marked',
      post: 12,
      title: '',
      mark: READ,
      action: { kind: 'undo', run: () => undefined },
    });
    vi.advanceTimersByTime(60 * 60 * 1_000);
    line.remove();
    expect(lineOn(page, 12).control('撤销')).toBeUndefined();
  });

  it('is undone by 撤销, which moves the focus to the mark', async () => {
    const page = testPage();
    const { control, root } = lineOn(page, 12);
    click(control('标记'));
    page.acts[0]?.answer({ ok: true, step: 'step-1' });
    await answered();
    control('撤销')?.focus();
    click(control('撤销'));
    await answered();
    expect(page.undone[0]?.step).toBe('step-1');
    page.undone[0]?.answer({ ok: true });
    await answered();
    expect(control('撤销')).toBeUndefined();
    expect(root.activeElement).toBe(control('标记'));
  });

  it('whose step is gone says so when it is undone, for eight seconds', async () => {
    const page = testPage();
    const { control, text } = lineOn(page, 12);
    click(control('标记'));
    page.acts[0]?.answer({ ok: true, step: 'step-1' });
    await answered();
    click(control('撤销'));
    await answered();
    page.undone[0]?.answer({ ok: false, why: 'gone' });
    await answered();
    expect(text()).toContain(page.context.live.words.notSaved.gone);
    expect(control('再试')).toBeUndefined();
    await vi.advanceTimersByTimeAsync(8_100);
    expect(text()).not.toContain(page.context.live.words.notSaved.gone);
  });

  it('can be undone for eight seconds', async () => {
    const page = testPage();
    const { control } = lineOn(page, 12);
    click(control('标记'));
    page.acts[0]?.answer({ ok: true, step: 'step-1' });
    await vi.advanceTimersByTimeAsync(7_900);
    expect(control('撤销')).toBeDefined();
    await vi.advanceTimersByTimeAsync(200);
    expect(control('撤销')).toBeUndefined();
    expect(control('下一篇未读')).toBeDefined();
  });

  it('that is not stored says why, and tries the same act again until it is stored', async () => {
    const page = testPage();
    const { control, text } = lineOn(page, 12);
    click(control('标记'));
    const retry = vi.fn(() => Promise.resolve({ ok: true as const, step: 'step-1' }));
    page.unsaved.set(12, { mark: READ, why: 'full', retry });
    page.acts[0]?.answer({ ok: false, why: 'full' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(text()).toContain('没存上');
    click(control('再试'));
    page.unsaved.clear();
    await answered();
    expect(retry).toHaveBeenCalledOnce();
    expect(text()).not.toContain('没存上');
    expect(control('撤销')).toBeDefined();
  });

  it('is not called lost if it was stored from elsewhere', async () => {
    const page = testPage();
    const { control, text } = lineOn(page, 12);
    click(control('标记'));
    const retry = () => Promise.resolve({ ok: true as const });
    page.unsaved.set(12, { mark: READ, why: 'full', retry });
    page.acts[0]?.answer({ ok: false, why: 'full' });
    await answered();
    page.unsaved.clear();
    page.store({ 12: READ });
    expect(text()).not.toContain('没存上');
  });

  it('with Shift and Enter offers all four marks, which stay while the line is redrawn', () => {
    const page = testPage();
    const { control, root, press, text } = lineOn(page, 12);
    control('标记')?.focus();
    press('Enter', { shiftKey: true, ctrlKey: true });
    expect(root.querySelector('[role="menu"]')).toBeNull();
    press('Enter', { shiftKey: true });
    expect(seenText(root.activeElement)).toBe('未读');
    page.store({ 11: READ });
    press('ArrowDown');
    expect(seenText(root.activeElement)).toBe('稍后读');
    click(root.activeElement);
    expect(page.acts[0]?.changes).toEqual([{ post: 12, mark: LATER }]);
    expect(text()).toMatch(/^稍后读 \|/);
    expect(root.querySelector('[role="menu"]')).toBeNull();
    expect(root.activeElement).toBe(control('标记'));
  });
});

describe('a press with the pointer on the mark', () => {
  /** A pointer event of the mark, at a time in milliseconds. */
  function point(button: Element | undefined, type: string, at: number, init: MouseEventInit = {}) {
    const event = new MouseEvent(type, { bubbles: true, cancelable: true, ...init });
    Object.defineProperty(event, 'timeStamp', { value: at });
    button?.dispatchEvent(event);
    return event;
  }

  function markOf12() {
    const page = testPage();
    const { control, root } = lineOn(page, 12);
    const menu = () => root.querySelector('[role="menu"]');
    return { page, button: control('标记'), menu };
  }

  it('marks when it was short, also if its events are handled after the time of a long one', () => {
    const { page, button, menu } = markOf12();
    point(button, 'pointerdown', 1_000);
    vi.advanceTimersByTime(700);
    point(button, 'pointerup', 1_100);
    point(button, 'click', 1_100, { detail: 1 });
    expect(page.acts).toHaveLength(1);
    expect(menu()).toBeNull();
  });

  it('offers all marks when it was long, also if the timer is late', () => {
    const { page, button, menu } = markOf12();
    point(button, 'pointerdown', 1_000);
    point(button, 'pointerup', 1_600);
    point(button, 'click', 1_600, { detail: 1 });
    expect(menu()).not.toBeNull();
    expect(page.acts).toEqual([]);
  });

  it('that was long and ended elsewhere leaves the next click of the keyboard alone', () => {
    const { page, button, menu } = markOf12();
    point(button, 'pointerdown', 1_000);
    vi.advanceTimersByTime(500);
    expect(menu()).not.toBeNull();
    point(button, 'click', 9_000, { detail: 0 });
    expect(page.acts).toHaveLength(1);
    expect(menu()).toBeNull();
  });

  it.each([{ button: 2 }, { button: 1 }, { button: 0, ctrlKey: true }])(
    'leaves the menu to the browser: %j',
    (init) => {
      const { button, menu } = markOf12();
      point(button, 'pointerdown', 1_000, init);
      vi.advanceTimersByTime(700);
      const { defaultPrevented } = point(button, 'contextmenu', 1_000, init);
      expect(menu()).toBeNull();
      expect(defaultPrevented).toBe(false);
    },
  );
});

describe('the list of a line', () => {
  it('opens at the post’s own part for the keyboard, and gives the focus back when it closes', () => {
    const { control, root, rows, press } = lineOn(testPage(), 12);
    control('第 2 / 3 篇')?.focus();
    press('ArrowDown');
    expect(control('第 2 / 3 篇')?.ariaExpanded).toBe('true');
    expect(rows()).toHaveLength(3);
    expect(root.activeElement?.getAttribute('href')).toMatch(/12$/);
    press('Escape');
    expect(rows()).toEqual([]);
    expect(root.activeElement).toBe(control('第 2 / 3 篇'));
    expect(control('第 2 / 3 篇')?.ariaExpanded).toBe('false');
  });

  it('marks a row with Space, and keeps the focus on it', () => {
    const page = testPage();
    const { control, root, rows, press } = lineOn(page, 12);
    click(control('第 2 / 3 篇'), { detail: 0 });
    press('ArrowDown');
    press(' ');
    expect(page.acts[0]?.changes).toEqual([
      { post: 13, mark: { kind: 'read', at: expect.any(Number), by: 'hand' } },
    ]);
    expect(root.querySelectorAll('li svg.is-read')).toHaveLength(1);
    expect(root.activeElement?.getAttribute('href')).toMatch(/13$/);
    expect(rows()).toHaveLength(3);
  });

  it('shows both series under their names, and the references of a post in none', () => {
    const both = lineOn(testPage(), 11);
    click(both.control('短路'));
    expect([...both.root.querySelectorAll('h3')].map((each) => seenText(each.firstChild))).toEqual([
      '长路',
      '短路',
    ]);
    const none = lineOn(testPage(), 20);
    click(none.control('引用 1 篇'));
    expect(none.rows()).toEqual([expect.stringContaining('旧文')]);
  });
});

describe('the line of a post on its own page', () => {
  it('shows how much has been read so far', () => {
    const page = testPage({ ownId: 12 });
    const { text } = lineOn(page, 12);
    page.context.progress.set(0.4);
    expect(text()).toMatch(/^在读 40%/);
    page.context.progress.set(0);
    expect(text()).toMatch(/^未读/);
  });

  it('says what changed in its post, shows old and new, and goes there until it was seen', () => {
    const page = testPage({ ownId: 12 });
    const [goTo, see] = [vi.fn<(change: object) => void>(), vi.fn<() => void>()];
    const change = { before: '旧的一段', after: '新的一段', place: { at: 3, print: 4 } };
    const { control, rows } = lineOn(page, 12);
    page.context.changed.set({ count: 3, changes: [change], goTo, see });
    expect(rows()).toEqual([]);
    click(control('读后有改动：3 段'));
    expect(control('读后有改动')?.getAttribute('aria-expanded')).toBe('true');
    expect(rows()).toEqual([expect.stringMatching(/原来.*旧的一段.*现在.*新的一段/)]);
    click(control('去看'));
    expect(goTo).toHaveBeenCalledWith(change);
    click(control('看过了'));
    expect(see).toHaveBeenCalledTimes(1);
    page.context.changed.set(undefined);
    expect([control('读后有改动'), rows()]).toEqual([undefined, []]);
  });

  it('offers to go back to the last place, before or after it is drawn', () => {
    const page = testPage({ ownId: 12 });
    const [accept, decline] = [vi.fn(), vi.fn()];
    page.context.offer.set({ accept, decline });
    const { control, root } = lineOn(page, 12);
    click(control('回到上次读到的地方'));
    expect(accept).toHaveBeenCalledOnce();
    const close = root.querySelector<HTMLElement>('[data-key="decline"]');
    close?.focus();
    click(close);
    expect(decline).toHaveBeenCalledOnce();
    page.context.offer.set(undefined);
    expect(control('回到上次读到的地方')).toBeUndefined();
    expect(root.activeElement).toBe(control('标记'));
  });

  it('says what other parts of the page could not store; other lines do not', () => {
    for (const [ownId, isTold] of [
      [12, true],
      [undefined, false],
    ] as const) {
      const page = testPage(ownId === undefined ? {} : { ownId });
      page.unsaved.set(13, { mark: READ, why: 'full', retry: vi.fn() });
      expect(lineOn(page, 12).text().includes('没存上')).toBe(isTold);
    }
  });
});

it('a line that is closed keeps its place, with a message and without controls', () => {
  const { line, control, root } = lineOn(testPage(), 12);
  click(control('第 2 / 3 篇'));
  line.close('已更新，请刷新本页');
  expect(line.host.isConnected).toBe(true);
  expect(seenText(root)).toBe('已更新，请刷新本页');
  expect(root.querySelectorAll('button, a')).toHaveLength(0);
});
