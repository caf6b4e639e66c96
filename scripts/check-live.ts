/**
 * Opens the real blog in a real browser with the built extension, and prints for each page which of our
 * statements about it hold (scripts/statements.ts).
 *
 *   npm run check-live                 Chromium; with a display the window is shown
 *   npm run check-live -- --firefox    Firefox
 *   npm run check-live -- --sample     the sample of the blog that this machine serves itself
 *
 * It opens nine pages, one every ten seconds, and ends at the first one that the blog refuses. robots.txt forbids
 * none of them. The blog answers a first visit with a page of status 403 that sets a cookie and loads the address
 * again; the script waits for that. At the end it prints the diagnosis of each page with a statement that fails.
 * The status is 0 if everything holds on all pages, 1 if something does not or a page was not reached, 2 if the blog
 * cannot be reached at all.
 */
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { JSDOM, VirtualConsole } from 'jsdom';
import type { HTTPResponse, Page } from 'puppeteer-core';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { titleLookup } from '../src/catalogue/recognise.ts';
import { diagnose } from '../src/site/diagnosis.ts';
import { hasDisplay, launchChromium, launchFirefox, type Launched } from './browsers.ts';
import { postsOn } from './posts-on.ts';
import { startSite } from './sample/server.ts';
import { catalogueOf, readSource } from './source.ts';
import {
  conclude,
  type PageFacts,
  PAGES,
  readFacts,
  statementsOn,
  type Visit,
} from './statements.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPTIONS = ['--firefox', '--sample'];
const ORIGIN = 'https://kexue.fm';
/** Between two pages of the real blog. */
const PAUSE_MS = 10_000;
/** The blog can take 20 s for its first byte. */
const PATIENCE_MS = 60_000;
/** How long the page of a first visit may take to load the address again. */
const GATE_MS = 15_000;
/** MathJax works for seconds after a page has loaded. */
const SETTLED_MS = 6_000;

async function main(args: string[]): Promise<number> {
  const unknown = args.find((arg) => !OPTIONS.includes(arg));
  if (unknown)
    return fail(`${unknown}: not known; npm run check-live takes ${OPTIONS.join(' and ')}`);
  const isSample = args.includes('--sample');
  const host = new URL(ORIGIN).hostname;
  const isThere = isSample || (await lookup(host).then(Boolean, () => false));
  if (!isThere) return fail(`${host} cannot be found: check-live needs the internet.`);

  const site = isSample ? await startSite() : null;
  const kind = args.includes('--firefox') ? 'firefox' : 'chrome';
  const launched = await (kind === 'firefox' ? launchFirefox : launchChromium)({
    extension: `${ROOT}dist/${kind}`,
    site,
    headless: isSample || !hasDisplay(),
  });
  try {
    return await checkAll(launched, isSample);
  } finally {
    await launched.close().catch(() => undefined);
    await site?.close();
  }
}

async function checkAll(launched: Launched, isSample: boolean): Promise<number> {
  const page = await launched.browser.newPage();
  await page.evaluateOnNewDocument(countShifts);
  let refused: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) refused.push(message.text());
  });
  const catalogue = new Catalogue(catalogueOf(readSource()));
  const { version }: { version: string } = JSON.parse(readFileSync(`${ROOT}manifest.json`, 'utf8'));
  const diagnoses: string[] = [];
  const tally = { pages: 0, holds: 0, fails: 0 };

  for (const [at, live] of PAGES.entries()) {
    if (at > 0) await delay(isSample ? 0 : PAUSE_MS);
    refused = [];
    const address = ORIGIN + live.path + (isSample && at === 0 ? '?gate=1' : '');
    console.log(`\n${live.path}  ${live.name}`);
    const reached = await open(page, address);
    if (typeof reached === 'string') {
      if (at === 0) return fail(`${ORIGIN} cannot be reached: ${reached}`);
      console.log(`  ended: ${reached}`);
      break;
    }
    const gate = reached.wasGate ? ', after the page of a first visit' : '';
    console.log(`  came with status ${reached.status}${gate}`);
    await delay(isSample ? 500 : SETTLED_MS);
    const html = await page.content();
    const document = new JSDOM(html, {
      url: page.url(),
      virtualConsole: new VirtualConsole(),
    }).window.document;
    const recognised = postsOn(document, catalogue);
    const visit: Visit = { policy: reached.policy, recognised, refused: refused.length };
    const statements = statementsOn(live, (await page.evaluate(readFacts)) as PageFacts, visit);
    for (const { about, says, holds, found } of statements) {
      console.log(`  ${holds ? 'holds' : 'FAILS'}  ${about}: ${says}${found ? ` (${found})` : ''}`);
      tally[holds ? 'holds' : 'fails']++;
    }
    tally.pages++;
    if (statements.some(({ holds }) => !holds)) {
      const titled = titleLookup(catalogue);
      const facts = { version, usedBrowser: launched.kind, recognised: recognised.length, titled };
      diagnoses.push(`${live.path}\n${diagnose(document, facts)}`);
    }
  }
  const { says, status } = conclude(tally);
  console.log(`\n${says}`);
  if (diagnoses.length > 0) console.log(`\nThe pages that fell short:\n\n${diagnoses.join('\n')}`);
  return status;
}

interface Reached {
  /** The status of the last answer. */
  status: number;
  /** Whether the page of a first visit came before it. */
  wasGate: boolean;
  /** The content security policy of the answer; '' for none. */
  policy: string;
}

/** Opens a page, and waits until the page of a first visit is over. Returns a text with the reason if it fails. */
async function open(page: Page, address: string): Promise<Reached | string> {
  const answers: HTTPResponse[] = [];
  const note = (answer: HTTPResponse) => {
    if (answer.request().isNavigationRequest()) answers.push(answer);
  };
  page.on('response', note);
  try {
    await page.goto(address, { waitUntil: 'domcontentloaded', timeout: PATIENCE_MS });
    const until = Date.now() + GATE_MS;
    let isThere = await hasFrame(page);
    while (answers.at(-1)?.status() === 403 && !isThere && Date.now() < until) {
      await delay(250);
      isThere = await hasFrame(page);
    }
    const status = answers.at(-1)?.status() ?? 0;
    if (status >= 400 && !isThere) return `refused with status ${status}`;
    return {
      status,
      wasGate: answers[0]?.status() === 403,
      policy: answers.at(-1)?.headers()['content-security-policy'] ?? '',
    };
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  } finally {
    page.off('response', note);
  }
}

/** Whether the page has the frame that all pages of the blog have; false while another one is loading. */
async function hasFrame(page: Page): Promise<boolean> {
  return page
    .evaluate(() => document.querySelector('#MainBody, #content, #Footer, main') !== null)
    .catch(() => false);
}

/** Runs in each page before its scripts; Firefox reports no shifts. */
function countShifts(): void {
  Object.assign(globalThis, { shifts: 0 });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      Object.assign(globalThis, {
        shifts: Reflect.get(globalThis, 'shifts') + Reflect.get(entry, 'value'),
      });
  }).observe({ type: 'layout-shift', buffered: true });
}

function fail(why: string): number {
  console.error(why);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
