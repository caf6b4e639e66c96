/** Makes a release: checks, writes the version, builds, tests, packs, commits. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isPlaceholder } from '../../src/app/about.ts';
import { LISTING_FILES, type Listing, listingFaults } from './listings.ts';
import {
  CHANGE_LOG,
  checkVersion,
  entriesOf,
  isLater,
  NEWS_FILE,
  RefusedRelease,
  VERSION_FILES,
  versionsIn,
  withDate,
  withNews,
  withVersion,
} from './versions.ts';

export interface ReleaseOptions {
  version: string;
  /** `make`: all of it. `show`: changes nothing. `pack`: packs the version that the tree has already. */
  mode: 'make' | 'show' | 'pack';
}

/** What a release needs from outside; tests replace it. */
export interface ReleaseTools {
  /** The folder of the repository. */
  root: string;
  /** Today, YYYY-MM-DD. */
  today: string;
  log: (line: string) => void;
  /** Runs `npm run NAME`, or `npm test`. @throws if it fails */
  npm: (script: 'test' | 'package') => void;
}

/** @throws RefusedRelease if it cannot be made; then the tree is as it was before */
export function release({ version, mode }: ReleaseOptions, tools: ReleaseTools): void {
  checkVersion(version);
  if (mode === 'pack') return pack(version, tools);
  const { root, log } = tools;
  checkTree(version, root);
  const changes = changedFiles(version, tools);
  const refusal = placeholderIn(root) ?? listingFaultIn(root);
  if (mode === 'show') {
    log(`Release ${version}, not made (--dry-run). It would`);
    log(`  write ${[...changes.keys()].join(', ')}`);
    log('  run npm test and npm run package');
    log(`  make ${packagesOf(version).join(', ')} in packages/, with SHA256SUMS`);
    log(`  commit "Version ${version}"`);
    log('Its entries in the change log:');
    log(entriesOf(changes.get(CHANGE_LOG) ?? '', version) ?? '');
    if (!readFileSync(join(root, NEWS_FILE), 'utf8').includes('"next"'))
      log(`Note: ${NEWS_FILE} has nothing for readers ("version": "next").`);
    if (refusal) log(`To do first: ${refusal}`);
    return;
  }
  if (refusal) throw new RefusedRelease(refusal);
  const before = new Map([...changes.keys()].map((path) => [path, read(root, path)]));
  try {
    writeAll(root, changes);
    tools.npm('test');
    tools.npm('package');
    git(root, 'commit', '--quiet', '-m', `Version ${version}`, '--', ...changes.keys());
  } catch (error) {
    writeAll(root, before);
    throw new RefusedRelease(
      `Not released, and every file is as it was before: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  finish(version, tools);
  log('Next: look at the packages, then');
  log(`  git tag v${version} && git push origin HEAD v${version}`);
  log('The workflow "release" tests and packs the tag again, and uploads it (docs/release.md).');
}

/** Packs a version that the tree has; for the workflow that a tag starts. */
function pack(version: string, tools: ReleaseTools): void {
  const { root } = tools;
  for (const path of VERSION_FILES)
    for (const found of versionsIn(path, read(root, path)))
      if (found !== version)
        throw new RefusedRelease(`The tag says ${version}, but ${path} says ${found}.`);
  if (!entriesOf(read(root, CHANGE_LOG), version))
    throw new RefusedRelease(`${CHANGE_LOG} has no entries for ${version}.`);
  const refusal = placeholderIn(root) ?? listingFaultIn(root);
  if (refusal) throw new RefusedRelease(refusal);
  tools.npm('package');
  finish(version, tools);
}

/** @throws RefusedRelease if something is not committed, or the version has a tag */
function checkTree(version: string, root: string): void {
  const status = git(root, 'status', '--porcelain');
  if (status !== '')
    throw new RefusedRelease(
      `Not everything is committed (${status.split('\n')[0]?.trim()}): commit it first.`,
    );
  if (git(root, 'tag', '--list', `v${version}`) !== '')
    throw new RefusedRelease(`There is a tag v${version} already.`);
  const [now = ''] = versionsIn('package.json', read(root, 'package.json'));
  if (!isLater(version, now))
    throw new RefusedRelease(`${version} is not later than the version of now, ${now}.`);
}

/** The new texts of all files that the release changes. */
function changedFiles(version: string, { root, today }: ReleaseTools): Map<string, string> {
  const changes = new Map<string, string>();
  for (const path of VERSION_FILES) changes.set(path, withVersion(path, read(root, path), version));
  changes.set(CHANGE_LOG, withDate(read(root, CHANGE_LOG), version, today));
  const news = withNews(read(root, NEWS_FILE), version);
  if (news !== read(root, NEWS_FILE)) changes.set(NEWS_FILE, news);
  return changes;
}

/** Why the manifest cannot be released; undefined if it can. */
function placeholderIn(root: string): string | undefined {
  const manifest: { homepage_url: string } = JSON.parse(read(root, 'manifest.json'));
  return isPlaceholder(manifest.homepage_url)
    ? `manifest.json: homepage_url is a placeholder (${manifest.homepage_url}): write the address of the repository.`
    : undefined;
}

/** Why a store would refuse its texts; undefined if it would not. */
function listingFaultIn(root: string): string | undefined {
  const faults = LISTING_FILES.flatMap((path) =>
    listingFaults(path, JSON.parse(read(root, path)) as Listing),
  );
  return faults[0];
}

/** The names of the archives of a release. */
function packagesOf(version: string): string[] {
  return ['chrome', 'firefox', 'sources'].map((part) => `kexue-companion-${part}-${version}.zip`);
}

/** Adds the sources and the checksums to the packages. */
function finish(version: string, { root, log }: ReleaseTools): void {
  const names = packagesOf(version);
  const sources = names[2] ?? '';
  // The archive has the time of the commit as local time, so `git` sets the time zone.
  git(root, 'archive', '--format=zip', `--output=packages/${sources}`, 'HEAD');
  const sums = names.map((name) => {
    const bytes = readFileSync(join(root, 'packages', name));
    return `${createHash('sha256').update(bytes).digest('hex')}  ${name}`;
  });
  writeFileSync(join(root, 'packages/SHA256SUMS'), `${sums.join('\n')}\n`);
  log(`In packages/, with SHA256SUMS:\n${sums.join('\n')}`);
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function writeAll(root: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) writeFileSync(join(root, path), text);
}

function git(root: string, ...args: string[]): string {
  const env = { ...process.env, TZ: 'UTC' };
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', env }).trim();
}
