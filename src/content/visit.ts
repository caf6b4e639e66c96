/**
 * Noticing that a post is being read. The rules are record/visit.ts; here its events are taken from
 * the page, what it makes of them is shown as it grows, and is sent to be stored in steps. A private
 * window records nothing by itself, a post that is read stays read, and what the reader says of the
 * post meanwhile stands.
 *
 * Try it on https://kexue.fm/archives/9708
 */
import { articleEnd, measureArticle } from '../site/article.ts';
import { placeAt } from '../site/place-in-text.ts';
import { postPage } from '../site/post-page.ts';
import { type Mark, markOf, type Place } from '../record/marks.ts';
import { readingSeconds } from '../record/time.ts';
import { advance, beginVisit, goOn, outcome, type Visit } from '../record/visit.ts';
import { isPrivate } from '../platform/browser.ts';
import { on } from '../ui/h.ts';
import type { Context } from './context.ts';
import { whenParsed } from './when-parsed.ts';

const TICK_MS = 1_000;
/** Progress is stored when it grew by this much, and when the page is left. */
const STEP = 0.05;
/** What the reader does, selecting by pointer or keys too; each may change what is in view. */
const ACTS = [
  'pointermove',
  'pointerdown',
  'keydown',
  'touchmove',
  'focus',
  'scroll',
  'resize',
] as const;

export function init(id: number, context: Context, signal: AbortSignal): void {
  if (isPrivate()) return;
  // Formulas grow the article while MathJax works; its text is whole from the start.
  whenParsed(() => {
    const { article } = postPage(document, id) ?? {};
    if (article) watch(id, article, context, signal);
  }, signal);
}

function watch(id: number, article: Element, context: Context, signal: AbortSignal): void {
  const { live } = context;
  const isVisible = () => document.visibilityState === 'visible';
  const estimate = readingSeconds(measureArticle(article));
  const measure = rulerOf(article);
  /** undefined while nothing is to be noticed. */
  let visit: Visit | undefined;
  let lastAct: number | undefined;
  let [isOver, isStoring] = [false, false];
  /** Fractions: as the line shows it, and as the record has it. */
  let [shown, stored] = [0, 0];
  /** Where the text was last read on. */
  let place: Place | undefined;

  /** The record or the settings are there, or have changed. */
  const attend = () => {
    const { settings, record } = live;
    const mark = markOf(record, id);
    const act = record.get(id)?.stamp.time;
    if (mark.kind === 'reading') stored = Math.max(stored, mark.fraction);
    else if (visit && act !== lastAct) isOver = true;
    lastAct = act;
    if (isOver || mark.kind === 'read' || !settings.autoRead) {
      visit = undefined;
      context.own?.progress((shown = 0));
    } else if (!visit) {
      const begun = beginVisit(estimate, performance.now() / 1_000, isVisible());
      visit = goOn(begun, stored, settings.strictness);
    }
  };

  const note = (acted: boolean) => {
    const now = performance.now() / 1_000;
    if (visit) visit = advance(visit, { now, acted, visible: isVisible(), ...measure() });
  };

  /** Shows what the visit amounts to, and stores it if that is more than what is stored. */
  const report = (least: number) => {
    if (!visit) return;
    const result = outcome(visit, live.settings.strictness);
    if (result.kind === 'read') void store({ kind: 'read', at: Date.now(), by: 'reading' });
    if (result.kind !== 'reading' || result.fraction <= stored) return;
    const { fraction } = result;
    if (fraction >= shown + 0.01) {
      shown = fraction;
      place = placeAt(article, 0);
      context.own?.progress(fraction);
    }
    if (place && fraction >= stored + least) void store({ kind: 'reading', fraction, place });
  };

  const store = async (mark: Mark) => {
    if (isStoring) return;
    isStoring = true;
    await live.mark([{ post: id, mark }]);
    isStoring = false;
  };

  live.subscribe(attend);
  const timer = setInterval(() => {
    note(false);
    report(STEP);
  }, TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  for (const type of ACTS) on(window, type, () => note(true), signal);
  const leave = () => {
    note(true);
    report(STEP / 5);
  };
  document.addEventListener('visibilitychange', leave, { signal });
  addEventListener('pagehide', leave, { signal });
}

/**
 * Measures what of the article is in the window, as fractions of its own height: to the last that
 * stands now before what the theme, and later we, put at its end. Also where its paragraphs begin,
 * anew when it has another height.
 */
function rulerOf(article: Element) {
  const paragraphs = [...article.querySelectorAll('p')];
  const end = articleEnd(article);
  const last = end ? end.previousElementSibling : article.lastElementChild;
  let measured = 0;
  let edges: number[] = [];
  return () => {
    const { top } = article.getBoundingClientRect();
    const height = (last ?? article).getBoundingClientRect().bottom - top;
    const share = (y: number) => (height > 0 ? Math.min(1, Math.max(0, (y - top) / height)) : 0);
    if (height !== measured) {
      measured = height;
      edges = paragraphs.map((each) => share(each.getBoundingClientRect().top));
    }
    return { edges, view: { from: share(0), to: share(innerHeight) } };
  };
}
