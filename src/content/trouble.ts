/** Whether a page was understood, and what the popup says if it was not. */
import type { PageTrouble } from '../app/messages.ts';
import { recognise, titleLookup } from '../catalogue/recognise.ts';
import { browserName } from '../platform/browser.ts';
import { ourVersion } from '../platform/package.ts';
import { diagnose } from '../site/diagnosis.ts';
import { isParsed } from '../site/dom.ts';
import { findTitles, readExcerpt } from '../site/listing.ts';
import { isNotFound } from '../site/post-page.ts';
import { hasPostLink, hasProse } from '../site/prose.ts';
import type { Page } from './feature.ts';

/** An article has more characters outside of links and headings; an error page has fewer. */
const LEAST_PROSE = 200;

/** Returns what is wrong with the page, and a diagnosis if a report of it would help. */
export function troubleOn(page: Page): { trouble?: PageTrouble; diagnosis?: string } {
  if (!isParsed(document)) return {};
  const trouble = page.kind === 'post' ? troubleOnPost(page) : troubleOnListing(page);
  if (trouble !== 'not-understood') return trouble ? { trouble } : {};
  const diagnosis = diagnose(document, {
    version: ourVersion(),
    usedBrowser: browserName(),
    recognised: page.posts.all.length,
    titled: titleLookup(page.catalogue()),
  });
  return { trouble, diagnosis };
}

function troubleOnPost({ posts }: Page): PageTrouble | undefined {
  if (posts.all.length > 0) return undefined;
  const hasArticle = !isNotFound(document) && hasProse(document, LEAST_PROSE);
  return hasArticle ? 'not-understood' : 'no-article';
}

function troubleOnListing({ posts, catalogue }: Page): PageTrouble | undefined {
  if (posts.all.length === 0) return hasPostLink(document) ? 'not-understood' : 'no-posts';
  const isMissed = findTitles(document).some((title) => {
    const excerpt = readExcerpt(title);
    return typeof excerpt.link === 'number' && !recognise(excerpt, catalogue());
  });
  return isMissed ? 'not-understood' : undefined;
}
