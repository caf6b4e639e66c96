// @vitest-environment jsdom
/** The series at the end of a post. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ORPHANED } from '../../../src/content/feature.ts';
import { seriesFooter } from '../../../src/content/series-footer.ts';
import { rootOf } from '../../../src/content/shadow-host.ts';
import { seenText, trustEvents } from '../reader.ts';
import { READ, stubPlatform, testPage } from './page.ts';

let controller: AbortController;
beforeAll(trustEvents);
beforeEach(() => {
  stubPlatform();
  controller = new AbortController();
  document.body.innerHTML = '<h1>题名</h1><div id="PostContent"><p>正文</p></div>';
});
afterEach(() => {
  controller.abort();
  vi.unstubAllGlobals();
});

function footerOn(ownId: number, marks = {}) {
  const [title, article] = ['h1', '#PostContent'].map(
    (selector) => document.querySelector(selector) as Element,
  ) as [Element, Element];
  const page = testPage({ ownId, postPage: { title, article }, marks });
  seriesFooter.init(page.context, controller.signal);
  const host = article.lastElementChild as HTMLElement;
  const root = rootOf(host);
  return { page, host, root };
}

describe('the series at the end of a post', () => {
  it('is after the article’s last paragraph, with all parts and their marks', () => {
    const { root } = footerOn(12, { 11: READ });
    const rows = [...(root?.querySelectorAll('li') ?? [])];
    expect(rows.map((row) => seenText(row.querySelector('.title')))).toEqual([
      '出发',
      '途中',
      '到达',
    ]);
    expect(rows[1]?.querySelector('a')?.getAttribute('aria-current')).toBe('true');
    expect(root?.querySelectorAll('li .is-read')).toHaveLength(1);
    const links = [...(root?.querySelectorAll('nav a') ?? [])].map(seenText);
    expect(links).toEqual(['上一篇1、出发', '下一篇未读3、到达']);
  });

  it('says how much is read, and the day of its last part', () => {
    const { root } = footerOn(12, { 11: READ });
    const sum = [...(root?.querySelectorAll('.sum > *') ?? [])].map(seenText);
    expect(sum).toEqual(expect.arrayContaining(['已读 1 / 3 篇', '最近一篇 2026-01-03']));
  });

  it('shows both series of a post that is in two', () => {
    const { root } = footerOn(11);
    const names = [...(root?.querySelectorAll('h3') ?? [])].map((name) =>
      seenText(name.firstChild),
    );
    expect(names).toEqual(['长路', '短路']);
    const navigation = [...(root?.querySelectorAll('nav') ?? [])];
    expect(navigation.map((each) => each.getAttribute('aria-label'))).toEqual(names);
  });

  it('is missing for a post in no series', () => {
    expect(footerOn(20).root).toBeUndefined();
  });

  it('marks the row with the focus by Space, and keeps the focus on it', () => {
    const { page, root } = footerOn(12);
    const link = root?.querySelectorAll<HTMLElement>('li a')[2];
    link?.focus();
    link?.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
    expect(page.acts[0]?.changes).toEqual([
      { post: 13, mark: { kind: 'read', at: expect.any(Number), by: 'hand' } },
    ]);
    expect(root?.querySelectorAll('li .is-read')).toHaveLength(1);
    expect(root?.activeElement).toBe(root?.querySelectorAll('li a')[2]);
  });

  it('offers 撤销 once a mark is stored, or says why it is not and offers 再试', async () => {
    const { page, root } = footerOn(12);
    const said = () => seenText(root?.querySelector('[role="status"]') ?? null);
    const press = () =>
      root
        ?.querySelectorAll('li a')[2]
        ?.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
    press();
    expect(said()).toBe('');
    page.acts[0]?.answer({ ok: true, step: 'a-1' });
    await expect.poll(said).toBe('撤销');
    root?.querySelector<HTMLElement>('[role="status"] button')?.click();
    await expect.poll(() => page.undone.map(({ step }) => step)).toEqual(['a-1']);
    press();
    page.acts[1]?.answer({ ok: false, why: 'full' });
    await expect.poll(said).toContain('再试');
    root?.querySelector<HTMLElement>('[role="status"] button')?.click();
    await expect.poll(() => page.acts.length).toBe(3);
  });

  it('is removed when it is switched off, and stays when the extension is gone', () => {
    const { host } = footerOn(12);
    controller.abort();
    expect(host.isConnected).toBe(false);
    controller = new AbortController();
    const again = footerOn(12);
    controller.abort(ORPHANED);
    expect(again.host.isConnected).toBe(true);
  });
});
