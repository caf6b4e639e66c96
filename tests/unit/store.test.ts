/** The kit for the stores: lengths, sizes, and that texts, permissions and manifest agree. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { ORIGINS } from '../../src/site/address.ts';
import en from '../../store/en.json' with { type: 'json' };
import stores from '../../store/stores.json' with { type: 'json' };
import zh from '../../store/zh-CN.json' with { type: 'json' };
import { pngSize } from './png.ts';
import { ROOT } from './support.ts';

const LISTINGS = { 'zh-CN': zh, en } as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

/** The longest texts that any of the three stores takes, in characters. */
const LONGEST = { name: 45, summary: 132, description: 10_000, justification: 1_000 };

const bytes = (path: string) => readFileSync(join(ROOT, path));

describe.each(LANGUAGES)('the listing in %s', (language) => {
  const listing = LISTINGS[language];

  it('is within the lengths of the stores', () => {
    const description = listing.description.join('\n');
    expect(listing.name.length).toBeLessThanOrEqual(LONGEST.name);
    expect(listing.summary.length).toBeLessThanOrEqual(LONGEST.summary);
    // Edge wants 250 characters at least.
    expect(description.length).toBeGreaterThanOrEqual(250);
    expect(description.length).toBeLessThanOrEqual(LONGEST.description);
    const others = [
      listing.singlePurpose,
      ...Object.values(listing.permissions),
      ...Object.values(listing.privacy),
      ...listing.reviewerNotes,
    ];
    for (const text of others) {
      expect(text.trim()).not.toBe('');
      expect(text.length).toBeLessThanOrEqual(LONGEST.justification);
    }
  });

  it('has the name and the summary of the package', () => {
    const locale = language.replace('-', '_');
    const messages = JSON.parse(
      bytes(`public/_locales/${locale}/messages.json`).toString('utf8'),
    ) as Record<string, { message: string }>;
    expect(listing.name).toBe(messages['name']?.message);
    expect(listing.summary).toBe(messages['description']?.message);
  });

  it('justifies each permission of the manifest, and no other', () => {
    const wanted = [...manifest.permissions, ...manifest.optional_permissions, 'hosts'];
    expect(Object.keys(listing.permissions).sort()).toEqual(wanted.sort());
  });

  it('promises what the manifest keeps', () => {
    expect(manifest.browser_specific_settings.gecko.data_collection_permissions).toEqual({
      required: ['none'],
    });
    expect(manifest.content_scripts[0]?.matches).toEqual(ORIGINS);
    expect(ORIGINS).toHaveLength(4);
    expect(manifest.content_security_policy.extension_pages).toContain("default-src 'none'");
    expect(listing.permissions.hosts).toMatch(/四个|four/);
    expect(manifest.permissions).toHaveLength(2);
    expect(listing.description.join()).toMatch(/两项权限|Two permissions/);
  });

  it('has five screenshots of 1280 × 800, each once', () => {
    const paths = stores.screenshots[language];
    expect(new Set(paths).size).toBe(5);
    for (const path of paths) {
      expect(path).toContain(`-${language}-`);
      const file = bytes(path);
      expect(pngSize(file), path).toEqual({ width: 1280, height: 800 });
      // Stores refuse pictures with transparency.
      expect(file[25], path).toBe(2);
    }
  });

  it('has the fields of the other language', () => {
    const fieldsOf = (value: object) =>
      JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? '' : each));
    const { description: _, ...fields } = listing;
    const { description: __, ...others } = LISTINGS.en;
    expect(fieldsOf(fields)).toBe(fieldsOf(others));
  });
});

it('each store has a category, both languages, and a package that a release makes', () => {
  expect(Object.keys(stores.stores)).toEqual(['chrome', 'edge', 'amo']);
  for (const { category, languages, package: name } of Object.values(stores.stores)) {
    expect(category).not.toBe('');
    expect(languages.toSorted()).toEqual([...LANGUAGES].sort());
    expect(['chrome', 'firefox']).toContain(name);
  }
});

it('the icon and the promotional image have the sizes of the stores', () => {
  expect(pngSize(bytes(stores.icon))).toEqual({ width: 128, height: 128 });
  expect(pngSize(bytes(stores.promotional))).toEqual({ width: 440, height: 280 });
  expect(bytes(stores.promotional)[25]).toBe(2);
  expect(existsSync(join(ROOT, 'store/promotional.html'))).toBe(true);
});
