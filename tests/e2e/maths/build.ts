/** Builds the page that typesets as an extension with the policy of our own pages. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import manifest from '../../../manifest.json' with { type: 'json' };
import { katexFiles } from '../../../scripts/katex-files.ts';

/** Builds it into a folder and replaces its files; the page is `index.html`. */
export async function buildMaths(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: import.meta.dirname,
    base: './',
    plugins: [katexFiles],
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false },
  });
  const { content_security_policy, browser_specific_settings } = manifest;
  const own = { manifest_version: 3, name: 'maths', version: '1' };
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...own, content_security_policy, browser_specific_settings }),
  );
}
