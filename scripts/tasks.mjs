// The npm scripts: what each runs, which arguments it takes, and what it needs. scripts/setup.mjs runs them.
// Like that file it uses only syntax that old versions of Node can parse.

import { readdirSync, readFileSync, statSync } from 'fs';
import { join } from 'path';

/** A TypeScript file of this project. */
const script = (path) => ({ path });
/** The command that a package of node_modules installs. */
const tool = (name, ...args) => ({ tool: name, args });

/** Writes src/catalogue/packed, which source and tests import and git does not have. */
const CATALOGUE = script('scripts/catalogue.ts');
const BUILD_CHROME = tool('vite', 'build', '--mode', 'chrome');
const BUILD_FIREFOX = tool('vite', 'build', '--mode', 'firefox');
const BOTH = () => ['chromium', 'firefox'];
/** `npm test` needs browsers for the part e2e only. */
const BOTH_FOR_E2E = (args) => (args.length === 0 || args.includes('e2e') ? BOTH() : []);
const CHOSEN = (args) => (args.includes('--firefox') ? ['firefox'] : ['chromium']);

/** The tests of `npm run soak`, by parts of their names: property tests with many more tries, and hostile pages. */
const SOAKED = [
  'record-model',
  'clock-jumps',
  'one-writer',
  'background/record.test',
  'exchange/sync.test',
  'record/merge',
  'record/visit',
  'site/mutations',
  'unit/hostile',
  'text-match/signatures',
  'tests/soak',
  'site/clobbered',
  'e2e/clobbered',
  'e2e/page-can-see',
  'e2e/intended-presses',
];

/**
 * The tasks, by the names of their npm scripts.
 *
 * steps      run one after the other; the last one gets the arguments
 * takes      'none'; 'own': the script checks them itself; 'tests': parts of test files' names, and -t NAME
 * browsers   the browsers that it needs, by its arguments
 * installs   whether it installs what is missing, and prints what it found
 * needsBuild whether dist/ must have a build of the present sources; if not, it is built first
 */
export const TASKS = {
  start: {
    steps: [script('scripts/start.ts')],
    takes: 'own',
    browsers: CHOSEN,
    installs: true,
  },
  test: {
    steps: [script('scripts/check.ts')],
    takes: 'own',
    browsers: BOTH_FOR_E2E,
    installs: true,
  },
  catalogue: { steps: [CATALOGUE], takes: 'own' },
  build: { steps: [CATALOGUE, BUILD_CHROME, BUILD_FIREFOX], takes: 'none' },
  'build:chrome': { steps: [CATALOGUE, BUILD_CHROME], takes: 'none' },
  'build:firefox': { steps: [CATALOGUE, BUILD_FIREFOX], takes: 'none' },
  'build-for-amo': { steps: [CATALOGUE, BUILD_FIREFOX], takes: 'none' },
  package: {
    steps: [CATALOGUE, BUILD_CHROME, BUILD_FIREFOX, script('scripts/package.ts')],
    takes: 'none',
  },
  release: { steps: [script('scripts/release.ts')], takes: 'own' },
  recognise: { steps: [script('scripts/recognise.ts')], takes: 'own' },
  fixture: { steps: [script('scripts/fixture.ts')], takes: 'own' },
  'check-live': {
    steps: [script('scripts/check-live.ts')],
    takes: 'own',
    browsers: CHOSEN,
    needsBuild: true,
  },
  bench: {
    steps: [script('tests/bench/bench.ts')],
    takes: 'own',
    browsers: BOTH,
    needsBuild: true,
  },
  types: { steps: [CATALOGUE, tool('typescript', '--noEmit')], takes: 'none' },
  lint: { steps: [CATALOGUE, tool('oxlint', '--type-aware', '--deny-warnings')], takes: 'none' },
  unit: { steps: [CATALOGUE, tool('vitest', 'run', '--project', 'unit')], takes: 'tests' },
  soak: {
    steps: [
      tool(
        'vitest',
        'run',
        '--project',
        'unit',
        '--project',
        'soak',
        '--project',
        'e2e',
        '--testTimeout=3600000',
        ...SOAKED,
      ),
    ],
    takes: 'none',
    browsers: BOTH,
    needsBuild: true,
  },
  e2e: {
    steps: [tool('vitest', 'run', '--project', 'e2e', '--project', 'visits')],
    takes: 'tests',
    browsers: BOTH,
    needsBuild: true,
  },
  pictures: {
    steps: [
      CATALOGUE,
      tool('vitest', 'run', '--project', 'e2e', 'tests/e2e/pictures.test.ts'),
      script('scripts/draw.ts'),
    ],
    takes: 'none',
    browsers: () => ['chromium'],
    env: { PICTURES: 'renew' },
  },
};

/**
 * Why arguments are wrong, in one line; undefined if they are not, or if the script checks them itself.
 *
 * @param testFiles the paths of all files below tests/
 */
export function misuseOf(name, args, testFiles) {
  const { takes } = TASKS[name];
  if (takes === 'none' && args.length > 0) {
    return `npm run ${name} takes no arguments, but there is ${args.join(' ')}.`;
  }
  if (takes !== 'tests') return undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    if (arg === '-t' && at + 1 < args.length) at++;
    else if (arg.startsWith('-')) {
      return `npm run ${name} takes parts of test files' names, and -t NAME: not ${arg}.`;
    } else if (!testFiles.some((path) => path.includes(arg))) {
      return `npm run ${name}: no test file has ${arg} in its name.`;
    }
  }
  return undefined;
}

/** The arguments for Node that run a step. */
export function nodeArgs(root, step) {
  if (step.path) return ['--import', 'tsx', step.path];
  const folder = join(root, 'node_modules', step.tool);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const command = step.tool === 'typescript' ? 'tsc' : step.tool;
  return [join(folder, typeof bin === 'string' ? bin : bin[command]), ...step.args];
}

/** What a build is made from. */
const SOURCES = [
  'src',
  'public',
  'licences',
  'scripts',
  'manifest.json',
  'package-lock.json',
  'vite.config.ts',
];

/** Whether the build of a browser is missing in dist/, or older than a file that it is made from. */
export function isBuildOld(root) {
  const builds = ['chrome', 'firefox'].map((name) => join(root, 'dist', name, 'manifest.json'));
  const sources = SOURCES.flatMap((name) => pathsIn(join(root, name)));
  return Math.max(...sources.map(changedAt)) > Math.min(...builds.map(changedAt));
}

/** Returns the path and, for a folder, all paths in it. src/catalogue/packed is left out: each build writes it. */
function pathsIn(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat || !stat.isDirectory()) return [path];
  const inside = readdirSync(path, { recursive: true }).map((name) => join(path, String(name)));
  return inside.filter((each) => !each.includes(join('catalogue', 'packed')));
}

/** In ms since 1970; 0 if there is no such file. */
function changedAt(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? stat.mtimeMs : 0;
}
