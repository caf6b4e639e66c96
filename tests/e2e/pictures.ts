/** The pictures in tests/e2e/pictures: the environment in which they were made, and their comparison. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer-core';
import type { BrowserName } from './harness.ts';

export const REFERENCES = new URL('./pictures/', import.meta.url);
const ROOT = new URL('../../', import.meta.url);
const MODULES = new URL('node_modules/', ROOT);
export const MADE_WITH = new URL('./made-with.json', REFERENCES);

/**
 * Builds the package with the catalogue in CATALOGUE_DATA; returns its folder, which is removed when
 * this process ends.
 */
export function buildFrozen(browser: BrowserName): string {
  const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // With VITEST set, the project's configuration builds nothing.
  const { VITEST: _, ...env } = process.env;
  const run = (tool: string, ...args: string[]) =>
    execFileSync(process.execPath, [fileURLToPath(new URL(tool, MODULES)), ...args], {
      cwd: fileURLToPath(ROOT),
      env: { ...env, CATALOGUE_PACKED: join(folder, 'packed') },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  run('tsx/dist/cli.mjs', 'scripts/catalogue.ts');
  const mode = browser === 'firefox' ? 'firefox' : 'chrome';
  const dist = join(folder, 'dist');
  run('vite/bin/vite.js', 'build', '--mode', mode, '--outDir', dist, '--emptyOutDir');
  return dist;
}

/** The environment that affects how a page is drawn. */
export interface MadeWith {
  /** The browser with its major version and its distributor: Debian's names Debian. */
  browser: string;
  machine: string;
  /** The font files, with versions, that our font families resolve to here. */
  fonts: string[];
}

/** The environment of this machine; undefined except on Linux. */
export function madeHere(): MadeWith | undefined {
  const chromium = process.env['CHROME_PATH'];
  if (process.platform !== 'linux' || !chromium) return undefined;
  const tell = (command: string, ...args: string[]) =>
    execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return {
      browser: tell(chromium, '--version').replace(/(\d+)(?:\.\d+)+/, '$1'),
      machine: process.arch,
      fonts: [
        ...new Set(
          families().map((name) => tell('fc-match', '-f', '%{family[0]} %{fontversion}', name)),
        ),
      ].sort(),
    };
  } catch {
    return undefined;
  }
}

/** Why pictures of this machine cannot be compared with the stored ones; undefined if they can. */
export function whyNotCompared(here: MadeWith | undefined): string | undefined {
  const kept: MadeWith = JSON.parse(readFileSync(MADE_WITH, 'utf8'));
  if (!here) return `made with ${kept.browser}; what is here cannot be told`;
  const other = (['browser', 'machine', 'fonts'] as const).find(
    (what) => String(kept[what]) !== String(here[what]),
  );
  return other && `made with ${String(kept[other])}, here is ${String(here[other])}`;
}

/** The font families in the stacks of the tokens, and the one in which both browsers set MathML. */
function families(): string[] {
  const tokens = readFileSync(new URL('../../src/ui/tokens.css', import.meta.url), 'utf8');
  const stacks = [...tokens.matchAll(/--(?:sans|serif|num):([^;]+);/g)];
  const named = stacks.flatMap(([, stack = '']) =>
    stack.split(',').map((name) => name.trim().replaceAll("'", '')),
  );
  return [...named, 'math'];
}

/**
 * A pixel differs if one of its channels differs by more than this, of 255. The same Chromium gives
 * equal bytes; this allows for other processors.
 */
const CHANNEL = 4;

/** The share of pixels that may differ: 51 of 1280 × 800, about one letter of running text. */
export const SHARE = 0.00005;

export interface Difference {
  /** The share of differing pixels, 0 to 1; 1 if the sizes differ. */
  share: number;
  /** A PNG: the stored picture, pale, with differing pixels in red. */
  picture: Buffer;
}

/** @param blank any page; its browser decodes the pictures */
export async function differenceOf(blank: Page, kept: Buffer, now: Buffer): Promise<Difference> {
  const { share, picture } = await blank.evaluate(
    async (sources: string[], channel: number) => {
      const drawn = sources.map(async (source) => {
        const image = new Image();
        image.src = `data:image/png;base64,${source}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d', { willReadFrequently: true });
        if (!context) throw new Error('no canvas');
        context.drawImage(image, 0, 0);
        return { canvas, context, data: context.getImageData(0, 0, image.width, image.height) };
      });
      const [kept, now] = await Promise.all(drawn);
      if (!kept || !now) throw new Error('two pictures are compared');
      const { width, height, data } = kept.data;
      const isSameSize = width === now.data.width && height === now.data.height;
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        let isOff = !isSameSize;
        for (let i = at; i < at + 3; i++) {
          isOff ||= Math.abs((data[i] ?? 0) - (now.data.data[i] ?? 0)) > channel;
        }
        if (isOff) count++;
        data.set(
          isOff ? [220, 0, 0, 255] : [0, 1, 2].map((i) => 170 + (data[at + i] ?? 0) / 3),
          at,
        );
      }
      kept.context.putImageData(kept.data, 0, 0);
      return { share: count / (width * height), picture: kept.canvas.toDataURL().split(',')[1] };
    },
    [kept.toString('base64'), now.toString('base64')],
    CHANNEL,
  );
  return { share, picture: Buffer.from(picture ?? '', 'base64') };
}
