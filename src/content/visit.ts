/**
 * Notices that a post is being read. record/visit.ts has the rules; this file takes its events from the
 * page, shows the progress and stores it in steps. A private window records nothing by itself, a post that
 * is read stays read, and a mark that the reader gives meanwhile is final.
 *
 * Try it on https://kexue.fm/archives/9708
 */
import type { Position } from '../site/types.ts';
import { articleEnd, measureArticle } from '../site/article.ts';
import { boxOf, findAll, listen, previousOf, propertyOf } from '../site/dom.ts';
import { positionAt } from '../site/position.ts';
import { isObserved, type Mark, markOf } from '../record/marks.ts';
import { readingSeconds } from '../record/reading-time.ts';
import { advance, goOn, outcome, type Visit } from '../record/visit.ts';
import { isPrivate } from '../platform/browser.ts';
import { Timer } from '../ui/timer.ts';
import type { Feature, FeatureContext } from './feature.ts';
import { changesElementsIn } from './page-changes.ts';
import { followReader, type VisitMoment, momentNow, visitNow } from './reader-activity.ts';
import { isShadowHost } from './shadow-host.ts';
import { whenParsed } from './when-parsed.ts';

/** Progress is stored when it has grown by this much, and when the page is left. */
const STEP = 0.05;
/** The article is measured again this long after it has changed. */
const SETTLED_MS = 1_000;

export const visit: Feature = { setting: 'autoRead', kinds: ['post'], init };

function init(context: FeatureContext, signal: AbortSignal): void {
  const { ownId } = context;
  if (isPrivate() || ownId === undefined) return;
  // Formulas grow the article while MathJax works; its text is whole from the start.
  whenParsed(() => {
    const { article } = context.postPage() ?? {};
    // Where a cut page ends, its article does not.
    if (article && !context.isCut()) watch(ownId, article, context, signal);
  }, signal);
}

function watch(id: number, article: Element, context: FeatureContext, signal: AbortSignal): void {
  const { live, progress } = context;
  let estimate = readingSeconds(measureArticle(article));
  let measure = rulerOf(article);
  /** undefined while there is nothing to notice. */
  let current: Visit | undefined;
  let lastAct = live.record.get(id)?.stamp.time;
  /** The act before the last mark of this visit; shown again if that mark cannot be stored. */
  let actBefore = lastAct;
  let [isOver, isStoring] = [false, false];
  /** The fraction that the record has. */
  let stored = 0;
  /** Where the text was last read on. */
  let place: Position | undefined;

  /**
   * Begins or ends the visit as the mark says. A mark that another page or the reader has made ends it for good, even
   * if that mark is taken back. A mark of this visit that could not be stored is taken back too, but ends nothing.
   */
  const update = () => {
    const { settings, record } = live;
    const mark = markOf(record, id);
    const act = record.get(id)?.stamp.time;
    if (mark.kind === 'reading') stored = Math.max(stored, mark.fraction);
    else if (act !== lastAct && act !== actBefore && !(isStoring && isObserved(mark)))
      isOver = true;
    lastAct = act;
    if (isOver || mark.kind === 'read') {
      current = undefined;
      progress.set(0);
    } else if (!current) {
      current = goOn(visitNow(estimate), stored, settings.strictness);
    }
  };

  const note = (moment: VisitMoment) => {
    if (current) current = advance(current, { ...moment, ...measure() });
  };

  /** Shows what the visit amounts to, and stores it if that is more than what is stored. */
  const report = (least: number) => {
    if (!current) return;
    const result = outcome(current, live.settings.strictness);
    if (result.kind === 'read') void store({ kind: 'read', at: Date.now(), by: 'reading' });
    if (result.kind !== 'reading' || result.fraction <= stored) return;
    const { fraction } = result;
    if (fraction >= progress.value + 0.01) {
      // A position counts the letters of the original text, so a translated page has none.
      place = context.isTranslated() ? undefined : positionAt(article, 0);
      progress.set(fraction);
    }
    if (progress.value > 0 && fraction >= stored + least)
      void store({ kind: 'reading', fraction, ...(place && { place }) });
  };

  const store = async (mark: Mark) => {
    if (isStoring) return;
    isStoring = true;
    actBefore = lastAct;
    const { ok } = await live.mark([{ post: id, mark }]);
    isStoring = false;
    if (ok && mark.kind === 'read') isOver = true;
  };

  context.onChange(update);
  followReader((moment) => {
    note(moment);
    if (!moment.acted) report(STEP);
  }, signal);
  /** Paragraphs that a script adds make the article longer. */
  const measureAgain = () => {
    estimate = readingSeconds(measureArticle(article));
    measure = rulerOf(article);
    if (current) current = { ...current, estimate };
  };
  const settled = new Timer(signal);
  context.changes.follow((change) => {
    if (changesElementsIn(article, change)) settled.start(SETTLED_MS, measureAgain);
  }, signal);
  signal.addEventListener('abort', () => progress.set(0));
  const leave = () => {
    note(momentNow(true, false));
    report(STEP / 5);
  };
  listen(document, 'visibilitychange', leave, { signal });
  addEventListener('pagehide', leave, { signal });
}

/**
 * Returns a function that measures which part of the article is in the window and where its paragraphs
 * begin, as fractions of its height. The article ends before what the theme and we put at its end.
 */
function rulerOf(article: Element) {
  const paragraphs = findAll(article, 'p');
  const end = articleEnd(article);
  const before = end ? previousOf(end) : propertyOf(article, 'lastElementChild');
  let measured = 0;
  let edges: number[] = [];
  return () => {
    const { top } = boxOf(article);
    // An element that is not shown is nowhere on the page.
    let last = before;
    while (last && (isShadowHost(last) || boxOf(last).height === 0)) last = previousOf(last);
    const height = boxOf(last ?? article).bottom - top;
    const share = (y: number) => (height > 0 ? Math.min(1, Math.max(0, (y - top) / height)) : 0);
    if (height !== measured) {
      measured = height;
      edges = paragraphs.map((each) => share(boxOf(each).top));
    }
    return { edges, view: { from: share(0), to: share(innerHeight) } };
  };
}
