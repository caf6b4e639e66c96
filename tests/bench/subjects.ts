/**
 * Starts a browser for each subject, that is, each build or extension that is compared. Of a build, the bench
 * uses only its manifest, `data-ready` on the root of its pages, and that it reads records of version 3.
 */
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { type Page, TargetType } from 'puppeteer-core';
import {
  closeWelcome,
  launchChromium,
  launchFirefox,
  type Launched,
  openExtensionPage,
} from '../../scripts/browsers.ts';
import type { Site } from '../../scripts/sample/server.ts';
import { absent, nothing, probe } from './extensions.ts';
import { type BuildName, inTurn, type Name } from './measure.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** The size of the popup in px: the width of popup.css, and the greatest height that the browsers give. */
export const POPUP_SIZE = { width: 380, height: 600 };

/** A folder that has chrome/ and firefox/. */
type Dist = string;

/** What a run of the bench measures. */
export interface Bench {
  readonly site: Site;
  readonly builds: ReadonlyMap<BuildName, Dist>;
  /** The number of rounds to measure, if `usual` rounds give a steady median on an idle machine. */
  readonly rounds: (usual: number) => number;
}

/** A browser with one of the builds or extensions that are compared. */
export interface Subject {
  readonly name: Name;
  readonly launched: Launched;
  /** The addresses of the extension's pages; '' if it has none. */
  readonly popup: string;
  readonly library: string;
}

const BESIDE = { absent, nothing };

export interface StageOptions {
  readonly browser: BrowserName;
  /** Extensions that are measured beside the builds. */
  readonly beside?: readonly (keyof typeof BESIDE)[];
  /** Whether the probe is installed as well. */
  readonly probe?: boolean;
  /** Posts that are marked as read. */
  readonly read?: readonly number[];
}

/** The parts of a built manifest that the bench reads. */
interface BuiltManifest {
  readonly action: { readonly default_popup: string };
  readonly options_ui: { readonly page: string };
  readonly content_scripts: readonly { readonly js?: string[]; readonly css?: string[] }[];
}

export function manifestOf(dist: Dist, browser: BrowserName): BuiltManifest {
  const path = join(folderIn(dist, browser), 'manifest.json');
  return JSON.parse(readFileSync(path, 'utf8')) as BuiltManifest;
}

/** @throws Error if the folder has no build for the browser */
export function folderIn(dist: Dist, browser: BrowserName): string {
  const folder = join(dist, browser === 'chromium' ? 'chrome' : 'firefox');
  if (!existsSync(join(folder, 'manifest.json')))
    throw new Error(`${folder} has no build; npm run build makes that of this checkout`);
  return folder;
}

/** Starts a browser for each subject, runs `work` and closes the browsers. */
export async function withSubjects<T>(
  bench: Bench,
  options: StageOptions,
  work: (subjects: Subject[]) => Promise<T>,
): Promise<T> {
  const { browser, beside = [], read } = options;
  const subjects: Subject[] = [];
  try {
    for (const name of beside)
      subjects.push({
        name,
        launched: await launch(bench, options, BESIDE[name]()),
        popup: '',
        library: '',
      });
    for (const [name, dist] of bench.builds) {
      const launched = await launch(bench, options, folderIn(dist, browser));
      const { action, options_ui } = manifestOf(dist, browser);
      const [popup, library] = [action.default_popup, options_ui.page].map(
        (path) => `${launched.baseUrl}/${path}`,
      );
      subjects.push({ name, launched, popup: popup ?? '', library: library ?? '' });
      await closeWelcome(launched);
      if (read) await store(launched, action.default_popup, read);
    }
    return await work(subjects);
  } finally {
    for (const { launched } of subjects) await launched.close();
  }
}

function launch({ site }: Bench, { browser, ...options }: StageOptions, extension: string) {
  const folders = options.probe ? [extension, probe()] : [extension];
  return browser === 'chromium'
    ? launchChromium({ extension: folders, site, headless: true })
    : launchFirefox({
        extension: folders,
        site,
        headless: true,
        // By default Firefox rounds times.
        prefs: { 'privacy.reduceTimerPrecision': false },
      });
}

/** Takes samples of the subjects in turn (measure.ts). */
export async function samplesOf<Sample>(
  subjects: readonly Subject[],
  rounds: number,
  sample: (subject: Subject, round: number) => Promise<Sample>,
): Promise<Map<Name, Sample[]>> {
  const samples = await inTurn(subjects, rounds, sample);
  return new Map([...samples].map(([{ name }, all]) => [name, all]));
}

/** Stores a record of version 3, which every later build can read. */
async function store(launched: Launched, path: string, read: readonly number[]): Promise<void> {
  const time = Date.UTC(2026, 0).toString(36);
  const rows = read.toSorted((a, b) => a - b).map((id) => `${id.toString(36)} R ${time}.0 0`);
  const control = await openExtensionPage(launched, path, {
    readySelector: 'html[data-ready]',
  });
  const stored = JSON.stringify({ record: ['3 bench', ...rows].join('\n') });
  await control.evaluate(`(globalThis.browser ?? chrome).storage.local.set(${stored})`);
  await control.close();
  // The background may have another record in memory.
  await sleep(launched);
}

/**
 * Ends the background until an event wakes it.
 *
 * @throws Error when it does not end
 */
export async function sleep(launched: Launched): Promise<void> {
  if (launched.kind === 'firefox') {
    const of = `WebExtensionPolicy.getByID(${JSON.stringify(launched.extensionId)}).extension`;
    await asFirefox(launched, `${of}.terminateBackground()`);
    const state = await asFirefox(launched, `${of}.backgroundState`);
    if (state !== 'stopped') throw new Error(`the background is ${String(state)}`);
  } else {
    const target = backgroundTarget(launched);
    // Meanwhile it may have ended by itself.
    await (await target?.worker().catch(() => undefined))?.close().catch(() => undefined);
    for (let tries = 0; backgroundTarget(launched); tries++) {
      if (tries > 50) throw new Error('the background does not end');
      await delay(100);
    }
  }
  await delay(300);
}

/** @throws Error when the background sleeps */
export async function assertAwake(launched: Launched): Promise<void> {
  const isAwake =
    launched.kind === 'chromium'
      ? backgroundTarget(launched) !== undefined
      : (await asFirefox(
          launched,
          `WebExtensionPolicy.getByID(${JSON.stringify(launched.extensionId)}).extension.backgroundState`,
        )) === 'running';
  if (!isAwake) throw new Error('the background sleeps');
}

function backgroundTarget({ browser, baseUrl }: Launched) {
  return browser
    .targets()
    .find((each) => each.type() === TargetType.SERVICE_WORKER && each.url().startsWith(baseUrl));
}

interface Bidi {
  send(method: string, parameters: object): Promise<{ result: Record<string, unknown> }>;
}

/**
 * Evaluates an expression in Firefox's own window with the browser's privileges.
 *
 * @returns the value, awaited if it is a promise
 */
export async function asFirefox({ browser }: Launched, expression: string): Promise<unknown> {
  // Puppeteer has no API for that window, but WebDriver BiDi reaches it over the same connection.
  const { connection } = browser as unknown as { connection: Bidi };
  const tree = await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
  const [window] = tree.result['contexts'] as { context: string }[];
  const { result } = await connection.send('script.evaluate', {
    expression,
    target: { context: window?.context },
    awaitPromise: true,
  });
  if (result['type'] !== 'success') throw new Error(`${expression}: ${JSON.stringify(result)}`);
  return (result['result'] as { value?: unknown }).value;
}

/** What the probe notes about a press on a mark. */
export interface Press {
  /** The number of the frame that shows the new mark; 1 is the first after the press. */
  frames: number;
  /** Milliseconds from the press to the change of the mark, and to that frame. */
  changed: number;
  drawn: number;
}

/** What the probe notes about a page of the blog. */
export interface Seen {
  /** When the eighth line had its words, in milliseconds since the page's time origin. */
  stood?: number;
  presses: Press[];
  /** The box of each line's mark, relative to the viewport. */
  marks: { x: number; y: number; width: number; height: number }[];
}

/**
 * Asks the probe until `wanted` accepts its answer, and returns that.
 *
 * @throws Error after about 10 s
 */
export async function seen(page: Page, wanted: (seen: Seen) => boolean): Promise<Seen> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = (await page.evaluate(`(() => {
      dispatchEvent(new Event('bench'));
      return document.documentElement.getAttribute('data-bench');
    })()`)) as string | null;
    const noted = answer && (JSON.parse(answer) as Seen);
    if (noted && wanted(noted)) return noted;
    await delay(50);
  }
  throw new Error(`the probe did not see it on ${page.url()}`);
}
