/**
 * Makes a release (docs/release.md):
 *
 *   npm run release -- 0.2.0              writes the version, tests, packs, commits
 *   npm run release -- 0.2.0 --dry-run    says what it would do
 *   npm run release -- 0.2.0 --pack       packs the version that is checked out, for the workflow
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { release } from './release/release.ts';
import { isVersion, RefusedRelease } from './release/versions.ts';

const ROOT = join(import.meta.dirname, '..');
const USAGE = 'Usage: npm run release -- X.Y.Z [--dry-run | --pack]';
const MODES = { '--dry-run': 'show', '--pack': 'pack' } as const;

function main(args: readonly string[]): void {
  const [version, option, ...others] = args;
  const mode = option === undefined ? 'make' : MODES[option as keyof typeof MODES];
  if (version === undefined || !isVersion(version) || !mode || others.length > 0) {
    console.error(USAGE);
    process.exitCode = 2;
    return;
  }
  // Ctrl+C ends the npm script, which fails then; this process stays to restore the files.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  try {
    release({ version, mode }, { root: ROOT, today: today(), log: console.log, npm });
  } catch (error) {
    if (!(error instanceof RefusedRelease)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

/** Today in the local time zone, YYYY-MM-DD. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

/** Windows starts npm.cmd only through a shell. */
function npm(script: string): void {
  const windows = process.platform === 'win32';
  const { status } = spawnSync('npm', ['run', script], {
    cwd: ROOT,
    stdio: 'inherit',
    shell: windows,
  });
  if (status !== 0) throw new Error(`npm run ${script} failed or was interrupted.`);
}

main(process.argv.slice(2));
