import { describe, expect, it } from 'vitest';
import {
  blogRoot,
  HOSTS,
  isPostId,
  ORIGINS,
  pageKind,
  postIdOf,
  postIdOfHref,
  postUrl,
  topicOfHref,
} from '../../../src/site/address.ts';

const kindOf = (address: string) => pageKind(new URL(address));
const on = (path: string) => `https://kexue.fm${path}`;

describe('the kind of a page', () => {
  it.each([
    '/',
    '/index.php',
    '/page/1/',
    '/page/160',
    '/category/Big-Data',
    '/category/Big-Data/',
    '/category/Big-Data/52/',
    '/category/Life-Feeling/2',
    '/tag/attention/',
    '/tag/attention/3/',
    `/tag/${encodeURIComponent('位置编码')}/`,
    '/search/RoPE/',
    '/search/RoPE/2/',
    '/search/low%20rank/',
    '/search/a%2Fb/',
    '/author/1/',
    '/author/1/2/',
    '/2023/',
    '/2023/09/',
    '/2023/09/28/',
    '/2023/page/2/',
    '/2023/09/page/2/',
    '/?from=feed',
    '/category/Mathematics#top',
    '/index.php/',
    '/index.php/page/2/',
    '/index.php/category/Big-Data/2/',
    '/index.php/2023/09/',
    '/page/2.html',
    '/category/Big-Data.html',
    '/category/Big-Data/2.html',
    '/category/Science/Physics/',
    '/category/Science/Physics/Optics/3/',
    '/2023/09.html',
    '/?',
    '/?s=RoPE',
    '/tag/attention/?utm_source=x&a=b',
  ])('%s is a listing', (path) => {
    expect(kindOf(on(path))).toBe('listing');
  });

  it.each([
    '/archives/4',
    '/archives/9708',
    '/archives/9708/',
    '/archives/999999',
    '/archives/9708?utm_source=x',
    '/archives/9708#comments',
    '/archives/9708/comment-page-2',
    '/archives/9708/comment-page-2/',
    '/archives/9708/comment-page-2#comments',
    '/archives/9708/comment-page-1?replyTo=50001#respond-post-9708',
    '/archives/9708.html',
    '/archives/9708.html?a=b#comments',
    '/archives/9708.html/comment-page-2#comments',
    '/index.php/archives/9708/',
    '/index.php/archives/9708.html',
  ])('%s is a post', (path) => {
    expect(kindOf(on(path))).toBe('post');
  });

  it.each(['/content.html', '/content.html?tag=attention', '/index.php/content.html'])(
    '%s is the list of posts',
    (path) => {
      expect(kindOf(on(path))).toBe('archive');
    },
  );

  it.each([
    '/links.html',
    '/latex.html',
    '/reward.html',
    '/ac.html',
    '/me.html',
    '/science.html',
    '/feed',
    '/feed/archives/9708',
    '/admin/login.php',
    '/usr/uploads/2023/08/1.png',
    '/category/',
    '/search/',
    '/page/x/',
    '/archives/',
    '/archives/0',
    '/archives/-1',
    '/archives/09708',
    '/archives/1234567',
    '/archives/9708/comment',
    '/archives/9708/comment-page-x',
    '/archives/9708//',
    '/archives/9708.htm',
    '/archives/9708.html.html',
    '/archives/9708html',
    '/index.phparchives/9708',
    '/index.php/index.php/archives/9708',
    '/index.php/links.html',
    '/category//2/',
    '/category/a//b/',
    '/x/archives/9708',
    '/archives/９７０８',
  ])('%s is neither', (path) => {
    expect(kindOf(on(path))).toBe('other');
  });

  it.each(HOSTS)('is the same on %s, over http and at any port', (host) => {
    for (const origin of [`https://${host}`, `http://${host}`, `https://${host}:8443`]) {
      expect(kindOf(`${origin}/`)).toBe('listing');
      expect(kindOf(`${origin}/archives/9708`)).toBe('post');
    }
  });

  it('does not depend on the letter case of the host, which URLs do not know', () => {
    expect(kindOf('HTTPS://KEXUE.FM/archives/9708')).toBe('post');
  });

  it.each([
    'https://kexue.fm.evil.com/archives/9708',
    'https://evil.com/kexue.fm/archives/9708',
    'https://kexue.fm@evil.com/archives/9708',
    'https://evil.com/?https://kexue.fm/archives/9708',
    'https://xkexue.fm/archives/9708',
    'https://m.kexue.fm/archives/9708',
    'https://spaces.ac.cn.evil.com/archives/9708',
    'https://ac.cn/archives/9708',
    'https://kехue.fm/archives/9708', // Cyrillic е and х
    'ftp://kexue.fm/archives/9708',
    'file:///archives/9708',
    'chrome-extension://kexue.fm/archives/9708',
    'javascript:/archives/9708',
    'about:blank',
  ])('%s is not the blog', (address) => {
    expect(kindOf(address)).toBe('other');
    expect(postIdOf(new URL(address))).toBeUndefined();
  });
});

describe('the post that a link names', () => {
  const page = new URL('https://www.spaces.ac.cn/category/Big-Data/2/');

  it.each([
    ['/archives/9708#mjx-eqn-eq%3Aa', 9708],
    ['/archives/9708', 9708],
    ['../../archives/9708', undefined],
    ['../../../archives/9708', 9708],
    ['//kexue.fm/archives/9708/', 9708],
    ['https://kexue.fm/archives/9708?a=/archives/1#/archives/2', 9708],
    ['https://kexue.fm/archives/9708/comment-page-3#comments', 9708],
    ['  /archives/9708\n', 9708],
    ['archives/9708', undefined],
    ['#9708', undefined],
    ['', undefined],
    ['https://', undefined],
    ['http://[/archives/9708', undefined],
    ['javascript:void(0)', undefined],
    ['data:text/html,/archives/9708', undefined],
    ['https://example.org/archives/9708', undefined],
    ['/archives/0', undefined],
    ['/archives/1000000', undefined],
  ])('%j on a listing is post %s', (href, id) => {
    expect(postIdOfHref(href, page)).toBe(id);
  });

  it('is the blog’s where a saved page has no address of its own', () => {
    expect(postIdOfHref('/archives/9708')).toBe(9708);
    expect(postIdOfHref('/archives/9708', 'about:blank')).toBe(9708);
    expect(postIdOfHref('archives/9708', 'file:///home/reader/page.html')).toBe(9708);
  });
});

it.each([
  [1, true],
  [999_999, true],
  [0, false],
  [-5, false],
  [1_000_000, false],
  [1.5, false],
  [Number.NaN, false],
  ['9708', false],
  [null, false],
  [undefined, false],
])('%j as the id of a post: %s', (id, sound) => {
  expect(isPostId(id)).toBe(sound);
});

it.each(HOSTS)('a permalink on %s leads back to its post', (host) => {
  expect(postUrl(9708, host)).toBe(`https://${host}/archives/9708`);
  expect(postIdOf(new URL(postUrl(9708, host)))).toBe(9708);
  expect(kindOf(blogRoot(host))).toBe('listing');
});

it('asks for access to the four hosts and no other', () => {
  expect(ORIGINS).toEqual([
    '*://kexue.fm/*',
    '*://www.kexue.fm/*',
    '*://spaces.ac.cn/*',
    '*://www.spaces.ac.cn/*',
  ]);
});

it.each([
  ['https://kexue.fm/category/Big-Data', 'category'],
  ['/category/Big-Data/2/', 'category'],
  ['/tag/%E7%9F%A9%E9%98%B5/', 'tag'],
  ['/tag/', undefined],
  ['/search/tag/', undefined],
  ['https://example.org/tag/x/', undefined],
  ['javascript:alert(1)', undefined],
  ['http://[', undefined],
])('%s leads to the listing of a %s', (href, kind) => {
  expect(topicOfHref(href)).toBe(kind);
});
