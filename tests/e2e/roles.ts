/**
 * Finds controls and texts like a screen reader, by role and accessible name. This file is for our own
 * pages; harness.ts does the same in our shadow roots on the blog.
 */
import { readFileSync } from 'node:fs';
import { compileFunction } from 'node:vm';
import { type ElementHandle, type Page, Puppeteer } from 'puppeteer-core';
import { until } from './until.ts';

/**
 * The description of an element. A string is the complete accessible name, a pattern matches a part of
 * it.
 */
export interface Wanted {
  readonly role: string;
  readonly name?: string | RegExp | undefined;
  /** An element that contains it. */
  readonly inside?: Wanted;
}

export const wanted = (role: string, name?: string | RegExp): Wanted => ({ role, name });
export const button = (name: string | RegExp) => wanted('button', name);
export const link = (name: string | RegExp) => wanted('link', name);
/** The same, but only within another element: `within(wanted('group', '备份'), button('查看'))`. */
export const within = (inside: Wanted, what: Wanted): Wanted => ({ ...what, inside });

export function isNamed(text: string, name: Wanted['name']): boolean {
  if (name === undefined) return true;
  return typeof name === 'string' ? text === name : name.test(text);
}

const ACCESSIBLE = readFileSync(new URL('./probe/accessible.js', import.meta.url), 'utf8');

/** Puppeteer sends the text of this function to the page, so everything is in one function. */
const queryAll = compileFunction(
  `${ACCESSIBLE}
   const { roleOf, nameOf, isExposed } = globalThis.accessible;
   const all = (root, { role, name, pattern, inside }) => {
     const isNamed = (own) =>
       pattern ? new RegExp(pattern.source, pattern.flags).test(own) : name === undefined || own === name;
     return (inside ? all(root, inside) : [root])
       .flatMap((each) => [...each.querySelectorAll('*')])
       .filter((each) => roleOf(each) === role && isExposed(each) && isNamed(nameOf(each)));
   };
   return all(root, JSON.parse(selector));`,
  ['root', 'selector'],
) as (root: Node) => Iterable<Node>;

// oxlint-disable-next-line import/namespace -- It is a class, not a namespace.
if (!Puppeteer.customQueryHandlerNames().includes('wanted')) {
  // oxlint-disable-next-line import/namespace
  Puppeteer.registerCustomQueryHandler('wanted', { queryAll });
}

/** A selector for Puppeteer: `page.$(selectorOf(button('撤销')))`. */
export function selectorOf(what: Wanted): string {
  return `wanted/${JSON.stringify(plain(what))}`;
}

function plain({ role, name, inside }: Wanted): object {
  const named =
    name instanceof RegExp ? { pattern: { source: name.source, flags: name.flags } } : { name };
  return { role, ...named, ...(inside ? { inside: plain(inside) } : {}) };
}

/** Waits until there is a matching element, and returns the first. */
export function find(page: Page, what: Wanted): Promise<ElementHandle<HTMLElement>> {
  return until(
    async () => (await all(page, what))[0],
    async () => `no ${what.role} ${String(what.name)} in:\n${await textOf(page)}`,
  );
}

/** Waits until there is no matching element. */
export async function gone(page: Page, what: Wanted): Promise<void> {
  await until(async () => (await all(page, what)).length === 0);
}

/** All elements that match now. */
export function all(
  root: Page | ElementHandle,
  what: Wanted,
): Promise<ElementHandle<HTMLElement>[]> {
  return root.$$(selectorOf(what)) as Promise<ElementHandle<HTMLElement>[]>;
}

/**
 * Clicks the first matching element with the mouse. The page can redraw at any moment, so the element is
 * searched again until the click succeeds.
 */
export async function press(page: Page, what: Wanted): Promise<void> {
  // A page behind another one draws no frames and receives no clicks.
  await page.bringToFront();
  await find(page, what);
  await page.locator(selectorOf(what)).click();
}

/** The visible text of the page or of the first matching element. */
export function textOf(page: Page, what?: Wanted): Promise<string> {
  return page.$eval(
    what ? selectorOf(what) : 'body',
    (element) => (element as HTMLElement).innerText,
  );
}

/** Waits until the page, or an element of it, has this text. */
export async function waitForText(page: Page, text: string | RegExp, what?: Wanted): Promise<void> {
  await until(
    async () => {
      const shown = await textOf(page, what).catch(() => '');
      return typeof text === 'string' ? shown.includes(text) : text.test(shown);
    },
    async () => `no ${String(text)} in:\n${await textOf(page, what)}`,
  );
}

/** Waits until a status or an alert of the page says exactly this. */
export async function waitForStatus(page: Page, text: string): Promise<void> {
  const said = () =>
    page.$$eval('[role="status"], [role="alert"]', (regions) =>
      regions.map(({ textContent }) => textContent),
    );
  await until(
    async () => (await said()).includes(text),
    async () => `not said: ${text}; but: ${(await said()).join(' | ')}`,
  );
}
