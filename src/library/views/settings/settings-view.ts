/**
 * 设置: a row for each setting, with its name, one sentence, and a switch or a menu; then rows about the extension.
 */
import { write } from '../../../app/transport.ts';
import { coverageToHaveRead, secondsToHaveRead, shareToHaveRead } from '../../../record/visit.ts';
import { SETTING_VALUES, type Settings } from '../../../app/settings.ts';
import { isPhone } from '../../../platform/browser.ts';
import { h, on } from '../../../ui/h.ts';
import { focusKey, patch } from '../../../ui/patch.ts';
import { select } from '../../../ui/controls.ts';
import { pageHead, rowList } from '../../components.ts';
import type { LibraryContext, View } from '../../view.ts';
import { aboutRows } from './about-rows.ts';

const SWITCHES = [
  'listingLines',
  'postLines',
  'archiveBar',
  'linkMarks',
  'sidebarLinks',
  'mentions',
  'quotations',
  'badge',
  'previews',
  'keepTexts',
  'passagePreviews',
  'sinceLast',
  'autoRead',
] as const satisfies (keyof Settings)[];

type Choice = 'strictness' | 'language' | 'theme';

export function settingsView(context: LibraryContext): View {
  const { live } = context;
  const element = h('section', { class: 'settings' });
  // A phone has no toolbar.
  const switches = SWITCHES.filter((name) => name !== 'badge' || !isPhone());
  let isNewsOpen = false;
  /** Whether the address of the last drawing asked for the news. */
  let wasAsked = false;
  const toggleNews = () => {
    isNewsOpen = !isNewsOpen;
    draw();
  };

  const switchRow = (name: (typeof SWITCHES)[number]) => {
    const { words, settings } = live;
    const [title, text] = words.settings[name];
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      'data-key': name,
      checked: settings[name],
      'aria-label': title,
    });
    const change = ({ currentTarget }: Event) =>
      void choose({ [name]: (currentTarget as HTMLInputElement).checked });
    on(input, 'change', change);
    return h(
      'label',
      {},
      h('span', { class: 'name' }, title),
      h('span', { class: 'about' }, text),
      h('span', { class: 'state', 'aria-hidden': 'true' }, settings[name] ? words.on : words.off),
      input,
    );
  };

  const choiceRow = (name: Choice) => {
    const { words, settings } = live;
    const [title, text] = words.settings[name];
    const names: Record<string, string> = {
      strictness: words.strictnesses,
      language: { auto: words.automatic, ...words.languages },
      theme: words.themes,
    }[name];
    return h(
      'label',
      {},
      h('span', { class: 'name' }, title),
      h('span', { class: 'about' }, name === 'strictness' ? text + countsAsRead() : text),
      select<string>(
        name,
        title,
        SETTING_VALUES[name].map((value) => [value, names[value] ?? value]),
        settings[name],
        (value) => void choose({ [name]: value }),
      ),
    );
  };

  /** The effect of the chosen strictness, in figures. */
  const countsAsRead = () => {
    const { words, settings } = live;
    const percent = (share: number) => Math.round(share * 100);
    return words.countsAsRead(
      percent(coverageToHaveRead(settings.strictness)),
      percent(shareToHaveRead(settings.strictness)),
      secondsToHaveRead(0, settings.strictness),
    );
  };

  const draw = () => {
    const { words } = live;
    patch(element, [
      pageHead(words.views.settings, words.settingsTitle, words.settingsText),
      rowList([...switches.map(switchRow), choiceRow('strictness')]),
      h('h2', {}, words.ourPages),
      rowList([choiceRow('language'), choiceRow('theme')]),
      h('h2', {}, words.about.title),
      rowList(aboutRows(context, { isNewsOpen, toggleNews })),
    ]);
  };

  /** Stores a choice. If that fails, the control shows the stored one again. */
  const choose = async (settings: Partial<Settings>) => {
    await context.actions.run(() => write('settings', { settings }));
    draw();
  };

  /** Opens what is new, and notes that the reader has seen it. */
  const showNews = () => {
    isNewsOpen = true;
    void write('acknowledgeNews', {});
    // After the library has scrolled to the top of the new address.
    setTimeout(() => {
      if (focusKey(element, 'news')) document.activeElement?.scrollIntoView({ block: 'start' });
    });
  };

  return {
    element,
    draw(query) {
      const isAsked = query.has('news');
      if (isAsked && !wasAsked) showNews();
      wasAsked = isAsked;
      draw();
    },
  };
}
