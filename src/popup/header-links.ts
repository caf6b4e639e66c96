/** The links in the header, to the library and to the settings. */
import { viewAddress } from '../app/library-address.ts';
import { h, svg } from '../ui/h.ts';
import type { PageWords } from '../ui/words/pages.ts';
import { inLibrary } from './components.ts';

const ICONS = {
  record:
    'M1.5 13.5h13M2.85 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M6.35 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M6.35 6a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 10a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 6a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0M9.85 2a.65.65 0 1 1 1.3 0 .65.65 0 0 1-1.3 0',
  settings:
    'M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7M12.5 4.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0M7 11.5a1.8 1.8 0 1 1-3.6 0 1.8 1.8 0 0 1 3.6 0',
} as const;

/** The only icons of the popup without words beside them; they carry names and tooltips. */
export function headerLinks(words: PageWords): HTMLAnchorElement[] {
  const names = { record: words.library, settings: words.views.settings };
  return (['record', 'settings'] as const).map((view) =>
    h(
      'a',
      {
        class: `header-link ${view}`,
        ...inLibrary(viewAddress(view)),
        'aria-label': names[view],
        title: names[view],
      },
      svg(
        'svg',
        { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' },
        svg('path', { class: 'stroke', d: ICONS[view] }),
      ),
    ),
  );
}
