import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelsOf, contrastOf } from '../contrast.ts';
import { literalsOf, ROOT, sourceFiles } from '../support.ts';

const css = readFileSync(join(ROOT, 'src/ui/tokens.css'), 'utf8');
const onBlog = readFileSync(join(ROOT, 'src/content/colours.css'), 'utf8');

type Scheme = 'light' | 'dark';
const SCHEMES = ['light', 'dark'] as const;

const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
);

function colourOf(token: string, scheme: Scheme): number[] {
  const colour = tokens.get(token)?.[scheme];
  if (!colour) throw new Error(`no token --${token}`);
  return channelsOf(colour);
}

const SURFACES = ['paper', 'sunk', 'raised', 'wash'];
/** The least contrast of each colour on its surfaces. */
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
  )('%s on %s has a contrast of at least %d', (token, surface, least) => {
    expect(contrastOf(colourOf(token, scheme), colourOf(surface, scheme))).toBeGreaterThanOrEqual(
      least,
    );
  });

  it('the inks decrease in contrast: ink, ink2, ink3', () => {
    const [first = 0, second = 0, third = 0] = ['ink', 'ink2', 'ink3'].map((token) =>
      contrastOf(colourOf(token, scheme), colourOf('paper', scheme)),
    );
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
  });
});

describe('the shape of a mark on the blog', () => {
  const shapes = new Map(
    [...onBlog.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  );

  it('has a colour for every mark', () => {
    expect([...shapes.keys()]).toEqual(['read', 'reading', 'later', 'edge', 'alarm']);
  });

  it.each([...shapes])(
    'in the colour --%s, %s, has enough contrast on light and dark pages',
    (_, hex) => {
      const grounds = ['#ffffff', '#f0ead8', '#dddddd', '#323232', '#1e2124', '#000000'];
      for (const ground of grounds)
        expect(
          contrastOf(channelsOf(String(hex)), channelsOf(ground)),
          ground,
        ).toBeGreaterThanOrEqual(3);
    },
  );
});

describe('colours', () => {
  const TOKENS = new Set(['src/ui/tokens.css', 'src/content/colours.css']);

  it('are only in the two files of tokens', () => {
    const COLOUR = /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b|\b(?:rgba?|hsla?|oklch|lab)\(/gi;
    const spelt = sourceFiles().flatMap((file) => {
      if (TOKENS.has(file.path)) return [];
      const texts = file.path.endsWith('.css')
        ? [file.text.replace(/mask(?:-image)?:[^;}]*/g, (mask) => mask.replaceAll('#000', ''))]
        : literalsOf(file);
      return texts.flatMap((text) => text.match(COLOUR) ?? []).map((found) => [file.path, found]);
    });
    expect(spelt).toEqual([]);
  });

  it('used by the style sheets all exist', () => {
    const page = readFileSync(join(ROOT, 'src/ui/page.css'), 'utf8');
    const known = new Set(
      [...(css + onBlog + page).matchAll(/--([\w-]+):/g)].map(([, name]) => name),
    );
    for (const { path, text } of sourceFiles()) {
      if (!path.endsWith('.css')) continue;
      const own = new Set([...text.matchAll(/--([\w-]+):/g)].map(([, name]) => name));
      for (const [, name] of text.matchAll(/var\(--([\w-]+)/g))
        expect(known.has(name) || own.has(name), `${path}: --${name}`).toBe(true);
    }
  });
});
