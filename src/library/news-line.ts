/** The line under the head of the library after an update that has something new for readers. */
import { followStored } from '../app/stored-values.ts';
import { write } from '../app/transport.ts';
import type { LiveRecord } from '../app/live-record.ts';
import { ourVersion } from '../platform/package.ts';
import type { StoredValues } from '../platform/storage.ts';
import { button, h } from '../ui/h.ts';
import { patch } from '../ui/patch.ts';
import { isNews } from '../ui/words/news.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { newsAddress } from '../app/library-address.ts';

export interface NewsLine {
  /** Empty unless there is something to tell. */
  readonly element: HTMLElement;
  draw(): void;
}

/** It stays until the reader has opened the news or dismissed the line, here or in the popup. */
export function newsLine(live: LiveRecord<PageWords>): NewsLine {
  const element = h('p', { class: 'news-line' });
  let isNew = false;

  const draw = () => {
    const { about } = live.words;
    const told = [
      about.updated(ourVersion()),
      ' ',
      h('a', { class: 'action', href: newsAddress() }, about.news),
      ' ',
      button(about.seen, 'news-seen', () => void write('acknowledgeNews', {})),
    ];
    patch(element, isNew ? told : []);
  };
  const take = ({ news }: StoredValues, isRead: boolean) => {
    isNew = isRead && isNews(ourVersion(), news);
    draw();
  };
  followStored(['news'], take);
  return { element, draw };
}
