import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { readDiscovered, readLook, readOpenings } from '../../../src/background/page-messages.ts';
import type { Sender } from '../../../src/platform/messaging.ts';

const edge = { id: 11_945, date: '2026-10-09' };
const now = Date.UTC(2026, 10, 22);
const HOME: Sender = { url: 'https://kexue.fm/', isTop: true, isPrivate: false };
const ARCHIVE: Sender = { ...HOME, url: 'https://spaces.ac.cn/content.html' };
const LENGTH = { chars: 1, words: 2, inlineFormulas: 3, displayFormulas: 4, codeLines: 5 };
const newPost = { id: 11_946, title: '新的一篇', date: '2026-10-10' };
const read = (message: { facts?: unknown; openings?: unknown }, sender = HOME) =>
  'facts' in message
    ? readDiscovered(message, sender, edge, now)
    : readOpenings(message, sender, edge, now);
const learn = (...facts: unknown[]) => ({ facts });
const meet = (...openings: unknown[]) => ({ openings });
const opening = { id: 9708, opening: ['文字', ['$x$', ['math', ['mi', 'x']]]] };
const many = <T>(n: number, of: (i: number) => T) => Array.from({ length: n }, (_, i) => of(i));
const posts = (n: number) => many(n, (i) => ({ id: i + 1, title: `题${i}` }));

describe('what a page says of posts', () => {
  it.each([
    'https://kexue.fm/',
    'http://www.kexue.fm/page/2/',
    'https://spaces.ac.cn/archives/9708',
    'https://www.spaces.ac.cn/content.html',
  ])('is taken from %s', (url) => {
    expect(read(learn(newPost), { ...HOME, url })).toEqual(learn(newPost));
    expect(read(meet(opening), { ...HOME, url })).toEqual(meet(opening));
  });

  it.each<[what: string, sender: Partial<Sender>]>([
    ['another site', { url: 'https://example.org/' }],
    ['a look-alike', { url: 'https://kexue.fm.example.org/' }],
    ['a page of ours', { url: 'chrome-extension://abc/src/popup/index.html' }],
    ['a file', { url: 'file:///kexue.fm/' }],
    ['a page of the blog that lists nothing', { url: 'https://kexue.fm/links.html' }],
    ['no address', { url: undefined }],
    ['what is no address', { url: 'kexue.fm' }],
    ['a frame', { isTop: false }],
    ['a private window', { isPrivate: true }],
  ])('is refused from %s', (_, sender) => {
    expect(read(learn(newPost), { ...HOME, ...sender })).toBeUndefined();
    expect(read(meet(opening), { ...HOME, ...sender })).toBeUndefined();
    expect(readLook({}, { ...HOME, ...sender })).toBeUndefined();
    expect(readLook({}, HOME)).toEqual({});
  });

  it.each([
    ['nothing', undefined],
    ['facts that are none', 'x'],
    ['an entry that is none', [null]],
    ['an entry without facts', [{ id: 11_946 }]],
    ['an id too far', [{ ...newPost, id: 17_000 }]],
    ['a date too early', [{ ...newPost, date: '2025-10-10' }]],
    ['a date too late', [{ ...newPost, date: '2027-10-10' }]],
    ['markup', [{ ...newPost, title: '<script>alert(1)</script>' }]],
    ['a sound entry beside an unsound one', [newPost, { ...newPost, title: '' }]],
  ])('is refused where it is %s', (_, facts) => {
    expect(read({ facts })).toBeUndefined();
  });

  it('is 64 posts at most, and 2,000 from the archive page', () => {
    expect(read(learn(...posts(64)))).toBeDefined();
    expect(read(learn(...posts(65)))).toBeUndefined();
    expect(read(learn(...posts(2_000)), ARCHIVE)).toBeDefined();
    expect(read(learn(...posts(2_001)), ARCHIVE)).toBeUndefined();
  });

  it('of a post’s own page is taken from its own page only', () => {
    const facts = [
      { id: 9708, length: LENGTH },
      { id: 9708, refs: [4] },
      { id: 9708, ownTitle: '题' },
    ];
    for (const fact of facts) {
      expect(read(learn(fact), { ...HOME, url: 'https://kexue.fm/archives/9708' })).toBeDefined();
      expect(read(learn(fact), { ...HOME, url: 'https://kexue.fm/archives/9706' })).toBeUndefined();
      expect(read(learn(fact))).toBeUndefined();
    }
  });

  it.each<[what: string, opening: unknown]>([
    ['nothing', undefined],
    ['no list', 'text'],
    ['empty', []],
    ['an element that may not be', [['script', 'alert(1)']]],
    ['an element in a formula that may not be', [['$x$', ['math', ['annotation-xml', ['svg']]]]]],
    ['too long', ['x'.repeat(601)]],
  ])('is refused where an opening is %s', (_, given) => {
    expect(read(meet({ id: 9708, opening: given }))).toBeUndefined();
    expect(read(meet(opening, { id: 9708, opening: given }))).toBeUndefined();
  });

  it('is 64 openings at most, of posts that may be', () => {
    expect(read(meet(...many(64, () => opening)))).toBeDefined();
    expect(read(meet(...many(65, () => opening)))).toBeUndefined();
    expect(read(meet({ ...opening, id: 99_999 }))).toBeUndefined();
    expect(read(meet({ ...opening, id: '9708' }))).toBeUndefined();
  });

  it('can be any value without an error', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        read({ facts: given });
        read({ openings: given });
        read({ facts: [given] });
        read({ openings: [given] });
        read({ openings: [{ id: 5, opening: [given] }] });
      }),
      { numRuns: 2_000 },
    );
  });
});
