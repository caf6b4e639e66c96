// @vitest-environment jsdom
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { LiveRecord } from '../../../src/app/live-record.ts';
import { newsLine } from '../../../src/library/news-line.ts';
import { settingsView } from '../../../src/library/views/settings/settings-view.ts';
import type { PageWords } from '../../../src/ui/words/pages.ts';
import { type FakeBrowser, stubBrowser } from '../fake-browser.ts';
import { click, trustEvents } from '../reader.ts';
import { libraryContext, postOf, words } from './context.ts';

vi.mock('../../../src/ui/words/news.json', () => ({
  default: [{ version: '0.1.0', 'zh-CN': ['甲'], en: ['A.'] }],
}));

beforeAll(() => {
  trustEvents();
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const live = { words } as unknown as LiveRecord<PageWords>;

/** The line on a page that has read the storage; `seen` is the stored version. */
async function lineWith(seen: unknown): Promise<{ browser: FakeBrowser; element: HTMLElement }> {
  const browser = stubBrowser({ answer: async () => ({ value: { ok: true } }) });
  if (seen !== undefined) browser.local.values.set('news', seen);
  const { element } = newsLine(live);
  document.body.append(element);
  await new Promise((resolve) => setTimeout(resolve));
  return { browser, element };
}

it.each([undefined, '0.0.9', 5])('reports the update if %j was seen last', async (seen) => {
  const { element } = await lineWith(seen);
  expect(element.textContent).toContain(words.about.updated('0.1.0'));
  expect(element.querySelector('a')?.getAttribute('href')).toBe('#settings?news=');
});

it('says nothing if this version was seen or installed first', async () => {
  const { element } = await lineWith('0.1.0');
  expect(element.childNodes).toHaveLength(0);
});

it('is dismissed by a press here or on another page', async () => {
  const { browser, element } = await lineWith(undefined);
  const button = element.querySelector('button');
  if (!button) throw new Error('no button');
  click(button);
  expect(browser.sent).toContainEqual({ type: 'acknowledgeNews' });
  browser.change({ news: '0.1.0' });
  expect(element.childNodes).toHaveLength(0);
});

it('opens the list in the settings, which counts as seen, and can be closed there', async () => {
  const { browser } = await lineWith(undefined);
  const { context } = libraryContext({ posts: [postOf(1)] });
  const view = settingsView(context);
  const draw = (query: URLSearchParams) => view.draw(query);
  const { element } = view;
  document.body.append(element);
  const entries = () => [...element.querySelectorAll('.news li')].map((li) => li.textContent);
  const query = new URLSearchParams('news');
  draw(new URLSearchParams());
  expect(entries()).toEqual([]);
  draw(query);
  expect(entries()).toEqual(['甲']);
  draw(query);
  expect(browser.sent.filter((each) => JSON.stringify(each).includes('News'))).toHaveLength(1);
  const button = element.querySelector<HTMLElement>('[data-key="news"]');
  if (!button) throw new Error('no button');
  click(button);
  draw(query);
  expect(entries()).toEqual([]);
});
