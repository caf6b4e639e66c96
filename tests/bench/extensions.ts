/** Small extensions for the bench. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../manifest.json' with { type: 'json' };

/** An extension whose content script runs at document_start on the blog's hosts and does nothing. */
export const nothing = () => contentExtension('nothing', '(() => {})();');

/** The extension that looks into closed shadow roots (probe.js). */
export const probe = () =>
  contentExtension('probe', readFileSync(new URL('probe.js', import.meta.url), 'utf8'));

/** An extension without a content script. */
export const absent = () => folder('absent', {}, {});

function contentExtension(name: string, script: string): string {
  const matches = manifest.content_scripts.flatMap((each) => each.matches);
  const content = { matches, js: [`${name}.js`], run_at: 'document_start' };
  return folder(name, { content_scripts: [content] }, { [`${name}.js`]: script });
}

const folders: string[] = [];
process.once('exit', () => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

/** Makes a folder with these files and a manifest with these fields, and removes it at the end. */
function folder(name: string, fields: object, files: Record<string, string>): string {
  const made = mkdtempSync(join(tmpdir(), 'kexue-bench-'));
  folders.push(made);
  const gecko = { id: `${name}@bench` };
  const head = { manifest_version: 3, version: '1', name, browser_specific_settings: { gecko } };
  const all = { 'manifest.json': JSON.stringify({ ...head, ...fields }), ...files };
  for (const [path, content] of Object.entries(all)) writeFileSync(join(made, path), content);
  return made;
}
