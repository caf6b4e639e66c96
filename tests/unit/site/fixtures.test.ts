/**
 * Compares what is read from and recognised on every page NAME.html of tests/fixtures with what is in
 * NAME.json. For a new kind or state of a page, add such a pair of files.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageKind, postIdOf } from '../../../src/site/address.ts';
import { archiveEntries, archiveList } from '../../../src/site/archive.ts';
import { articleEnd, measureArticle, referencesOf } from '../../../src/site/article.ts';
import { postLinksIn } from '../../../src/site/links.ts';
import { findTitles, lineAnchor, readExcerpt } from '../../../src/site/listing.ts';
import { readNewPosts } from '../../../src/site/new-posts.ts';
import { postPage } from '../../../src/site/post-page.ts';
import type { Excerpt } from '../../../src/site/types.ts';
import { recognise } from '../../../src/catalogue/recognise.ts';
import { placeholders } from '../placeholders.ts';
import { expected, type ExpectedPage, fixture, ROOT } from '../support.ts';

const filesOf = (ending: string) =>
  readdirSync(join(ROOT, 'tests/fixtures'))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
const names = filesOf('.html');

/** Everything that is read from a page, in the form of its JSON. */
function readPage(name: string): ExpectedPage {
  const { address, isComplete } = expected(name);
  const page = fixture(name, address);
  const url = new URL(page.URL);
  const kind = pageKind(url);
  const linksIn = (root: Element) => postLinksIn([root], false).map(({ id }) => id);
  const common = { address, isComplete, kind, newPosts: readNewPosts(page) };
  const excerpts = findTitles(page).map(readExcerpt);
  const items = excerpts.map((excerpt) => readItem(excerpt, isComplete));

  if (kind === 'archive') return { ...common, items, archive: readArchive(page) };
  if (kind === 'post') {
    const id = postIdOf(url) ?? 0;
    const { article } = postPage(page, id) ?? {};
    if (!article) throw new Error(`${name} has no article`);
    return {
      ...common,
      items,
      article: {
        refs: referencesOf(article, id),
        length: measureArticle(article),
        endsBefore: articleEnd(article)?.textContent?.trim().slice(0, 8) ?? null,
      },
      links: linksIn(page.documentElement),
    };
  }
  excerpts.forEach(({ element, text }, at) =>
    Object.assign(items[at] ?? {}, { links: linksIn(element), text }),
  );
  return { ...common, items };
}

function readItem(excerpt: Excerpt, isComplete: boolean) {
  const { title, date = null, link = null, topics, heading } = excerpt;
  const found = recognise(excerpt, placeholders);
  const [series] = found ? placeholders.seriesOf(found.id) : [];
  const anchor = lineAnchor(heading, isComplete);
  return {
    id: found?.id ?? null,
    by: found?.by ?? null,
    isNew: found !== undefined && found.post === undefined,
    score: found?.score ?? null,
    title,
    date,
    part: found && series ? `${series.name} ${series.posts.indexOf(found.id) + 1}` : null,
    link,
    lineAfter: anchor ? (anchor === heading ? 'title' : anchor.className) : null,
    categories: topics.categories ?? null,
    tags: topics.tags ?? null,
  };
}

function readArchive(page: Document): Required<ExpectedPage>['archive'] {
  const list = archiveList(page);
  const entries = list ? archiveEntries(list) : [];
  return {
    years: [...new Set(entries.map(({ year }) => year))].map((year) => ({
      year: year.year,
      announced: year.announced ?? null,
      count: entries.filter((entry) => entry.year === year).length,
    })),
    posts: entries.map(({ id, title, date = null }) => ({ id, title, date })),
  };
}

it('every page has a file with its expected content, and every such file has its page', () => {
  expect(names.length).toBeGreaterThan(15);
  expect(filesOf('.json')).toEqual(names);
});

describe('what is read of', () => {
  it.each(names)('%s', (name) => {
    expect(readPage(name)).toEqual(expected(name));
  });
});

it.each(['home-preprocessed', 'home-processing', 'home-mathjax'])(
  '%s should be read as the page that MathJax has not touched',
  (name) => {
    expect(expected(name)).toEqual(expected('home'));
  },
);
