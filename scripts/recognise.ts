/**
 * Prints what the extension recognises on saved pages.
 *
 *   npm run recognise -- FILE...
 *
 * Takes .html (a listing page, before or after MathJax) and .txt (its text only), and prints one JSON
 * object per line for each item: {file, n, id, title, by, score, series: [{name, part, of}]}; `id` and
 * `by` are null if the item is not recognised. Uses the code of the content script; if an item has
 * neither a link nor a title, its text is compared with the signatures: those of the posts, or those
 * in the file that the variable SIGNATURES names. A text without items is one item.
 *
 *   npm run recognise -- --diagnose FILE
 *
 * Prints the structure of a saved page, as 复制诊断 in the popup does: no text, title or address of it.
 */
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { JSDOM, VirtualConsole } from 'jsdom';
import { blogRoot } from '../src/site/address.ts';
import { diagnose } from '../src/site/diagnosis.ts';
import { foreignItems } from '../src/site/foreign-items.ts';
import { isForeign } from '../src/site/foreign.ts';
import { findTitles, readExcerpt } from '../src/site/listing.ts';
import { readLine } from '../src/site/text.ts';
import { findItemsInText, loneLines } from '../src/site/listing-text.ts';
import { Catalogue } from '../src/catalogue/catalogue.ts';
import { recognise, type Sighting, titleLookup } from '../src/catalogue/recognise.ts';
import { TextIndex } from '../src/catalogue/text-match/text-index.ts';
import { postsOn, recogniseText } from './posts-on.ts';
import { catalogueOf, readSource } from './source.ts';
import { SIGNATURES } from './signatures.ts';

const USAGE =
  'usage: npm run recognise -- FILE... (.html or .txt), or npm run recognise -- --diagnose FILE (.html)';

/** An error of the command line; its message is the only output. */
class Misuse extends Error {}

function main(files: string[]): void {
  const [option, page, ...others] = files;
  if (option === '--diagnose' && page !== undefined && others.length === 0) return diagnosis(page);
  if (files.length === 0 || files.some((file) => file.startsWith('-'))) throw new Misuse(USAGE);
  const pages = files.map((file) => ({ file, read: readerFor(file), content: contentOf(file) }));
  const catalogue = new Catalogue(catalogueOf(readSource()));
  const index = TextIndex.decode(readFileSync(process.env['SIGNATURES'] ?? SIGNATURES));
  for (const { file, read, content } of pages) {
    read(file, content, catalogue).forEach((item, at) => {
      const found = recognise(item, catalogue) ?? recogniseText(item.text, index, catalogue);
      console.log(JSON.stringify({ file, n: at + 1, ...answer(item, found, catalogue) }));
    });
  }
}

function diagnosis(file: string): void {
  if (readerFor(file) !== readHtml) throw new Misuse(USAGE);
  const html = contentOf(file);
  const saved = pageOf(file, html);
  saved.reconfigure({ url: savedFrom(html, saved) });
  const page = saved.window.document;
  const catalogue = new Catalogue(catalogueOf(readSource()));
  const { version } = JSON.parse(
    readFileSync(new URL('../manifest.json', import.meta.url), 'utf8'),
  );
  const facts = {
    version: String(version),
    usedBrowser: 'saved page',
    recognised: postsOn(page, catalogue).length,
    titled: titleLookup(catalogue),
  };
  process.stdout.write(diagnose(page, facts));
}

/** The address that a saved page had, as the browser or the page says; else the home page. */
function savedFrom(html: string, { window }: JSDOM): string {
  const [, saved] = /saved from url=\(\d+\)(\S+)/.exec(html.slice(0, 2_000)) ?? [];
  const canonical = window.document.querySelector('link[rel="canonical"]')?.getAttribute('href');
  return [saved, canonical].find((address) => address && URL.canParse(address)) ?? blogRoot();
}

interface Item extends Sighting {
  readonly text: string;
}

type Reader = (file: string, content: string, catalogue: Catalogue) => Item[];

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

/** JSDOM runs and loads nothing here; its warnings about style sheets are ignored. */
function pageOf(file: string, html: string): JSDOM {
  try {
    return new JSDOM(html, { virtualConsole: new VirtualConsole() });
  } catch (error) {
    // JSDOM's parser is recursive and overflows the stack if elements are nested too deeply.
    if (!(error instanceof RangeError)) throw error;
    throw new Misuse(`${file}: cannot be read (elements are nested too deeply)`, { cause: error });
  }
}

function readHtml(file: string, html: string, catalogue: Catalogue): Item[] {
  const page = pageOf(file, html).window.document;
  if (!isForeign(page)) return findTitles(page).map(readExcerpt);
  return foreignItems(page, titleLookup(catalogue)).map(({ id, title }): Item => {
    return { title: readLine(title), date: undefined, text: '', link: id };
  });
}

function readPlainText(_file: string, text: string, catalogue: Catalogue): Item[] {
  const items = findItemsInText(text).map((item) => itemOf(item.title, item.date, item.text));
  if (items.length > 0) return items;
  const titles = loneLines(text).filter((line) => catalogue.titled(line).length > 0);
  if (titles.length > 0) return titles.map((title) => itemOf(title, undefined, ''));
  return [itemOf('', undefined, text)];
}

function itemOf(title: string, date: string | undefined, text: string): Item {
  return { title, date, text, link: undefined };
}

function answer(
  sighting: Sighting,
  found: ReturnType<typeof recognise | typeof recogniseText>,
  catalogue: Catalogue,
) {
  if (!found) return { id: null, title: sighting.title, by: null, score: 0, series: [] };
  const { id, post, by, score } = found;
  const series = catalogue.seriesOf(id).map(({ name, posts }) => ({
    name,
    part: posts.indexOf(id) + 1,
    of: posts.length,
  }));
  return { id, title: post?.title ?? sighting.title, by, score, series };
}

// A reader of the lines, such as `head`, may stop before the last one.
process.stdout.on('error', () => process.exit());

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Misuse)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
