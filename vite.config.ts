import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vitest/config';
import manifest from './manifest.json' with { type: 'json' };

type BrowserName = 'chrome' | 'firefox';

/**
 * The one manifest as this browser wants it. Firefox runs the background as an event page and
 * knows no minimum_chrome_version; Chrome knows no gecko settings.
 */
function manifestFor(browser: BrowserName) {
  const { minimum_chrome_version, browser_specific_settings, background, ...shared } = manifest;
  return browser === 'firefox'
    ? {
        ...shared,
        background: { scripts: [background.service_worker], type: background.type },
        browser_specific_settings,
      }
    : { ...shared, background, minimum_chrome_version };
}

export default defineConfig(({ mode }) => {
  const browser: BrowserName = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    // Under vitest the plug-in has nothing to do.
    plugins: process.env['VITEST']
      ? []
      : [crx({ manifest: manifestFor(browser) as never, browser })],
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      reportCompressedSize: false,
    },
    test: {
      projects: [
        { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
        {
          extends: true,
          test: {
            name: 'e2e',
            include: ['tests/e2e/**/*.test.ts'],
            // One browser at a time: two cores, and each file measures what a reader would see.
            fileParallelism: false,
            testTimeout: 120_000,
            hookTimeout: 120_000,
          },
        },
      ],
    },
  };
});
