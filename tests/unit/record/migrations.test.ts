import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { decode, encodeSnapshot } from '../../../src/record/codec.ts';
import type { Entry } from '../../../src/record/marks.ts';
import { migrate, SCHEMA_VERSION, versionOf } from '../../../src/record/migrations.ts';
import { ROOT } from '../support.ts';

/** A snapshot as that version wrote it, and what it says. Never changed once it is released. */
interface Golden {
  snapshot: string;
  marks: ({ post: number } & Entry)[];
}

const FOLDER = join(ROOT, 'tests/fixtures/record');
const golden = (version: number) =>
  JSON.parse(readFileSync(join(FOLDER, `v${version}.json`), 'utf8')) as Golden;

it('there is a golden file of every version', () => {
  const versions = Array.from({ length: SCHEMA_VERSION }, (_, i) => `v${i + 1}.json`);
  expect(readdirSync(FOLDER).sort()).toEqual(versions);
});

describe.each(Array.from({ length: SCHEMA_VERSION }, (_, i) => i + 1))('version %i', (version) => {
  const { snapshot, marks } = golden(version);
  const record = new Map(marks.map(({ post, ...entry }) => [post, entry]));

  it('says its own version', () => {
    expect(versionOf(snapshot)).toBe(version);
  });

  it('is read to the last mark', () => {
    expect(decode(snapshot, undefined)).toEqual({ record, bad: [], newer: undefined });
  });

  it('migrated is of the present version, and says the same', () => {
    expect(versionOf(migrate(snapshot))).toBe(SCHEMA_VERSION);
    expect(decode(migrate(snapshot), undefined).record).toEqual(record);
  });

  it('migrated twice is migrated once', () => {
    expect(migrate(migrate(snapshot))).toBe(migrate(snapshot));
  });
});

it('the present version is written as its golden file stands', () => {
  const { snapshot } = golden(SCHEMA_VERSION);
  expect(encodeSnapshot(decode(snapshot, undefined).record)).toBe(snapshot);
});

it('any text migrated twice is migrated once, and what is newer is left alone', () => {
  const head = fc.constantFrom('1', '2', '3', '12', '0', '-1', '1e9', '', '1 a', '1x', '９');
  fc.assert(
    fc.property(
      head,
      fc.string({ unit: fc.constantFrom('\n', ' ', '1', '2', 'l', '.', 'a') }),
      (start, rest) => {
        const text = start + rest;
        expect(migrate(migrate(text))).toBe(migrate(text));
        if (versionOf(text) >= SCHEMA_VERSION) expect(migrate(text)).toBe(text);
      },
    ),
    { numRuns: 1_000 },
  );
});
