/** Runs axe-core on a page of ours, or on a part of another page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function run(page: Page, include?: string): Promise<AxeResults> {
  await page.evaluate(AXE);
  // During a transition colours have intermediate values.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  );
  return page.evaluate((selector) => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    // The page around our lines, and so its outline, is not ours.
    const rules = { region: { enabled: selector === undefined } };
    return axe.run(selector === undefined ? document : { include: [selector] }, { rules });
  }, include);
}

/** The violations, one line each. */
export async function violations(page: Page, include?: string): Promise<string[]> {
  const { violations: found } = await run(page, include);
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}
