/** The foot of the popup: how far the bundled catalogue goes, whose work this is not, the language. */
import { h } from '../ui/h.ts';
import { rule } from './components.ts';
import type { PopupModel } from './popup-model.ts';

/** The select is the only one in the sections. */
export function footSection({ catalogue, settings, words }: PopupModel): HTMLElement {
  const option = (value: typeof settings.language, text: string) =>
    h(
      'option',
      { value, selected: value === settings.language, lang: value === 'auto' ? undefined : value },
      text,
    );
  return h(
    'section',
    { class: 'foot', 'data-key': 'foot', 'aria-label': words.name },
    h('span', {}, words.catalogueUntil(catalogue.newestBundled.date)),
    rule(),
    h('span', {}, words.unofficial),
    h(
      'select',
      { 'data-key': 'language', 'aria-label': words.language },
      option('auto', words.automatic),
      option('zh-CN', words.languages['zh-CN']),
      option('en', words.languages.en),
    ),
  );
}
