/** axe-core in a page of ours, or over a part of another. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function run(page: Page, include?: string): Promise<AxeResults> {
  await page.evaluate(AXE);
  // In the middle of a transition a colour is neither of the two.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  );
  return page.evaluate((selector) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    // The page around our lines is not ours, nor is its outline.
    const rules = { region: { enabled: selector === undefined } };
    return axe.run(selector === undefined ? document : { include: [selector] }, { rules });
  }, include);
}

/** A line each; none is as it should be. */
export async function violations(page: Page, include?: string): Promise<string[]> {
  const { violations: found } = await run(page, include);
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
