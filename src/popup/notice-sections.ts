/** The popup's notices about missing access, private windows, damage, and what is new. */
import { newsAddress, viewAddress } from '../app/library-address.ts';
import { h } from '../ui/h.ts';
import { inLibrary, plainButton, section } from './components.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { Access } from './popup-model.ts';

/** The companion may not run on the blog yet; data-key `allow` is the button that asks for it. */
export function accessSection(words: PageWords, access: Access): HTMLElement {
  return section(
    'access',
    h('div', { class: 'head' }, h('h2', { class: 'error' }, words.noAccess)),
    h('p', {}, words.noAccessText),
    plainButton(words.allow, 'allow'),
    access === 'refused' && h('p', { class: 'error', role: 'alert' }, words.stillNoAccess),
  );
}

/** In a private window nothing is recorded automatically. */
export function privateSection(words: PageWords): HTMLElement {
  return section('private', h('p', {}, words.privateWindow));
}

/**
 * The extension was updated and has something new for readers; data-key `news-seen` is the button that dismisses it.
 */
export function newsSection({ about }: PageWords, version: string): HTMLElement {
  return section(
    'news',
    h('p', {}, about.updated(version)),
    h('a', { class: 'action', ...inLibrary(newsAddress()) }, about.news),
    plainButton(about.seen, 'news-seen'),
  );
}

/** How many posts are newer than the reader's last stay on the blog. */
export function newPostsSection(words: PageWords, posts: number): HTMLElement {
  return section('new-posts', h('p', {}, words.newSince(posts)));
}

/** Stored entries could not be read; the library shows them, and has the backups. */
export function damageSection(words: PageWords, damaged: number): HTMLElement {
  return section(
    'damage',
    h('p', {}, words.record.asideAbout(damaged)),
    h('a', { class: 'action', ...inLibrary(viewAddress('record')) }, words.record.view),
  );
}
