/** A press counts only when the reader meant it; a page cannot cause one by moving boxes or the focus. */
import type { Page } from 'puppeteer-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  BROWSERS,
  click,
  controlOf,
  filledLines,
  lineOf,
  MARK,
  middleOf,
  NEXT,
  openOwnPage,
  seeLines,
  setStage,
  tabTo,
  waitForLines,
} from './harness.ts';

const HTML = `<style>#over { position: fixed; inset: 0; z-index: 9 }</style>
  <div class="Post"><div class="title-wrap"><h2><a href="/archives/9708">甲</a></h2>
  <span class="submitted">By 某人 | 2023-08-24 | 引用</span></div><p><button id="own">页面的按钮</button></p></div>`;

describe.each(BROWSERS)('a press in %s', (browser) => {
  const stage = setStage(browser);
  beforeAll(async () => void (await stage.current.set({ previews: false })));

  const open = async () => {
    const { page } = await openOwnPage(stage.current, HTML);
    await filledLines(page);
    return page;
  };
  const isMarked = async () => (await stage.current.record()).get(9708)?.mark.kind === 'read';
  const markBox = async (page: Page) => controlOf(lineOf(await seeLines(page), '甲'), MARK).box;
  /** Waits until a mark would have been stored, and asserts that there is none. */
  const nothingWasMarked = async (page: Page) => {
    await page.evaluate(() => new Promise((done) => setTimeout(done, 500)));
    expect(await isMarked()).toBe(false);
  };

  it('with the mouse counts, and one that a page redirects does not', async () => {
    const page = await open();
    const { x, y } = middleOf(await markBox(page));
    // The page moves the box away before our listener gets the click.
    await page.evaluate(() => {
      addEventListener(
        'click',
        () => {
          const host = document.querySelector('[data-kexue-companion]') as HTMLElement;
          (host.parentElement as HTMLElement).style.marginTop = '200px';
        },
        { capture: true, once: true },
      );
    });
    await page.mouse.click(x, y);
    await nothingWasMarked(page);
    // The page covers the box with an element of its own.
    const again = middleOf(await markBox(page));
    await page.evaluate(() => {
      addEventListener(
        'click',
        () => {
          document.body.append(Object.assign(document.createElement('div'), { id: 'over' }));
        },
        { capture: true, once: true },
      );
    });
    await page.mouse.click(again.x, again.y);
    await nothingWasMarked(page);
    await page.evaluate(() => document.querySelector('#over')?.remove());
    await click(page, '甲', MARK);
    await waitForLines(page, (lines) => lines[0]?.text.startsWith('已读') ?? false);
    await click(page, '甲', MARK);
    await waitForLines(page, (lines) => lines[0]?.text.startsWith('未读') ?? false);
    await page.close();
  });

  it.each(['Enter', ' '] as const)(
    'of the key “%s” counts if the reader got there with Tab',
    async (key) => {
      const page = await open();
      await tabTo(page, '甲', MARK);
      await page.keyboard.press(key);
      await waitForLines(page, (lines) => lines[0]?.text.startsWith('已读') ?? false);
      await page.keyboard.press(key);
      await waitForLines(page, (lines) => lines[0]?.text.startsWith('未读') ?? false);
      await page.close();
    },
  );

  it('of a key does not count if a page has set the focus', async () => {
    const page = await open();
    // A page could do this only with access to our root; the probe has access.
    for (const key of ['Enter', ' '] as const) {
      await page.evaluate(() => dispatchEvent(new Event('probe-focus')));
      expect((await seeLines(page))[0]?.controls[0]?.focused).toBe(true);
      await page.keyboard.press(key);
      await nothingWasMarked(page);
    }
    await page.close();
  });

  it('does not count on a control that a page has removed from its root', async () => {
    const page = await open();
    await page.evaluate(() => dispatchEvent(new Event('probe-move')));
    const { x, y } = await page.evaluate(() => {
      const moved = document.querySelector('body > button') as Element;
      document.querySelector('#own')?.after(moved);
      moved.id = 'moved';
      const box = moved.getBoundingClientRect();
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    });
    await page.mouse.click(x, y);
    await nothingWasMarked(page);
    for (const key of ['Enter', ' '] as const) {
      await page.evaluate(() => document.querySelector<HTMLElement>('#own')?.focus());
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('moved');
      await page.keyboard.press(key);
      await nothingWasMarked(page);
    }
    await page.close();
  });

  const nextOf = async (page: Page) => controlOf(lineOf(await seeLines(page), '甲'), NEXT);
  /** Whether an act opens the address in a tab of its own, which is closed again. */
  const opensTab = async (page: Page, address: string | null, act: () => Promise<void>) => {
    await act();
    const opened = async () =>
      (await page.browser().pages()).filter((each) => each !== page && each.url() === address);
    await expect.poll(async () => (await opened()).length).toBe(1);
    for (const tab of await opened()) await tab.close();
    await page.bringToFront();
  };
  const withControl = async (page: Page, act: () => Promise<void>) => {
    await page.keyboard.down('Control');
    await act();
    await page.keyboard.up('Control');
  };

  it('on a link that gets its address only then opens it here or in a new tab', async () => {
    const page = await open();
    const { href, isComplete, box } = await nextOf(page);
    expect(isComplete).toBe(false);
    const { x, y } = middleOf(box);
    await opensTab(page, href, () => page.mouse.click(x, y, { button: 'middle' }));
    expect((await nextOf(page)).isComplete).toBe(true);
    await opensTab(page, href, () => withControl(page, () => page.mouse.click(x, y)));
    await page.mouse.click(x, y);
    await expect.poll(() => page.url()).toBe(href);
    await page.close();
  });

  it('on a link with the keyboard opens it in the same way', async () => {
    const page = await open();
    await tabTo(page, '甲', NEXT);
    const { href, isComplete } = await nextOf(page);
    expect(isComplete).toBe(true);
    await opensTab(page, href, () => withControl(page, () => page.keyboard.press('Enter')));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toBe(href);
    await page.close();
  });

  it('with a finger counts', async () => {
    const page = await open();
    const { x, y } = middleOf(await markBox(page));
    if (browser === 'chromium') await page.touchscreen.tap(x, y);
    else await page.mouse.click(x, y);
    await waitForLines(page, (lines) => lines[0]?.text.startsWith('已读') ?? false);
    await page.close();
  });
});
