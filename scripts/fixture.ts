/**
 * Writes a test page from a reader's diagnosis.
 *
 *   npm run fixture -- FILE.txt
 *
 * Copies the diagnosis to tests/fixtures/diagnosed, with a page of that structure and placeholder text,
 * and FILE.json: the address of the page, and the posts that are recognised on it. Correct the posts in that file
 * to those that should be recognised; tests/unit/site/diagnosis.test.ts compares them.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { JSDOM } from 'jsdom';
import { pageOfDiagnosis, readDiagnosis } from './diagnosed.ts';
import { postsOn } from './posts-on.ts';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { catalogueOf, readSource } from './source.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const USAGE = 'usage: npm run fixture -- FILE.txt';

function main([file, ...others]: string[]): string | undefined {
  if (file === undefined || others.length > 0 || file.startsWith('-')) return USAGE;
  const name = basename(file, '.txt');
  if (!/^[a-z][a-z0-9-]{0,59}$/.test(name))
    return `${file}: the name of the file becomes that of the fixture: small letters, digits, -`;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return `${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`;
  }
  const diagnosis = readDiagnosis(text);
  if (typeof diagnosis === 'string') return `${file}: no diagnosis: ${diagnosis}`;

  // A copy of the catalogue that does not change, so that no later title changes the page.
  const data = new URL('../tests/fixtures/catalogue/', import.meta.url);
  const catalogue = new Catalogue(catalogueOf(readSource(data)));
  const posts = [...catalogue.posts.values()].filter(
    ({ title }) => catalogue.titled(title).length === 1,
  );
  const { html, address } = pageOfDiagnosis(diagnosis, posts.toReversed().slice(0, 400));
  const page = new JSDOM(html, { url: address }).window.document;
  const folder = join(ROOT, 'tests/fixtures/diagnosed');
  mkdirSync(folder, { recursive: true });
  const write = (ending: string, content: string) => {
    const path = join(folder, `${name}.${ending}`);
    writeFileSync(path, content);
    console.log(`wrote ${path}`);
  };
  write('txt', text.replace(/\r/g, ''));
  write('html', html);
  write('json', `${JSON.stringify({ address, posts: postsOn(page, catalogue) })}\n`);
  return undefined;
}

const misuse = main(process.argv.slice(2));
if (misuse !== undefined) {
  console.error(misuse);
  process.exitCode = 2;
}
