import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { TextIndex } from '../../../src/catalogue/text-match/text-index.ts';

vi.mock('../../../src/platform/package.ts', () => ({ readPackaged: vi.fn() }));
const { readPackaged } = await import('../../../src/platform/package.ts');
const { findSource } = await import('../../../src/background/find-source.ts');
const { readFindSource } = await import('../../../src/background/validation.ts');

const SIGNATURES = new URL('../../../src/catalogue/data/signatures.bin', import.meta.url);
const question = (text: string) => ({ text });

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(readPackaged).mockReset();
});

describe('finding the source of a text', () => {
  it('takes no message without a text, and no text that is longer than anybody sends', () => {
    expect(readFindSource(question('a'))).toEqual(question('a'));
    for (const text of [undefined, null, 7, ['a']])
      expect(readFindSource({ text })).toBeUndefined();
    expect(readFindSource(question('字'.repeat(4_001)))).toBeUndefined();
  });

  it('is unknown while the signatures cannot be read, and they are read again', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.mocked(readPackaged).mockRejectedValueOnce(new Error('gone'));
    expect(await findSource(question('字'.repeat(100)))).toEqual({ found: null });
    vi.mocked(readPackaged).mockResolvedValueOnce(new Uint8Array(readFileSync(SIGNATURES)));
    const recognise = vi.spyOn(TextIndex.prototype, 'recogniseText');
    recognise.mockReturnValue({ id: 9708, score: 1 });
    expect(await findSource(question('字'.repeat(100)))).toEqual({ found: 9708 });
    expect(await findSource(question('字'.repeat(100)))).toEqual({ found: 9708 });
    expect(readPackaged).toHaveBeenCalledTimes(2);
  });
});
