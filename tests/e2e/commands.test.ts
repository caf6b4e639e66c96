/** The commands of the keyboard shortcuts, and the badge. The browser handles the keys themselves. */
import { readFileSync } from 'node:fs';
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { navigate } from '../../scripts/browsers.ts';
import { partsOf } from '../facts.ts';
import { BROWSERS, hasControl, lineOf, seeLines, setStage, UNDO, waitForLines } from './harness.ts';

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
/** Transformer升级之路：12; 13 is 9728, and 14 is 9731. */
const POST = 'https://kexue.fm/archives/9708';

describe.each(['chrome', 'firefox'])('the package for %s', (folder) => {
  it('registers keys, the menu on links, and the keyword', () => {
    const manifest = JSON.parse(
      readFileSync(new URL(`../../dist/${folder}/manifest.json`, import.meta.url), 'utf8'),
    ) as Record<string, unknown>;
    expect(Object.keys(manifest['commands'] as object)).toEqual([
      '_execute_action',
      'mark',
      'next',
    ]);
    expect(manifest['permissions']).toContain('contextMenus');
    expect(manifest['optional_permissions']).toEqual(['history']);
    expect(manifest['omnibox']).toEqual({ keyword: 'kexue' });
  });
});

describe.each(BROWSERS)('keys and badge in %s', (browser) => {
  const stage = setStage(browser);
  const pages: Page[] = [];
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  const open = async () => {
    const page = await stage.current.open(POST);
    pages.push(page);
    await waitForLines(page, (lines) => lines.some(({ text }) => text !== ''));
    return page;
  };
  const order = (name: string) =>
    stage.current.inExtension(
      `browser.tabs.query({}).then((tabs) => Promise.allSettled(tabs.map(({ id }) =>
         browser.tabs.sendMessage(id, { type: 'command', name: '${name}' }))).then(() => true))`,
    );
  const badges = () =>
    stage.current.inExtension<string[]>(
      `browser.tabs.query({}).then((tabs) =>
         Promise.all(tabs.map(({ id }) => browser.action.getBadgeText({ tabId: id }))))`,
    );

  it('mark the post that is open, and take the mark back', async () => {
    const page = await open();
    await order('mark');
    await waitForLines(page, (lines) => lineOf(lines, '12、').text.startsWith('已读'));
    await waitForLines(page, (lines) => hasControl(lineOf(lines, '12、'), UNDO));
    await order('mark');
    await waitForLines(page, (lines) => lineOf(lines, '12、').text.startsWith('未读'));
  });

  it('open the next unread part', async () => {
    await stage.current.mark({ 9728: READ });
    const page = await open();
    await waitForLines(page, (lines) => lineOf(lines, '12、').text.includes('14、'));
    await order('next');
    await page.waitForFunction(() => location.pathname === '/archives/9731');
  });

  it('the badge shows the number of unread parts, once it is switched on', async () => {
    const page = await open();
    expect((await badges()).join('')).toBe('');
    await stage.current.set({ badge: true });
    const unread = partsOf('Transformer升级之路').length - 1;
    await expect.poll(badges).toContain(String(unread));
    await order('mark');
    await expect.poll(badges).toContain(String(unread - 1));
    // The browser removes it when the tab goes to another page.
    await navigate(page, 'https://kexue.fm/', { waitUntil: 'load' });
    await expect.poll(async () => (await badges()).join('')).toBe('');
    // The page comes from the back/forward cache.
    await page.goBack({ waitUntil: browser === 'firefox' ? [] : 'load' });
    await expect.poll(badges).toContain(String(unread - 1));
    await stage.current.set({ badge: false });
    await expect.poll(async () => (await badges()).join('')).toBe('');
    expect((await seeLines(page)).length).toBeGreaterThan(0);
  });
});
