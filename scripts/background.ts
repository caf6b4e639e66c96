import { build, type Plugin, type Rolldown } from 'vite';

const FILE = 'background.js';

/**
 * Builds the background from its entry as one classic script, and names it in the manifest: it starts
 * anew for nearly every act, and a loader with modules behind it costs more than the act itself
 * (docs/adr/0010-background.md). Chrome runs it as a service worker, Firefox as an event page.
 */
export function background(browser: 'chrome' | 'firefox', entry: string, target: string[]): Plugin {
  return {
    name: 'background',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const built = (await build({
          configFile: false,
          publicDir: false,
          logLevel: 'warn',
          build: {
            write: false,
            target,
            reportCompressedSize: false,
            rolldownOptions: {
              input: entry,
              output: { format: 'iife', entryFileNames: FILE },
            },
          },
        })) as Rolldown.RolldownOutput;
        for (const file of built.output) {
          if (file.fileName in bundle) continue;
          const source = file.type === 'chunk' ? file.code : file.source;
          this.emitFile({ type: 'asset', fileName: file.fileName, source });
        }
        const manifest = bundle['manifest.json'];
        if (manifest?.type !== 'asset')
          this.error('there is no manifest to name the background in');
        manifest.source = JSON.stringify(
          {
            ...JSON.parse(String(manifest.source)),
            background: browser === 'chrome' ? { service_worker: FILE } : { scripts: [FILE] },
          },
          null,
          2,
        );
      },
    },
  };
}
