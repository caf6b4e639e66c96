/** The manifest: the pages of the content script, the author, the texts and the icons. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Converter } from 'opencc-js/cn2t';
import { Converter as ToSimplified } from 'opencc-js/t2cn';
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { HOSTS, ORIGINS } from '../../src/site/address.ts';
import { channelsOf, contrastOf } from './contrast.ts';
import { readPng } from './png.ts';
import { ROOT } from './support.ts';

const [script] = manifest.content_scripts;

it('the content script runs on the blog’s hosts, the same as in the permission check', () => {
  expect(script?.matches).toEqual(ORIGINS);
});

it('the content script has a single list of pages, without globs', () => {
  expect(script).not.toHaveProperty('include_globs');
  expect(script).not.toHaveProperty('exclude_globs');
  expect(script).not.toHaveProperty('exclude_matches');
});

it('neither home page nor id reads as the blog’s', () => {
  const { id } = manifest.browser_specific_settings.gecko;
  const names = HOSTS.map((host) => host.replace(/^www\./, ''));
  for (const name of [...names, 'kexue.', 'scientific-spaces']) {
    expect(new URL(manifest.homepage_url).hostname).not.toContain(name);
    expect(id).not.toContain(name);
  }
  // Firefox accepts a UUID in braces.
  expect(id).toMatch(/^\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/);
  expect(readFileSync(join(ROOT, 'LICENSE'), 'utf8')).toContain(manifest.author);
});

it('the options of the browser open the settings view', () => {
  const [page = '', view] = manifest.options_ui.page.split('#');
  expect(existsSync(join(ROOT, page))).toBe(true);
  expect(view).toBe('settings');
});

describe('texts', () => {
  const LOCALES = join(ROOT, 'public/_locales');
  const messages = (locale: string): Record<string, { message: string }> =>
    JSON.parse(readFileSync(join(LOCALES, locale, 'messages.json'), 'utf8'));
  const all = (locale: string) =>
    Object.values(messages(locale))
      .map(({ message }) => message)
      .join('\n');

  it('are English where the browser is neither', () => {
    expect(manifest.default_locale).toBe('en');
    expect(readdirSync(LOCALES).sort()).toEqual(['en', 'zh_CN', 'zh_TW']);
    expect(all('en')).not.toMatch(/\p{Script=Han}/u);
  });

  it('are in simplified characters in zh_CN and in traditional ones in zh_TW', () => {
    const [toTraditional, toSimplified] = [
      Converter({ from: 'cn', to: 'tw' }),
      ToSimplified({ from: 't', to: 'cn' }),
    ];
    expect(toSimplified(all('zh_CN'))).toBe(all('zh_CN'));
    expect(toTraditional(all('zh_TW'))).toBe(all('zh_TW'));
    expect(all('zh_TW')).not.toBe(all('zh_CN'));
  });

  it.each(['en', 'zh_CN', 'zh_TW'])('of %s are as short as browsers and stores ask', (locale) => {
    const { name, shortName, description } = messages(locale);
    expect(name?.message.length).toBeLessThanOrEqual(45);
    expect(shortName?.message.length).toBeLessThanOrEqual(12);
    expect(description?.message.length).toBeLessThanOrEqual(132);
  });
});

describe('the icon', () => {
  const icon = (path: string) => readPng(readFileSync(join(ROOT, 'public', path)));

  it.each(Object.entries(manifest.icons))(
    'of %s px is centred and leaves an eighth on each side',
    (size, path) => {
      const { width, height, channels, pixels } = icon(path);
      expect([width, height, channels]).toEqual([Number(size), Number(size), 4]);
      const drawn = Array.from({ length: width * height }, (_, at) => at).filter(
        (at) => (pixels[at * 4 + 3] ?? 0) > 0,
      );
      const [xs, ys] = [
        drawn.map((at) => at % width),
        drawn.map((at) => Math.floor(at / width)),
      ] as const;
      const margin = Number(size) / 8;
      for (const line of [xs, ys])
        expect([Math.min(...line), Math.max(...line)]).toEqual([margin, Number(size) - margin - 1]);
    },
  );

  /** The toolbars of Chrome, Edge and Firefox, light and dark. */
  it.each(['#ffffff', '#f1f3f4', '#f9f9fb', '#35363a', '#202124', '#2b2a33', '#1c1b22'])(
    'has a contrast of 3:1 on a toolbar of %s',
    (toolbar) => {
      const { pixels } = icon('icons/16.png');
      const inked = Array.from({ length: 256 }, (_, at) => at).filter(
        (at) => pixels[at * 4 + 3] === 255,
      );
      expect(inked.length).toBeGreaterThan(40);
      for (const at of inked) {
        const ink = [...pixels.subarray(at * 4, at * 4 + 3)];
        expect(contrastOf(ink, channelsOf(toolbar))).toBeGreaterThanOrEqual(3);
      }
    },
  );
});
