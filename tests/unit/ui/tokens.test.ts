import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Ground, groundFor, luminance } from '../../../src/content/backdrop.ts';
import { literalsOf, ROOT, sourceFiles } from '../support.ts';

const css = readFileSync(join(ROOT, 'src/ui/tokens.css'), 'utf8');

type Scheme = 'light' | 'dark';
const SCHEMES = ['light', 'dark'] as const;

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function lightOf(token: string, scheme: Scheme): number {
  const colour = tokens.get(token)?.[scheme];
  if (!colour) throw new Error(`no token --${token}`);
  const channels = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return luminance(channels);
}

/** WCAG 2 contrast of two relative luminances. */
const contrast = (a: number, b: number) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

const SURFACES = ['paper', 'sunk', 'raised', 'wash'];
/** What is written or drawn, where, and how far at least it stands out. */
const NEEDED: [token: string, surfaces: string[], least: number][] = [
  ['ink', SURFACES, 7],
  ['ink2', SURFACES, 4.5],
  ['ink3', ['paper', 'sunk', 'raised'], 4.5],
  ['accent', SURFACES, 4.5],
  ['reading', SURFACES, 4.5],
  ['later', SURFACES, 4.5],
  ['error', SURFACES, 4.5],
  ['edge', SURFACES, 3],
];

describe.each(SCHEMES)('in %s', (scheme) => {
  it.each(
    NEEDED.flatMap(([token, surfaces, least]) =>
      surfaces.map((surface) => [token, surface, least] as const),
    ),
  )('%s on %s stands out by %d at least', (token, surface, least) => {
    expect(contrast(lightOf(token, scheme), lightOf(surface, scheme))).toBeGreaterThanOrEqual(
      least,
    );
  });

  it('the inks step down: ink, ink2, ink3', () => {
    const [first = 0, second = 0, third = 0] = ['ink', 'ink2', 'ink3'].map((token) =>
      contrast(lightOf(token, scheme), lightOf('paper', scheme)),
    );
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
  });
});

describe('a line on the blog', () => {
  /** What tokens.css makes of a token on a ground. */
  function inkOn(ground: Ground, token: string): number {
    if (ground === 'black') return 0;
    if (ground === 'white') return 1;
    const [scheme, dim] = ground.split('-') as [Scheme, string?];
    return lightOf(dim && token === 'ink3' ? 'ink2' : token, scheme);
  }

  it.each([
    ['ink', 4.5],
    ['ink2', 4.5],
    // 4.49 on #323232, the lightest ground that still counts as dark.
    ['ink3', 4.5],
    ['accent', 4.5],
    ['error', 4.5],
    // Not for words here, only for the shape of a mark.
    ['reading', 3],
    ['later', 3],
  ])('stands out on every grey there is, in %s by %d', (token, least) => {
    for (let grey = 0; grey <= 255; grey++) {
      const under = luminance([grey, grey, grey]);
      const ground = groundFor(under);
      expect(
        contrast(inkOn(ground, token), under),
        `${token} on grey ${grey}, ${ground}`,
      ).toBeGreaterThanOrEqual(least);
    }
  });
});

describe('colours', () => {
  it('are spelt out in tokens.css and nowhere else', () => {
    const COLOUR = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|oklch|lab)\(/gi;
    const spelt = sourceFiles().flatMap((file) => {
      if (file.path === 'src/ui/tokens.css') return [];
      const texts = file.path.endsWith('.css')
        ? [file.text.replace(/mask(?:-image)?:[^;}]*/g, (mask) => mask.replaceAll('#000', ''))]
        : literalsOf(file);
      return texts.flatMap((text) => text.match(COLOUR) ?? []).map((found) => [file.path, found]);
    });
    // White, for a page that names no ground at all.
    expect(spelt).toEqual([['src/content/backdrop.ts', 'rgb(']]);
  });

  it('that the style sheets use are all there', () => {
    const page = readFileSync(join(ROOT, 'src/ui/page.css'), 'utf8');
    const known = new Set([...(css + page).matchAll(/--([\w-]+):/g)].map(([, name]) => name));
    for (const { path, text } of sourceFiles()) {
      if (!path.endsWith('.css')) continue;
      const own = new Set([...text.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
      for (const [, name] of text.matchAll(/var\(--([\w-]+)/g))
        expect(known.has(name) || own.has(name) || name === 'under', `${path}: --${name}`).toBe(
          true,
        );
    }
  });
});
