/**
 * Keeps the text of a post that the reader has opened for real, so that it can be found again, and says what
 * changed in it since. The text is read in slices, when the browser is idle. A private window keeps nothing,
 * nor does a translated page.
 *
 * Try it on https://kexue.fm/archives/9708: read on for half a minute, then search for a word of it
 */
import { isDay } from '../record/days.ts';
import { readExcerpt } from '../site/listing.ts';
import { readPostText } from '../site/post-text.ts';
import type { PostText, TextBlock } from '../site/types.ts';
import { markOf } from '../record/marks.ts';
import { advance } from '../record/visit.ts';
import { query, write } from '../app/transport.ts';
import { isPrivate } from '../platform/browser.ts';
import { endable } from './endable.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { followReader, visitNow } from './reader-activity.ts';
import { goToPlace } from './resume.ts';
import { whenParsed } from './when-parsed.ts';

/** Active time after which a post was opened for real. */
const SECONDS_TO_KEEP = 20;
/** How long a slice works before it gives way, and how long it waits for the browser to be idle. */
const SLICE_MS = 4;
const IDLE_WITHIN_MS = 2_000;
/** A visit is measured by its time alone. */
const ANYWHERE = { view: { from: 0, to: 0 }, edges: [] };

export const keepTexts: Feature = { setting: 'keepTexts', kinds: ['post'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  const { ownId } = context;
  if (isPrivate() || ownId === undefined) return;
  signal.addEventListener('abort', () => context.changed.set(undefined));
  whenParsed(() => {
    context.attempt(() => compare(ownId, context, signal));
    keepWhenRead(ownId, context, signal);
  }, signal);
}

/** Says what changed, if the text of the post is kept. */
async function compare(id: number, context: FeatureContext, signal: AbortSignal): Promise<void> {
  if (!(await query('isTextKept', { id })) || signal.aborted) return;
  const text = await readText(id, context, signal);
  const changes = text && (await query('compareText', { text }));
  const { article } = context.postPage() ?? {};
  if (!changes || changes.count === 0 || !article || signal.aborted) return;
  context.changed.set({
    ...changes,
    goTo: ({ place }) => goToPlace(article, place, signal),
    see: () => {
      context.changed.set(undefined);
      void write('seeText', { id });
    },
  });
}

/** Keeps the text once, when the visit has counted long enough or the reader has made a mark. */
function keepWhenRead(id: number, context: FeatureContext, signal: AbortSignal): void {
  const { until, end } = endable(signal);
  const keep = async () => {
    if (until.aborted) return;
    end();
    const text = await readText(id, context, signal);
    if (text) await write('keepText', { text });
  };
  let visit = visitNow(0);
  followReader((moment) => {
    visit = advance(visit, { ...moment, ...ANYWHERE });
    if (visit.wasTouched && visit.activeSeconds >= SECONDS_TO_KEEP) context.attempt(keep);
  }, until);

  /** When the mark was made that the page began with; undefined until that is known. */
  let first: number | undefined;
  context.onChange(() => {
    const madeAt = context.live.record.get(id)?.stamp.time ?? 0;
    first ??= madeAt;
    if (madeAt !== first && markOf(context.live.record, id).kind !== 'unread')
      context.attempt(keep);
  });
}

/** The text of the page's post; undefined if the page does not show it whole, as its author wrote it. */
async function readText(
  id: number,
  context: FeatureContext,
  signal: AbortSignal,
): Promise<PostText | undefined> {
  const { title: heading, article } = context.postPage() ?? {};
  if (!heading || !article || context.isCut() || context.isTranslated()) return undefined;
  const { title, date } = readExcerpt(heading);
  const known = context.catalogue().post(id);
  const day = known?.date ?? date;
  const blocks = await inSlices(readPostText(article), signal);
  if (!blocks || blocks.length === 0 || !isDay(day)) return undefined;
  return { id, title: known?.title ?? title, day, blocks };
}

/** Runs a generator to its end when the browser is idle; undefined if the signal aborts. */
async function inSlices(
  reading: Generator<undefined, TextBlock[]>,
  signal: AbortSignal,
): Promise<TextBlock[] | undefined> {
  for (;;) {
    await new Promise((resolve) => requestIdleCallback(resolve, { timeout: IDLE_WITHIN_MS }));
    if (signal.aborted) return undefined;
    const until = performance.now() + SLICE_MS;
    do {
      const { done, value } = reading.next();
      if (done) return value;
    } while (performance.now() < until);
  }
}
