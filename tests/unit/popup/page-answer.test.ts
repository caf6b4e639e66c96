import { expect, it } from 'vitest';
import { readPageStatus } from '../../../src/popup/page-answer.ts';

it('accepts a valid answer without additional fields', () => {
  expect(
    readPageStatus({ kind: 'post', posts: [{ id: 9731, title: '题', more: 1 }], also: true }),
  ).toEqual({ kind: 'post', posts: [{ id: 9731, title: '题' }] });
});

it.each([
  undefined,
  null,
  'here',
  {},
  { kind: 'post' },
  { kind: 'page', posts: [{ id: 1, title: '' }] },
  { kind: 'listing', posts: [] },
  { kind: 'listing', posts: [null] },
  { kind: 'listing', posts: [{ id: '1', title: '' }] },
  { kind: 'listing', posts: [{ id: 0, title: '' }] },
  { kind: 'listing', posts: [{ id: 1 }] },
])('refuses %j', (answer) => {
  expect(readPageStatus(answer)).toBeUndefined();
});

it('is bounded', () => {
  const posts = Array.from({ length: 5_000 }, (_, i) => ({ id: i + 1, title: 'x'.repeat(9_999) }));
  const here = readPageStatus({ kind: 'listing', posts });
  expect(here?.posts).toHaveLength(100);
  expect(here?.posts[0]?.title).toHaveLength(300);
});

it('accepts a page that was not understood, with a diagnosis of plain characters', () => {
  const page = { kind: 'listing', posts: [], trouble: 'not-understood' };
  const diagnosis = 'kexue-companion diagnosis 1\n\nbody\n div.x t12\n';
  expect(readPageStatus({ ...page, diagnosis })).toEqual({ ...page, diagnosis });
  for (const unsound of ['题名', 'a\u202eb', 'x'.repeat(20_001), '', 7])
    expect(readPageStatus({ ...page, diagnosis: unsound })).toEqual({
      ...page,
      diagnosis: undefined,
    });
  expect(readPageStatus({ ...page, trouble: 'other' })).toBeUndefined();
});
