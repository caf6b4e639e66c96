/**
 * Measures what a reader can feel and prints each figure beside its budget (docs/testing.md). Nothing
 * is asserted, because machines are noisy.
 *
 *   npm run build && npm run bench
 *   npm run bench -- --against DIST      also measures a second build, in turns with the build of this
 *                                        checkout; DIST is a folder with chrome/ and firefox/
 *   npm run bench -- --only press,page   some parts only; PARTS below has their names
 *   npm run bench -- --effort 0.2        a fifth of the rounds, for a first look
 */
import { statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSite } from '../../scripts/sample/server.ts';
import { heavyFigures } from './heavy.ts';
import { mapFigures } from './map.ts';
import type { BuildName, Figure, Name } from './measure.ts';
import { memoryFigures } from './memory.ts';
import { pageFigures, shiftFigures, standFigures } from './page.ts';
import { keyFigures, popupFigures } from './popup.ts';
import { pressFigures } from './press.ts';
import { titleFigures } from './search.ts';
import { type Bench, BROWSERS, folderIn, manifestOf } from './subjects.ts';
import { textFigures } from './text.ts';
import { findFigures, keepFigures } from './texts.ts';

const PARTS = {
  press: pressFigures,
  page: pageFigures,
  stand: standFigures,
  shift: shiftFigures,
  popup: popupFigures,
  key: keyFigures,
  map: mapFigures,
  heavy: heavyFigures,
  memory: memoryFigures,
  find: findFigures,
  keep: keepFigures,
  size: sizeFigures,
  text: textFigures,
  titles: titleFigures,
} satisfies Record<string, (bench: Bench) => Figure[] | Promise<Figure[]>>;
type Part = keyof typeof PARTS;
const CHROMIUM_ONLY: ReadonlySet<Part> = new Set([
  'page',
  'shift',
  'popup',
  'key',
  'map',
  'keep',
  'heavy',
]);
const isPart = (name: string): name is Part => name in PARTS;

const USAGE = `Usage: npm run bench [-- --against DIST --only PARTS --effort NUMBER], PARTS of ${Object.keys(PARTS).join(',')}`;

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        against: { type: 'string' },
        only: { type: 'string', default: Object.keys(PARTS).join(',') },
        effort: { type: 'string', default: '1' },
      },
    });
    const names = values.only.split(',');
    const wanted = names.filter(isPart);
    const effort = Number(values.effort);
    if (wanted.length === names.length && effort > 0)
      return { against: values.against, parts: wanted, effort };
  } catch {
    // An unknown option.
  }
  console.error(USAGE);
  return process.exit(2);
}

const { against, parts, effort } = readOptions();

const now = fileURLToPath(new URL('../../dist', import.meta.url));
const builds: [BuildName, string][] = [['now', now]];
// npm runs scripts in the folder of package.json; INIT_CWD is the folder where npm was started.
if (against !== undefined)
  builds.unshift(['before', resolve(process.env['INIT_CWD'] ?? '.', against)]);
try {
  for (const [, dist] of builds) for (const each of BROWSERS) folderIn(dist, each);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

const site = await startSite();
const bench: Bench = {
  site,
  builds: new Map(builds),
  rounds: (usual) => Math.max(1, Math.round(usual * effort)),
};
try {
  for (const part of parts) {
    console.log(`\n${part} (load of the machine ${loadavg()[0]?.toFixed(1)})`);
    print(await PARTS[part](bench));
  }
} finally {
  await site.close();
}
const inChromiumOnly = parts.filter((part) => CHROMIUM_ONLY.has(part));
if (inChromiumOnly.length > 0)
  console.log(
    `\nNot measured in Firefox: ${inChromiumOnly.join(', ')}. It has no trace and no layout-shift entries ` +
      'that a program can read, and runs no script of the bench before those of an extension’s page.',
  );

function print(rows: readonly Figure[]): void {
  const columns: Name[] = (['absent', 'nothing', 'before', 'now'] as const).filter((name) =>
    rows.some(({ cells }) => cells[name] !== undefined),
  );
  const heads = {
    absent: 'no extension',
    nothing: 'one that does nothing',
    before: 'before',
    now: 'now',
  } satisfies Record<Name, string>;
  const table = [
    ['', ...columns.map((name) => heads[name]), 'now ÷ before', 'budget'],
    ...rows.map(({ what, cells, change = '', budget }) => [
      what,
      ...columns.map((name) => cells[name] ?? ''),
      change,
      budget,
    ]),
  ];
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0)));
  for (const row of table)
    console.log(row.map((cell, at) => cell.padEnd(widths?.[at] ?? 0)).join('  '));
}

/** The uncompressed size of the content script, because the browser reads it from the unpacked package. */
function sizeFigures({ builds: all }: Bench): Figure[] {
  const cells = [...all].map(([name, dist]): [Name, string] => {
    const files = manifestOf(dist, 'chromium').content_scripts.flatMap(({ js = [], css = [] }) =>
      js.concat(css),
    );
    const bytes = files.map((file) => statSync(join(folderIn(dist, 'chromium'), file)).size);
    const sum = bytes.reduce((total, each) => total + each, 0);
    return [name, `${(sum / 1_000).toFixed(1)} kB`];
  });
  return [{ what: 'content script, raw', cells: Object.fromEntries(cells), budget: '< 300 kB' }];
}
