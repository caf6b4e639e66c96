/** What is new for readers: the same entries as in the change log, in both languages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isNews, NEWS, newsOf } from '../../../src/ui/words/news.ts';
import { ROOT } from '../support.ts';

/** The entries of the change log by version, each on one line; `next` for those not released. */
const sections = new Map(
  readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const heading = section.split('\n', 1)[0] ?? '';
      const version = /\d+\.\d+\.\d+/.exec(heading)?.[0] ?? 'next';
      const entries = section.split(/^- /m).map((entry) => entry.trim().replace(/\s+/g, ' '));
      return [version, entries] as const;
    }),
);

it('each entry stands in the change log, under its version', () => {
  expect(NEWS.length).toBeGreaterThan(0);
  for (const { version, en } of NEWS)
    for (const entry of en)
      expect(
        sections.get(version)?.some((each) => each.startsWith(entry)),
        `${version}: ${entry}`,
      ).toBe(true);
});

it('both languages have as many entries', () => {
  for (const { version, 'zh-CN': zh, en } of NEWS) {
    expect(zh.length, version).toBe(en.length);
    expect(zh.every((entry) => /\p{Script=Han}/u.test(entry))).toBe(true);
    expect(en.every((entry) => entry.trim() !== '' && !/\p{Script=Han}/u.test(entry))).toBe(true);
  }
});

it('a version without entries, or that was seen, is no news', () => {
  const [{ version } = { version: '' }] = NEWS;
  expect(newsOf('99.0.0')).toBeUndefined();
  expect(isNews('99.0.0', '')).toBe(false);
  expect(isNews(version, '')).toBe(true);
  expect(isNews(version, version)).toBe(false);
});
