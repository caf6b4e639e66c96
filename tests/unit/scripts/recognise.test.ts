/** `npm run recognise`, on files of made-up texts and, where they are there, of real ones. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasOpenings, OPENINGS, readOpenings } from '../../../scripts/signatures.ts';
import { ROOT, seeded } from '../support.ts';
import { technicalProse } from '../catalogue/texts.ts';

const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-recognise-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the command says of a file. */
function recognise(name: string, content: string): { id: number | null; by: string | null }[] {
  const file = join(folder, name);
  writeFileSync(file, content);
  const command = ['--import', 'tsx', 'scripts/recognise.ts', file];
  const output = execFileSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
  const lines = output.trim().split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ReturnType<typeof recognise>[number]);
}

const page = (items: string) => `<!doctype html><div id="MainBody">${items}</div>`;
const item = (title: string, text: string) =>
  `<div class="Post"><div class="title-wrap"><h2>${title}</h2></div><div class="PostContent"><p>${text}</p></div></div>`;

const prose = technicalProse(400, seeded(1));

describe('a saved text', () => {
  it('without any item is one, known or not', () => {
    expect(recognise('unknown.txt', prose)).toMatchObject([{ id: null, by: null, score: 0 }]);
    expect(recognise('empty.txt', '')).toMatchObject([{ id: null, by: null }]);
  });

  it('with titles is known by them', () => {
    const text = `7 Aug\n\nTransformer升级之路：12、无限外推的ReRoPE？\n\n${prose}\n`;
    expect(recognise('listing.txt', text)).toMatchObject([{ id: 9708, by: 'title', score: 1 }]);
  });
});

if (!hasOpenings) console.warn(`SKIPPED: no openings of the real posts at ${OPENINGS.pathname}`);

describe.skipIf(!hasOpenings)('an item whose title says nothing', () => {
  const [{ id, text } = { id: 0, text: '' }] = hasOpenings ? readOpenings() : [];

  it('is known by its text', () => {
    const expected = { id, by: 'text', score: expect.closeTo(1, 1) as number };
    expect(recognise('quotation.txt', text)).toMatchObject([expected]);
    const listing = `3 Jan\n\n转载：一篇文章\n\n${text}\n\n4 Jan\n\n我的日记\n\n${prose}\n`;
    expect(recognise('listing.txt', listing)).toMatchObject([expected, { id: null, by: null }]);
    const html = page(item('转载：一篇文章', text.replace(/[<&]/g, ' ')) + item('我的日记', prose));
    expect(recognise('page.html', html)).toMatchObject([expected, { id: null, by: null }]);
  });
});
