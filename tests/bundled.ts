/** Bundles our own modules so that a page can run them outside the extension. */
import { fileURLToPath } from 'node:url';
import { build, type Rollup } from 'vite';

/** Bundles a module and its imports into one script, which stores the exports in the global `name`. */
export async function bundled(module: URL, name: string): Promise<string> {
  const output = (await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: fileURLToPath(module), formats: ['iife'], name },
    },
  })) as Rollup.RollupOutput[];
  const [chunk] = output[0]?.output ?? [];
  if (chunk?.type !== 'chunk') throw new Error('nothing was built');
  return chunk.code.replace(`var ${name}`, `globalThis.${name}`);
}
