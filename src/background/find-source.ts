/** Finds the post that a text is from: by the signatures, read when they are first needed, else by what was read. */
import signatures from '../catalogue/data/signatures.bin?url';
import { TextIndex } from '../catalogue/text-match/text-index.ts';
import { readPackaged } from '../platform/package.ts';
import { once } from './bundled.ts';
import type { Memory } from './memory.ts';

const index = once(async () => TextIndex.decode(await readPackaged(signatures)));

/** Never rejects; `found` is null too if the signatures cannot be read, which is tried again next time. */
export async function findSource(
  { text, mayUseTexts }: { text: string; mayUseTexts: boolean },
  memory: Pick<Memory, 'source'>,
): Promise<{ found: number | null }> {
  const known = await bySignatures(text);
  return { found: known ?? (mayUseTexts ? await memory.source(text) : undefined) ?? null };
}

async function bySignatures(text: string): Promise<number | undefined> {
  try {
    return (await index()).recogniseText(text)?.id;
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return undefined;
  }
}
