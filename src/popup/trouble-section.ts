/** The popup's notice that the page was not understood, with a diagnosis that the reader may send us. */
import { reportAddress } from '../app/about.ts';
import type { PageTrouble } from '../app/messages.ts';
import { browserName } from '../platform/browser.ts';
import { ourHomePage, ourVersion } from '../platform/package.ts';
import { h } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';
import type { PopupModel } from './popup-model.ts';

/** The key of the diagnosis among the open lists. */
const KEY = 'diagnosis';

/** The opened section shows the whole diagnosis before data-key `copy-diagnosis`, the button that copies it. */
export function troubleSection(
  { words, open }: PopupModel,
  trouble: PageTrouble,
  diagnosis: string | undefined,
): HTMLElement {
  const isOpen = open.has(KEY);
  return h(
    'section',
    { class: 'trouble', 'data-key': 'trouble' },
    h('div', { class: 'head' }, h('h2', {}, saidOf(trouble, words))),
    ...(diagnosis === undefined
      ? []
      : [
          h('p', {}, words.trouble.text),
          h(
            'button',
            {
              type: 'button',
              class: 'action',
              'data-open': KEY,
              'data-key': KEY,
              'aria-expanded': String(isOpen),
            },
            words.trouble.diagnosis,
          ),
          ...(isOpen ? opened(diagnosis, words) : []),
        ]),
  );
}

function opened(diagnosis: string, words: PageWords): HTMLElement[] {
  const { trouble } = words;
  const address = reportAddress(ourHomePage(), ourVersion(), browserName(), 'recognition');
  return [
    h('p', {}, trouble.holds),
    h(
      'pre',
      {
        class: 'diagnosis',
        'data-key': 'diagnosis-text',
        tabindex: 0,
        role: 'region',
        'aria-label': trouble.shown,
      },
      diagnosis,
    ),
    h('button', { type: 'button', class: 'action', 'data-key': 'copy-diagnosis' }, trouble.copy),
    ...(address === undefined
      ? []
      : [
          h(
            'a',
            { class: 'action', href: address, target: '_blank', rel: 'noopener noreferrer' },
            trouble.send,
          ),
        ]),
  ];
}

function saidOf(kind: PageTrouble, { trouble }: PageWords): string {
  switch (kind) {
    case 'not-understood':
      return trouble.notUnderstood;
    case 'no-posts':
      return trouble.noPosts;
    case 'no-article':
      return trouble.noArticle;
  }
}
