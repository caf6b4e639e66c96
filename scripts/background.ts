import { build, type Plugin, type Rolldown } from 'vite';
import { onlyLicensed } from './licences.ts';
import { packedCatalogue } from './packed.ts';

export type BrowserName = 'chrome' | 'firefox';

const FILE = 'background.js';

/**
 * Builds the background into one classic script and names it in the manifest. Chrome runs it as a service
 * worker, Firefox as an event page (docs/adr/0010-background.md).
 */
export function background(browser: BrowserName, entry: string, target: string[]): Plugin {
  return {
    name: 'background',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        for (const file of await buildScript(entry, target)) {
          if (file.fileName in bundle) continue;
          const source = file.type === 'chunk' ? file.code : file.source;
          this.emitFile({ type: 'asset', fileName: file.fileName, source });
        }
        const manifest = bundle['manifest.json'];
        if (manifest?.type !== 'asset')
          this.error('there is no manifest to name the background in');
        const background = browser === 'chrome' ? { service_worker: FILE } : { scripts: [FILE] };
        const fields: object = JSON.parse(String(manifest.source));
        manifest.source = JSON.stringify({ ...fields, background }, null, 2);
      },
    },
  };
}

/** The script, and the files that it reads from the package. */
async function buildScript(
  entry: string,
  target: string[],
): Promise<(Rolldown.OutputChunk | Rolldown.OutputAsset)[]> {
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    resolve: { alias: packedCatalogue },
    plugins: [onlyLicensed],
    build: {
      write: false,
      target,
      rollupOptions: { input: entry, output: { format: 'iife', entryFileNames: FILE } },
    },
  });
  return [result].flat().flatMap((each) => ('output' in each ? each.output : []));
}
