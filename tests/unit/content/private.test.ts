// @vitest-environment jsdom
/** What features store of a private window: nothing that the reader has not marked there. */
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { archiveBar } from '../../../src/content/archive/index.ts';
import type { Feature } from '../../../src/content/feature.ts';
import { rememberHost } from '../../../src/content/remember-host.ts';
import { rootOf } from '../../../src/content/shadow-host.ts';
import { stubBrowser } from '../fake-browser.ts';
import { click, trustEvents } from '../reader.ts';
import { fixture } from '../support.ts';
import { stubPlatform, testPage } from './page.ts';

const controller = new AbortController();
beforeAll(trustEvents);
beforeAll(() => {
  // jsdom has no such property.
  Object.defineProperty(Document.prototype, 'adoptedStyleSheets', { value: [], writable: true });
});
beforeEach(() => {
  stubPlatform();
  document.body.innerHTML = fixture('content').body.innerHTML;
});
afterEach(() => vi.unstubAllGlobals());

/** Chooses the second filter of the archive. */
function chooseFilter(): void {
  const hosts = [...document.querySelectorAll('div')];
  const root = hosts.map(rootOf).find((each) => each !== undefined);
  click(root?.querySelectorAll('.filters button')[1]);
}

it.each<[what: string, feature: Feature, act: () => void]>([
  ['the host of the blog', rememberHost, () => undefined],
  ['the filter of the archive', archiveBar, chooseFilter],
])('%s is stored, but not from a private window', (_, feature, act) => {
  for (const isPrivate of [false, true]) {
    const browser = stubBrowser({ isPrivate, answer: async () => ({ value: { ok: true } }) });
    vi.stubGlobal('location', new URL('https://spaces.ac.cn/content.html'));
    feature.init(testPage().context, controller.signal);
    act();
    const stored = browser.sent.filter((each) => (each as { type: string }).type === 'settings');
    expect(stored).toHaveLength(isPrivate ? 0 : 1);
  }
});
