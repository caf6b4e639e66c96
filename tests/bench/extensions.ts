/** Throw-away extensions that ours is held against. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../manifest.json' with { type: 'json' };

/** Folders of extensions, each of one content script at document_start on the same pages as ours. */
export function extensions(scripts: Record<string, string>): Record<string, string> {
  const matches = manifest.content_scripts.flatMap((script) => script.matches);
  return Object.fromEntries(
    Object.entries(scripts).map(([name, script]) => {
      const content = { matches, js: ['script.js'], run_at: 'document_start' };
      return [name, folder({ name, content_scripts: [content] }, { 'script.js': script })];
    }),
  );
}

/** One with a page that has nothing on it, page.html. */
export function emptyPage(): string {
  const page = '<!doctype html><title>empty</title>';
  return folder({ name: 'empty page' }, { 'page.html': page });
}

/** A folder with these files and a manifest of these fields, until this process ends. */
export function folder(fields: object, files: Record<string, string>): string {
  const made = mkdtempSync(join(tmpdir(), 'kexue-bench-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  mkdirSync(made, { recursive: true });
  const all = {
    'manifest.json': JSON.stringify({ manifest_version: 3, version: '1', ...fields }),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(made, name), content);
  return made;
}
