import { build, type Plugin, type Rolldown } from 'vite';

export type BrowserName = 'chrome' | 'firefox';

const [MAIN, ERRANDS] = ['background.js', 'errands.js'];
/** Stands for the import of the second script until the first is built. */
const IMPORT = 'IMPORTED_ERRANDS';
const IMPORTED: Record<BrowserName, string> = {
  // A service worker may not import; it may run a script again that it ran when it was installed.
  chrome: `Promise.resolve(self.errands||(importScripts("${ERRANDS}"),self.errands))`,
  firefox: `import("./${ERRANDS}")`,
};
const FIRST: Record<BrowserName, string> = {
  chrome: `self.addEventListener("install",()=>importScripts("${ERRANDS}"));`,
  firefox: '',
};

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
          const source = file.type === 'chunk' ? file.code : file.source;
          if (file.fileName !== MAIN)
            this.emitFile({ type: 'asset', fileName: file.fileName, source });
          else {
            const [before, after, ...more] = String(source).split(IMPORT);
            if (after === undefined || more.length > 0)
              this.error(`${MAIN} has no place where ${ERRANDS} is loaded`);
            const whole = FIRST[browser] + before + IMPORTED[browser] + after;
            this.emitFile({ type: 'asset', fileName: MAIN, source: whole });
          }
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
        transform: (code, id) =>
          id.endsWith('/on-demand.ts') ? code.replace("import('./errands.ts')", IMPORT) : null,
      },
    ],
    build: {
      write: false,
      target,
      reportCompressedSize: false,
      rolldownOptions: { input, output, preserveEntrySignatures: 'strict' },
    },
  });
  return (built as Rolldown.RolldownOutput).output;
}
