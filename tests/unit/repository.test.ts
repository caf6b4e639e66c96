/** The files beside the code: workflows, issue forms, documents, policies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reportAddress } from '../../src/app/about.ts';
import { DOCUMENTS, ROOT } from './support.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

describe.each(readdirSync(join(ROOT, '.github/workflows')))('the workflow %s', (name) => {
  const text = read(`.github/workflows/${name}`);

  it('uses actions by their hashes only', () => {
    const PINNED = new Set([
      'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683',
      'actions/setup-node@49933ea5288caeca8642d1e84afbd3f7d6820020',
    ]);
    const used = [...text.matchAll(/uses:\s*(\S+)/g)].map(([, action = '']) => action);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((action) => !PINNED.has(action))).toEqual([]);
  });

  it('states its rights, keeps no token in the clone, and runs no code of strangers with secrets', () => {
    expect(text).toMatch(/^permissions:/m);
    expect(text).not.toMatch(/write-all|pull_request_target|persist-credentials: true/);
    const clones = text.match(/uses: actions\/checkout/g) ?? [];
    expect(text.match(/persist-credentials: false/g) ?? []).toHaveLength(clones.length);
    // A command must not contain text that a pusher can choose, such as the name of a branch.
    const commands = [...text.matchAll(/run: (?:\|\n((?: {10}.*\n)+)|(.*))/g)].map(
      ([, block, line]) => block ?? line ?? '',
    );
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  it('runs only scripts that exist, and tools of exact versions', () => {
    for (const [, script = ''] of text.matchAll(/npm (?:run )?(?!test-|ci\b)([a-z-]+)(?= |$)/gm))
      expect(scripts).toHaveProperty(script);
    for (const [, version = ''] of text.matchAll(/PUBLISHER: \S+@(\S+)/g))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});

it('only the workflow of a release may write, and only to make it', () => {
  expect(read('.github/workflows/check.yml')).not.toMatch(/: write/);
  expect(read('.github/workflows/release.yml').match(/: write/g)).toHaveLength(1);
});

it('each store without its secrets is skipped with a warning', () => {
  const text = read('.github/workflows/release.yml');
  expect(text.match(/::warning title=Not uploaded/g)).toHaveLength(3);
  for (const [, secret = ''] of text.matchAll(/secrets\.(\w+)/g))
    expect(text).toContain(`[ -z "$${secret}" ]`);
});

describe('the issue forms', () => {
  const forms = readdirSync(join(ROOT, '.github/ISSUE_TEMPLATE')).filter((f) => f !== 'config.yml');

  it('are for recognition, faults and wishes, in both languages', () => {
    expect(forms.sort()).toEqual(['fault.yml', 'recognition.yml', 'wish.yml']);
    for (const form of forms)
      for (const [, label = ''] of read(`.github/ISSUE_TEMPLATE/${form}`).matchAll(/label: (.*)/g))
        expect(label).toMatch(/\p{Script=Han}.* · [A-Z]/u);
  });

  it('have the fields that the settings fill in', () => {
    const address = reportAddress('https://example.com/o/r', '0.1.0', 'Firefox') ?? '';
    const { template, ...fields } = Object.fromEntries(new URL(address).searchParams);
    const form = read(`.github/ISSUE_TEMPLATE/${template}`);
    for (const field of Object.keys(fields)) expect(form).toContain(`id: ${field}\n`);
  });

  it('ask for the diagnosis of a wrong recognition', () => {
    expect(read('.github/ISSUE_TEMPLATE/recognition.yml')).toMatch(
      /npm run recognise -- --diagnose FILE/,
    );
  });
});

/** A text without its code. */
function withoutCode(text: string): string {
  return text.replace(/^ *```[\s\S]*?^ *```/gm, '').replace(/`[^`\n]*`/g, '');
}

/** Pages of GitHub that are no files of the repository, relative to a file in its root. */
const GITHUB_PAGES = new Set(['../../releases', '../../issues/new/choose']);

it('the links of the documents lead to files', () => {
  const broken = DOCUMENTS.flatMap((path) =>
    [...withoutCode(read(path)).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !GITHUB_PAGES.has(target))
      .filter((target) => !existsSync(join(ROOT, path, '..', target)))
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

it('the documents name only npm scripts that exist', () => {
  for (const path of DOCUMENTS)
    for (const [, script = ''] of read(path).matchAll(/npm run ([a-z0-9:-]+)/g))
      expect(scripts, `${path}: ${script}`).toHaveProperty(script);
});

describe('the README', () => {
  const README = { 'zh-CN': read('README.md'), en: read('README.en.md') };
  const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([each]) => each);

  it.each([
    ['sections', /^#+ /gm],
    ['items of lists', /^(?:- |\d\. )/gm],
    ['rows of tables', /^\| /gm],
    ['pictures', /!\[/g],
    ['npm commands, with their order', /\bnpm (?:start|test|run [a-z-]+)[^`\n#]*/g],
    ['addresses of browsers', /`(?:chrome|edge|about):[^`]+`/g],
  ])('has the same %s in both languages', (_, pattern) => {
    const found = all(README['zh-CN'], pattern);
    expect(found.length).toBeGreaterThan(0);
    expect(all(README.en, pattern)).toEqual(found);
  });

  it('installs from a zip in three steps for each browser', () => {
    for (const text of Object.values(README))
      for (const browser of ['Chrome', 'Edge', 'Firefox']) {
        const [, steps = ''] = text.split(`\n**${browser}**\n`);
        const own = steps.split(/\n(?=\*\*|#)/)[0] ?? '';
        expect(all(own, /^\d\. /gm)).toEqual(['1. ', '2. ', '3. ']);
      }
  });

  it('shows the pictures of its own language', () => {
    for (const [language, text] of Object.entries(README))
      for (const picture of all(text, /pictures\/[\w-]+\.png/g))
        expect(picture).toContain(`-${language}-`);
  });
});

it('the privacy policy is whole in both languages', () => {
  const [chinese = '', english = ''] = read('PRIVACY.md').split('## English');
  const rows = (text: string) => text.match(/^\| /gm)?.length ?? 0;
  expect(rows(chinese)).toBeGreaterThan(8);
  expect(rows(english)).toBe(rows(chinese));
});
