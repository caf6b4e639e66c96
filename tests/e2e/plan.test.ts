/** 计划: what to read before a post; saving, reading, sharing and removing a plan. */
import type { Page } from 'puppeteer-core';
import { afterEach, describe, expect, it } from 'vitest';
import { readList } from '../../src/exchange/import/post-list.ts';
import { unpackList } from '../../src/exchange/share.ts';
import { violations } from './axe.ts';
import { BROWSERS, setStage } from './harness.ts';
import {
  all,
  button,
  find,
  link,
  press,
  selectorOf,
  textOf,
  waitForText,
  wanted,
  within,
} from './roles.ts';
import { until } from './until.ts';

const STEP = within(wanted('list', '步骤'), wanted('listitem'));
const FINDER = wanted('searchbox', '找一篇文章');

const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
const TITLE = 'Transformer升级之路：12、无限外推的ReRoPE？';
const DROP = button(`删除计划《${TITLE}》`);

describe.each(BROWSERS)('the plan in %s', (browser) => {
  const stage = setStage(browser, { language: 'zh-CN' });
  let page: Page;
  afterEach(async () => {
    await page.close();
    // The background has the record in memory, so marks are removed by acts, not in the storage.
    const marked = [...(await stage.current.record()).keys()];
    if (marked.length > 0)
      await stage.current.mark(Object.fromEntries(marked.map((id) => [id, { kind: 'unread' }])));
    await stage.current.inExtension('browser.storage.local.remove("plans")');
  });
  const openPlan = async (query = '') => {
    page = await stage.current.openLibrary(`plan${query && `?${query}`}`);
    await find(page, wanted('heading', '保存的计划'));
  };

  it('lists prerequisites in a valid order, with the steps that need them and minutes', async () => {
    await openPlan('goal=9708');
    const all = await steps();
    const goal = all.at(-1);
    expect(goal).toMatchObject({ id: 9708, why: '目标', minutes: '16 分钟' });
    expect(all.map(({ number }) => number)).toEqual(all.map((_, at) => String(at + 1)));
    // All earlier parts of its series are there, in order.
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
    expect((await textOf(page)).split('\n')).toContain(
      `先读 ${all.length - 1} 篇，约 ${Math.floor(sum / 60)} 小时 ${sum % 60} 分钟，另有 ${all.length - 1 - known.length} 篇长度未知。`,
    );
  });

  it('leaves out read posts, and reaches as far as the reader chooses, also from the address', async () => {
    await stage.current.mark({ 8231: READ, 8265: READ });
    await openPlan('goal=9708');
    expect(await textOf(page)).toContain('一路上还要用到 2 篇，都已读过，不再列出。');
    expect((await steps()).map(({ id }) => id)).not.toContain(8265);
    const some = (await steps()).length;
    await press(page, button('一直往前追'));
    await until(async () => (await steps()).length > some);
    expect(await page.evaluate(() => location.hash)).toBe('#plan?goal=9708&reach=all');
    await press(page, button('只限本分类'));
    await until(async () => (await page.evaluate(() => location.hash)).includes('scope=own'));
    await press(page, button('只看直接引用'));
    await until(async () => (await steps()).length <= some);
    for (let i = 0; i < 3; i++) await page.goBack();
    await until(async () => (await steps()).length === some);
    const near = await find(page, button('再追一层'));
    expect(await near.evaluate((toggle) => toggle.ariaPressed)).toBe('true');
  });

  it('is chosen with a search field', async () => {
    await openPlan();
    await waitForText(page, '还没有保存的计划。');
    await (await find(page, FINDER)).focus();
    await page.keyboard.type('wxwt');
    await find(page, link(TITLE));
    await page.keyboard.press('ArrowDown');
    const chosen = await page.evaluate(() => document.activeElement?.textContent);
    expect(chosen).toBe(TITLE);
    await page.keyboard.press('Enter');
    await find(page, STEP);
    expect(await page.$eval('h1', ({ textContent }) => textContent)).toBe(TITLE);
    // The results are gone; the step is the only link to it.
    expect(await all(page, link(TITLE))).toHaveLength(1);
  });

  it('is saved, shows posts read here and elsewhere, and stays unchanged', async () => {
    await openPlan('goal=9708');
    const before = await steps();
    await press(page, button('保存计划'));
    await waitForText(page, `已加入计划：《${TITLE}》`);
    const [, second] = before;
    await press(page, within(STEP, button(/^标记：/)));
    await waitForText(page, `一共 ${before.length - 1} 篇，读过 1 篇。`);
    await stage.current.mark({ [second?.id ?? 0]: READ });
    await waitForText(page, `一共 ${before.length - 1} 篇，读过 2 篇。`);
    expect((await steps()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await page.close();
    await openPlan();
    await waitForText(page, `已读 2 / ${before.length - 1} 篇`);
    await press(page, link(TITLE));
    await find(page, STEP);
    expect((await steps()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    expect((await steps()).slice(0, 3).map(({ pressed }) => pressed)).toEqual([
      'true',
      'true',
      'false',
    ]);
  });

  it('is removed, and that is undone', async () => {
    await openPlan('goal=9708');
    await press(page, button('保存计划'));
    await find(page, DROP);
    await press(page, DROP);
    await waitForText(page, `已从计划里去掉：《${TITLE}》`);
    await waitForText(page, '还没有保存的计划。');
    await press(page, button('撤销'));
    await find(page, DROP);
    expect(await stage.current.inExtension('browser.storage.local.get("plans")')).toMatchObject({
      plans: expect.stringContaining('9708\t'),
    });
  });

  it('is shared as a text and as an address that can be imported', async () => {
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
    await press(page, button('复制文字'));
    await waitForText(page, '已经复制。');
    await press(page, button('复制地址'));
    const [text = '', address = ''] = await until(async () => {
      const copied = JSON.parse(
        await page.$eval('html', ({ dataset }) => dataset['copied'] ?? '[]'),
      ) as string[];
      return copied.length === 2 && copied;
    });
    expect(readList(text)).toMatchObject({ title: TITLE, ids, refused: [] });
    expect(unpackList(address.split('#kexue-list=')[1] ?? '')).toEqual({ title: TITLE, ids });
  });

  it('says that an unknown post has no plan', async () => {
    await openPlan('goal=999999');
    await waitForText(page, '博客没有这篇文章。');
    expect(await all(page, STEP)).toEqual([]);
  });

  it('has arcs if there is room for them, and only text otherwise', async () => {
    await openPlan('goal=9708');
    await page.setViewport({ width: 1280, height: 900 });
    const [margin, row] = await boxes();
    expect(margin?.width).toBeGreaterThan(60);
    expect(Math.abs((margin?.bottom ?? 0) - (row?.middle ?? 0))).toBeLessThan(3);
    await page.setViewport({ width: 320, height: 700 });
    await until(async () => (await boxes())[0]?.width === 0);
    expect(
      await page.$eval('html', ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
    ).toBe(0);
    const under = await page.$eval(selectorOf(STEP), (step) => {
      const [, , title, , why] = [...step.children].map((each) => each.getBoundingClientRect());
      return title !== undefined && why !== undefined && why.top >= title.bottom;
    });
    expect(under).toBe(true);
  });

  it.each(['light', 'dark'] as const)('has no accessibility violations, %s', async (theme) => {
    await openPlan('goal=9708');
    await page.evaluate((each) => (document.documentElement.dataset['theme'] = each), theme);
    await press(page, button('保存计划'));
    await find(page, DROP);
    await (await find(page, FINDER)).focus();
    await page.keyboard.type('扩散');
    await find(page, link(/扩散/));
    expect(await violations(page)).toEqual([]);
  });

  /** The steps, each with the texts of its row from left to right. */
  const steps = () =>
    page.$$eval(selectorOf(STEP), (rows) =>
      rows.map((row) => {
        const [, number, , , why, minutes] = [...row.children].map((each) => each.textContent);
        return {
          id: Number(/\d+$/.exec(row.querySelector('a')?.href ?? '')?.[0]),
          number,
          why: why ?? '',
          minutes: minutes ?? '',
          pressed: row.querySelector('button')?.ariaPressed,
        };
      }),
    );

  /** The arc that ends lowest, and the row of the goal, where it must end. */
  const boxes = async () => {
    const goal = (await all(page, STEP)).at(-1);
    return page.evaluate((row) => {
      const arc = document.querySelector('.arcs path.to-goal');
      return [arc, row]
        .map((each) => each?.getBoundingClientRect())
        .map(
          (box) =>
            box && { width: box.width, bottom: box.bottom, middle: (box.top + box.bottom) / 2 },
        );
    }, goal);
  };
});
