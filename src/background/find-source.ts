/** Finds the post that a text is from. The signatures are read when they are first needed. */
import signatures from '../catalogue/data/signatures.bin?url';
import { TextIndex } from '../catalogue/text-match/text-index.ts';
import { readPackaged } from '../platform/package.ts';
import { once } from './bundled.ts';

const index = once(async () => TextIndex.decode(await readPackaged(signatures)));

/** Never rejects; `found` is null too if the signatures cannot be read, which is tried again next time. */
export async function findSource({ text }: { text: string }): Promise<{ found: number | null }> {
  try {
    return { found: (await index()).recogniseText(text)?.id ?? null };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return { found: null };
  }
}
