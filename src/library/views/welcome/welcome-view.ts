/** The first page that a reader sees: what the extension does, what it never does, and its switches. */
import { blogRoot, ORIGINS } from '../../../site/address.ts';
import type { Formula } from '../../../catalogue/discovered/openings.ts';
import type { Mark } from '../../../record/marks.ts';
import { isPhone } from '../../../platform/browser.ts';
import { hasAccess, requestAccess } from '../../../platform/permissions.ts';
import { button, h } from '../../../ui/h.ts';
import { markIcon, ruler } from '../../../ui/icons.ts';
import { openingNodes } from '../../../ui/mathml.ts';
import { patch } from '../../../ui/patch.ts';
import { partNodes } from '../../../ui/series-list.ts';
import { markText } from '../../../ui/words/index.ts';
import { pageHead } from '../../components.ts';
import { viewAddress } from '../../../app/library-address.ts';
import type { LibraryContext, View } from '../../view.ts';

const PARTS = 21;
const READ = { kind: 'read', at: 0, by: 'hand' } as const satisfies Mark;
const READING = { kind: 'reading', fraction: 0.4 } as const satisfies Mark;
/** The marks of a reader in the middle of a series. */
const EXAMPLE: Mark[] = Array.from({ length: PARTS }, (_, at) =>
  at < 13 || at === 15
    ? READ
    : at === 13
      ? READING
      : at === 19
        ? { kind: 'later' }
        : { kind: 'unread' },
);

const BETA: Formula = ['$\\beta_t$', ['math', ['msub', ['mi', 'β'], ['mi', 't']]]];
const EQUATION: Formula = [
  '$\\beta_t=\\beta_0e^{-t}$',
  [
    'math',
    ['msub', ['mi', 'β'], ['mi', 't']],
    ['mo', '='],
    ['msub', ['mi', 'β'], ['mn', '0']],
    ['msup', ['mi', 'e'], ['mrow', ['mo', '−'], ['mi', 't']]],
  ],
];

export function welcomeView({ live }: LibraryContext): View {
  const element = h('section', { class: 'welcome' });
  let access: 'given' | 'missing' | 'refused' = 'given';

  const draw = () => {
    const { words, settings } = live;
    const { welcomePage: page } = words;
    const marks: Mark[] = [{ kind: 'unread' }, READING, READ];
    patch(element, [
      pageHead(words.name, page.title, page.text),
      ...(access === 'given' ? [] : [missing()]),
      h(
        'div',
        { class: 'pictures' },
        figure(page.line, page.lineText, [
          h('span', { class: 'what' }, markIcon(READING), markText(READING, words)),
          h('span', { class: 'rule' }),
          h('span', {}, ...partNodes(words.part(14, PARTS))),
          ruler(EXAMPLE, 13, words.rulerOf(14, PARTS)),
        ]),
        figure(
          page.marks,
          page.marksText,
          marks.map((mark) => h('span', { class: 'what' }, markIcon(mark), markText(mark, words))),
        ),
        figure(
          page.library,
          page.libraryText,
          [1, 2, 3, 4, 5, 6].map((n) => h('span', { class: 'stack' }, ...dots(n))),
        ),
        figure(page.find, page.findText, [findExample(page.findExample)]),
        figure(page.changed, page.changedText, [changedExample(page.changedExample)]),
        figure(page.equation, page.equationText, [
          equationExample(page.equationExample),
          h('span', { class: 'equation' }, ...openingNodes([EQUATION]), ' (1)'),
        ]),
      ),
      h('h2', {}, page.never),
      h('ul', { class: 'never' }, ...page.nevers.map((text) => h('li', {}, text))),
      h(
        'p',
        { class: 'actions' },
        h(
          'a',
          { class: 'action', href: blogRoot(settings.host), target: '_blank', rel: 'noopener' },
          words.openBlog,
        ),
        h('a', { class: 'action', href: viewAddress('settings') }, page.switches),
        h(
          'a',
          { class: 'action', href: viewAddress('record') },
          isPhone() ? words.views.record : page.begin,
        ),
      ),
    ]);
  };

  const missing = () => {
    const { words } = live;
    return h(
      'p',
      { class: 'error', role: 'alert' },
      words.noAccess,
      ' ',
      access === 'refused' ? words.stillNoAccess : words.noAccessText,
      ' ',
      button(words.allow, 'allow', () => void allow()),
    );
  };

  const figure = (name: string, text: string, drawing: readonly Node[]) =>
    h(
      'figure',
      {},
      h('div', { class: 'drawing' }, ...drawing),
      h('figcaption', {}, h('b', {}, name), ' ', text),
    );

  /** A stack of posts, all but the last of them read. */
  const dots = (n: number) =>
    Array.from({ length: n }, (_, i) => markIcon(i < n - 1 ? READ : { kind: 'unread' }));

  /** Asks within the click, because the browser shows its question only then. */
  const allow = async () => {
    access = (await requestAccess(ORIGINS).catch(() => false)) ? 'given' : 'refused';
    draw();
  };

  const look = async () => {
    // If the browser cannot tell, access is assumed.
    access = (await hasAccess(ORIGINS).catch(() => true)) ? 'given' : 'missing';
    draw();
  };

  return { element, show: () => void look(), draw };
}

/** A passage with a formula and the word that was looked for. */
function findExample([before, between, word, after]: readonly string[]): HTMLElement {
  return h('span', {}, before, ...openingNodes([BETA]), between, h('mark', {}, word), after);
}

/** A word that another one replaced. */
function changedExample([before, old, now]: readonly string[]): HTMLElement {
  return h('span', {}, before, h('del', {}, old), ' ', h('ins', {}, now));
}

/** A reference to an equation. */
function equationExample([before, after]: readonly string[]): HTMLElement {
  return h('span', {}, before, h('u', {}, '(1)'), after);
}
