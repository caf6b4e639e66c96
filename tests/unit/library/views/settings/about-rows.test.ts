// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest';
import { aboutRows } from '../../../../../src/library/views/settings/about-rows.ts';
import { stubBrowser } from '../../../fake-browser.ts';
import { libraryContext, postOf, words } from '../../context.ts';

afterEach(() => vi.unstubAllGlobals());

const HOME = 'https://github.com/someone/kexue-companion';

function rows(homePage: string, isNewsOpen = false): HTMLElement[] {
  stubBrowser({ homePage });
  const { context } = libraryContext({ posts: [postOf(1)] });
  return aboutRows(context, { isNewsOpen, toggleNews: () => undefined });
}

function linksIn(all: readonly HTMLElement[]): HTMLAnchorElement[] {
  return all.flatMap((row) => [...row.querySelectorAll('a')]);
}

describe('关于', () => {
  it('shows the version and the date of the catalogue', () => {
    const [version] = rows(HOME);
    expect(version?.textContent).toContain('0.1.0');
    expect(version?.textContent).toContain('2026-01-01');
  });

  it('names every piece of others’ work and leads to the texts', () => {
    const [, licences] = rows(HOME);
    expect(licences?.textContent).toMatch(/KaTeX \(MIT\).*OFL-1\.1.*MPL-2\.0.*Apache-2\.0/);
    expect(linksIn(licences ? [licences] : [])[0]?.getAttribute('href')).toBe('/licences.html');
  });

  it('lists what is new only while that is open', () => {
    expect(rows(HOME)[0]?.querySelectorAll('li')).toHaveLength(0);
    expect(rows(HOME, true)[0]?.querySelectorAll('li').length).toBeGreaterThan(0);
  });

  it('opens the form for a fault with version and browser, and nothing else', () => {
    const link = linksIn(rows(HOME)).at(-1);
    expect(link?.textContent).toBe(words.about.openForm);
    const { origin, pathname, searchParams } = new URL(link?.href ?? '');
    expect(origin + pathname).toBe(`${HOME}/issues/new`);
    const names = [...searchParams.keys()];
    expect(names).toEqual(['template', 'version', 'browser']);
    expect(searchParams.get('version')).toBe('0.1.0');
  });

  it('has no link into the repository while its address is a placeholder', () => {
    const links = linksIn(rows('https://github.invalid/OWNER/kexue-companion'));
    expect(links.map((link) => link.getAttribute('href'))).toEqual(['/licences.html']);
  });
});
