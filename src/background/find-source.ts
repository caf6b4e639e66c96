/** Finds the post that a text is from: by the bundled signatures, else by the kept texts. */
import signatures from '../catalogue/data/signatures.bin?url';
import { TextIndex } from '../catalogue/text-match/text-index.ts';
import { readPackaged } from '../platform/package.ts';
import { bundledSimplifier, once } from './bundled.ts';
import type { Memory } from './memory.ts';

const index = once(async () => TextIndex.decode(await readPackaged(signatures)));

/**
 * Resolves with the id of the post; null if it is not known. A text in traditional characters was converted by
 * the reader's browser, so its simplified form is looked up too. Never rejects: if the signatures cannot be
 * read, only the kept texts are used, and the next call tries again.
 */
export async function findSource(
  { text, mayUseTexts }: { text: string; mayUseTexts: boolean },
  memory: Pick<Memory, 'source'>,
): Promise<{ found: number | null }> {
  const look = async (form: string) =>
    (await bySignatures(form)) ?? (mayUseTexts ? await memory.source(form) : undefined);
  const known = await look(text);
  if (known !== undefined) return { found: known };
  const simplified = (await bundledSimplifier())(text);
  return { found: (simplified !== text ? await look(simplified) : undefined) ?? null };
}

async function bySignatures(text: string): Promise<number | undefined> {
  try {
    return (await index()).recogniseText(text)?.id;
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return undefined;
  }
}
