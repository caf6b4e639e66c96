/** 读过的正文 and 读后有改动: the texts that are kept, and what changed in them. The reader can forget them. */
import type { KeptPosts, TextChanges } from '../../../app/messages.ts';
import { query, write } from '../../../app/transport.ts';
import { typeset } from '../../../maths/typeset.ts';
import type { KeptPost } from '../../../memory/kept-text.ts';
import { isPrivate } from '../../../platform/browser.ts';
import { dayOf } from '../../../record/days.ts';
import { BLOG_LANGUAGE, placeUrl } from '../../../site/address.ts';
import { button, h } from '../../../ui/h.ts';
import { focusKey } from '../../../ui/patch.ts';
import {
  keptList,
  openRows,
  rowButton,
  type RowContent,
  titleOf,
  titleText,
} from '../../components.ts';
import type { LibraryContext } from '../../view.ts';

/** The most rows of a list; the posts that were read last come first. */
const SHOWN = 100;

/** `draw` redraws the view. */
export function textsRows(context: LibraryContext, draw: () => void) {
  const { live, actions } = context;
  let kept: KeptPosts | undefined;
  /** Whether the last question was not answered. */
  let isSilent = false;
  const open = openRows(draw);
  /** Whether the reader is asked to confirm that all texts are forgotten. */
  let isAsking = false;
  /** The posts whose changes are shown. */
  const compared = new Map<number, TextChanges>();

  /** Asks the background again. */
  const look = async () => {
    const next = await query('keptPosts', {});
    isSilent = next === undefined;
    kept = next ?? kept;
    draw();
  };

  const forget = (ids: number[] | 'all', posts: number) =>
    actions
      .run(
        () => write('forgetTexts', { ids }),
        () => ({ kind: 'texts-forgotten', posts }),
      )
      .then(look);

  const compare = async (id: number) => {
    if (!compared.delete(id)) {
      const changes = await query('textChanges', { id });
      if (changes) compared.set(id, changes);
    }
    draw();
  };

  const see = (id: number) =>
    actions
      .run(() => write('seeText', { id }))
      .then(() => compared.delete(id))
      .then(look);

  const keptItem = ({ id, readAt, bytes }: KeptPost) =>
    h(
      'li',
      { 'data-key': `text-${id}` },
      h('time', {}, dayOf(readAt)),
      h('span', { class: 'what' }, titleText(context, id), quiet(sizeText(bytes))),
      rowButton(
        context,
        live.words.record.forget,
        titleOf(context, id),
        `forget-text-${id}`,
        () => void forget([id], 1),
      ),
    );

  const changedItem = ({ id, changedAt, changed }: KeptPost) => {
    const words = live.words.record;
    const changes = compared.get(id);
    const title = titleOf(context, id);
    return h(
      'li',
      { 'data-key': `changed-${id}` },
      h('time', {}, dayOf(changedAt.at(-1) ?? 0)),
      h('span', { class: 'what' }, titleText(context, id), quiet(words.paragraphs(changed))),
      rowButton(context, words.see, title, `compare-${id}`, () => void compare(id), {
        'aria-expanded': String(changes !== undefined),
      }),
      rowButton(context, live.words.seenChanges, title, `seen-${id}`, () => void see(id)),
      changes && changesList(id, changes),
    );
  };

  const changesList = (id: number, { changes, count }: TextChanges) => {
    const { words, settings } = live;
    return h(
      'ol',
      { class: 'changes' },
      ...changes.map(({ before, after, place }) =>
        h(
          'li',
          {},
          paragraph(words.textBefore, before),
          paragraph(words.textAfter, after),
          h(
            'a',
            {
              class: 'action',
              href: placeUrl(id, place, settings.host),
              target: '_blank',
              rel: 'noopener',
            },
            words.goThere,
          ),
        ),
      ),
      count > changes.length &&
        h('li', { class: 'quiet' }, words.moreChanges(count - changes.length)),
    );
  };

  const list = (name: string, items: HTMLElement[], all: number) => [
    keptList(name, items),
    all > items.length && h('p', { class: 'quiet' }, live.words.more(all - items.length)),
  ];

  const textsRow = ({ posts, trouble: known }: KeptPosts): RowContent => {
    const words = live.words.record;
    // In a private window the question is refused.
    const trouble = isSilent && !isPrivate() ? 'unanswered' : known;
    const bytes = posts.reduce((sum, post) => sum + post.bytes, 0);
    const about = words.textsAbout(posts.length, sizeText(bytes));
    const off = posts.length > 0 ? `${about} ${words.textsOff}` : words.textsOff;
    const state = live.settings.keepTexts ? about : off;
    const shown = isPrivate() ? words.textsPrivate : state;
    return {
      name: words.texts,
      about: trouble ? words.textsTrouble[trouble] : shown,
      isTrouble: trouble !== null,
      actions: [
        posts.length > 0 && open.button(words.view, 'texts'),
        ...(posts.length > 0 || trouble === 'newer' ? forgetAll(posts.length) : []),
      ],
      more: open.has('texts')
        ? list(words.texts, posts.slice(0, SHOWN).map(keptItem), posts.length)
        : [],
    };
  };

  /** Asks first, because it cannot be undone. */
  const forgetAll = (posts: number) => {
    const words = live.words.record;
    const quietly = { class: 'action quiet' };
    const ask = (next: boolean) => {
      isAsking = next;
      draw();
      focusKey(document.body, next ? 'forget-texts-cancel' : 'forget-texts');
    };
    const forgetNow = () => {
      isAsking = false;
      void forget('all', posts);
    };
    return isAsking
      ? [
          button(words.forgetTextsNow(posts), 'forget-texts-now', forgetNow),
          button(words.cancel, 'forget-texts-cancel', () => ask(false), quietly),
        ]
      : [button(words.forgetAll, 'forget-texts', () => ask(true), quietly)];
  };

  const changedRow = (posts: readonly KeptPost[]): RowContent[] => {
    const words = live.words.record;
    const changed = posts.filter((post) => post.changed > 0);
    if (changed.length === 0) return [];
    return [
      {
        name: words.changedTexts,
        about: words.changedTextsAbout(changed.length),
        actions: [open.button(words.view, 'changed')],
        more: open.has('changed')
          ? list(words.changedTexts, changed.slice(0, SHOWN).map(changedItem), changed.length)
          : [],
      },
    ];
  };

  return {
    look,
    content(): RowContent[] {
      // The row is there before the answer comes, so that nothing below it moves.
      const now = kept ?? { posts: [], trouble: null };
      return [textsRow(now), ...changedRow(now.posts)];
    },
  };
}

function quiet(text: string): HTMLElement {
  return h('span', { class: 'quiet' }, text);
}

function paragraph(name: string, text: string | null): HTMLElement {
  const shown = text === null ? ['—'] : typeset([text]).nodes;
  return h('p', {}, quiet(name), ' ', h('span', { lang: BLOG_LANGUAGE }, ...shown));
}

/** 12.3 MB or 45 kB. */
function sizeText(bytes: number): string {
  return bytes < 1_000_000
    ? `${Math.ceil(bytes / 1_000)} kB`
    : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
