/**
 * The line: one quiet row under a byline, and the lists that it opens. Its height is fixed when it is
 * inserted; words come with the record and move nothing.
 */
import type { Actions, Notice } from '../../app/actions.ts';
import { type LineView, lineView, toggled } from '../../app/line-view.ts';
import { insertAfter } from '../../site/dom.ts';
import type { Mark } from '../../record/marks.ts';
import { type Child, h } from '../../ui/h.ts';
import { focusKey, patch } from '../../ui/patch.ts';
import { centreLists, fadeEdges } from '../../ui/series-list.ts';
import { actionsOf } from '../actions-of.ts';
import { type ContentsOptions, postContents, seriesContents } from '../contents.ts';
import { endable } from '../endable.ts';
import type { ChangedText, FeatureContext } from '../feature.ts';
import type { PagePost } from '../page-items.ts';
import { createShadowHost } from '../shadow-host.ts';
import { changedNodes, changesPanel } from './changes.ts';
import hostCss from './host.css?inline';
import { MarkButton } from './mark-button.ts';
import { LastNotice, noticeNodes, offerNodes, unsavedNotice } from './notice.ts';
import { type OpenerKey, rowNodes } from './row.ts';

export class Line {
  readonly host: HTMLElement;
  readonly post: PagePost;
  readonly #context: FeatureContext;
  readonly #signal: AbortSignal;
  readonly #end: () => void;
  /** Whether it is the line of the page's own post. */
  readonly #isOwn: boolean;
  readonly #root: ShadowRoot;
  readonly #row = h('div', { class: 'row', role: 'group' });
  readonly #box = h('div', { class: 'line' }, this.#row);
  readonly #mark: MarkButton;
  readonly #notice: LastNotice;
  readonly #actions: Actions;
  /** Posts that were marked from this line. The line reports which of these marks could not be stored. */
  readonly #marked: Set<number>;
  /** The button that opened the lists; undefined while they are closed. */
  #openedBy: OpenerKey | undefined;
  /** The changes that the reader has opened. */
  #openChanges: ChangedText | undefined;

  /** Inserts the line of a post of the page, empty until its first draw. */
  constructor(post: PagePost, context: FeatureContext, signal: AbortSignal) {
    this.post = post;
    this.#context = context;
    ({ until: this.#signal, end: this.#end } = endable(signal));
    this.#isOwn = post.id === context.ownId;
    this.#marked = new Set([post.id]);
    this.#mark = new MarkButton((to) => this.#give(to), this.#isOwn, this.#signal);
    const redraw = () => this.#row.hasChildNodes() && this.draw();
    this.#notice = new LastNotice(redraw, this.#signal);
    this.#actions = actionsOf(context, (notice) => this.#publish(notice));
    ({ host: this.host, root: this.#root } = createShadowHost(hostCss));
    this.#root.append(this.#box);
    insertAfter(post.anchor, this.host);
    if (!this.#isOwn) return;
    for (const shown of [context.progress, context.offer, context.changed])
      shown.follow(redraw, this.#signal);
    context.notice.follow((notice) => {
      if (!notice) return;
      this.#publish(notice);
      // A line that replaces this one must not say it again.
      context.notice.set(undefined);
    }, this.#signal);
  }

  /** Draws the record as it is now. */
  draw(): void {
    const { live, placementOf, progress, changed } = this.#context;
    const { words } = live;
    const view = lineView(placementOf(this.post.id), this.post.title, live.record);
    const fraction = progress.value;
    const focused = this.#root.activeElement;
    this.#mark.draw(fraction > 0 ? { kind: 'reading', fraction } : view.mark, view.title, words);
    this.#row.setAttribute('aria-label', words.name);
    this.#row.classList.toggle('two', view.series.length > 1);
    patch(
      this.#row,
      rowNodes(view, {
        words,
        mark: this.#mark.element,
        notice: this.#thirdPlace(),
        isOpen: this.#openedBy !== undefined,
        toggle: (opener, byKeyboard) => this.#toggleLists(opener, byKeyboard),
        keep: () => this.#give({ kind: 'later' }),
        signal: this.#signal,
      }),
    );
    patch(this.#box, [
      this.#row,
      this.#openedBy && h('div', { 'data-key': 'contents' }, ...this.#lists(view)),
      changed.value &&
        this.#showsChanges &&
        changesPanel(changed.value, words, this.#toggleChanges, this.#signal),
    ]);
    if (this.#openedBy) fadeEdges(this.#box);
    // Drawing has removed the control that had the focus.
    if (focused && !this.#root.activeElement) this.#mark.focus();
  }

  /** Removes all controls; `message`, if any, is shown in their place. */
  close(message: string | undefined): void {
    const said = message && h('span', { class: 'quiet', role: 'status' }, message);
    this.#row.replaceChildren(...(said ? [said] : []));
    this.#box.replaceChildren(this.#row);
  }

  remove(): void {
    this.host.remove();
    this.#end();
  }

  #give(mark: Mark, post = this.post.id): void {
    this.#marked.add(post);
    void this.#actions.mark([{ post, mark }]);
  }

  /** Publishes no notice for a mark that is not stored: `#unsaved` reads it from the live record while it lasts. */
  #publish(notice: Notice): void {
    this.#notice.publish(notice.kind === 'failed' && this.#unsaved() ? undefined : notice);
  }

  /** On a post's own page the line also reports failed marks of other parts of the page. */
  #unsaved() {
    return unsavedNotice(
      this.#context.live,
      (post) => this.#isOwn || this.#marked.has(post),
      (post) => void this.#actions.retry(post),
    );
  }

  /** What is shown in place of the next unread post. */
  #thirdPlace(): Child[] {
    const { live, offer, changed } = this.#context;
    const signal = this.#signal;
    const notice = this.#unsaved() ?? this.#notice.current;
    if (notice) return noticeNodes(notice, live.words, signal);
    if (offer.value) return offerNodes(offer.value, live.words, signal);
    return changed.value
      ? changedNodes(changed.value, this.#showsChanges, live.words, this.#toggleChanges, signal)
      : [];
  }

  get #showsChanges(): boolean {
    return this.#openChanges !== undefined && this.#openChanges === this.#context.changed.value;
  }

  readonly #toggleChanges = (): void => {
    const wereShown = this.#showsChanges;
    this.#openChanges = wereShown ? undefined : this.#context.changed.value;
    this.draw();
    if (wereShown) focusKey(this.#row, 'changed');
  };

  #toggleLists(opener: OpenerKey, byKeyboard: boolean): void {
    if (this.#openedBy) return this.#closeLists();
    this.#openedBy = opener;
    this.draw();
    centreLists(this.#box);
    if (byKeyboard)
      this.#box.querySelector<HTMLElement>('li a[tabindex="0"]')?.focus({ preventScroll: true });
  }

  #closeLists(): void {
    const opener = this.#openedBy;
    const hadFocus = this.#root.activeElement?.closest('li');
    this.#openedBy = undefined;
    this.draw();
    if (opener && hadFocus) focusKey(this.#row, opener);
  }

  #lists({ series, references, citedBy }: LineView): HTMLElement[] {
    const { words } = this.#context.live;
    const options: ContentsOptions = {
      words,
      here: this.post.id,
      onMark: (row) => this.#give(toggled(row.mark, Date.now()), row.id),
      onClose: () => this.#closeLists(),
      signal: this.#signal,
    };
    if (series.length > 0)
      return series.map((each) => seriesContents(each, series.length > 1, options));
    return [
      ...(references?.length ? [postContents(references, words.refersTo, options)] : []),
      ...(citedBy.length > 0 ? [postContents(citedBy, words.citedBy, options)] : []),
    ];
  }
}
