/** Draws the year view as an image to save, in the colours of the page. */
import type { PageWords } from '../../../ui/words/pages.ts';
import { WEEKS_WIDTH, type YearPlot } from './year-plot.ts';

/** Pixels of the image per CSS pixel, so that it is sharp on screens and in print. */
const FINENESS = 2;
const MARGIN = 80;
const PICTURE_WIDTH = WEEKS_WIDTH + 2 * MARGIN;
const NAME_WIDTH = 110;
const ROW_AIR = 18;
/** The largest height of a canvas. Thousands of posts in one week would be higher. */
const HIGHEST = 8_000;

interface Texts {
  title: string;
  text: string;
  months: readonly string[];
}

/** Resolves to null if the browser cannot make an image. */
export function yearPicture(
  plot: YearPlot,
  texts: Texts,
  words: PageWords,
  page: HTMLElement,
): Promise<Blob | null> {
  const style = getComputedStyle(page);
  const colour = (name: string) => {
    page.style.color = `var(--${name})`;
    const { color } = style;
    page.style.removeProperty('color');
    return color;
  };
  const type = (name: string) => style.getPropertyValue(`--${name}`);
  const rows = plot.categories.map(({ height }) => Math.max(20, height) + ROW_AIR);
  const canvas = document.createElement('canvas');
  const height = Math.min(
    HIGHEST,
    270 + plot.height + rows.reduce((sum, row) => sum + row, 0) + MARGIN,
  );
  canvas.width = PICTURE_WIDTH * FINENESS;
  canvas.height = height * FINENESS;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  const write = (text: string, x: number, y: number, font: string, ink: string) => {
    context.font = font;
    context.fillStyle = colour(ink);
    context.fillText(text, x, y);
  };
  const line = (x: number, y: number, width: number, lineHeight: number, ink: string) => {
    context.fillStyle = colour(ink);
    context.fillRect(x, y, width, lineHeight);
  };
  const dots = (path: string) => {
    context.fillStyle = colour('accent');
    context.fill(discsOf(path));
  };
  const [sans, serif, num] = ['sans', 'serif', 'num'].map(type);
  const heading = `600 16px ${serif}`;

  context.scale(FINENESS, FINENESS);
  line(0, 0, PICTURE_WIDTH, height, 'paper');
  context.translate(MARGIN, MARGIN);
  write(texts.title, 0, 10, `600 30px ${serif}`, 'ink');
  write(texts.text, 0, 40, `14px ${sans}`, 'ink2');
  context.translate(0, 90);
  write(words.year.byWeek, 0, 0, heading, 'ink');
  context.translate(0, 20);
  plot.months.forEach((x, month) => {
    line(x, 0, 1, plot.height + 8, 'line');
    write(texts.months[month] ?? '', x + 5, plot.height + 20, `12px ${num}`, 'ink3');
  });
  for (const { path } of plot.weeks) dots(path);
  line(0, plot.height, WEEKS_WIDTH, 1, 'edge');
  context.translate(0, plot.height + 70);
  write(words.year.byCategory, 0, 0, heading, 'ink');
  context.translate(0, 24);
  plot.categories.forEach(({ name, path, count, width, height: own }, i) => {
    write(name || words.map.noCategory, 0, 13, `14px ${sans}`, 'ink2');
    context.translate(NAME_WIDTH, 0);
    dots(path);
    context.translate(-NAME_WIDTH, 0);
    write(
      words.count(count),
      NAME_WIDTH + width + 14,
      Math.max(13, own / 2 + 5),
      `500 15px ${num}`,
      'ink',
    );
    context.translate(0, rows[i] ?? 0);
  });
  write(words.name, 0, 20, `600 13px ${serif}`, 'ink3');
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

function discsOf(path: string): Path2D {
  return new Path2D(path);
}
