/** Reads the file or the text of an import, and words the reason if it cannot be read. */
import { type Arrival, readAny } from '../../../exchange/import/import-preview.ts';
import { MAX_CHARS } from '../../../exchange/import/import-errors.ts';
import type { PageWords } from '../../../ui/words/pages.ts';

/** The largest file that is read, in bytes: no encoding needs more for the longest text. */
const MAX_BYTES = MAX_CHARS * 4;

type Failed =
  | Extract<Arrival, { kind: 'nothing' }>
  | { kind: 'nothing'; trouble: { why: 'unreadable' } };
export type ReadImport = Arrival | Failed;

/** Reads a file that the reader has chosen. Never rejects. */
export async function readImportFile(file: File): Promise<ReadImport> {
  if (file.size > MAX_BYTES)
    return { kind: 'nothing', trouble: { why: 'too-long', most: MAX_CHARS } };
  try {
    return readAny(await file.text());
  } catch {
    return { kind: 'nothing', trouble: { why: 'unreadable' } };
  }
}

export function troubleText({ trouble }: Failed, { record }: PageWords): string {
  const say: (value: string) => string = record.trouble[trouble.why];
  // The detail in the sentence: a number, a line, a field or a version.
  const { most, line, field, version } = trouble as Partial<Record<string, string | number>>;
  return say(String(most ?? line ?? field ?? version ?? ''));
}
