// @vitest-environment jsdom
import { beforeAll, expect, it } from 'vitest';
import { postFinder } from '../../../../../src/library/views/plan/post-finder.ts';
import { pressKey, trustEvents, type } from '../../../reader.ts';
import { libraryContext, postOf } from '../../context.ts';

beforeAll(trustEvents);

it('gives the focus back to the field when Escape clears the results', () => {
  const { context } = libraryContext({ posts: [postOf(1)] });
  const found = [{ post: postOf(1), tag: undefined }];
  const find = (typed: string) => ({
    ...context.find(typed),
    posts: typed ? found : [],
    isExact: true,
    words: [],
    pinyin: { find: () => undefined },
  });
  const finder = postFinder({ ...context, find } as unknown as typeof context);
  document.body.replaceChildren(finder.element);
  const field = finder.element.querySelector('input') as HTMLInputElement;
  type(field, '题');
  pressKey('ArrowDown');
  expect(document.activeElement?.textContent).toBe('题1');
  pressKey('Escape');
  expect(finder.element.querySelectorAll('a')).toHaveLength(0);
  expect(document.activeElement).toBe(field);
});
