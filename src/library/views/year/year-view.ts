/** 年度: the posts read in a year, by week and by category, a dot for each. No goals and no streaks. */
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { button, h, svg } from '../../../ui/h.ts';
import { patch } from '../../../ui/patch.ts';
import { select } from '../../../ui/controls.ts';
import type { PageWords } from '../../../ui/words/pages.ts';
import { pageHead, quiet, saveBlob } from '../../components.ts';
import { viewAddress } from '../../../app/library-address.ts';
import type { LibraryContext, View } from '../../view.ts';
import { readYear, readYears } from './year.ts';
import { yearPicture } from './year-picture.ts';
import { CATEGORY_WIDTH, plotYear, WEEKS_WIDTH, type YearPlot } from './year-plot.ts';

/** The room for the names of the months, under the line of the weeks. */
const FOOT = 28;
/** The room for the name and the count of a category, beside its dots, in rem. */
const BESIDE = 10.625;
/** The room to the right of the last reading in a window that is narrower than the weeks, in px. */
const AFTER_LAST = 48;

export function yearView(context: LibraryContext): View {
  const { live } = context;
  const element = h('section', { class: 'year' });
  let asked = 0;
  let failure = '';
  /** The year whose last reading was scrolled into view; 0 if the view or its width is new. */
  let scrolledTo = 0;

  const draw = () => {
    const { words, record } = live;
    const years = readYears(record);
    const chosen = years.find(({ year }) => year === asked) ?? years[0];
    if (!chosen) {
      patch(element, [pageHead(words.views.year, words.year.none, words.year.noneText)]);
      return;
    }
    const { catalogue, details } = context;
    const view = readYear(
      chosen.year,
      record,
      (id) => catalogue.post(id),
      (id) => details.get(id)?.categories ?? [],
    );
    const plot = plotYear(view, roomFor(element));
    const months = monthTexts(view.months, words);
    const title = words.year.title(view.year, view.read);
    const text = words.year.text(view.minutes > 0 ? words.minutes(view.minutes) : '', view.unknown);
    const save = async () => {
      const texts = { title, text, months };
      const picture = await yearPicture(plotYear(view), texts, words, element).catch(() => null);
      failure = picture ? '' : words.year.notSaved;
      if (picture) saveBlob(`kexue-${view.year}.png`, picture);
      draw();
    };
    patch(element, [
      pageHead(words.views.year, title, text),
      h(
        'div',
        { class: 'year-bar' },
        years.length > 1 &&
          select(
            'year',
            words.year.choose,
            years.map(({ year, read }) => [year, words.year.yearName(year, read)]),
            view.year,
            (year) => context.go(viewAddress('year', new URLSearchParams({ of: `${year}` }))),
          ),
        button(words.year.save, 'save', () => void save()),
        h('span', { class: 'error', role: 'alert' }, failure),
      ),
      h('h2', {}, words.year.byWeek),
      quiet(words.year.byWeekText, 'p'),
      h(
        'div',
        { class: 'weeks', tabindex: '0', role: 'group', 'aria-label': words.year.byWeek },
        weeksDrawing(plot, months, words),
      ),
      h('h2', {}, words.year.byCategory),
      h('ul', { class: 'categories' }, ...plot.categories.map((each) => categoryRow(each, words))),
    ]);
    if (scrolledTo !== view.year) scrollToLast(element);
    scrolledTo = view.year;
  };

  let drawnFor = 0;
  const watch = new ResizeObserver(() => {
    const room = roomFor(element);
    if (element.isConnected && room !== drawnFor) {
      scrolledTo = 0;
      draw();
    }
    drawnFor = room;
  });
  watch.observe(element);

  return {
    element,
    show: () => void (scrolledTo = 0),
    draw(query) {
      asked = Number(query.get('of'));
      draw();
    },
  };
}

/** Where the window has no room for all weeks, the last reading comes into view, and the name of its month. */
function scrollToLast(view: HTMLElement): void {
  const weeks = view.querySelector('.weeks');
  const last = weeks && [...weeks.querySelectorAll('.dots')].at(-1);
  if (!last) return;
  const end = last.getBoundingClientRect().right + AFTER_LAST;
  const names = [...weeks.querySelectorAll('text')].map((name) => name.getBoundingClientRect());
  const name = names.findLast(({ left }) => left < end);
  const over = Math.max(end, name?.right ?? end) - weeks.getBoundingClientRect().right;
  weeks.scrollLeft += Math.ceil(over);
}

/** The names of the months, with the number of posts if there are any. */
function monthTexts(counts: readonly number[], { year: words }: PageWords): string[] {
  const names = new Intl.DateTimeFormat(document.documentElement.lang, { month: 'short' });
  return counts.map((count, month) => {
    const name = names.format(new Date(2026, month));
    return count > 0 ? words.inMonth(name, count) : name;
  });
}

function weeksDrawing(
  { height, months: monthsAt, weeks }: YearPlot,
  months: readonly string[],
  { year: words }: PageWords,
): SVGSVGElement {
  return svg(
    'svg',
    {
      width: WEEKS_WIDTH,
      height: height + FOOT,
      viewBox: `0 0 ${WEEKS_WIDTH} ${height + FOOT}`,
      role: 'img',
      'aria-label': words.plot(...months),
    },
    ...monthsAt.flatMap((x, month) => [
      svg('path', { class: 'month', d: `M${x} 0V${height + 8}` }),
      svg('text', { x: x + 5, y: height + 20 }, months[month]),
    ]),
    svg('path', { class: 'base', d: `M0 ${height}H${WEEKS_WIDTH}` }),
    ...weeks
      .filter(({ count }) => count > 0)
      .map(({ path, count, from, to }) =>
        svg('path', { class: 'dots', d: path }, svg('title', {}, words.inWeek(from, to, count))),
      ),
  );
}

function categoryRow(
  { name, path, count, width, height }: YearPlot['categories'][number],
  words: PageWords,
): HTMLElement {
  const size = { width, height, viewBox: `0 0 ${width} ${height}` };
  return h(
    'li',
    {},
    h('span', { lang: name ? BLOG_LANGUAGE : null }, name || words.map.noCategory),
    svg('svg', { ...size, 'aria-hidden': 'true' }, svg('path', { class: 'dots', d: path })),
    h('b', {}, words.count(count)),
  );
}

function roomFor({ clientWidth }: HTMLElement): number {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.max(48, Math.min(CATEGORY_WIDTH, clientWidth - BESIDE * rem));
}
