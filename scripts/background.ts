import { build, type Plugin, type Rolldown } from 'vite';

type BrowserName = 'chrome' | 'firefox';

const [MAIN, ERRANDS] = ['background.js', 'errands.js'];
/** What loads the second script, as it stands in the first. */
const IMPORT = /import\([`'"]\.\/errands\.js[`'"]\)/g;

/**
 * A service worker may not import, and may load a script as long as it loaded it when it was installed.
 * It runs it once.
 */
const IN_WORKER = `Promise.resolve(self.errands||(importScripts("${ERRANDS}"),self.errands))`;
const WHEN_INSTALLED = `self.addEventListener("install",()=>importScripts("${ERRANDS}"));`;

/**
 * Builds the background by itself and names it in the manifest: it starts anew for nearly every act,
 * and a loader with modules behind it costs more than the act (docs/adr/0010-background.md). What an
 * act needs is one classic script; src/background/errands.ts with all that it needs is a second. Chrome
 * runs them as a service worker, Firefox as an event page.
 */
export function background(browser: BrowserName, entry: string, target: string[]): Plugin {
  return {
    name: 'background',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const errands = entry.replace('index.ts', 'errands.ts');
        const format = browser === 'chrome' ? 'iife' : 'es';
        const main = await builtAs({ format: 'iife', entryFileNames: MAIN }, entry, target);
        const second = await builtAs(
          { format, entryFileNames: ERRANDS, name: 'errands', exports: 'named' },
          errands,
          target,
        );
        for (const file of [...main, ...second]) {
          if (file.fileName in bundle) continue;
          let source = file.type === 'chunk' ? file.code : file.source;
          if (file.fileName === MAIN) {
            if (String(source).match(IMPORT)?.length !== 1)
              this.error(`${MAIN} has no place where ${ERRANDS} is loaded`);
            if (browser === 'chrome')
              source = WHEN_INSTALLED + String(source).replace(IMPORT, IN_WORKER);
          }
          this.emitFile({ type: 'asset', fileName: file.fileName, source });
        }
        const manifest = bundle['manifest.json'];
        if (manifest?.type !== 'asset')
          this.error('there is no manifest to name the background in');
        manifest.source = JSON.stringify(
          {
            ...JSON.parse(String(manifest.source)),
            background: browser === 'chrome' ? { service_worker: MAIN } : { scripts: [MAIN] },
          },
          null,
          2,
        );
      },
    },
  };
}

async function builtAs(
  output: Rolldown.OutputOptions,
  input: string,
  target: string[],
): Promise<Rolldown.RolldownOutput['output']> {
  const built = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'errands-by-themselves',
        enforce: 'pre',
        resolveId: (source, importer) =>
          importer && source.endsWith('/errands.ts')
            ? { id: `./${ERRANDS}`, external: true }
            : null,
      },
    ],
    build: {
      write: false,
      modulePreload: false,
      target,
      reportCompressedSize: false,
      rolldownOptions: { input, output, preserveEntrySignatures: 'strict' },
    },
  });
  return (built as Rolldown.RolldownOutput).output;
}
