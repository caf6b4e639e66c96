/** For the tests of the exchange: a small catalogue, everything that a reader exports, hostile JSON. */
import * as fc from '../fc.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { DiscoveredPost, DiscoveredPosts } from '../../../src/catalogue/discovered/post.ts';
import type { Belongings } from '../../../src/exchange/record-file.ts';
import type { Entry, Mark } from '../../../src/record/marks.ts';
import type { Stamp } from '../../../src/record/clock.ts';
import * as reading from '../record/arbitraries.ts';
import { post } from '../support.ts';

export const NOW = Date.UTC(2026, 9, 21, 12);
export const DEVICE = 'k3f9x0zz';

export const catalogue = new Catalogue({
  posts: [
    post(10, { title: '长路：1、甲', date: '2020-01-31' }),
    post(20, { title: '长路：2、乙', date: '2020-02-02' }),
    post(30, { title: '=HYPERLINK("x")', date: '2020-03-03' }),
    post(40, {
      title: '100% of {A_1} & B^2 ~ #3 $x$ \\LaTeX <b> [c](d) a|b "e", f',
      date: '2020-04-04',
    }),
    post(50, { title: '闲谈', date: '2020-05-05' }),
  ],
  series: [{ name: '【长路】', kind: 'numbered', posts: [10, 20] }],
});

export function stampAt(time: number, more: Partial<Stamp> = {}): Stamp {
  return { time, tick: 0, device: DEVICE, ...more };
}

export function entryAt(time: number, mark: Mark): Entry {
  return { mark, stamp: stampAt(time) };
}

/** Returns a function that makes later and later stamps of acts made now. */
export function stamps(): () => Stamp {
  let tick = 0;
  return () => stampAt(NOW, { tick: tick++ });
}

const mark: fc.Arbitrary<Mark> = fc.oneof(
  reading.mark,
  fc.record({
    kind: fc.constant('reading' as const),
    fraction: fc.double({ min: 0, max: 1, noNaN: true }).map((n) => n || 0),
    place: fc.record({ at: fc.nat({ max: 999_999 }), print: fc.nat({ max: 2 ** 24 - 1 }) }),
  }),
);

const day = fc
  .integer({ min: 14_000, max: 20_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const title = fc
  .string({ unit: fc.constantFrom(...Array.from('甲乙a1"\\{}：=, ')), minLength: 1, maxLength: 12 })
  .map((text) => `题${text}题`);
const id = fc.integer({ min: 1, max: 999_999 });

const discoveredPost: fc.Arbitrary<DiscoveredPost> = fc.record(
  {
    id,
    seen: day,
    title,
    date: day,
    categories: fc.subarray(['甲类', '乙类'], { minLength: 1 }),
    tags: fc.array(fc.constantFrom('x', 'y z'), { maxLength: 3 }),
    refs: fc.array(id, { maxLength: 3 }),
    length: fc.record({
      chars: fc.nat({ max: 9_999 }),
      words: fc.nat({ max: 99 }),
      inlineFormulas: fc.nat({ max: 99 }),
      displayFormulas: fc.nat({ max: 99 }),
      codeLines: fc.nat({ max: 99 }),
    }),
  },
  { requiredKeys: ['id', 'seen', 'title'] },
);

const discovered: fc.Arbitrary<DiscoveredPosts> = fc
  .uniqueArray(discoveredPost, { selector: (each) => each.id, maxLength: 5 })
  .map((all) => new Map(all.map((each) => [each.id, each])));

export const belongings: fc.Arbitrary<Belongings> = fc.record({
  record: fc
    .array(
      fc.tuple(
        fc.oneof(fc.integer({ min: 1, max: 60 }), id),
        fc.oneof(fc.record({ mark, stamp: reading.stamp }), reading.entry),
      ),
      {
        maxLength: 12,
      },
    )
    .map((entries) => new Map(entries)),
  discovered,
});

/** JSON values, with keys and texts that may do harm when they are not treated as data. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    null,
    -1,
    0,
    1.5,
    1e308,
    '9708',
    '1970-01-01T00:00:00.000Z',
    '2970-01-01T00:00:00.000Z',
    '2026-13-01T00:00:00.000Z',
    '2026-10-01',
    'x'.repeat(10_000),
    '<img src=x onerror=alert(1)>',
    '__proto__',
    [],
    {},
    JSON.parse('{"__proto__": {"id": 1, "mark": "later"}, "constructor": {"prototype": 1}}'),
    JSON.parse('['.repeat(500) + ']'.repeat(500)),
  ),
);
