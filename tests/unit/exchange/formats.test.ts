/** The export formats for people and other programs: CSV, Markdown, BibTeX. */
import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { asBibtex } from '../../../src/exchange/export/bibtex.ts';
import { asCsv } from '../../../src/exchange/export/csv.ts';
import { asMarkdown } from '../../../src/exchange/export/markdown.ts';
import type { ReadingRecord } from '../../../src/record/marks.ts';
import { post, realCatalogue } from '../support.ts';
import { catalogue, entryAt } from './arbitraries.ts';

/** Noon in the local time zone, so that the local day is the same in every zone. */
const DAY = new Date(2026, 9, 1, 12).getTime();
const record: ReadingRecord = new Map([
  [99, entryAt(DAY + 9 * 86_400_000, { kind: 'read', at: DAY, by: 'hand' })],
  [40, entryAt(DAY, { kind: 'read', at: DAY, by: 'reading' })],
  [30, entryAt(DAY, { kind: 'later' })],
  [20, entryAt(DAY, { kind: 'reading', fraction: 0.424 })],
  [50, entryAt(DAY, { kind: 'unread' })],
]);
const shelf = { catalogue, record };
const words = { others: '其余', later: '稍后' };

/** A strict parser of RFC 4180, independent of our writer. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error('a quote without its end');
        if (text[at] === '"') at++;
        value += text[at];
      }
      at++;
    } else {
      while (at < text.length && !',\r\n'.includes(text[at] ?? '')) {
        if (text[at] === '"') throw new Error('a quote within a bare cell');
        value += text[at++];
      }
    }
    row.push(value);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push(row);
      row = [];
    } else throw new Error(`neither comma nor line end at ${at}`);
  }
  return rows;
}

const anyTitle = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.string({
    unit: fc.constantFrom(...Array.from('=+-@＝",;\'{}\\$&#%_^~<>|[]()*`!甲 ')),
    minLength: 1,
  }),
);

function shelfOf(titles: readonly string[]) {
  const posts = titles.map((title, index) => post(index + 1, { title }));
  return {
    catalogue: new Catalogue({ posts, series: [] }),
    record: new Map(
      posts.map(({ id }) => [id, entryAt(DAY, { kind: 'read', at: DAY, by: 'hand' } as const)]),
    ),
  };
}

describe('a table', () => {
  it('has what is known of each marked post, after a byte order mark', () => {
    const csv = asCsv(shelf);
    expect(csv.startsWith('\ufeff')).toBe(true);
    expect(parseCsv(csv.slice(1))).toEqual([
      'id,title,date,mark,progress,when,by,series,part,parts,address'.split(','),
      [
        '20',
        '长路：2、乙',
        '2020-02-02',
        'reading',
        '42',
        '2026-10-01',
        '',
        '长路',
        '2',
        '2',
        'https://kexue.fm/archives/20',
      ],
      [
        '30',
        `'=HYPERLINK("x")`,
        '2020-03-03',
        'later',
        '',
        '2026-10-01',
        '',
        '',
        '',
        '',
        'https://kexue.fm/archives/30',
      ],
      [
        '40',
        catalogue.post(40)?.title,
        '2020-04-04',
        'read',
        '',
        '2026-10-01',
        'reading',
        '',
        '',
        '',
        'https://kexue.fm/archives/40',
      ],
      ['99', '', '', 'read', '', '2026-10-01', 'hand', '', '', '', 'https://kexue.fm/archives/99'],
    ]);
  });

  it('has only its heading if there are no marks', () => {
    expect(parseCsv(asCsv({ catalogue, record: new Map() }).slice(1))).toHaveLength(1);
  });

  it('keeps any title, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.array(anyTitle), (titles) => {
        const [, ...rows] = parseCsv(asCsv(shelfOf(titles)).slice(1));
        expect(rows).toHaveLength(titles.length);
        for (const [index, row] of rows.entries()) {
          const [, written = ''] = row;
          expect(row).toHaveLength(11);
          expect(written.trimStart()).not.toMatch(/^[=+\-@＝＋－＠\t\r\n]/u);
          expect([titles[index], `'${titles[index]}`]).toContain(written);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a check list', () => {
  it('has every series that was begun, then the others', () => {
    const own = new Map(record).set(10, entryAt(DAY, { kind: 'read', at: DAY, by: 'hand' }));
    own.delete(40);
    expect(asMarkdown({ catalogue, record: own, host: 'spaces.ac.cn' }, words)).toBe(
      [
        '## 长路 1 / 2',
        '',
        '- [x] [长路：1、甲](https://spaces.ac.cn/archives/10) 2026-10-01',
        '- [ ] [长路：2、乙](https://spaces.ac.cn/archives/20) 42%',
        '',
        '## 其余',
        '',
        '- [ ] [=HYPERLINK("x")](https://spaces.ac.cn/archives/30) 稍后',
        '- [x] [https://spaces.ac.cn/archives/99](https://spaces.ac.cn/archives/99) 2026-10-01',
        '',
      ].join('\n'),
    );
  });

  it('is empty if there are no marks', () => {
    expect(asMarkdown({ catalogue, record: new Map() }, words)).toBe('');
  });

  it('keeps any title in its brackets, as text only', () => {
    fc.assert(
      fc.property(fc.array(anyTitle, { minLength: 1 }), (titles) => {
        const lines = asMarkdown(shelfOf(titles), words)
          .split('\n')
          .filter((line) => line.startsWith('- '));
        expect(lines).toHaveLength(titles.length);
        for (const [index, line] of lines.entries()) {
          const [, text = ''] =
            /^- \[x\] \[((?:\\[!-~]|[^\\`*_{}[\]<>~|#$&!])*)\]\(https:\/\/\S+\) \d{4}-\d\d-\d\d$/u.exec(
              line,
            ) ?? [];
          const plain = text.replace(/\\([!-~])/gu, '$1');
          expect(plain).toBe(titles[index]?.replace(/\s+/gu, ' '));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('references', () => {
  it('have the form that the blog asks for', () => {
    const real = new Map([[8265, entryAt(DAY, { kind: 'read', at: DAY, by: 'hand' } as const)]]);
    expect(asBibtex({ catalogue: realCatalogue(), record: real, host: 'spaces.ac.cn' })).toBe(
      [
        '@online{kexuefm-8265,',
        '        title={Transformer升级之路：2、博采众长的旋转式位置编码},',
        '        author={苏剑林},',
        '        year={2021},',
        '        month={Mar},',
        '        url={\\url{https://spaces.ac.cn/archives/8265}},',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('have the read posts with a title, and no others', () => {
    const keys = [...asBibtex(shelf).matchAll(/@online\{kexuefm-(\d+),/g)].map(([, key]) => key);
    expect(keys).toEqual(['40']);
  });

  it('contain no command that TeX would run', () => {
    expect(asBibtex(shelf)).toContain(
      'title={100\\% of \\textbraceleft{}A\\_1\\textbraceright{} \\& B\\textasciicircum{}2 ' +
        '\\textasciitilde{} \\#3 \\$x\\$ \\textbackslash{}LaTeX \\textless{}b\\textgreater{} ' +
        '[c](d) a\\textbar{}b "e", f},',
    );
  });

  it('a post without a date has no year and no month', () => {
    const undated = new Catalogue({ posts: [post(99, { date: '' })], series: [] });
    expect(asBibtex({ catalogue: undated, record })).not.toMatch(/year|month/);
  });

  it('any title is one balanced field, in which every special letter is escaped', () => {
    fc.assert(
      fc.property(anyTitle, (title) => {
        const line = asBibtex(shelfOf([title])).split('\n')[1] ?? '';
        const [, field = ''] = /^ {8}title=\{(.*)\},$/u.exec(line) ?? [];
        const plain = field.replace(/\\text[a-z]+\{\}|\\[$&#%_]/gu, '');
        expect(plain).not.toMatch(/[\\{}^~<>|$&#%_]/u);
        let depth = 0;
        for (const letter of field) {
          depth += letter === '{' ? 1 : letter === '}' ? -1 : 0;
          expect(depth).toBeGreaterThanOrEqual(0);
        }
        expect(depth).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
