/** The notice on our own pages if the record takes long to load or cannot be read. */
import { button, h } from './h.ts';
import type { LiveRecord } from '../app/live-record.ts';
import type { PageWords } from './words/pages.ts';

/** Longer than a working browser takes. */
const LONG_MS = 2_000;

/** The notice, empty as long as nothing is wrong; 再试 reads the record again. */
export function loadingNotice(live: LiveRecord<PageWords>): HTMLElement {
  const line = h('p', { class: 'loading-notice', role: 'status' });
  const watch = async (reading: Promise<boolean>) => {
    const long = setTimeout(() => line.replaceChildren(live.words.stillReading), LONG_MS);
    const isRead = await reading;
    clearTimeout(long);
    const retry = () => void watch(live.reload());
    line.replaceChildren(
      ...(isRead ? [] : [live.words.notRead, ' ', button(live.words.retry, 'retry', retry)]),
    );
  };
  void watch(live.firstRead);
  return line;
}
