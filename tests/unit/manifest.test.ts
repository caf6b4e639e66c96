/** Which pages the browser runs the content script on. The script itself decides by the address. */
import { expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { ORIGINS } from '../../src/site/address.ts';

const [script] = manifest.content_scripts;

it('the content script is for the blog’s hosts, which the permission check asks for as well', () => {
  expect(script?.matches).toEqual(ORIGINS);
});

it('the content script has one list of pages: globs beside it would be a second', () => {
  expect(script).not.toHaveProperty('include_globs');
  expect(script).not.toHaveProperty('exclude_globs');
  expect(script).not.toHaveProperty('exclude_matches');
});
