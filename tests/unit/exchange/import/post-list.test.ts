import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { HOSTS, postUrl } from '../../../../src/site/address.ts';
import { asBibtex } from '../../../../src/exchange/export/bibtex.ts';
import { asCsv } from '../../../../src/exchange/export/csv.ts';
import { readList, type ReadList } from '../../../../src/exchange/import/post-list.ts';
import { asMarkdown } from '../../../../src/exchange/export/markdown.ts';
import {
  MAX_CHARS,
  MAX_ENTRIES,
  MAX_LINES,
} from '../../../../src/exchange/import/import-errors.ts';
import { listUrl } from '../../../../src/site/address.ts';
import { catalogue, entryAt, hostile, NOW } from '../arbitraries.ts';

function sound(text: string): ReadList {
  const read = readList(text);
  if ('trouble' in read) throw new Error(JSON.stringify(read));
  return read;
}

describe('a line names posts', () => {
  it.each([
    ['an address', 'https://kexue.fm/archives/9708', [9708]],
    ['the other host, http, www', 'http://www.spaces.ac.cn/archives/9708', [9708]],
    ['an address without its scheme', 'kexue.fm/archives/9708', [9708]],
    ['an address in capitals', 'HTTPS://KEXUE.FM/archives/9708', [9708]],
    ['an address with a place in it', 'https://kexue.fm/archives/9708#comments', [9708]],
    ['a page of comments', 'https://kexue.fm/archives/9708/comment-page-2', [9708]],
    ['an address with a query', 'https://kexue.fm/archives/9708?from=x&y=1', [9708]],
    ['words around it', '请看 https://kexue.fm/archives/9708。很好', [9708]],
    ['words without a space', '看https://kexue.fm/archives/9708（无限外推）', [9708]],
    ['a full stop', 'See https://kexue.fm/archives/9708.', [9708]],
    ['a Markdown link', '- [x] [甲](https://kexue.fm/archives/9708) 2026-10-01', [9708]],
    ['an HTML link', '<a href="https://kexue.fm/archives/9708">x</a>', [9708]],
    ['BibTeX', 'url={\\url{https://kexue.fm/archives/9708}},', [9708]],
    ['two, in their order', 'https://kexue.fm/archives/9728，kexue.fm/archives/9708', [9728, 9708]],
    ['an archived page', 'https://web.archive.org/web/2023/https://kexue.fm/archives/5', [5]],
    ['an id', '9708', [9708]],
    ['an id in a list', '  - 9708', [9708]],
    ['ids', '9708, 9728、9731；5', [9708, 9728, 9731, 5]],
  ])('%s', (_, line, ids) => {
    expect(sound(line)).toEqual({ title: '', ids, refused: [] });
  });

  it('on any of the hosts', () => {
    for (const host of HOSTS) expect(sound(postUrl(4, host)).ids).toEqual([4]);
  });
});

describe('a line that names none is named by its number', () => {
  it.each([
    ['words', '稍后要读', 'words'],
    ['a number in words', '第 14 篇', 'words'],
    ['a date', '2026-10-01', 'words'],
    ['a title that begins with a number', '14、当HWFA遇见ReRoPE', 'words'],
    ['a bullet alone', '- ', 'words'],
    ['signs', ',,,', 'words'],
    ['id 0', '0', 'id'],
    ['an id of seven digits', '1234567', 'id'],
    ['another site', 'https://example.com/archives/9708', 'elsewhere'],
    ['a site that looks alike', 'https://kexue.fm.example.com/archives/9708', 'elsewhere'],
    ['a site that ends alike', 'https://notkexue.fm/archives/9708', 'elsewhere'],
    ['a user of that name', 'https://kexue.fm@example.com/archives/9708', 'elsewhere'],
    ['a path of that name', 'https://example.com/kexue.fm/archives/9708', 'elsewhere'],
    ['a script', 'javascript:alert(9708)', 'words'],
    ['a listing of the blog', 'https://kexue.fm/category/Mathematics/', 'no-post-address'],
    ['post 0', 'https://kexue.fm/archives/0', 'no-post-address'],
    ['a post of seven digits', 'https://kexue.fm/archives/1234567', 'no-post-address'],
    ['a box without a tick', '- [ ] [甲](https://kexue.fm/archives/9708)', 'unticked'],
  ])('%s', (_, line, reason) => {
    expect(sound(`9728\r\n\n${line}\r\n5`)).toEqual({
      title: '',
      ids: [9728, 5],
      refused: [{ of: 'lines', at: 3, reason }],
    });
  });

  it('a post named again counts once', () => {
    expect(sound('5\nkexue.fm/archives/5\n5 6')).toEqual({
      title: '',
      ids: [5, 6],
      refused: [{ of: 'lines', at: 2, reason: 'twice' }],
    });
  });

  it('valid ids beside an invalid one are taken', () => {
    expect(sound('5 0 6')).toMatchObject({ ids: [5, 6], refused: [{ at: 1, reason: 'id' }] });
  });
});

it('every format that we export reads back as its posts', () => {
  const record = new Map([
    [10, entryAt(NOW, { kind: 'read', at: NOW, by: 'hand' })],
    [30, entryAt(NOW, { kind: 'read', at: NOW, by: 'hand' })],
    [40, entryAt(NOW, { kind: 'read', at: NOW, by: 'reading' })],
  ]);
  const shelf = { catalogue, record };
  expect(sound(asCsv(shelf)).ids).toEqual([10, 30, 40]);
  expect(sound(asBibtex(shelf)).ids).toEqual([10, 30, 40]);
  expect(sound(asMarkdown(shelf, { others: '其余', later: '稍后' })).ids).toEqual([10, 30, 40]);
});

it('finds exactly the posts that were put into any text, in their order', () => {
  const around = fc.string({ unit: fc.constantFrom(...Array.from('看 a。，-）')), maxLength: 6 });
  const line = fc.record({
    before: around.map((text) => `${text} `),
    id: fc.option(fc.integer({ min: 1, max: 999_999 }), { nil: undefined }),
    host: fc.constantFrom(...HOSTS),
    scheme: fc.constantFrom('https://', 'http://', ''),
    tail: fc.constantFrom('', '/', '#x', '。', ')', '.', ',', '》再看'),
  });
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
      const text = lines
        .map(({ before, id, host, scheme, tail }) =>
          id === undefined ? before : `${before}${scheme}${host}/archives/${id}${tail}`,
        )
        .join(end);
      const { ids, refused } = sound(text);
      expect(ids).toEqual([...new Set(lines.flatMap(({ id }) => id ?? []))]);
      for (const { at } of refused) expect(at).toBeLessThanOrEqual(lines.length);
    }),
    { numRuns: 500 },
  );
});

describe('a text that is hostile', () => {
  it.each([
    ['100 MB', 'a'.repeat(100 * 2 ** 20), { why: 'too-long', most: MAX_CHARS }],
    ['too many lines', '\n'.repeat(MAX_LINES), { why: 'too-many', most: MAX_LINES }],
    [
      'too many posts in a line',
      Array.from({ length: MAX_ENTRIES + 1 }, (_, index) => index + 1).join(' '),
      { why: 'too-many', most: MAX_ENTRIES },
    ],
  ])('%s: says why', (_, text, trouble) => {
    expect(readList(text)).toEqual({ trouble });
  });

  it.each([
    ['a letter', 'a'],
    ['a space', ' '],
    ['a digit', '1'],
    ['a dot', '.'],
    ['a host', 'kexue.fm'],
    ['a host and a slash', 'kexue.fm/'],
    ['an address', 'https://kexue.fm/archives/5.'],
    ['an id', '1 '],
    ['a bracket', '【'],
  ])('%s, eight million letters of it in one line, is read to its end', (_, piece) => {
    const text = piece.repeat(Math.floor((8 * 2 ** 20) / piece.length));
    const { ids, refused } = sound(`${text}x`);
    expect(ids.length).toBeLessThanOrEqual(1);
    expect(refused.length).toBeLessThanOrEqual(1);
  });

  it('yields only ids, each once, and throws nothing', () => {
    const pieces = fc.constantFrom(
      'https://',
      'kexue.fm',
      '/archives/',
      '9708',
      '\n',
      '【',
      '】',
      '%',
      '#',
      '0',
      '- [ ] ',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
      hostile.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (given) => {
        const { ids } = sound(given);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id >= 1 && id <= 999_999 && Number.isInteger(id)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

it('the address of a packed list names no post by itself', () => {
  expect(sound(listUrl('1.abc')).refused).toEqual([
    { of: 'lines', at: 1, reason: 'no-post-address' },
  ]);
});
