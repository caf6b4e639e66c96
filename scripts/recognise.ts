/**
 * What would the extension say about this saved page?
 *
 *   npm run recognise -- FILE...
 *
 * Takes .html (a listing page, before or after MathJax) and .txt (its text only) and prints one JSON
 * object a line for each item: {file, n, id, title, by, score, series: [{slug, name, part, of}]}, with
 * id and by null for an item that is seen but not recognised. The same code as the content script's.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';
import { findTitles, readExcerpt } from '../src/blog/listing.ts';
import { findItemsInText, loneLines } from '../src/blog/listing-text.ts';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { type Recognition, recognise, type Sighting } from '../src/catalogue/recognise.ts';
import { catalogueOf, readSource } from './catalogue.ts';

const USAGE = 'usage: npm run recognise -- FILE...   (.html or .txt)';

/** What the command line gets wrong; its message is the one line that the user sees. */
class Misuse extends Error {}

function main(files: string[]): void {
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) throw new Misuse(USAGE);
  const pages = files.map((file) => ({ file, read: readerFor(file), content: contentOf(file) }));
  const catalogue = new Catalogue(catalogueOf(readSource()));
  for (const { file, read, content } of pages) {
    read(content, catalogue).forEach((sighting, at) => {
      const found = recognise(sighting, catalogue);
      console.log(JSON.stringify({ file, n: at + 1, ...answer(sighting, found, catalogue) }));
    });
  }
}

type Reader = (content: string, catalogue: Catalogue) => Sighting[];

function readerFor(file: string): Reader {
  switch (extname(file).toLowerCase()) {
    case '.html':
    case '.htm':
      return readHtml;
    case '.txt':
      return readPlainText;
    default:
      throw new Misuse(`${file}: neither .html nor .txt; ${USAGE}`);
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new Misuse(`${file}: cannot be read (${why})`, { cause: error });
  }
}

function readHtml(html: string): Sighting[] {
  // Nothing is run or loaded, and what the parser thinks of the page's styles is of no interest.
  const { window } = new JSDOM(html, { virtualConsole: new VirtualConsole() });
  return findTitles(window.document).map(readExcerpt);
}

function readPlainText(text: string, catalogue: Catalogue): Sighting[] {
  const items = findItemsInText(text);
  if (items.length > 0) return items.map(({ title, date }) => ({ title, date, link: undefined }));
  const titles = loneLines(text).filter((line) => catalogue.titled(line).length > 0);
  return titles.map((title) => ({ title, date: undefined, link: undefined }));
}

function answer(sighting: Sighting, found: Recognition | undefined, catalogue: Catalogue) {
  if (!found) return { id: null, title: sighting.title, by: null, score: 0, series: [] };
  const { id, post, by, score } = found;
  const series = catalogue.seriesOf(id).map(({ slug, name, posts }) => ({
    slug,
    name,
    part: posts.indexOf(id) + 1,
    of: posts.length,
  }));
  return { id, title: post?.title ?? sighting.title, by, score, series };
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
