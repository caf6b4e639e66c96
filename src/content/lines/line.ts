/**
 * The line: one quiet row under a byline, and the lists that it opens. Its height is fixed when it is
 * inserted; words come with the record and move nothing.
 */
import { Actions, type Notice } from '../../app/actions.ts';
import { type LineView, lineView, toggled } from '../../app/line-view.ts';
import { insertAfter } from '../../site/dom.ts';
import type { Mark } from '../../record/marks.ts';
import { type Child, h } from '../../ui/h.ts';
import { focusKey, patch } from '../../ui/patch.ts';
import { centreLists, fadeEdges } from '../../ui/series-list.ts';
import { type ContentsOptions, postContents, seriesContents } from '../contents.ts';
import type { ChangedText, FeatureContext, Offer } from '../feature.ts';
import type { PagePost } from '../page-posts.ts';
import { createShadowHost } from '../shadow-host.ts';
import { changedNodes, changesPanel } from './changes.ts';
import hostCss from './host.css?inline';
import { createMarkButton } from './mark-button.ts';
import { LastNotice, noticeNodes, offerNodes, unsavedNotice } from './notice.ts';
import { type OpenerKey, rowNodes } from './row.ts';

export interface Line {
  readonly host: HTMLElement;
  /** Draws the record as it is now. */
  draw(): void;
  /** Removes all controls; `message`, if any, is shown in their place. */
  close(message: string | undefined): void;
}

/** Inserts the line of a post of the page, empty until its first draw. */
export function insertLine(post: PagePost, context: FeatureContext, signal: AbortSignal): Line {
  const { live } = context;
  const { id } = post;
  const isOwn = id === context.ownId;
  const { host, root } = createShadowHost(hostCss);
  const row = h('div', { class: 'row', role: 'group' });
  const box = h('div', { class: 'line' }, row);
  root.append(box);
  insertAfter(post.anchor, host);

  let isDrawn = false;
  /** How much of the post has been read by now, while it is being read. */
  let progress = 0;
  let offer: Offer | undefined;
  let changed: ChangedText | undefined;
  let isChangesOpen = false;
  /** The button that opened the lists; undefined while they are closed. */
  let openedBy: OpenerKey | undefined;
  /** Posts that were marked from this line. The line reports which of these marks could not be stored. */
  const marked = new Set([id]);

  const redraw = () => {
    if (isDrawn) draw();
  };
  const notice = new LastNotice(redraw, signal);
  const actions = new Actions({
    live,
    titleOf: (each) => context.catalogue().post(each)?.title ?? '',
    publish: (each) => publish(each),
  });

  /** Publishes no notice for a mark that is not stored: `unsaved` reads it from the live record while it lasts. */
  const publish = (each: Notice) =>
    notice.publish(each.kind === 'failed' && unsaved() ? undefined : each);

  const give = (to: Mark, each = id) => {
    marked.add(each);
    void actions.mark([{ post: each, mark: to }]);
  };
  const mark = createMarkButton(give, isOwn, signal);

  const draw = () => {
    isDrawn = true;
    const view = lineView(context.placementOf(id), post.title, live.record);
    const { words } = live;
    const focused = root.activeElement;
    mark.draw(
      progress > 0 ? { kind: 'reading', fraction: progress } : view.mark,
      view.title,
      words,
    );
    row.setAttribute('aria-label', words.name);
    row.classList.toggle('two', view.series.length > 1);
    const parts = { words, mark: mark.element, notice: noticeNow(), toggle, keep, signal };
    patch(row, rowNodes(view, { ...parts, isOpen: openedBy !== undefined }));
    patch(box, [
      row,
      openedBy && h('div', { 'data-key': 'contents' }, ...lists(view)),
      changed && isChangesOpen && changesPanel(changed, words, toggleChanges, signal),
    ]);
    if (openedBy) fadeEdges(box);
    // Drawing has removed the control that had the focus.
    if (focused && !root.activeElement) mark.focus();
  };

  const keep = () => give({ kind: 'later' });

  /** On a post's own page the line also reports failed marks of other parts of the page. */
  const unsaved = () =>
    unsavedNotice(
      live,
      (each) => isOwn || marked.has(each),
      (each) => void actions.retry(each),
    );

  const noticeNow = (): Child[] => {
    const now = unsaved() ?? notice.current;
    if (now) return noticeNodes(now, live.words, signal);
    if (offer) return offerNodes(offer, live.words, signal);
    return changed ? changedNodes(changed, isChangesOpen, live.words, toggleChanges, signal) : [];
  };

  const toggleChanges = () => {
    isChangesOpen = !isChangesOpen;
    draw();
    if (!isChangesOpen) focusKey(row, 'changed');
  };

  const toggle = (opener: OpenerKey, byKeyboard: boolean) => {
    if (openedBy) return closeLists();
    openedBy = opener;
    draw();
    centreLists(box);
    if (byKeyboard)
      box.querySelector<HTMLElement>('li a[tabindex="0"]')?.focus({ preventScroll: true });
  };

  const closeLists = () => {
    const opener = openedBy;
    const hadFocus = root.activeElement?.closest('li');
    openedBy = undefined;
    draw();
    if (opener && hadFocus) focusKey(row, opener);
  };

  const lists = ({ series, references, citedBy }: LineView): HTMLElement[] => {
    const { words } = live;
    const options: ContentsOptions = {
      words,
      here: id,
      onMark: (each) => give(toggled(each.mark, Date.now()), each.id),
      onClose: closeLists,
      signal,
    };
    if (series.length > 0)
      return series.map((each) => seriesContents(each, series.length > 1, options));
    return [
      ...(references?.length ? [postContents(references, words.refersTo, options)] : []),
      ...(citedBy.length > 0 ? [postContents(citedBy, words.citedBy, options)] : []),
    ];
  };

  if (isOwn) {
    context.progress.follow((fraction) => {
      progress = fraction;
      redraw();
    }, signal);
    context.notice.follow((now) => now && publish(now), signal);
    context.offer.follow((now) => {
      offer = now;
      redraw();
    }, signal);
    context.changed.follow((now) => {
      changed = now;
      isChangesOpen = false;
      redraw();
    }, signal);
  }

  return {
    host,
    draw,
    close(message) {
      box.replaceChildren(row);
      const said = message && h('span', { class: 'quiet', role: 'status' }, message);
      row.replaceChildren(...(said ? [said] : []));
    },
  };
}
