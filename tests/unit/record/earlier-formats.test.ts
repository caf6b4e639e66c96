import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  decodeRecord,
  encodeRecord,
  isOutdated,
  RECORD_VERSION,
} from '../../../src/record/codec.ts';
import type { Entry } from '../../../src/record/marks.ts';
import { ROOT } from '../support.ts';

/** A snapshot as its version wrote it, and its content. It is never changed after the release of the version. */
interface Golden {
  snapshot: string;
  marks: ({ post: number } & Entry)[];
}

const FOLDER = join(ROOT, 'tests/fixtures/record');
const golden = (version: number) =>
  JSON.parse(readFileSync(join(FOLDER, `v${version}.json`), 'utf8')) as Golden;

it('there is a golden file of every version', () => {
  const versions = Array.from({ length: RECORD_VERSION }, (_, i) => `v${i + 1}.json`);
  expect(readdirSync(FOLDER).sort()).toEqual(versions);
});

describe.each(Array.from({ length: RECORD_VERSION }, (_, i) => i + 1))('version %i', (version) => {
  const { snapshot, marks } = golden(version);
  const record = new Map(marks.map(({ post, ...entry }) => [post, entry]));

  it('is read to the last mark', () => {
    expect(decodeRecord(snapshot)).toEqual({ record, damaged: [], newer: undefined });
  });

  it('is outdated unless it is the present one', () => {
    expect(isOutdated(snapshot)).toBe(version < RECORD_VERSION);
    expect(isOutdated(encodeRecord(decodeRecord(snapshot).record))).toBe(false);
  });
});

it('the present version is written exactly as in its golden file', () => {
  const { snapshot } = golden(RECORD_VERSION);
  expect(encodeRecord(decodeRecord(snapshot).record)).toBe(snapshot);
});
