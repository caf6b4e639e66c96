/**
 * The post's series as a table of contents at the end of its article, previous and next beneath.
 *
 * Try it on https://kexue.fm/archives/9708
 */
import { articleEnd } from '../site/article.ts';
import { postPage } from '../site/post-page.ts';
import { place } from '../catalogue/place.ts';
import { h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import { lineView, toggled } from '../app/line-view.ts';
import { footerContents } from './contents.ts';
import type { Context } from './context.ts';
import { createBox } from './shadow-host.ts';
import { whenParsed } from './when-parsed.ts';

export function init(id: number, context: Context, signal: AbortSignal): void {
  const box = createBox();
  const line = h('div', { class: 'line' });
  box.root.append(line);

  const draw = () => {
    const placement = place(id, context.catalogue);
    if (!box.host.isConnected && !(placement.series.length > 0 && insert())) return;
    const { words, record, settings } = context.live;
    box.host.hidden = !settings.postLines;
    const view = lineView(placement, '', record);
    patch(
      line,
      view.series.map((series) =>
        footerContents(series, {
          words,
          here: id,
          onMark: (part) =>
            void context.live.mark([{ post: part.id, mark: toggled(part.mark, Date.now()) }]),
          signal,
        }),
      ),
    );
  };

  const insert = (): boolean => {
    const { article } = postPage(document, id) ?? {};
    if (!article) return false;
    const end = articleEnd(article);
    if (end) end.before(box.host);
    else article.append(box.host);
    return true;
  };

  // Drawn at once, as yet without marks, so that its height is there before it can be seen. A new
  // post may be found to be part of a series only when what was learned has been read.
  whenParsed(() => {
    draw();
    context.live.subscribe(draw);
  }, signal);
}
