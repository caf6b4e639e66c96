import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { findItemsInText, loneLines } from '../../../src/site/listing-text.ts';

const BYLINE = 'By 苏剑林 | 2099-08-28 | 12345位读者 | 引用';

describe('a page of which only the text is left', () => {
  it('with a day and month before each title', () => {
    const text = `首页\n\n28 Aug\n\n占位标题甲\n\n第一段。\n\n第二段$x$。\n\n点击阅读全文...\n\n6Jul\n\n占位标题乙\n\n点击阅读全文...\n`;
    expect(findItemsInText(text)).toEqual([
      { title: '占位标题甲', date: '08-28', text: '第一段。\n第二段$x$。' },
      { title: '占位标题乙', date: '07-06', text: '' },
    ]);
  });

  it('with a byline after each title, the text on its line or on lines of its own', () => {
    const text = `占位标题甲\n${BYLINE}第一段。\n第二段。\n占位标题乙\r\n  ${BYLINE}\r\n\r\n正文。`;
    expect(findItemsInText(text)).toEqual([
      { title: '占位标题甲', date: '2099-08-28', text: '第一段。\n第二段。' },
      { title: '占位标题乙', date: '2099-08-28', text: '正文。' },
    ]);
  });

  it('with both: the byline has the year', () => {
    const text = `28 Aug\n占位标题甲\n${BYLINE}\n正文。\n6 Jul\n占位标题乙\n正文二。`;
    expect(findItemsInText(text)).toEqual([
      { title: '占位标题甲', date: '2099-08-28', text: '正文。' },
      { title: '占位标题乙', date: '07-06', text: '正文二。' },
    ]);
  });
});

describe('a byline ends where it ends, and the text begins', () => {
  it.each([
    ['as it is', `${BYLINE}正文。`, '正文。'],
    ['with a text that begins with its last word', `${BYLINE}引用一句话。`, '引用一句话。'],
    ['without 引用', 'By 苏剑林 | 2099-08-28 | 12345位读者正文。', '正文。'],
    ['without readers', 'By 苏剑林 | 2099-08-28 | 引用正文。', '正文。'],
    ['with nothing but a date', 'By 苏剑林 | 2099-08-28 | 正文。', '正文。'],
    ['with an open end', 'By 苏剑林 | 2099-08-28正文。', '正文。'],
    ['tightly set', 'By 苏剑林|2099-08-28|12345位读者|引用正文。', '正文。'],
    // A bar in the text itself does not separate a byline.
    [
      'before a formula',
      'By 苏剑林 | 2099-08-28 | 设p(x|y)与q|引用见下。',
      '设p(x|y)与q|引用见下。',
    ],
    ['before numbers', `${BYLINE}2099-01-01 | 3位读者 | 引用`, '2099-01-01 | 3位读者 | 引用'],
  ])('%s', (_, line, text) => {
    expect(findItemsInText(`占位标题甲\n${line}`)).toEqual([
      { title: '占位标题甲', date: '2099-08-28', text },
    ]);
  });
});

describe('no item is found', () => {
  it.each([
    ['in nothing', ''],
    ['in prose', '第一段。\n\n第二段。'],
    ['after a date at the end', '正文。\n28 Aug'],
    ['before a byline at the beginning', BYLINE],
    ['between two dates', '28 Aug\n6 Jul'],
    ['by a date within a sentence', '他在28 Aug来过。\n正文。'],
    ['by a name that is too long', `题\nBy ${'长'.repeat(41)} | 2099-08-28 | 1位读者`],
    ['by a number that is no date', '题\nBy 苏剑林 | 2099-08-281 | 1位读者'],
  ])('%s', (_, text) => {
    expect(findItemsInText(text)).toEqual([]);
  });
});

it('the lines of a text are trimmed, and none is empty', () => {
  expect(loneLines(' a \r\n\n\t\n\u3000b\u00a0\n')).toEqual(['a', 'b']);
});

it('whatever the text is, nothing is thrown, and every title is a line of it', () => {
  const line = fc.oneof(
    fc.constantFrom('28 Aug', BYLINE, `${BYLINE}正文`, '占位标题甲', '点击阅读全文...', ''),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const text = lines.join('\n');
      const there = loneLines(text);
      for (const { title, date } of findItemsInText(text)) {
        expect(there).toContain(title);
        expect(date).toMatch(/^(?:\d{4}-)?\d{2}-\d{2}$/);
      }
    }),
    { numRuns: 1_000 },
  );
});
