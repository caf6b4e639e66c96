/** 读过的正文 and 读后有改动: the texts that are kept, and what changed in them. The reader can forget them. */
import type { KeptPosts, TextChanges } from '../../../app/messages.ts';
import { query, write } from '../../../app/transport.ts';
import { typeset } from '../../../maths/typeset.ts';
import type { KeptPost } from '../../../memory/kept-text.ts';
import { isPrivate } from '../../../platform/browser.ts';
import { dayOf } from '../../../record/days.ts';
import { BLOG_LANGUAGE, placeUrl } from '../../../site/address.ts';
import { h } from '../../../ui/h.ts';
import { quiet, quietButton, type RowContent, titleOf, titleText } from '../../components.ts';
import type { LibraryContext } from '../../view.ts';
import { confirmations, keptItem, LastAnswer, openableRows, rowButton, type Rows } from './rows.ts';

/** The most rows of a list; the posts that were read last come first. */
const SHOWN = 100;

export function textsRows(context: LibraryContext, draw: () => void): Rows {
  const { live, actions } = context;
  const kept = new LastAnswer<KeptPosts>();
  const openable = openableRows(context, draw);
  const confirmed = confirmations(context, draw);
  /** The posts whose changes are shown. */
  const compared = new Map<number, TextChanges>();

  const look = async () => {
    kept.take(await query('keptPosts', {}));
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

  const textItem = ({ id, readAt, bytes }: KeptPost) => {
    const title = titleOf(context, id);
    const forgetIt = () => void forget([id], 1);
    return keptItem(
      `text-${id}`,
      dayOf(readAt),
      [titleText(context, id), quiet(sizeText(bytes))],
      rowButton(context, live.words.record.forget, title, `forget-text-${id}`, forgetIt),
    );
  };

  const changedItem = ({ id, changedAt, changed }: KeptPost) => {
    const words = live.words.record;
    const changes = compared.get(id);
    const title = titleOf(context, id);
    const isOpen = { 'aria-expanded': String(changes !== undefined) };
    return keptItem(
      `changed-${id}`,
      dayOf(changedAt.at(-1) ?? 0),
      [titleText(context, id), quiet(words.paragraphs(changed))],
      rowButton(context, words.see, title, `compare-${id}`, () => void compare(id), isOpen),
      rowButton(context, live.words.seenChanges, title, `seen-${id}`, () => void see(id)),
      changes && changesList(id, changes),
    );
  };

  const changesList = (id: number, { changes, count }: TextChanges) => {
    const { words, settings } = live;
    const outside = { class: 'action', target: '_blank', rel: 'noopener' };
    return h(
      'ol',
      { class: 'changes' },
      ...changes.map(({ before, after, place }) =>
        h(
          'li',
          {},
          paragraph(words.textBefore, before),
          paragraph(words.textAfter, after),
          h('a', { href: placeUrl(id, place, settings.host), ...outside }, words.goThere),
        ),
      ),
      count > changes.length &&
        h('li', { class: 'quiet' }, words.moreChanges(count - changes.length)),
    );
  };

  const textsRow = ({ posts, trouble: known }: KeptPosts): RowContent => {
    const words = live.words.record;
    // In a private window the question is refused.
    const trouble = kept.isSilent && !isPrivate() ? 'unanswered' : known;
    const bytes = posts.reduce((sum, post) => sum + post.bytes, 0);
    const about = words.textsAbout(posts.length, sizeText(bytes));
    const off = posts.length > 0 ? `${about} ${words.textsOff}` : words.textsOff;
    const state = live.settings.keepTexts ? about : off;
    const shown = isPrivate() ? words.textsPrivate : state;
    return openable('texts', {
      name: words.texts,
      about: trouble ? words.textsTrouble[trouble] : shown,
      isTrouble: trouble !== null,
      actions: posts.length > 0 || trouble === 'newer' ? forgetAll(posts.length) : [],
      items: posts,
      itemOf: textItem,
      most: SHOWN,
    });
  };

  /** Asks first, because it cannot be undone. */
  const forgetAll = (posts: number) => {
    const words = live.words.record;
    return confirmed(
      'forget-texts',
      (key, press) => quietButton(words.forgetAll, key, press),
      words.forgetTextsNow(posts),
      () => void forget('all', posts),
    );
  };

  const changedRow = (posts: readonly KeptPost[]): RowContent[] => {
    const words = live.words.record;
    const items = posts.filter((post) => post.changed > 0);
    if (items.length === 0) return [];
    const about = words.changedTextsAbout(items.length);
    const row = { name: words.changedTexts, about, items, itemOf: changedItem, most: SHOWN };
    return [openable('changed', row)];
  };

  return {
    look,
    content() {
      const now = kept.value ?? { posts: [], trouble: null };
      return [textsRow(now), ...changedRow(now.posts)];
    },
  };
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
