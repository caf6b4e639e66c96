/** The pages on which the browser runs the content script. The script itself checks the address. */
import { expect, it } from 'vitest';
import manifest from '../../manifest.json' with { type: 'json' };
import { ORIGINS } from '../../src/site/address.ts';

const [script] = manifest.content_scripts;

it('the content script runs on the blog’s hosts, the same as in the permission check', () => {
  expect(script?.matches).toEqual(ORIGINS);
});

it('the content script has a single list of pages, without globs', () => {
  expect(script).not.toHaveProperty('include_globs');
  expect(script).not.toHaveProperty('exclude_globs');
  expect(script).not.toHaveProperty('exclude_matches');
});
