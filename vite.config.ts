import { crx } from '@crxjs/vite-plugin';
import { defineConfig } from 'vitest/config';
import { background, type BrowserName } from './scripts/background.ts';
import { katexFiles } from './scripts/katex-files.ts';
import { licences, onlyLicensed } from './scripts/licences.ts';
import { packedCatalogue } from './scripts/packed.ts';
import manifest from './manifest.json' with { type: 'json' };

/**
 * The manifest of a browser: Firefox does not support minimum_chrome_version, Chrome no gecko settings.
 * The plug-in that builds the background adds its name.
 */
function manifestFor(browser: BrowserName) {
  const { minimum_chrome_version, browser_specific_settings, background: _, ...shared } = manifest;
  return browser === 'firefox'
    ? { ...shared, browser_specific_settings }
    : { ...shared, minimum_chrome_version };
}

/** These tests take as long as reading does; they run beside the other browser tests, one at a time. */
const VISITS = ['tests/e2e/reading.test.ts', 'tests/e2e/resume.test.ts'];

/** In ms, to end tests that hang; no test is about time, and a busy machine is slow. */
const TEST_TIMEOUT = 120_000;

const TARGET = ['chrome123', 'firefox142'];

export default defineConfig(({ mode }) => {
  const browser: BrowserName = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    // Vitest does not need the plug-in.
    plugins: process.env['VITEST']
      ? []
      : [
          crx({ manifest: manifestFor(browser) as never, browser }),
          background(browser, manifest.background.service_worker, TARGET),
          katexFiles,
          onlyLicensed,
          licences,
        ],
    resolve: { alias: packedCatalogue },
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: TARGET,
      // A page requests all its scripts at once; dynamic imports are requested later.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, scripts, { hostType }) => (hostType === 'html' ? scripts : []),
      },
      reportCompressedSize: false,
    },
    test: {
      // By default Vitest leaves one core idle.
      maxWorkers: '100%',
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['tests/unit/**/*.test.ts'],
            testTimeout: TEST_TIMEOUT,
          },
        },
        {
          extends: true,
          test: {
            // The tests that `npm run soak` runs besides the property tests; not a part of `npm test`.
            name: 'soak',
            include: ['tests/soak/**/*.test.ts'],
            testTimeout: TEST_TIMEOUT * 30,
          },
        },
        ...[
          {
            name: 'e2e',
            include: ['tests/e2e/**/*.test.ts'],
            exclude: VISITS,
            sequence: { groupOrder: 0 },
          },
          { name: 'visits', include: VISITS, fileParallelism: false, sequence: { groupOrder: 1 } },
        ].map((files) => ({
          extends: true as const,
          test: {
            ...files,
            testTimeout: TEST_TIMEOUT,
            hookTimeout: TEST_TIMEOUT,
            // The files of a worker share its browsers: tests/e2e/running.ts.
            isolate: false,
            // A driver may lose an event on a busy machine. `npm test` names each test that this helps.
            retry: { count: 2, delay: 3_000 },
            // As tests/e2e/until.ts.
            expect: { poll: { timeout: 60_000 } },
          },
        })),
      ],
    },
  };
});
