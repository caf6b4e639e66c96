/** `npm run release` in a repository of its own, with stand-ins for tests and packing. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { release, type ReleaseOptions } from '../../../scripts/release/release.ts';
import { LISTING_FILES } from '../../../scripts/release/listings.ts';
import { entriesOf, VERSION_FILES, versionsIn } from '../../../scripts/release/versions.ts';
import { ROOT } from '../support.ts';

const HOME = 'https://github.com/someone/kexue-companion';
const LOG = `# Changelog

## [Unreleased]

### Added
- Something new.

## [0.1.0] - 2026-11-22

### Added
- The first.
`;

let root: string;
let lines: string[];
let ran: string[];
/** The npm script that fails; undefined for none. */
let failing: string | undefined;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kexue-companion-release-'));
  [lines, ran, failing] = [[], [], undefined];
  write('package.json', json({ name: 'x', version: '0.1.0' }));
  write(
    'package-lock.json',
    json({
      name: 'x',
      version: '0.1.0',
      packages: { '': { name: 'x', version: '0.1.0' }, 'node_modules/y': { version: '0.1.0' } },
    }),
  );
  write('manifest.json', json({ manifest_version: 3, version: '0.1.0', homepage_url: HOME }));
  write('CHANGELOG.md', LOG);
  write('src/ui/words/news.json', json([{ version: 'next', 'zh-CN': ['新'], en: ['New.'] }]));
  write('.gitignore', 'packages/\n');
  for (const path of LISTING_FILES) write(path, readFileSync(join(ROOT, path), 'utf8'));
  git('init', '--quiet');
  git('config', 'user.name', 'Test');
  git('config', 'user.email', 'test@example.com');
  commitAll();
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
const read = (path: string) => readFileSync(join(root, path), 'utf8');
function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
}
function commitAll(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message', 'state');
}

function run(version: string, mode: ReleaseOptions['mode'] = 'make'): void {
  release(
    { version, mode },
    {
      root,
      today: '2026-12-01',
      log: (line) => lines.push(line),
      npm(script) {
        ran.push(script);
        if (script === failing) throw new Error(`npm run ${script} failed.`);
        const { version: built } = JSON.parse(read('manifest.json')) as { version: string };
        if (script === 'package')
          for (const part of ['chrome', 'firefox'])
            write(`packages/kexue-companion-${part}-${built}.zip`, part);
      },
    },
  );
}

describe('a release', () => {
  it('writes one version everywhere, and dates the change log', () => {
    run('0.2.0');
    for (const path of VERSION_FILES)
      expect(new Set(versionsIn(path, read(path))), path).toEqual(new Set(['0.2.0']));
    expect(read('package-lock.json')).toContain('"node_modules/y": {\n      "version": "0.1.0"');
    expect(read('CHANGELOG.md')).toContain(
      '## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n- Something new.',
    );
    expect(JSON.parse(read('src/ui/words/news.json'))).toMatchObject([{ version: '0.2.0' }]);
  });

  it('tests, packs, commits, adds sources and checksums, and says what to do next', () => {
    run('0.2.0');
    expect(ran).toEqual(['test', 'package']);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%s')).toBe('Version 0.2.0');
    const sums = read('packages/SHA256SUMS').trim().split('\n');
    expect(sums.map((line) => line.slice(66))).toEqual([
      'kexue-companion-chrome-0.2.0.zip',
      'kexue-companion-firefox-0.2.0.zip',
      'kexue-companion-sources-0.2.0.zip',
    ]);
    for (const line of sums) {
      const bytes = readFileSync(join(root, 'packages', line.slice(66)));
      expect(line.slice(0, 64)).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(lines.join('\n')).toContain('git tag v0.2.0 && git push origin HEAD v0.2.0');
  });

  it('makes the same sources in every time zone', () => {
    run('0.2.0');
    const name = 'packages/kexue-companion-sources-0.2.0.zip';
    const first = readFileSync(join(root, name));
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    run('0.2.0', 'pack');
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(readFileSync(join(root, name)).equals(first)).toBe(true);
  });

  it('shows with --dry-run what it would do, and changes nothing', () => {
    write('manifest.json', read('manifest.json').replace(HOME, 'https://github.invalid/o/r'));
    commitAll();
    run('0.2.0', 'show');
    expect([ran, git('status', '--porcelain'), git('rev-list', '--count', 'HEAD')]).toEqual([
      [],
      '',
      '2',
    ]);
    expect(lines.join('\n')).toMatch(/Something new\.[\s\S]*To do first: .*placeholder/);
  });

  it.each(['test', 'package'])('puts every file back if npm run %s fails', (script) => {
    failing = script;
    expect(() => run('0.2.0')).toThrow(`npm run ${script} failed.`);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-list', '--count', 'HEAD')).toBe('1');
  });

  it('puts every file back if Ctrl+C ends the tests', async () => {
    for (const path of ['scripts', 'src/app/about.ts'])
      cpSync(join(ROOT, path), join(root, path), { recursive: true });
    const scripts = { test: 'node wait.mjs' };
    write('package.json', json({ name: 'x', version: '0.1.0', type: 'module', scripts }));
    write(
      'wait.mjs',
      "import fs from 'node:fs'; fs.mkdirSync('packages'); setTimeout(() => undefined, 60_000);",
    );
    commitAll();
    const tsx = import.meta.resolve('tsx');
    // A terminal sends Ctrl+C to all processes of the group.
    const child = spawn(process.execPath, ['--import', tsx, 'scripts/release.ts', '0.2.0'], {
      cwd: root,
      detached: true,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.on('exit', resolve));
    await vi.waitFor(() => expect(existsSync(join(root, 'packages'))).toBe(true), 30_000);
    expect(git('status', '--porcelain')).not.toBe('');
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toBe(1);
    expect(git('status', '--porcelain')).toBe('');
    expect(git('log', '-1', '--format=%s')).toBe('state');
  });
});

describe('a release is refused in one line', () => {
  const CASES: [title: string, version: string, prepare: () => void, why: RegExp][] = [
    ['that is no version', '1.2', () => undefined, /1\.2 is no version/],
    ['with a letter', 'v0.2.0', () => undefined, /v0\.2\.0 is no version/],
    ['that is not later', '0.1.0', () => undefined, /not later than the version of now, 0\.1\.0/],
    ['that is earlier by number, not by text', '0.0.10', () => undefined, /not later/],
    ['with changes', '0.2.0', () => write('new.txt', ''), /Not everything is committed/],
    ['with a tag', '0.2.0', () => void git('tag', 'v0.2.0'), /There is a tag v0\.2\.0/],
    [
      'without entries',
      '0.2.0',
      () => replaceIn('CHANGELOG.md', '- Something new.\n', ''),
      /no entries under/,
    ],
    [
      'without the section',
      '0.2.0',
      () => replaceIn('CHANGELOG.md', '## [Unreleased]', '## Later'),
      /no section/,
    ],
    [
      'that the change log has',
      '0.2.0',
      () => replaceIn('CHANGELOG.md', '[0.1.0]', '[0.2.0]'),
      /has a version 0\.2\.0 already/,
    ],
    [
      'with a text that is too long for a store',
      '0.2.0',
      () => replaceIn('store/en.json', '"summary": "', `"summary": "${'x'.repeat(100)}`),
      /^store\/en\.json: summary has \d+ characters; the stores take 132\.$/,
    ],
    [
      'of a placeholder',
      '0.2.0',
      () => replaceIn('manifest.json', HOME, 'https://github.invalid/o/r'),
      /homepage_url is a placeholder/,
    ],
  ];
  const replaceIn = (path: string, from: string, to: string) => {
    write(path, read(path).replace(from, to));
    commitAll();
  };

  it.each(CASES)('%s', (_title, version, prepare, why) => {
    prepare();
    const before = [git('rev-parse', 'HEAD'), git('status', '--porcelain')];
    let message = '';
    try {
      run(version);
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message).toMatch(why);
    expect(message).not.toContain('\n');
    expect([git('rev-parse', 'HEAD'), git('status', '--porcelain')]).toEqual(before);
    expect([ran, existsSync(join(root, 'packages'))]).toEqual([[], false]);
  });

  it('if a tag does not match, or its version is not in the change log', () => {
    expect(() => run('0.2.0', 'pack')).toThrow('The tag says 0.2.0, but package.json says 0.1.0.');
    replaceIn('CHANGELOG.md', '[0.1.0]', '[0.0.9]');
    expect(() => run('0.1.0', 'pack')).toThrow('no entries for 0.1.0');
    expect(ran).toEqual([]);
  });

  it.each([[], ['--dry-run'], ['0.2.0', '--now'], ['0.2.0', '--dry-run', 'more']].map((a) => [a]))(
    'if it is asked for wrongly: %j',
    (args) => {
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--import', 'tsx', 'scripts/release.ts', ...args],
        { cwd: ROOT, encoding: 'utf8' },
      );
      expect([status, stderr.trim()]).toEqual([
        2,
        'Usage: npm run release -- X.Y.Z [--dry-run | --pack]',
      ]);
    },
  );
});

describe('this project', () => {
  const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');

  it('has one version everywhere, and the change log has it', () => {
    const versions = VERSION_FILES.flatMap((path) => versionsIn(path, text(path)));
    expect(versions).toHaveLength(4);
    expect(new Set(versions).size).toBe(1);
    expect(entriesOf(text('CHANGELOG.md'), versions[0] ?? '')).toMatch(/^- /m);
  });

  it('has a change log in the form of Keep a Changelog', () => {
    const headings = text('CHANGELOG.md')
      .split('\n')
      .filter((line) => line.startsWith('##'));
    const FORM =
      /^## \[Unreleased\]$|^## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d$|^### (?:Added|Changed|Deprecated|Removed|Fixed|Security)$/;
    expect(headings.filter((heading) => !FORM.test(heading))).toEqual([]);
    expect(headings[0]).toBe('## [Unreleased]');
  });
});
