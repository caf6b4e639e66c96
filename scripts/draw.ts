/**
 * Draws the PNG files that the browsers and the stores want, with the Chromium at CHROME_PATH:
 * public/icons from docs/icon.svg, and store/promotional-LANGUAGE.png from store/promotional.html.
 *
 *   CHROME_PATH=/usr/bin/chromium node --import tsx scripts/draw.ts
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launch, type Page } from 'puppeteer-core';

const ROOT = join(import.meta.dirname, '..');

/** In px: the sizes of the icon that manifest.json names. */
const ICON_SIZES = [16, 32, 48, 128];

/** In px: the size of the small promotional image of the Chrome Web Store. */
const PROMOTIONAL = { width: 440, height: 280 };

async function drawIcons(page: Page): Promise<void> {
  const svg = readFileSync(join(ROOT, 'docs/icon.svg'), 'utf8');
  for (const size of ICON_SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
    );
    await save(page, `public/icons/${size}.png`, { omitBackground: true });
  }
}

async function drawPromotional(page: Page): Promise<void> {
  await page.setViewport(PROMOTIONAL);
  await page.goto(pathToFileURL(join(ROOT, 'store/promotional.html')).href);
  for (const language of ['zh-CN', 'en']) {
    await page.evaluate((lang) => (document.documentElement.lang = lang), language);
    await page.evaluate('document.fonts.ready');
    await save(page, `store/promotional-${language}.png`, { omitBackground: false });
  }
}

async function save(page: Page, path: string, options: { omitBackground: boolean }): Promise<void> {
  const file = join(ROOT, path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, await page.screenshot(options));
  console.log(path);
}

const executablePath = process.env['CHROME_PATH'];
if (executablePath) {
  const browser = await launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await drawIcons(page);
    await drawPromotional(page);
  } finally {
    await browser.close();
  }
} else {
  console.error('Set CHROME_PATH to a Chrome, Chromium or Edge.');
  process.exitCode = 2;
}
