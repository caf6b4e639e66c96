import * as fc from '../../fc.ts';
import { describe, expect, it } from 'vitest';
import { lineOfError } from '../../../../src/exchange/import/json-error.ts';

describe('the line where a text stops being JSON', () => {
  it.each([
    ['', 1],
    ['words', 1],
    ['{\n"a": x\n}', 2],
    ['{\n"a": 1,\n}', 3],
    ['{\n"a" 1}', 2],
    ['{\n"a": 1\n"b": 2}', 3],
    ['[1,\n2,\n3', 3],
    ['[1,\n2,\n3\n\n', 3],
    ['[1,\n2,\n"thr', 3],
    ['[1,\n2}\n', 2],
    ['{"a":\n{"b":\n[1, 2}}', 3],
    ['[1]\n\n[2]', 3],
    ['[\n1\n2]', 3],
    ['{1: 2}', 1],
    ['{\n"a": "with } and ] and \\" in it",\n"b": nul}', 3],
  ])('%j: %i', (text, line) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(lineOfError(text)).toBe(line);
  });

  it('is the line of the cut, or where its last token begins, wherever a file is cut', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, seed) => {
        const whole = JSON.stringify({ value, end: [1] }, null, 1);
        const cut = whole.slice(0, 1 + (seed % (whole.length - 1)));
        expect(lineOfError(cut)).toBe(cut.trimEnd().split('\n').length);
      }),
      { numRuns: 300 },
    );
  });

  it('is the line of a word that does not belong there', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), (value, seed) => {
        const lines = JSON.stringify({ value, end: [1] }, null, 1).split('\n');
        const at = seed % lines.length;
        const broken = [...lines.slice(0, at), 'wrong', ...lines.slice(at)].join('\n');
        expect(lineOfError(broken)).toBe(at + 1);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['a million brackets', '['.repeat(1_000_000)],
    ['a string of eight megabytes without its end', `["${'x'.repeat(8 * 2 ** 20)}`],
    ['a million escapes without an end', `["${'\\n'.repeat(1_000_000)}`],
    ['a million spaces', ' '.repeat(1_000_000)],
    ['an open string before four million line ends', `{"a":"${'\n'.repeat(4_000_000)}`],
    ['eight million escapes', `{"a":"${'\\n'.repeat(8_000_000)}`],
  ])('is found in %s', (_, text) => {
    expect(lineOfError(text)).toBe(1);
  });
});
