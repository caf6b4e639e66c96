/**
 * What would the extension say about this saved page?
 *
 *   npm run recognise -- FILE...
 *
 * Takes .html (a listing page, before or after MathJax) and .txt (its text only) and prints one JSON
 * object a line for each item: {file, n, id, title, by, score, series: [{name, part, of}]}, with
 * id and by null for an item that is seen but not recognised. The same code as the content script's,
 * and where link and title give nothing, the item's text against the signatures: those of the
 * posts, or those in the file that the variable SIGNATURES names. A text without any item is one.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';
import { findTitles, readExcerpt } from '../src/site/listing.ts';
import { findItemsInText, loneLines } from '../src/site/listing-text.ts';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import {
  type Recognition,
  recognise,
  recogniseText,
  type Sighting,
} from '../src/catalogue/recognise.ts';
import { TextIndex } from '../src/catalogue/text-match/text-index.ts';
import { catalogueOf, readSource } from './source.ts';
import { SIGNATURES } from './signatures.ts';

const USAGE = 'usage: npm run recognise -- FILE...   (.html or .txt)';

/** What the command line gets wrong; its message is the one line that the user sees. */
class Misuse extends Error {}

function main(files: string[]): void {
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) throw new Misuse(USAGE);
  const pages = files.map((file) => ({ file, read: readerFor(file), content: contentOf(file) }));
  const catalogue = new Catalogue(catalogueOf(readSource()));
  const index = TextIndex.decode(readFileSync(process.env['SIGNATURES'] ?? SIGNATURES));
  for (const { file, read, content } of pages) {
    read(content, catalogue).forEach((item, at) => {
      const found = recognise(item, catalogue) ?? recogniseText(item.text, index, catalogue);
      console.log(JSON.stringify({ file, n: at + 1, ...answer(item, found, catalogue) }));
    });
  }
}

interface Item extends Sighting {
  readonly text: string;
}

type Reader = (content: string, catalogue: Catalogue) => Item[];

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

function readHtml(html: string): Item[] {
  // Nothing is run or loaded, and what the parser thinks of the page's styles is of no interest.
  const { window } = new JSDOM(html, { virtualConsole: new VirtualConsole() });
  return findTitles(window.document).map(readExcerpt);
}

function readPlainText(text: string, catalogue: Catalogue): Item[] {
  const items = findItemsInText(text).map((item) => itemOf(item.title, item.date, item.text));
  if (items.length > 0) return items;
  const titles = loneLines(text).filter((line) => catalogue.titled(line).length > 0);
  if (titles.length > 0) return titles.map((title) => itemOf(title, undefined, ''));
  return [itemOf('', undefined, text)];
}

function itemOf(title: string, date: string | undefined, text: string): Item {
  return { title, date, text, link: undefined };
}

function answer(sighting: Sighting, found: Recognition | undefined, catalogue: Catalogue) {
  if (!found) return { id: null, title: sighting.title, by: null, score: 0, series: [] };
  const { id, post, by, score } = found;
  const series = catalogue.seriesOf(id).map(({ name, posts }) => ({
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
