/**
 * Noticing that a post is being read. The rules are reading/visit.ts; here its events are taken from
 * the page and what it makes of them is sent to be stored. A private window records nothing by
 * itself, and a post that is read stays read.
 *
 * Try it on https://kexue.fm/archives/9708
 */
import { articleEnd, articleOf, measureArticle } from '../blog/article.ts';
import { markOf } from '../reading/marks.ts';
import { readingSeconds } from '../reading/time.ts';
import { advance, beginVisit, outcome, type VisitEvent } from '../reading/visit.ts';
import { isPrivate } from '../platform/browser.ts';
import type { Context } from './context.ts';

const TICK_MS = 1_000;
/** Progress is stored when it grew by this much, and when the page is left. */
const STEP = 0.05;

export function init(id: number, context: Context, signal: AbortSignal): void {
  if (isPrivate()) return;
  const start = () => {
    const article = articleOf(document);
    if (article) watch(id, article, context, signal);
  };
  // Formulas grow the article while MathJax works; its text is whole from the start.
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', start, { once: true, signal });
  } else start();
}

function watch(id: number, article: Element, context: Context, signal: AbortSignal): void {
  const seconds = () => performance.now() / 1_000;
  const isVisible = () => document.visibilityState === 'visible';
  const estimate = readingSeconds(measureArticle(article));
  let visit = beginVisit(estimate, seconds(), isVisible());
  let stored = 0;

  const on = (event: VisitEvent) => {
    visit = advance(visit, event);
  };

  /** Stores what the visit amounts to, if that is more than what is stored. */
  const store = (leaving: boolean) => {
    if (!context.live.loaded) return;
    const mark = markOf(context.live.record, id);
    const result = outcome(visit);
    if (mark.kind === 'read' || result.kind === 'none') return;
    if (result.kind === 'read') {
      void context.live.mark({ post: id, mark: { kind: 'read', at: Date.now(), by: 'reading' } });
      return;
    }
    const before = Math.max(stored, mark.kind === 'reading' ? mark.fraction : 0);
    const grown = result.fraction - before;
    if (grown < (leaving ? STEP / 5 : STEP)) return;
    stored = result.fraction;
    void context.live.mark({ post: id, mark: { kind: 'reading', fraction: result.fraction } });
  };

  const tick = () => {
    const now = seconds();
    on({ type: 'view', now, ...viewOf(article) });
    store(false);
  };

  const timer = setInterval(() => isVisible() && tick(), TICK_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
  for (const type of [
    'scroll',
    'pointermove',
    'pointerdown',
    'keydown',
    'touchmove',
    'focus',
  ] as const) {
    addEventListener(type, () => on({ type: 'input', now: seconds() }), { passive: true, signal });
  }
  document.addEventListener(
    'visibilitychange',
    () => {
      on({ type: 'visible', now: seconds(), visible: isVisible() });
      if (!isVisible()) store(true);
    },
    { signal },
  );
  addEventListener('pagehide', () => store(true), { signal });
}

/** What of the article is in the window, as fractions of its own height. */
function viewOf(article: Element): { from: number; to: number } {
  const { top, bottom: boxBottom } = article.getBoundingClientRect();
  const bottom = articleEnd(article)?.getBoundingClientRect().top ?? boxBottom;
  const height = bottom - top;
  if (height <= 0) return { from: 0, to: 0 };
  const share = (y: number) => Math.min(1, Math.max(0, (y - top) / height));
  return { from: share(0), to: share(innerHeight) };
}
