/** 出自哪篇: the post that a text is from. The signatures are read when they are first asked for. */
import signatures from '../catalogue/data/signatures.bin?url';
import { TextIndex } from '../catalogue/text-match/text-index.ts';
import { readPackaged } from '../platform/package.ts';
import { LONGEST_QUOTATION, type Source, type Whose } from '../app/messages.ts';
import { whenAsked } from './bundled.ts';

const index = whenAsked(async () => TextIndex.decode(await readPackaged(signatures)));

/** A message as the question whose text this is, or undefined. */
export function readWhose(message: unknown): Whose | undefined {
  const { type, text } = (message ?? {}) as Record<string, unknown>;
  const isSound = type === 'whose' && typeof text === 'string' && text.length <= LONGEST_QUOTATION;
  return isSound ? { type, text } : undefined;
}

/** The answer; unknown also where the signatures cannot be read, which is tried again next time. */
export async function answerWhose({ text }: Whose): Promise<Source> {
  try {
    return { found: (await index()).recogniseText(text)?.id ?? null };
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return { found: null };
  }
}
