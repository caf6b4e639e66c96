/** The popup's notice that the page was not understood, with a diagnosis that the reader may send us. */
import { reportAddress } from '../app/about.ts';
import type { PageTrouble } from '../app/messages.ts';
import { browserName } from '../platform/browser.ts';
import { ourHomePage, ourVersion } from '../platform/package.ts';
import { type Child, h } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { plainButton, section } from './components.ts';
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
  const opener = { 'data-open': KEY, 'aria-expanded': String(isOpen) };
  return section(
    'trouble',
    h('div', { class: 'head' }, h('h2', {}, words.trouble[trouble])),
    diagnosis !== undefined && h('p', {}, words.trouble.text),
    diagnosis !== undefined && plainButton(words.trouble.diagnosis, KEY, opener),
    ...(diagnosis !== undefined && isOpen ? opened(diagnosis, words) : []),
  );
}

function opened(diagnosis: string, { trouble }: PageWords): Child[] {
  const address = reportAddress(ourHomePage(), ourVersion(), browserName(), 'recognition');
  const outside = { class: 'action', href: address, target: '_blank', rel: 'noopener noreferrer' };
  const text = { class: 'diagnosis', 'data-key': 'diagnosis-text', tabindex: 0, role: 'region' };
  return [
    h('p', {}, trouble.holds),
    h('pre', { ...text, 'aria-label': trouble.shown }, diagnosis),
    plainButton(trouble.copy, 'copy-diagnosis'),
    address !== undefined && h('a', outside, trouble.send),
  ];
}
