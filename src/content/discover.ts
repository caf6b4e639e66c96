/**
 * Learning from the pages that the reader opens: new posts and titles, what a post refers to and how
 * long it is, and the openings that listing pages show. Nothing is asked of the blog for it. It
 * happens when the page is drawn and the browser has nothing else to do, with one message a page for
 * facts, if any is new, and one for openings. A private window teaches nothing.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/content.html https://kexue.fm/archives/681
 */
import { newFacts } from '../catalogue/discovered/merge.ts';
import { postIdOf } from '../site/address.ts';
import { measureArticle, referencesOf } from '../site/article.ts';
import { archiveEntries, archiveList } from '../site/archive.ts';
import { readNewPosts } from '../site/new-posts.ts';
import { postPage } from '../site/post-page.ts';
import type { Excerpt, PostPage } from '../site/types.ts';
import { findTitles, readExcerpt } from '../site/listing.ts';
import {
  isDay,
  isPlausible,
  type PostFacts,
  withoutUnsound,
} from '../catalogue/discovered/facts.ts';
import { openingOf, soundOpening } from '../catalogue/discovered/openings.ts';
import { recognise } from '../catalogue/recognise.ts';
import { isPrivate } from '../platform/browser.ts';
import { write } from '../app/transport.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { whenParsed } from './when-parsed.ts';

/** MathJax begins when the page has loaded; most of its formulas are drawn by then. */
const OPENINGS_AFTER_MS = 2_000;
/** A page that never rests is not waited for any longer. */
const IDLE_WITHIN_MS = 4_000;

export const discover: Feature = { kinds: ['listing', 'post', 'archive'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  if (isPrivate()) return;
  let isAsked = false;
  // Without what is stored nobody can tell what is new.
  context.onChange(() => {
    if (isAsked) return;
    isAsked = true;
    whenParsed(() => whenIdle(() => teachLessons(context), signal), signal);
  });
  if (context.kind !== 'listing') return;
  whenLoaded(() => {
    const timer = setTimeout(
      () => whenIdle(() => teachOpenings(context), signal),
      OPENINGS_AFTER_MS,
    );
    signal.addEventListener('abort', () => clearTimeout(timer));
  }, signal);
}

function teachLessons(context: FeatureContext): void {
  const [catalogue, discovered] = [context.catalogue(), context.discovered()];
  const now = Date.now();
  const news = new Map<number, PostFacts>();
  for (const lesson of lessonsOn(context)) {
    const sound = withoutUnsound(lesson);
    if (!sound || news.has(sound.id) || !isPlausible(sound, catalogue.newestBundled, now)) continue;
    const part = newFacts(sound, catalogue, discovered);
    if (part) news.set(part.id, part);
  }
  if (news.size > 0) void write('discover', { lessons: [...news.values()] });
}

/** What the page says of posts, the surest first. */
function lessonsOn({ kind, catalogue }: FeatureContext): PostFacts[] {
  if (kind === 'archive') return archiveLessons();
  const ownId = postIdOf(location);
  const shown = ownId === undefined ? undefined : postPage(document, ownId);
  // A page at a post's address that does not show the post is an error page.
  if (kind === 'post' && !shown) return [];
  return [
    ...(ownId !== undefined && shown
      ? [postLesson(ownId, shown)]
      : findTitles(document).map((title) => excerptLesson(readExcerpt(title)))),
    // The drawer's list is the one whose titles may be cut: it only says what nobody knows.
    ...readNewPosts(document)
      .filter(({ id }) => !catalogue().post(id))
      .map(lessonOf),
  ].flatMap((lesson) => lesson ?? []);
}

function archiveLessons(): PostFacts[] {
  const list = archiveList(document);
  return (list ? archiveEntries(list) : [])
    .filter(({ date }) => date !== undefined)
    .map(({ id, title, date }) => lessonOf({ id, title, date }));
}

/** Only what links to its post: a title that was recognised by its words has nothing to teach. */
function excerptLesson(excerpt: Excerpt): PostFacts | undefined {
  const { link, title, date, topics } = excerpt;
  return typeof link === 'number' ? lessonOf({ id: link, title, date, ...topics }) : undefined;
}

/** What a post's own page says of it; nothing where it has no article or no date. */
function postLesson(id: number, { title: heading, article }: PostPage): PostFacts | undefined {
  const { title, date, topics } = readExcerpt(heading);
  if (!article || !isDay(date)) return undefined;
  return {
    ...lessonOf({ id, title, date, ...topics }),
    refs: referencesOf(article, id),
    length: measureArticle(article),
  };
}

/** What a page says of a post as a lesson; a date without its year says nothing. */
function lessonOf(said: {
  id: number;
  title: string;
  date?: string | undefined;
  categories?: string[] | undefined;
  tags?: string[] | undefined;
}): PostFacts {
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as unknown as PostFacts;
}

function teachOpenings({ catalogue }: FeatureContext): void {
  const openings = findTitles(document).flatMap((title) => {
    const excerpt = readExcerpt(title);
    // Also a new post is known by now, if what the page says of it is to be believed.
    const post = recognise(excerpt, catalogue())?.post;
    const opening = post && soundOpening(openingOf(excerpt.opening));
    return opening ? [{ id: post.id, opening }] : [];
  });
  if (openings.length > 0) void write('openings', { openings });
}

function whenLoaded(callback: () => void, signal: AbortSignal): void {
  if (document.readyState === 'complete') callback();
  else addEventListener('load', callback, { once: true, signal });
}

function whenIdle(callback: () => void, signal: AbortSignal): void {
  const handle = requestIdleCallback(callback, { timeout: IDLE_WITHIN_MS });
  signal.addEventListener('abort', () => cancelIdleCallback(handle));
}
