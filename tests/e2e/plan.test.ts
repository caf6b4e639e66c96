/** 计划: what to read before a post, kept, ticked off, shared and removed. */
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { readList } from '../../src/exchange/import/post-list.ts';
import { unpackList } from '../../src/exchange/share.ts';
import { violations } from './axe.ts';
import { BROWSERS, setStage } from './harness.ts';

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
const TITLE = 'Transformer升级之路：12、无限外推的ReRoPE？';

describe.each(BROWSERS)('the plan in %s', (browser) => {
  const stage = setStage(browser, { language: 'zh-CN' });
  let page: Page;
  afterEach(async () => {
    await page.close();
    await stage.current.inExtension('browser.storage.local.remove(["record", "journal", "plans"])');
  });
  const openPlan = async (query = '') => {
    page = await stage.current.openLibrary(`plan${query && `?${query}`}`);
    await page.waitForSelector('.plan h2');
  };

  it('lists what to read first, nothing before what it needs, with what needs it and minutes', async () => {
    await openPlan('goal=9708');
    const all = await steps();
    const goal = all.at(-1);
    expect(goal).toMatchObject({ id: 9708, why: '目标', minutes: '16 分钟' });
    expect(all.map(({ number }) => number)).toEqual(all.map((_, at) => String(at + 1)));
    // The earlier parts of its series are all there, in their order.
    const parts = [8231, 8265, 8338, 8397, 8601, 9403, 9431, 9444, 9603, 9675, 9706, 9708];
    expect(all.map(({ id }) => id).filter((id) => parts.includes(id))).toEqual(parts);
    for (const [at, { why, id }] of all.entries()) {
      if (id === 9708) continue;
      const needing = [...why.matchAll(/\d+/g)].map(([number]) => Number(number));
      expect(needing.length, why).toBeGreaterThan(0);
      for (const number of needing) expect(number).toBeGreaterThan(at + 1);
    }
    const known = all.slice(0, -1).flatMap(({ minutes }) => Number.parseInt(minutes) || []);
    const sum = known.reduce((a, b) => a + b, 0);
    expect(await summary()).toBe(
      `先读 ${all.length - 1} 篇，约 ${Math.floor(sum / 60)} 小时 ${sum % 60} 分钟，另有 ${all.length - 1 - known.length} 篇长度未知。`,
    );
  });

  it('leaves out what is read, and reaches as far as the reader says; the address says it too', async () => {
    await stage.current.mark({ 8231: READ, 8265: READ });
    await openPlan('goal=9708');
    expect(await summary()).toContain('一路上还要用到 2 篇，都已读过，不再列出。');
    expect((await steps()).map(({ id }) => id)).not.toContain(8265);
    const near = (await steps()).length;
    await page.click('[data-key="all"]');
    await until(async () => (await steps()).length > near || undefined);
    expect(await page.evaluate(() => location.hash)).toBe('#plan?goal=9708&reach=all');
    await page.click('[data-key="own"]');
    await until(
      async () => (await page.evaluate(() => location.hash)).includes('scope=own') || undefined,
    );
    await page.click('[data-key="direct"]');
    await until(async () => (await steps()).length <= near || undefined);
    for (let i = 0; i < 3; i++) await page.goBack();
    await until(async () => (await steps()).length === near || undefined);
    expect(await page.$eval('[data-key="near"]', (button) => button.ariaPressed)).toBe('true');
  });

  it('is chosen from a field with search', async () => {
    await openPlan();
    await says('还没有保存的计划。');
    await page.focus('.finder input');
    await page.keyboard.type('wxwt');
    await page.waitForSelector('.finds a');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => document.activeElement?.textContent);
    expect(chosen).toBe(TITLE);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.step');
    expect(await page.$eval('h1', ({ textContent }) => textContent)).toBe(TITLE);
    expect(await page.$$('.finds li')).toHaveLength(0);
  });

  it('is kept, ticked off here and elsewhere, and comes back as it was', async () => {
    await openPlan('goal=9708');
    const before = await steps();
    await page.click('[data-key="keep"]');
    await says('已经保存。');
    const [first, second] = before;
    await page.click(`[data-key="mark-${first?.id}"]`);
    await says(`一共 ${before.length - 1} 篇，读过 1 篇。`);
    await stage.current.mark({ [second?.id ?? 0]: READ });
    await says(`一共 ${before.length - 1} 篇，读过 2 篇。`);
    expect((await steps()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await page.close();
    await openPlan();
    await says(`已读 2 / ${before.length - 1} 篇`);
    await page.click('[data-key="plan-9708"]');
    await page.waitForSelector('.step');
    expect((await steps()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await steps()).slice(0, 3).map(({ pressed }) => pressed)).toEqual([
      'true',
      'true',
      'false',
    ]);
  });

  it('is removed, and that is taken back', async () => {
    await openPlan('goal=9708');
    await page.click('[data-key="keep"]');
    await page.waitForSelector('[data-key="plan-9708"]');
    await page.click('[data-key="drop-9708"]');
    await says('已经删除。');
    await says('还没有保存的计划。');
    await page.click('[data-key="undo"]');
    await page.waitForSelector('[data-key="plan-9708"]');
    expect(await stage.current.inExtension('browser.storage.local.get("plans")')).toMatchObject({
      plans: expect.stringContaining('9708\t'),
    });
  });

  it('is shared as a text and as an address that read back', async () => {
    await openPlan('goal=9708');
    await page.evaluate(() => {
      const copied: string[] = [];
      navigator.clipboard.writeText = (text) => {
        copied.push(text);
        document.documentElement.dataset['copied'] = JSON.stringify(copied);
        return Promise.resolve();
      };
    });
    const ids = (await steps()).map(({ id }) => id);
    await page.click('[data-key="share-text"]');
    await says('已经复制。');
    await page.click('[data-key="share-address"]');
    const [text = '', address = ''] = await until(async () => {
      const copied = JSON.parse(
        await page.$eval('html', ({ dataset }) => dataset['copied'] ?? '[]'),
      ) as string[];
      return copied.length === 2 ? copied : undefined;
    });
    expect(readList(text)).toMatchObject({ title: TITLE, ids, refused: [] });
    expect(unpackList(address.split('#kexue-list=')[1] ?? '')).toEqual({ title: TITLE, ids });
  });

  it('of a post that the blog does not have is said to be none', async () => {
    await openPlan('goal=999999');
    await says('博客没有这篇文章。');
    expect(await page.$$('.step')).toHaveLength(0);
  });

  it('has arcs where there is room for them, and words alone where there is not', async () => {
    await openPlan('goal=9708');
    await page.setViewport({ width: 1280, height: 900 });
    const [margin, row] = await boxes();
    expect(margin?.width).toBeGreaterThan(60);
    expect(Math.abs((margin?.bottom ?? 0) - (row?.middle ?? 0))).toBeLessThan(3);
    await page.setViewport({ width: 320, height: 700 });
    await until(async () => (await boxes())[0]?.width === 0 || undefined);
    expect(
      await page.$eval('html', ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBe(0);
    const under = await page.$eval('.step', (step) => {
      const bottom = step.querySelector('.title')?.getBoundingClientRect().bottom ?? 0;
      return (step.querySelector('.why')?.getBoundingClientRect().top ?? 0) >= bottom;
    });
    expect(under).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no violation of accessibility, %s', async (theme) => {
    await openPlan('goal=9708');
    await page.evaluate((each) => (document.documentElement.dataset['theme'] = each), theme);
    await page.click('[data-key="keep"]');
    await page.waitForSelector('[data-key="plan-9708"]');
    await page.focus('.finder input');
    await page.keyboard.type('扩散');
    await page.waitForSelector('.finds a');
    expect(await violations(page)).toEqual([]);
  });

  const steps = () =>
    page.$$eval('.step', (all) =>
      all.map((step) => ({
        id: Number(/\d+$/.exec(step.querySelector('a')?.href ?? '')?.[0]),
        number: step.querySelector('.number')?.textContent,
        why: step.querySelector('.why')?.textContent ?? '',
        minutes: step.querySelector('.minutes')?.textContent ?? '',
        pressed: step.querySelector('button')?.ariaPressed,
      })),
    );

  const summary = () => page.$eval('.page-head .text', ({ textContent }) => textContent);

  /** The arcs, and the row of the goal, where their lowest ends. */
  const boxes = () =>
    page.evaluate(() => {
      const margin = document.querySelector('.arcs path.to-goal')?.getBoundingClientRect();
      const row = document.querySelector('.step.goal')?.getBoundingClientRect();
      return [margin, row].map(
        (box) =>
          box && { width: box.width, bottom: box.bottom, middle: (box.top + box.bottom) / 2 },
      );
    });

  const says = async (text: string) => {
    await page.waitForFunction(
      (wanted) => document.querySelector('main')?.textContent.includes(wanted),
      { timeout: 5_000 },
      text,
    );
  };
});

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
