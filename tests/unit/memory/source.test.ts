/** The kept post that a passage is from: nearly always the right one, never a wrong one. */
import { describe, expect, it } from 'vitest';
import { foldBlocks } from '../../../src/memory/kept-text.ts';
import { candidatesFor, sourceAmong } from '../../../src/memory/source.ts';
import { blockOf, proseOf } from './texts.ts';

const SHORTEST = 60;
const posts = Array.from({ length: 120 }, (_, id) => ({
  id: id + 1,
  blocks: [0, 1, 2].map((part) =>
    blockOf([proseOf(id * 3 + part, 6), `$\\theta_{${id}}$`, proseOf(id * 3 + part + 1_000, 6)]),
  ),
}));
const folds = new Map(posts.map(({ id, blocks }) => [id, foldBlocks(blocks)]));
const sourceOf = (passage: string) =>
  sourceAmong(
    passage,
    candidatesFor(passage, folds).flatMap((id) => posts.find((post) => post.id === id) ?? []),
  );

describe('the source of a passage', () => {
  it('is the post that has it, for 99 of 100 passages of 60 characters and more', () => {
    let [right, wrong, all] = [0, 0, 0];
    for (const { id, blocks } of posts) {
      const text = blocks.map((block) => block.text).join('\n');
      for (let from = 0; from + SHORTEST < text.length; from += 37) {
        const found = sourceOf(text.slice(from, from + SHORTEST + (from % 90)));
        all++;
        if (found === id) right++;
        else if (found !== undefined) wrong++;
      }
    }
    expect(all).toBeGreaterThan(1_000);
    expect(wrong).toBe(0);
    expect(right / all).toBeGreaterThanOrEqual(0.99);
  });

  it('is found without the formulas, which a copy loses, and across paragraphs', () => {
    const { id, blocks } = posts[30]!;
    const text = blocks.map((block) => block.text).join('\n');
    expect(sourceOf(text.replace(/\$[^$]*\$/g, '').slice(40, 300))).toBe(id);
  });

  it('is found even if a part of the passage, such as a title, is also in another post', () => {
    const { id, blocks } = posts[12]!;
    const passage = blocks[1]!.text.slice(0, 100);
    const other = { id: 999, blocks: [blockOf([proseOf(66_666, 4), passage.slice(0, 55)])] };
    expect(sourceAmong(passage, [posts[12]!, other])).toBe(id);
    expect(sourceAmong(passage, [other])).toBeUndefined();
  });

  it('is unknown for an unread text, a text in two posts, and a short text', () => {
    expect(sourceOf(proseOf(99_999))).toBeUndefined();
    const { blocks } = posts[4]!;
    const twice = [posts[4]!, { id: 999, blocks }];
    expect(sourceAmong(blocks[0]!.text, twice)).toBeUndefined();
    expect(sourceOf(blocks[0]!.text.slice(0, 12))).toBeUndefined();
  });

  it('is unknown for a text of another post that quotes this one', () => {
    const quoted = posts[7]!.blocks[0]!.text.slice(0, 40);
    expect(sourceOf(`${proseOf(77_777, 8)}${quoted}${proseOf(88_888, 8)}`)).toBeUndefined();
  });
});
