/**
 * Reads from the pages that the reader opens what the catalogue does not know: new posts and titles,
 * references and lengths, and the openings that listing pages show. Nothing is requested from the blog.
 * A page sends at most one message with facts and one with openings, once it is drawn and the browser
 * is idle. A private window sends nothing, nor does a translated page.
 *
 * Try it on https://kexue.fm/ https://kexue.fm/content.html https://kexue.fm/archives/681
 */
import { isDay } from '../record/days.ts';
import { propertyOf } from '../site/dom.ts';
import { measureArticle, referencesOf } from '../site/article.ts';
import { archiveEntries, archiveList } from '../site/archive.ts';
import { isForeign } from '../site/foreign.ts';
import { readExcerpt } from '../site/listing.ts';
import { readNewPosts } from '../site/new-posts.ts';
import { ownTitle } from '../site/title.ts';
import type { Excerpt, PostPage } from '../site/types.ts';
import {
  isPlausible,
  MAX_FACTS,
  type PostFacts,
  type RawFacts,
  withoutUnsound,
} from '../catalogue/discovered/facts.ts';
import { isTrueArchive, newFacts } from '../catalogue/discovered/merge.ts';
import { MAX_OPENINGS, openingOf, soundOpening } from '../catalogue/discovered/openings.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { recognise } from '../catalogue/recognise.ts';
import { isPrivate } from '../platform/browser.ts';
import { write } from '../app/transport.ts';
import { Timer } from '../ui/timer.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { whenParsed } from './when-parsed.ts';

/** MathJax begins when the page has loaded; most of its formulas are drawn by then. */
const OPENINGS_AFTER_MS = 2_000;
/** The longest wait for the browser to be idle. */
const IDLE_WITHIN_MS = 4_000;
/**
 * Items of a listing that are read, as many as one message may tell. The blog's listings have eight; extensions that
 * join pages make them longer.
 */
const MOST_ITEMS = Math.max(MAX_FACTS.listing, MAX_OPENINGS);

export const discover: Feature = { kinds: ['listing', 'post', 'archive'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  if (isPrivate()) return;
  // What is new can only be told from what is stored.
  context.whenLoaded(() => whenParsed(() => whenIdle(() => sendFacts(context), signal), signal));
  if (context.kind !== 'listing') return;
  const openings = () => whenIdle(() => sendOpenings(context), signal);
  whenPageLoaded(() => new Timer(signal).start(OPENINGS_AFTER_MS, openings), signal);
}

function sendFacts(context: FeatureContext): void {
  if (context.isTranslated()) return;
  const [catalogue, discovered] = [context.catalogue(), context.discovered()];
  const now = Date.now();
  const found = new Map<number, PostFacts>();
  for (const raw of factsOn(context)) {
    const sound = withoutUnsound(raw);
    if (!sound || found.has(sound.id) || !isPlausible(sound, catalogue.newestBundled, now))
      continue;
    const facts = newFacts(sound, catalogue, discovered);
    if (facts) found.set(facts.id, facts);
  }
  const facts = [...found.values()].slice(0, MAX_FACTS[context.kind]);
  if (facts.length > 0) void write('discover', { facts });
}

/** What the page says of posts, the surest first. */
function factsOn(context: FeatureContext): RawFacts[] {
  const { kind, ownId, postPage, isCut, catalogue } = context;
  if (kind === 'archive') return archiveFacts(catalogue());
  const page = postPage();
  // A page at a post's address that does not show the post is an error page.
  if (ownId !== undefined && !page) return [];
  const inDrawer = readNewPosts(document).filter(({ id }) => !catalogue().post(id));
  // In another theme a title may be cut or labelled in ways that we do not know.
  if (isForeign(document)) return inDrawer;
  return [
    ...(ownId !== undefined && page
      ? ownFacts(ownId, page, isCut())
      : excerptsOn(context).flatMap(excerptFacts)),
    ...inDrawer,
  ];
}

function excerptsOn({ posts }: FeatureContext): Excerpt[] {
  return posts.titles.slice(0, MOST_ITEMS).map(readExcerpt);
}

/** The facts of an archive page; none if it does not agree with what is known. */
function archiveFacts(catalogue: Catalogue): RawFacts[] {
  const list = archiveList(document);
  const entries = list ? archiveEntries(list) : [];
  if (!isTrueArchive(entries, catalogue)) return [];
  return entries
    .filter(({ date }) => date !== undefined)
    .map(({ id, plainTitle, date }) => ({ id, title: plainTitle, date }));
}

/** The facts of an excerpt; none if its title has no link, because its post was recognised by the title. */
function excerptFacts({ link, plainTitle, date, topics }: Excerpt): RawFacts[] {
  return typeof link === 'number' ? [{ id: link, title: plainTitle, date, ...topics }] : [];
}

/** The facts of a post's own page; none without an article and a whole date. */
function ownFacts(id: number, { title, article }: PostPage, isCut: boolean): RawFacts[] {
  const { plainTitle, date, topics } = readExcerpt(title);
  if (!article || !isDay(date)) return [];
  return [
    {
      id,
      title: plainTitle,
      ownTitle: ownTitle(title),
      date,
      ...topics,
      ...(!isCut && { refs: referencesOf(article, id), length: measureArticle(article) }),
    },
  ];
}

function sendOpenings(context: FeatureContext): void {
  const { catalogue, isTranslated } = context;
  if (isTranslated()) return;
  const openings = excerptsOn(context).flatMap((excerpt) => {
    // A new post is known by now, if what the page says of it is plausible.
    const post = recognise(excerpt, catalogue())?.post;
    const opening = post && soundOpening(openingOf(excerpt.opening));
    return opening ? [{ id: post.id, opening }] : [];
  });
  if (openings.length > 0) void write('openings', { openings: openings.slice(0, MAX_OPENINGS) });
}

function whenPageLoaded(callback: () => void, signal: AbortSignal): void {
  if (propertyOf(document, 'readyState') === 'complete') callback();
  else addEventListener('load', callback, { once: true, signal });
}

function whenIdle(callback: () => void, signal: AbortSignal): void {
  const handle = requestIdleCallback(callback, { timeout: IDLE_WITHIN_MS });
  signal.addEventListener('abort', () => cancelIdleCallback(handle));
}
