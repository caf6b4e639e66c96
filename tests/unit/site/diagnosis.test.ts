/**
 * What a diagnosis says about a page, and the pages that were built from diagnoses: each NAME.txt of
 * tests/fixtures/diagnosed has a page NAME.html of its structure, and NAME.json has the posts on it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readDiagnosis } from '../../../scripts/diagnosed.ts';
import { postsOn } from '../../../scripts/posts-on.ts';
import { catalogueOf, readSource } from '../../../scripts/source.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { diagnose, DIAGNOSIS } from '../../../src/site/diagnosis.ts';
import { placeholders } from '../placeholders.ts';
import { expected, fixture, fixtureText, parsePage, realCatalogue, ROOT } from '../support.ts';

const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-diagnosis-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FACTS = { version: '1.2.3', usedBrowser: 'Chromium, Linux', recognised: 0 };
const diagnosisOf = (page: Document, catalogue: Catalogue = placeholders) =>
  diagnose(page, { ...FACTS, titled: (title) => catalogue.titled(title).map(({ id }) => id) });
const structure = (diagnosis: string) =>
  diagnosis.slice(diagnosis.indexOf('\n\n')).replace(/ t\d+/g, '').trimEnd().split('\n');

describe('a diagnosis', () => {
  it('says how an item is built', () => {
    const page = parsePage(`<body class="home"><!-- x --><script>var x;</script>
      <div id="main"><article class="card post-9708"><a href="/archives/90004">占位标题丁：带图片</a>
      <p class="meta">By x | 2099-07-06 | <a href="/category/Mathematics/">数学</a></p>
      <p>${'字'.repeat(130)}<a href="https://example.org/">外</a></p></article></div></body>`);
    expect(diagnosisOf(page)).toBe(`${DIAGNOSIS}
version 1.2.3
browser Chromium, Linux
page listing
recognised 0
language -
mode quirks
mathjax scripts=0 previews=0 html=0 svg=0 chtml=0 errors=0 message=0

body.home
 div#main
  article.card.post-0
   a >post:1 title:1 t9
   p.meta date t19
    a >category t2
   p t131
`);
  });

  it.each(['home', 'home-mathjax', 'category', 'post', 'content'])(
    'of %s has no text, title, id or address of it',
    (name) => {
      const page = fixture(name, expected(name).address);
      const diagnosis = diagnosisOf(page);
      expect(diagnosis).toMatch(/^[\n -~]*$/);
      expect(diagnosis).not.toMatch(/https?:|\/|9000\d|2099|kexue\.fm/);
      for (const word of page.body.textContent?.match(/[A-Za-z]{6,}/g) ?? [])
        if (!fixtureText(name).match(new RegExp(`(?:class|id)="[^"]*${word}`)))
          expect(diagnosis).not.toMatch(new RegExp(`\\b${word}\\b`));
    },
  );

  it('of a hostile page is short and plain', () => {
    const page = parsePage(
      `<body>${'<a href="/archives/1" class="\u202e x<y" id="题"><b>\n#x >post</b></a>'.repeat(30_000)}
      ${'<div class="é">'.repeat(500)}</body>`,
    );
    for (const [at, link] of [...page.querySelectorAll('a')].entries())
      link.className = `c${String.fromCharCode(97 + (at % 26), 97 + (at % 25))} ${'y'.repeat(90)}`;
    const diagnosis = diagnosisOf(page);
    expect(diagnosis.length).toBeLessThanOrEqual(20_000);
    expect(diagnosis.split('\n').length).toBeLessThanOrEqual(501);
    expect(diagnosis).toMatch(/^[\n -~]*$/);
    expect(readDiagnosis(diagnosis)).toMatchObject({ kind: 'listing' });
  });

  it('leaves out what the companion has added to the page', () => {
    const page = parsePage('<body><p>x</p><div data-kexue-companion></div></body>');
    expect(structure(diagnosisOf(page)).slice(2)).toEqual(['body', ' p']);
  });

  it('of a saved page is printed by the command', () => {
    const saved = join(folder, 'saved.html');
    const from = '<!-- saved from url=(0031)https://kexue.fm/archives/90003 -->';
    writeFileSync(saved, from + fixtureText('post'));
    const command = ['--import', 'tsx', 'scripts/recognise.ts', '--diagnose', saved];
    const printed = execFileSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
    expect(printed).toContain('\npage post\n');
    const page = fixture('post', 'https://kexue.fm/archives/90003');
    expect(structure(printed)).toEqual(structure(diagnosisOf(page, realCatalogue())));
  });
});

describe('a page built from a diagnosis', () => {
  const data = join(ROOT, 'tests/fixtures/diagnosed');
  const names = readdirSync(data).flatMap((file) => /^(.*)\.txt$/.exec(file)?.[1] ?? []);
  const read = (name: string) => readFileSync(join(data, name), 'utf8');
  const catalogue = new Catalogue(
    catalogueOf(readSource(new URL('../../fixtures/catalogue/', import.meta.url))),
  );

  it.each(names)('%s has its structure, and shows the expected posts', (name) => {
    const { address, posts } = JSON.parse(read(`${name}.json`)) as {
      address: string;
      posts: number[];
    };
    const page = parsePage(read(`${name}.html`), address);
    expect(postsOn(page, catalogue)).toEqual(posts);
    expect(structure(diagnosisOf(page, catalogue))).toEqual(structure(read(`${name}.txt`)));
  });

  it.each([
    ['an empty text', ''],
    ['another text', 'What is this?\nbody\n'],
    ['a diagnosis without its structure', `${DIAGNOSIS}\npage listing\n`],
    ['a structure with a text', `${DIAGNOSIS}\npage listing\n\nbody\n <script>alert(1)</script>\n`],
    ['a structure with a hole', `${DIAGNOSIS}\npage listing\n\nbody\n   div\n`],
    ['more lines than any', `${DIAGNOSIS}\npage listing\n\nbody\n${' div\n'.repeat(9_000)}`],
    [
      'repetitions of repetitions',
      `${DIAGNOSIS}\npage listing\n\nbody\n div x200\n  div x200\n   div x200\n`,
    ],
    ['binary', '\u0000\u0001\u0002'],
  ])('is none for %s', (_, text) => {
    expect(readDiagnosis(text)).toBeTypeOf('string');
  });

  it('is refused by the command in one line, and nothing is written', () => {
    const file = join(folder, 'unsound.txt');
    writeFileSync(file, 'What is this?\n');
    const command = ['--import', 'tsx', 'scripts/fixture.ts', file];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('no diagnosis');
  });
});
