/** Finds the post that a text is from: by the signatures, read when they are first needed, else by what was read. */
import signatures from '../catalogue/data/signatures.bin?url';
import { TextIndex } from '../catalogue/text-match/text-index.ts';
import { readPackaged } from '../platform/package.ts';
import { bundledSimplifier, once } from './bundled.ts';
import type { Memory } from './memory.ts';

const index = once(async () => TextIndex.decode(await readPackaged(signatures)));

/**
 * A text in traditional characters is one that the reader's browser has converted, so its simplified form is
 * looked up too. Never rejects; `found` is null too if the signatures cannot be read, which is tried again
 * next time.
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
