/** The blog's page is left alone: what is printed and copied is the page's own. */
import type { Page } from 'puppeteer-core';
import { describe, expect, it } from 'vitest';
import type { Mark } from '../../src/record/marks.ts';
import { BROWSERS, setStage, waitForLines } from './harness.ts';

const READ: Mark = { kind: 'read', at: Date.UTC(2025, 4, 6, 12), by: 'hand' };
const LISTING = 'https://kexue.fm/2023/08/';
const POST = 'https://kexue.fm/archives/9731';
const HOST = '[data-kexue-companion]';

describe('printed in Chromium', () => {
  const stage = setStage('chromium');

  it.each([LISTING, POST, 'https://kexue.fm/content.html'])('%s is the page alone', async (url) => {
    await stage.current.mark({ 8265: READ });
    const page = await stage.current.open(url);
    await page.waitForSelector(HOST);
    const shown = () =>
      page.$$eval(HOST, (hosts) => hosts.filter((host) => host.checkVisibility()).length);
    expect(await shown()).toBeGreaterThan(0);
    await page.emulateMediaType('print');
    expect(await shown()).toBe(0);
    const marks = await page.$$eval('a[data-kexue-mark]', (links) =>
      links.map((link) => getComputedStyle(link, '::before').display),
    );
    expect(marks.filter((display) => display !== 'none')).toEqual([]);
    await page.close();
  });
});

describe.each(BROWSERS)('copied in %s', (browser) => {
  const stage = setStage(browser);
  /** What Ctrl+A and Ctrl+C copy. */
  const copied = (page: Page) =>
    page.evaluate(() => {
      const selection = getSelection();
      selection?.selectAllChildren(document.body);
      const text = String(selection);
      selection?.removeAllRanges();
      return text;
    });

  it.each([LISTING, POST])('%s is the text of the page alone', async (url) => {
    const page = await stage.current.open(url);
    await waitForLines(page, (all) => all.length > 0 && all[0]?.text !== '');
    const text = await copied(page);
    expect(text.length).toBeGreaterThan(100);
    await page.$$eval(HOST, (hosts) => hosts.forEach((host) => host.remove()));
    const own = await copied(page);
    expect(text.replaceAll(/\s+/g, '\n')).toBe(own.replaceAll(/\s+/g, '\n'));
    await page.close();
  });
});
