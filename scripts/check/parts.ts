import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, runScript, runTool } from './run.ts';
import { oneFailed, sum, tallyOf, type Tally } from './tally.ts';
import { runVitest } from './vitest.ts';

type Browser = 'chrome' | 'firefox';

/** One part of the check. */
export interface Part {
  /** Its name on the command line. */
  readonly name: string;
  /** Its heading. */
  readonly title: string;
  /** The names of the parts that it needs; it is not run if one of them fails. */
  readonly needs: readonly string[];
  readonly run: () => Promise<Tally>;
}

/** The largest content script: the browser reads it from the installed package on every page. */
const CONTENT_SCRIPT_BYTES = 300_000;

/** All parts in order. */
export const parts: readonly Part[] = [
  {
    name: 'catalogue',
    title: 'The catalogue is made from the source data',
    needs: [],
    run: async () => tallyOf((await runScript('scripts/catalogue.ts')).status),
  },
  {
    name: 'types',
    title: 'Types (tsc)',
    needs: ['catalogue'],
    run: async () => tallyOf((await runTool('typescript', ['--noEmit'], {}, 'tsc')).status),
  },
  {
    name: 'lint',
    title: 'Lint (oxlint)',
    needs: ['catalogue'],
    run: async () => tallyOf((await runTool('oxlint', ['--type-aware', '--deny-warnings'])).status),
  },
  {
    name: 'format',
    title: 'Format (oxfmt)',
    needs: [],
    run: async () => tallyOf((await runTool('oxfmt', ['--check', '.'])).status),
  },
  {
    name: 'unit',
    title: 'Unit tests (vitest)',
    needs: ['catalogue'],
    run: () => runVitest('unit'),
  },
  {
    name: 'build-chrome',
    title: 'Build for Chrome (vite)',
    needs: ['catalogue'],
    run: () => build('chrome'),
  },
  {
    name: 'build-firefox',
    title: 'Build for Firefox (vite)',
    needs: ['catalogue'],
    run: () => build('firefox'),
  },
  {
    name: 'package-lint',
    title: "Mozilla's lint of the Firefox build (web-ext)",
    needs: ['build-firefox'],
    run: lintPackage,
  },
  {
    name: 'size',
    title: 'The content script is within its budget',
    needs: ['build-chrome', 'build-firefox'],
    run: weigh,
  },
  {
    name: 'package',
    title: 'Packing twice, in two time zones, gives the same bytes',
    needs: ['build-chrome', 'build-firefox'],
    run: packTwice,
  },
  {
    name: 'e2e',
    title: 'Tests in Chromium and Firefox (vitest)',
    needs: ['build-chrome', 'build-firefox'],
    run: runInBrowsers,
  },
];

/** The named parts and all that they need, in order. */
export function withNeeds(names: readonly string[]): Part[] {
  const wanted = new Set(names);
  // A part comes after all that it needs.
  for (const part of parts.toReversed())
    if (wanted.has(part.name)) for (const need of part.needs) wanted.add(need);
  return parts.filter(({ name }) => wanted.has(name));
}

/** Runs the tests of visits in parallel with the others, because they mostly wait. */
async function runInBrowsers(): Promise<Tally> {
  return sum(await Promise.all([runVitest('e2e'), runVitest('visits', { capture: true })]));
}

async function build(browser: Browser): Promise<Tally> {
  return tallyOf((await runTool('vite', ['build', '--mode', browser])).status);
}

/** The part of the output of `web-ext lint --output json` that is used here. */
interface LintReport {
  readonly summary: {
    readonly errors: number;
    readonly warnings: number;
    readonly notices: number;
  };
}

/** Fails on any error, warning or notice of web-ext. */
async function lintPackage(): Promise<Tally> {
  const { stdout } = await runTool(
    'web-ext',
    ['lint', '--source-dir', 'dist/firefox', '--output', 'json', '--no-config-discovery'],
    { capture: true, env: { NO_UPDATE_NOTIFIER: '1' } },
  );
  let report: LintReport;
  try {
    report = JSON.parse(stdout);
  } catch {
    console.log(stdout);
    return oneFailed;
  }
  const { errors, warnings, notices } = report.summary;
  console.log(`${errors} errors, ${warnings} warnings, ${notices} notices`);
  if (errors + warnings + notices === 0) return tallyOf(0);
  console.log(JSON.stringify(report, null, 2));
  return oneFailed;
}

async function weigh(): Promise<Tally> {
  const fits = (['chrome', 'firefox'] as const).map((browser) => {
    const file = join(root, 'dist', browser, 'src/content/index.iife.js');
    const bytes = readFileSync(file).length;
    console.log(`${browser}: ${bytes} of ${CONTENT_SCRIPT_BYTES} bytes of the content script`);
    return bytes <= CONTENT_SCRIPT_BYTES;
  });
  return tallyOf(fits.every(Boolean) ? 0 : 1);
}

/** Packs in the two time zones that are the furthest apart, so that the local times differ. */
async function packTwice(): Promise<Tally> {
  const outputs: string[] = [];
  for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
    const { status, stdout } = await runScript('scripts/package.ts', {
      capture: true,
      env: { TZ: zone },
    });
    console.log(stdout.trimEnd());
    if (status !== 0) return oneFailed;
    outputs.push(stdout);
  }
  return tallyOf(outputs[0] === outputs[1] ? 0 : 1);
}
