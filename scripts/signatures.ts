/**
 * Computes src/catalogue/data/signatures.bin from the posts' openings. Their text is the author's, so
 * it is not in the repository; if it is not beside the checkout, the committed file is used.
 *
 *   npm run catalogue -- signatures
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { encodeSignatures, computeSignatures, type OpeningText } from './compute-signatures.ts';

export const OPENINGS = new URL('../../shared/data/openings.jsonl', import.meta.url);
export const SIGNATURES = new URL('../src/catalogue/data/signatures.bin', import.meta.url);

export const hasOpenings = existsSync(OPENINGS);

export function readOpenings(): OpeningText[] {
  const lines = readFileSync(OPENINGS, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as OpeningText);
}

/** Makes the content of the file, which is the same on every machine. */
export function makeSignatures(titles: readonly string[]): Uint8Array<ArrayBuffer> {
  const openings = readOpenings();
  const sha256 = createHash('sha256').update(readFileSync(OPENINGS)).digest('hex');
  const source = `openings.jsonl, sha256 ${sha256}, and ${titles.length} titles`;
  return encodeSignatures(computeSignatures(openings, titles, source));
}

export function writeSignatures(titles: readonly string[]): void {
  if (!hasOpenings) {
    console.error(`signatures: no ${OPENINGS.pathname}; the committed file stays as it is`);
    process.exitCode = 1;
    return;
  }
  const file = makeSignatures(titles);
  writeFileSync(SIGNATURES, file);
  console.log(`signatures: ${readOpenings().length} openings, ${file.length} bytes`);
}
