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

/** Progress is stored when it has grown by this much. */
const STEP = 0.05;
/** It is shown when it has grown by this much, and stored then if the page is hidden or left. */
const SHOWN_STEP = 0.01;
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
    if (article && !context.isCut()) new WatchedPost(ownId, article, context).follow(signal);
  }, signal);
}

/** The post of the page while its visit is noticed. */
class WatchedPost {
  readonly #id: number;
  readonly #article: Element;
  readonly #context: FeatureContext;
  /** How long reading the article takes, in seconds. */
  #estimate: number;
  #measure: ReturnType<typeof rulerOf>;
  /** undefined while there is nothing to notice. */
  #visit: Visit | undefined;
  /** Whether the reader or another page has marked the post since the visit began; the visit has ended for good. */
  #isOver = false;
  /** The time of the act that gave the post its mark. */
  #lastAct: number | undefined;
  /** The act before the last mark of this visit; shown again if that mark cannot be stored. */
  #actBefore: number | undefined;
  /** Whether a mark of this visit is being stored. */
  #isStoring = false;
  /** The fraction that the record has. */
  #stored = 0;
  /** Where the text was last read on. */
  #place: Position | undefined;

  constructor(id: number, article: Element, context: FeatureContext) {
    this.#id = id;
    this.#article = article;
    this.#context = context;
    this.#estimate = readingSeconds(measureArticle(article));
    this.#measure = rulerOf(article);
    this.#lastAct = context.live.record.get(id)?.stamp.time;
    this.#actBefore = this.#lastAct;
  }

  /** Notices what the reader does until the signal aborts. */
  follow(signal: AbortSignal): void {
    const { onChange, changes, progress } = this.#context;
    onChange(() => this.#followMark());
    followReader((moment) => {
      this.#note(moment);
      if (!moment.acted) this.#report(STEP);
    }, signal);
    const settled = new Timer(signal);
    changes.follow((change) => {
      if (changesElementsIn(this.#article, change))
        settled.start(SETTLED_MS, () => this.#measureAgain());
    }, signal);
    const leave = () => {
      this.#note(momentNow(true, false));
      this.#report(SHOWN_STEP);
    };
    listen(document, 'visibilitychange', leave, { signal });
    addEventListener('pagehide', leave, { signal });
    signal.addEventListener('abort', () => progress.set(0));
  }

  /** Begins or ends the visit as the mark says. */
  #followMark(): void {
    const { settings, record } = this.#context.live;
    const mark = markOf(record, this.#id);
    const act = record.get(this.#id)?.stamp.time;
    if (mark.kind === 'reading') this.#stored = Math.max(this.#stored, mark.fraction);
    else if (this.#isOfOthers(mark, act)) this.#isOver = true;
    this.#lastAct = act;
    if (this.#isOver || mark.kind === 'read') {
      this.#visit = undefined;
      this.#context.progress.set(0);
    } else this.#visit ??= goOn(visitNow(this.#estimate), this.#stored, settings.strictness);
  }

  /**
   * Whether the reader or another page has given the post another mark since the last look. A mark of this visit is
   * shown before it is stored, and taken back if that fails.
   */
  #isOfOthers(mark: Mark, act: number | undefined): boolean {
    if (act === this.#lastAct || act === this.#actBefore) return false;
    return !(this.#isStoring && isObserved(mark));
  }

  #note(moment: VisitMoment): void {
    if (this.#visit) this.#visit = advance(this.#visit, { ...moment, ...this.#measure() });
  }

  /** Shows what the visit amounts to, and stores it if that is at least `least` more than what is stored. */
  #report(least: number): void {
    if (!this.#visit) return;
    const { live, progress, isTranslated } = this.#context;
    const result = outcome(this.#visit, live.settings.strictness);
    if (result.kind === 'read') void this.#store({ kind: 'read', at: Date.now(), by: 'reading' });
    if (result.kind !== 'reading' || result.fraction <= this.#stored) return;
    const { fraction } = result;
    if (fraction >= progress.value + SHOWN_STEP) {
      // A position counts the letters of the original text, so a translated page has none.
      this.#place = isTranslated() ? undefined : positionAt(this.#article, 0);
      progress.set(fraction);
    }
    const place = this.#place && { place: this.#place };
    if (progress.value > 0 && fraction >= this.#stored + least)
      void this.#store({ kind: 'reading', fraction, ...place });
  }

  async #store(mark: Mark): Promise<void> {
    if (this.#isStoring) return;
    this.#isStoring = true;
    this.#actBefore = this.#lastAct;
    const { ok } = await this.#context.live.mark([{ post: this.#id, mark }]);
    this.#isStoring = false;
    if (ok && mark.kind === 'read') this.#isOver = true;
  }

  /** Paragraphs that a script adds make the article longer. */
  #measureAgain(): void {
    this.#estimate = readingSeconds(measureArticle(this.#article));
    this.#measure = rulerOf(this.#article);
    if (this.#visit) this.#visit = { ...this.#visit, estimate: this.#estimate };
  }
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
