import { crx } from '@crxjs/vite-plugin';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { background, type BrowserName } from './scripts/background.ts';
import { katexFiles } from './scripts/katex-files.ts';
import manifest from './manifest.json' with { type: 'json' };

/**
 * The one manifest as this browser wants it: Firefox knows no minimum_chrome_version, Chrome no gecko
 * settings. The background is named by the plug-in that builds it.
 */
function manifestFor(browser: BrowserName) {
  const { minimum_chrome_version, browser_specific_settings, background: _, ...shared } = manifest;
  return browser === 'firefox'
    ? { ...shared, browser_specific_settings }
    : { ...shared, minimum_chrome_version };
}

/** The gate of src/content/gate.ts as the minifier writes it. */
const GATE = /if\((\w+)===`other`\)throw Error\([^()]*\);/g;
const END = /\}\)\(\);\s*$/;

/**
 * The content script is evaluated on every page of the blog, also where it draws nothing. All that
 * comes after its gate is put in one function here, which is called where the gate is open and not
 * compiled elsewhere (docs/adr/0003-content-script.md has the figures).
 */
const closeGate: Plugin = {
  name: 'close-gate',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.iife.js')) continue;
        const source = String(file.source);
        if (source.match(GATE)?.length !== 1 || !END.test(source))
          this.error(`${file.fileName} has no gate that can be closed`);
        file.source = source.replace(GATE, '$1!==`other`&&(0,()=>{').replace(END, '})()})();\n');
      }
    },
  },
};

/** What takes as long as reading does. */
const VISITS = ['tests/e2e/reading.test.ts', 'tests/e2e/resume.test.ts'];

const TARGET = ['chrome123', 'firefox142'];

export default defineConfig(({ mode }) => {
  const browser: BrowserName = mode === 'firefox' ? 'firefox' : 'chrome';
  return {
    // Under vitest the plug-in has nothing to do.
    plugins: process.env['VITEST']
      ? []
      : [
          crx({ manifest: manifestFor(browser) as never, browser }),
          background(browser, manifest.background.service_worker, TARGET),
          closeGate,
          katexFiles,
        ],
    build: {
      outDir: `dist/${browser}`,
      emptyOutDir: true,
      target: TARGET,
      // All of a page's scripts are asked for at once; what is imported later is asked for then.
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, scripts, { hostType }) => (hostType === 'html' ? scripts : []),
      },
      reportCompressedSize: false,
    },
    test: {
      // Vitest would leave one core idle; here that is half of them.
      maxWorkers: '100%',
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            include: ['tests/unit/**/*.test.ts'],
            // Long enough for a busy machine; nothing here is about time.
            testTimeout: 30_000,
          },
        },
        ...[
          { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], exclude: VISITS },
          { name: 'visits', include: VISITS },
        ].map((files) => ({
          extends: true as const,
          test: {
            ...files,
            // One browser at a time: two cores, and each file measures what a reader would see.
            fileParallelism: false,
            testTimeout: 120_000,
            hookTimeout: 120_000,
          },
        })),
      ],
    },
  };
});
