/** The manifest keeps the content script out of pages of other kinds: its globs know addresses too. */
import { describe, expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { HOSTS, ORIGINS, pageKind } from '../../src/site/address.ts';

const [script] = manifest.content_scripts;

/** `*` any characters, `?` any one: as both browsers read a glob. */
function fits(glob: string, url: string): boolean {
  const pattern = glob
    .replaceAll(/[.+^${}()|[\]\\/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${pattern}$`).test(url);
}

const isLetIn = (url: string) => script?.include_globs.some((glob) => fits(glob, url)) ?? false;

describe('the content script', () => {
  it('is for the blog’s hosts, which the permission check asks for as well', () => {
    expect(script?.matches).toEqual(ORIGINS);
  });

  const paths = [
    '/',
    '/?from=x',
    '/#top',
    '/index.php',
    '/page/3/',
    '/category/Big-Data',
    '/category/Big-Data/2/',
    '/tag/attention/',
    '/tag/注意力/2/',
    '/search/RoPE/',
    '/author/1/',
    '/2023/',
    '/2023/09/',
    '/2023/09/28/',
    '/2009/07/page/2/',
    '/archives/4',
    '/archives/9708/',
    '/archives/9708#comments',
    '/archives/9708/comment-page-2#comments',
    '/archives/9708?replyTo=1',
    '/content.html',
    '/content.html?tag=x',
    '/content.html#list',
  ];
  it.each(HOSTS.flatMap((host) => paths.map((path) => `https://${host}${path}`)))(
    'is let into %s',
    (url) => {
      expect(pageKind(new URL(url))).not.toBe('other');
      expect(isLetIn(new URL(url).href)).toBe(true);
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
    '/nowhere',
  ])('is kept out of %s', (path) => {
    expect(pageKind(new URL(path, 'https://kexue.fm'))).toBe('other');
    expect(isLetIn(`https://kexue.fm${path}`)).toBe(false);
  });
});
