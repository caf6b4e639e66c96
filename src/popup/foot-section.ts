/** The foot of the popup: the date of the bundled catalogue, the disclaimer, the language. */
import { h } from '../ui/h.ts';
import { rule } from './components.ts';
import type { PopupModel } from './popup-model.ts';

/** Contains the only `select` of the sections. */
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
