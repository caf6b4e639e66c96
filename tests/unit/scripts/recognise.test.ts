/** `npm run recognise` with files of invented texts. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { computeSignatures, encodeSignatures } from '../../../scripts/compute-signatures.ts';
import { readTexts } from '../../fixtures/texts.ts';
import { ROOT, seeded } from '../support.ts';
import { technicalProse } from '../catalogue/texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-recognise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Item {
  id: number | null;
  by: string | null;
}

/** Runs the command on files; returns the items of each file. */
function recognise(files: Record<string, string>, env: Record<string, string> = {}): Item[][] {
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  });
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', 'scripts/recognise.ts', ...paths],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, ...env } },
  );
  const lines = output.trim().split('\n').filter(Boolean);
  const items = lines.map((line) => JSON.parse(line) as Item & { file: string });
  return paths.map((path) => items.filter(({ file }) => file === path));
}

const page = (items: string) => `<!doctype html><div id="MainBody">${items}</div>`;
const item = (title: string, text: string) =>
  `<div class="Post"><div class="title-wrap"><h2>${title}</h2></div><div class="PostContent"><p>${text}</p></div></div>`;

const prose = technicalProse(400, seeded(1));

it('recognises a saved text by its titles; a text without items is one item', () => {
  const listing = `7 Aug\n\nTransformer升级之路：12、无限外推的ReRoPE？\n\n${prose}\n`;
  const found = recognise({ 'unknown.txt': prose, 'empty.txt': '', 'listing.txt': listing });
  expect(found).toMatchObject([
    [{ id: null, by: null, score: 0 }],
    [{ id: null, by: null }],
    [{ id: 9708, by: 'title', score: 1 }],
  ]);
});

it('recognises an item with an unknown title by its text', () => {
  const openings = readTexts().map((text, at) => ({ id: 8231 + at, text }));
  const signatures = join(folder, 'signatures.bin');
  writeFileSync(signatures, encodeSignatures(computeSignatures(openings, [], 'made up')));
  const [{ id, text } = { id: 0, text: '' }] = openings;
  const found = recognise(
    {
      'quotation.txt': text,
      'listing.txt': `3 Jan\n\n转载：一篇文章\n\n${text}\n\n4 Jan\n\n我的日记\n\n${prose}\n`,
      'page.html': page(
        item('转载：一篇文章', text.replace(/[<&]/g, ' ')) + item('我的日记', prose),
      ),
    },
    { SIGNATURES: signatures },
  );
  const known = { id, by: 'text', score: expect.closeTo(1, 1) as number };
  const unknown = { id: null, by: null };
  expect(found).toMatchObject([[known], [known, unknown], [known, unknown]]);
});
