import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { zipSync, type Zippable, type ZippableFile } from 'fflate';

/**
 * Packs dist/chrome and dist/firefox into packages/. Equal files give equal packages on any machine at
 * any time: order, times and attributes in the archives are fixed.
 */

const root = join(import.meta.dirname, '..');

/**
 * The time of every entry. Zip stores local times without a zone and fflate writes local times, so a
 * local date gives the same bytes in every time zone.
 */
const ENTRY_TIME = new Date(2020, 0, 1);

/** The origin MS-DOS, where files have no permissions that could differ. */
const MS_DOS = 0;

/** The paths below `folder`, with forward slashes, sorted by code point. */
function filesToPack(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.endsWith('.map') && !path.split('/').some(isDotFile))
    .sort(byCodePoint);
}

function isDotFile(name: string): boolean {
  return name.startsWith('.');
}

/** Compares by code point: the order of UTF-8 bytes, which differs from that of UTF-16 strings. */
function byCodePoint(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function zip(folder: string): Uint8Array {
  const entries = filesToPack(folder).map((path): [string, ZippableFile] => [
    path,
    [readFileSync(join(folder, path)), { level: 9, mtime: ENTRY_TIME, os: MS_DOS, attrs: 0 }],
  ]);
  const archive: Zippable = Object.fromEntries(entries);
  return zipSync(archive);
}

/** @throws Error if the folder does not contain a built extension */
function versionOf(folder: string): string {
  try {
    const manifest: { version: string } = JSON.parse(
      readFileSync(join(folder, 'manifest.json'), 'utf8'),
    );
    return manifest.version;
  } catch (error) {
    const browser = basename(folder);
    throw new Error(
      `dist/${browser} holds no built extension. Run npm run build:${browser} first.`,
      { cause: error },
    );
  }
}

/** Packs the build for a browser and prints the name, size and SHA-256 of the package. */
function pack(browser: 'chrome' | 'firefox'): void {
  const folder = join(root, 'dist', browser);
  const name = `kexue-companion-${browser}-${versionOf(folder)}.zip`;
  const bytes = zip(folder);
  mkdirSync(join(root, 'packages'), { recursive: true });
  writeFileSync(join(root, 'packages', name), bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  console.log(`packages/${name}  ${bytes.length} bytes  sha256 ${sha256}`);
}

try {
  pack('chrome');
  pack('firefox');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
