import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Memory } from '../../../src/background/memory.ts';
import { TextIndex } from '../../../src/catalogue/text-match/text-index.ts';

vi.mock('../../../src/platform/package.ts', () => ({ readPackaged: vi.fn() }));
const { readPackaged } = await import('../../../src/platform/package.ts');
const { findSource } = await import('../../../src/background/find-source.ts');
const { readFindSource } = await import('../../../src/background/text-messages.ts');

const SIGNATURES = new URL('../../../src/catalogue/data/signatures.bin', import.meta.url);
const SEARCH = new URL('../../../src/catalogue/packed/search.json', import.meta.url);
const PAGE = { url: 'https://kexue.fm/archives/9708', isTop: true, isPrivate: false };
const question = (text: string) => ({ text, mayUseTexts: true });
const find = (text: string, source: Memory['source'] = async () => undefined) =>
  findSource(question(text), { source });

afterEach(() => {
  vi.restoreAllMocks();
  vi.mocked(readPackaged).mockReset();
});

describe('finding the source of a text', () => {
  it('rejects a message without a text, and a text that is longer than any page sends', () => {
    expect(readFindSource({ text: 'a' }, PAGE)).toEqual(question('a'));
    for (const text of [undefined, null, 7, ['a']])
      expect(readFindSource({ text }, PAGE)).toBeUndefined();
    expect(readFindSource({ text: '字'.repeat(4_001) }, PAGE)).toBeUndefined();
  });

  it('finds nothing while the signatures cannot be read, and reads them again', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.mocked(readPackaged).mockRejectedValue(new Error('gone'));
    expect(await find('字'.repeat(100))).toEqual({ found: null });
    vi.mocked(readPackaged).mockReset();
    vi.mocked(readPackaged).mockResolvedValueOnce(new Uint8Array(readFileSync(SIGNATURES)));
    const recognise = vi.spyOn(TextIndex.prototype, 'recogniseText');
    recognise.mockReturnValue({ id: 9708, score: 1 });
    expect(await find('字'.repeat(100))).toEqual({ found: 9708 });
    expect(await find('字'.repeat(100))).toEqual({ found: 9708 });
    expect(readPackaged).toHaveBeenCalledTimes(1);
  });

  it('knows a text that was converted to traditional characters', async () => {
    vi.mocked(readPackaged).mockImplementation(
      async (file) => new Uint8Array(readFileSync(file.includes('search') ? SEARCH : SIGNATURES)),
    );
    vi.spyOn(TextIndex.prototype, 'recogniseText').mockImplementation((text) =>
      text === '显著的变化' ? { id: 9708, score: 1 } : undefined,
    );
    expect(await find('顯著的變化')).toEqual({ found: 9708 });
    const source = vi.fn(async (text: string) => (text === '扩散模型' ? 3 : undefined));
    expect(await find('擴散模型', source)).toEqual({ found: 3 });
    expect(await find('無關', source)).toEqual({ found: null });
  });

  it('searches the kept texts if no signature fits, but not in a private window', async () => {
    vi.spyOn(TextIndex.prototype, 'recogniseText').mockReturnValue(undefined);
    vi.mocked(readPackaged).mockResolvedValue(new Uint8Array(readFileSync(SIGNATURES)));
    const source = vi.fn(async () => 3);
    expect(await find('字'.repeat(100), source)).toEqual({ found: 3 });
    const inPrivate = readFindSource({ text: 'a' }, { ...PAGE, isPrivate: true });
    expect(inPrivate && (await findSource(inPrivate, { source }))).toEqual({ found: null });
    expect(source).toHaveBeenCalledTimes(1);
  });
});
