/** The npm scripts: each runs scripts/setup.mjs, which says in one line why wrong arguments are wrong. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isMisuse } from '../../../scripts/catalogue.ts';
import { parts, withNeeds } from '../../../scripts/check/parts.ts';
import { DOCUMENTS, ROOT } from '../support.ts';

interface Task {
  steps: { path?: string; tool?: string }[];
  takes: 'none' | 'own' | 'tests';
  needsBuild?: boolean;
  browsers?: (args: string[]) => string[];
}

// The file is in old syntax and has no types.
const path = '../../../scripts/tasks.mjs';
const { TASKS, isBuildOld, misuseOf } = (await import(path)) as {
  TASKS: Record<string, Task>;
  isBuildOld: (root: string) => boolean;
  misuseOf: (name: string, args: string[], testFiles: string[]) => string | undefined;
};
const NAMES = Object.keys(TASKS);
const withArgs = (takes: Task['takes']) => NAMES.filter((name) => TASKS[name]?.takes === takes);

const run = (root: string, args: string[], env: Record<string, string> = {}) => {
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, lines: stderr.trim().split('\n') };
};
/** Runs a task with setup.mjs; returns its status and what it prints to stderr. */
const setUp = (root: string, name: string, args: string[] = [], node: string[] = []) =>
  run(root, [...node, 'scripts/setup.mjs', name, ...args]);
const oneLine = (text: RegExp) => ({ status: 2, lines: [expect.stringMatching(text)] });

it('package.json runs every script through the table, and the table has no other', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  expect(scripts).toEqual(
    Object.fromEntries(NAMES.map((name) => [name, `node scripts/setup.mjs ${name}`])),
  );
  const files = NAMES.flatMap(
    (name) => TASKS[name]?.steps.flatMap((step) => step.path ?? []) ?? [],
  );
  for (const file of files) expect(existsSync(join(ROOT, file)), file).toBe(true);
});

it.each<[args: string[], browsers: string[]]>([
  [[], ['chromium', 'firefox']],
  [['e2e'], ['chromium', 'firefox']],
  [
    ['lint', 'e2e'],
    ['chromium', 'firefox'],
  ],
  [['unit'], []],
  [['catalogue', 'types', 'lint', 'format', 'build-chrome', 'package-lint', 'size'], []],
])('npm test %j needs the browsers %j', (args, browsers) => {
  expect(TASKS['test']?.browsers?.(args)).toEqual(browsers);
});

it.each<[part: string, others: string[]]>([
  ['format', []],
  ['types', ['catalogue']],
  ['lint', ['catalogue']],
  ['unit', ['catalogue']],
  ['build-chrome', ['catalogue']],
  ['package-lint', ['catalogue', 'build-firefox']],
  ['e2e', ['catalogue', 'build-chrome', 'build-firefox']],
])('npm test -- %s first runs the parts %j', (name, others) => {
  expect(withNeeds([name]).map((part) => part.name)).toEqual([...others, name]);
});

it('each part of npm test comes after the parts that it needs', () => {
  for (const [at, { needs }] of parts.entries()) {
    const before = parts.slice(0, at).map(({ name }) => name);
    for (const need of needs) expect(before).toContain(need);
  }
});

it.each(['types', 'lint', 'unit', 'build:chrome', 'build:firefox', 'pictures'])(
  'npm run %s packs the catalogue first, because a fresh clone has none',
  (name) => {
    expect(TASKS[name]?.steps[0]?.path).toBe('scripts/catalogue.ts');
  },
);

describe('a build', () => {
  let root: string;
  const write = (path: string, time: number) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), '');
    utimesSync(join(root, path), time, time);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kexue-companion-build-'));
    write('manifest.json', 100);
    write('src/content/line.ts', 100);
    write('src/catalogue/packed/index.json', 100);
    for (const folder of ['src', 'src/content', 'src/catalogue', 'src/catalogue/packed'])
      utimesSync(join(root, folder), 100, 100);
    write('dist/chrome/manifest.json', 200);
    write('dist/firefox/manifest.json', 200);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is made before each task that needs one, if a source is newer or a build is missing', () => {
    expect(isBuildOld(root)).toBe(false);
    write('src/content/line.ts', 300);
    expect(isBuildOld(root)).toBe(true);
    write('dist/chrome/manifest.json', 400);
    expect(isBuildOld(root)).toBe(true);
    write('dist/firefox/manifest.json', 400);
    expect(isBuildOld(root)).toBe(false);
    rmSync(join(root, 'dist/chrome'), { recursive: true });
    expect(isBuildOld(root)).toBe(true);
  });

  it('is not old because the catalogue was packed again', () => {
    write('src/catalogue/packed/index.json', 300);
    expect(isBuildOld(root)).toBe(false);
  });

  it.each(['e2e', 'soak', 'bench', 'check-live'])('is needed by npm run %s', (name) => {
    expect(TASKS[name]?.needsBuild).toBe(true);
  });
});

describe('wrong use is said in one line, with status 2', () => {
  let bare: string;
  beforeAll(() => {
    bare = mkdtempSync(join(tmpdir(), 'kexue-companion-commands-'));
    for (const file of ['setup.mjs', 'tasks.mjs'])
      cpSync(join(ROOT, 'scripts', file), join(bare, 'scripts', file));
    cpSync(join(ROOT, 'package.json'), join(bare, 'package.json'));
    mkdirSync(join(bare, 'tests'));
    writeFileSync(
      join(bare, 'old.cjs'),
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '16.20.2' } });`,
    );
  });
  afterAll(() => rmSync(bare, { recursive: true, force: true }));

  it.each(NAMES)('%s with a Node that is too old', (name) => {
    const said = setUp(bare, name, [], ['--require', './old.cjs']);
    expect(said).toEqual(oneLine(/^This is Node 16\.20\.2, but the project needs .*nodejs\.org/));
  });

  it('an unknown task', () => {
    expect(setUp(bare, 'nope')).toEqual(oneLine(/^Usage: .*start\|test\|/));
  });

  it('without the dependencies, without a browser', () => {
    expect(setUp(bare, 'build')).toEqual(oneLine(/not installed: run npm ci/));
    mkdirSync(join(bare, 'node_modules'));
    writeFileSync(join(bare, 'node_modules/.package-lock.json'), '{}');
    const nowhere = { CHROME_PATH: join(bare, 'no-browser') };
    expect(run(bare, ['scripts/setup.mjs', 'pictures'], nowhere)).toEqual(
      oneLine(/^CHROME_PATH is set to .*no-browser/),
    );
  });

  // Only root on Debian reaches apt-get; for others the fonts are a note.
  it('a start without fonts and without the internet is not wrong', () => {
    const tools = join(bare, 'tools');
    for (const folder of [tools, join(bare, 'node_modules')])
      mkdirSync(folder, { recursive: true });
    for (const [name, status] of Object.entries({ 'fc-list': 0, 'apt-get': 100 }))
      writeFileSync(join(tools, name), `#!/bin/sh\nexit ${status}\n`, { mode: 0o755 });
    writeFileSync(join(bare, 'node_modules/.package-lock.json'), '{}');
    writeFileSync(join(bare, 'package-lock.json'), '{}');
    utimesSync(join(bare, 'package-lock.json'), 0, 0);
    const env = { PATH: tools, CHROME_PATH: process.execPath };
    const { lines } = run(bare, ['scripts/setup.mjs', 'start'], env);
    // The script is started; there is nothing in this folder to run it with.
    expect(lines.join('\n')).toMatch(/Cannot find package 'tsx'/);
  });

  it.each(withArgs('none'))('%s with an argument', (name) => {
    expect(misuseOf(name, ['nope'], [])).toMatch(/^npm run \S+ takes no arguments, .* nope\.$/);
    expect(misuseOf(name, [], [])).toBeUndefined();
  });

  it.each(withArgs('tests'))('%s with an unknown option or test file', (name) => {
    const files = ['tests/unit/record/merge.test.ts'];
    expect(misuseOf(name, ['--nope'], files)).toMatch(/not --nope\.$/);
    expect(misuseOf(name, ['-t'], files)).toMatch(/not -t\.$/);
    expect(misuseOf(name, ['nope'], files)).toMatch(/no test file has nope/);
    expect(misuseOf(name, ['record/merge', '-t', 'some words'], files)).toBeUndefined();
  });

  it('through setup.mjs', () => {
    expect(setUp(bare, 'build', ['nope'])).toEqual(oneLine(/takes no arguments/));
    expect(setUp(bare, 'unit', ['nope'])).toEqual(oneLine(/no test file/));
  });

  it.each(withArgs('own'))('%s with an unknown option', (name) => {
    const script = TASKS[name]?.steps.at(-1)?.path ?? '';
    expect(run(ROOT, ['--import', 'tsx', script, '--nope'])).toEqual(oneLine(/\S/));
  });

  it('catalogue with a file that is no JSON, or whose rows lack a field', () => {
    const data = join(bare, 'data');
    mkdirSync(data);
    const pack = (series: string) => {
      for (const name of ['posts', 'exceptions']) writeFileSync(join(data, `${name}.json`), '[]');
      writeFileSync(join(data, 'series.json'), series);
      return run(ROOT, ['--import', 'tsx', 'scripts/catalogue.ts'], { CATALOGUE_DATA: data });
    };
    expect(pack('[{"slug":"a"},\n]')).toEqual({
      status: 1,
      lines: [expect.stringMatching(/^series\.json cannot be read: /)],
    });
    expect(pack('[{"slug":"a","name":"甲","kind":"Numbered"}]')).toEqual({
      status: 1,
      lines: [
        'The catalogue has 2 fault(s):',
        '  series.json, row 1: kind is missing or not of its form',
        '  series.json, row 1: posts is missing or not of its form',
      ],
    });
  });

  it('bench with a folder that has no builds', () => {
    const nowhere = ['--against', join(bare, 'nowhere'), '--only', 'size'];
    expect(run(ROOT, ['--import', 'tsx', 'tests/bench/bench.ts', ...nowhere])).toEqual(
      oneLine(/nowhere.* has no build/),
    );
  });

  it('catalogue with an unknown word, or without pages', () => {
    const uses = [
      ['nope'],
      ['update'],
      ['update', '--dry-run'],
      ['update', 'content.html', '--nope'],
    ];
    for (const [command, ...args] of uses) expect(isMisuse(command, args)).toBe(true);
    expect(isMisuse('signatures', ['nope'])).toBe(true);
    expect(isMisuse(undefined, [])).toBe(false);
    expect(isMisuse('signatures', [])).toBe(false);
    expect(isMisuse('update', ['content.html', '--dry-run'])).toBe(false);
  });
});

describe('the commands of the documents', () => {
  const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
  const [, table = ''] = read('docs/testing.md').split('## The commands of the documents');
  const rows = [...(table.split('\n## ')[0] ?? '').matchAll(/^\| `([^`]+)` +\| (.*?) +\|$/gm)].map(
    ([, command = '', runBy = '']) => [command, runBy] as const,
  );

  it('are those of the table in docs/testing.md', () => {
    const COMMAND = /^(?:[A-Z_]+=\S+ )*(?:npm|npx|node|git|gh|sha256sum) \S/;
    const found = DOCUMENTS.flatMap((file) => {
      const text =
        file === 'docs/testing.md'
          ? read(file).replace(table.split('\n## ')[0] ?? '', '')
          : read(file);
      const blocks = [...text.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
        block.split('\n').map((line) => line.replace(/ +#.*/, '').trim()),
      );
      const spans = [...text.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`\n]+)`/g)];
      return [...blocks, ...spans.map(([, span = '']) => span)].filter((each) =>
        COMMAND.test(each),
      );
    });
    expect([...new Set(found)].sort()).toEqual(rows.map(([command]) => command).sort());
  });

  it('are each run by the named test or workflow, or the table says why not', () => {
    const workflows = readdirSync(join(ROOT, '.github/workflows'));
    for (const [command, runBy] of rows) {
      if (/^not run: ./.test(runBy)) continue;
      const named = [...runBy.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
      const isThere = (name: string) =>
        name.startsWith('tests/')
          ? existsSync(join(ROOT, name))
          : parts.some((part) => part.name === name) ||
            workflows.includes(`${name}.yml`) ||
            name === 'npm test';
      expect(named.length, command).toBeGreaterThan(0);
      expect(
        named.filter((name) => !isThere(name)),
        command,
      ).toEqual([]);
    }
  });
});
