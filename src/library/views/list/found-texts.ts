/** 读过的正文 below the list: the passages of read posts that contain the searched words. */
import type { FoundTexts } from '../../../app/messages.ts';
import { query } from '../../../app/transport.ts';
import { passageNodes } from '../../../maths/passage.ts';
import { isPrivate } from '../../../platform/browser.ts';
import { placeUrl } from '../../../site/address.ts';
import { h } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { postLink } from '../../../ui/post-link.ts';
import { quiet, titleText } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

export interface FoundTextsList {
  readonly element: HTMLElement;
  /** Shows the passages that contain the typed words; nothing if `typed` is empty. */
  draw(typed: string): void;
  /** The next drawing asks again, because texts may have been forgotten or kept meanwhile. */
  askAgain(): void;
}

export function foundTexts(context: LibraryContext): FoundTextsList {
  const element = h('section', { class: 'found-texts', hidden: true });
  let asked = '';
  let isOld = false;
  let found: FoundTexts | undefined;

  const ask = async (typed: string) => {
    const answer = await query('findTexts', { query: typed });
    if (asked !== typed) return;
    found = answer;
    show();
  };

  const show = () => {
    const { words, settings } = context.live;
    const hits = found?.hits ?? [];
    element.hidden = hits.length === 0;
    patch(element, [
      h('h2', {}, words.foundTexts, quiet(words.count(found?.count ?? 0))),
      h(
        'ul',
        {},
        ...hits.map(({ id, day, place, passage }) =>
          h(
            'li',
            { 'data-key': `text-${id}` },
            postLink(
              settings,
              id,
              { href: placeUrl(id, place, settings.host) },
              titleText(context, id),
              h('time', {}, day),
            ),
            h(
              'p',
              { class: 'passage', 'data-keep': JSON.stringify(passage) },
              ...passageNodes(passage),
            ),
          ),
        ),
      ),
    ]);
  };

  return {
    element,
    draw(typed) {
      const query = context.live.settings.keepTexts && !isPrivate() ? typed.trim() : '';
      const isOther = query !== asked;
      // What was found stays until the answer comes; otherwise it would flicker at each key.
      if (query === '') found = undefined;
      asked = query;
      show();
      if (!isOther && !isOld) return;
      isOld = false;
      if (query !== '') void ask(query);
    },
    askAgain: () => (isOld = true),
  };
}
