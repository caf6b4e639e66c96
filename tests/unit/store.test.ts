/** The files for the stores: lengths, sizes, and that texts, permissions and manifest agree. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { listingFaults } from '../../scripts/release/listings.ts';
import { ORIGINS } from '../../src/site/address.ts';
import en from '../../store/en.json' with { type: 'json' };
import stores from '../../store/stores.json' with { type: 'json' };
import zh from '../../store/zh-CN.json' with { type: 'json' };
import { pngSize } from './png.ts';
import { ROOT } from './support.ts';

const LISTINGS = { 'zh-CN': zh, en } as const;
const LANGUAGES = ['zh-CN', 'en'] as const;

const bytes = (path: string) => readFileSync(join(ROOT, path));

describe.each(LANGUAGES)('the listing in %s', (language) => {
  const listing = LISTINGS[language];

  it('is within the lengths of the stores', () => {
    expect(listingFaults(`store/${language}.json`, listing)).toEqual([]);
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

  it.each(['light', 'dark'] as const)('has five %s screenshots of 1280 × 800', (colour) => {
    const paths = stores.screenshots[language][colour];
    expect(new Set(paths).size).toBe(5);
    for (const path of paths) {
      expect(path).toContain(`-${language}-${colour}.png`);
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

it('a text that is too long, too short or missing is said in one line', () => {
  const faultsOf = (changed: Partial<typeof en>) => listingFaults('en.json', { ...en, ...changed });
  expect(faultsOf({ summary: 'x'.repeat(133) })).toEqual([
    'en.json: summary has 133 characters; the stores take 132.',
  ]);
  expect(faultsOf({ name: 'x'.repeat(46) })).toHaveLength(1);
  expect(faultsOf({ description: ['x'.repeat(249)] })).toHaveLength(1);
  expect(faultsOf({ description: ['x'.repeat(5_000), 'x'.repeat(5_000)] })).toHaveLength(1);
  expect(faultsOf({ singlePurpose: ' ' })).toEqual(['en.json: singlePurpose is empty.']);
  expect(faultsOf({ permissions: { ...en.permissions, storage: 'x'.repeat(1_001) } })).toHaveLength(
    1,
  );
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
  for (const language of LANGUAGES) {
    const picture = bytes(stores.promotional[language]);
    expect(pngSize(picture)).toEqual({ width: 440, height: 280 });
    expect(picture[25]).toBe(2);
  }
  expect(existsSync(join(ROOT, 'store/promotional.html'))).toBe(true);
});
