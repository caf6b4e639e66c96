/** Draws lines and texts on the map's canvas in the colours and fonts of its style, and measures texts. */
import type { Point } from './map-frame.ts';
import type { Ink, MapStyle } from './map-style.ts';

/** A longer title is cut before it is measured. */
const MOST_LETTERS = 200;

export class MapPen {
  readonly context: CanvasRenderingContext2D;
  #style: MapStyle;
  /** The widths of texts, measured once for a style. */
  #widths = new Map<string, number>();
  /** The titles as they were cut last. The room of a title changes with the zoom only. */
  #cuts = new Map<string, { room: number; text: string }>();

  constructor(context: CanvasRenderingContext2D, style: MapStyle) {
    this.context = context;
    this.#style = style;
  }

  get style(): MapStyle {
    return this.#style;
  }

  set style(style: MapStyle) {
    this.#style = style;
    this.#widths.clear();
    this.#cuts.clear();
  }

  /** Adds a level or an upright line to the path. */
  line(from: Point, to: Point): void {
    // A hairline is one pixel wide if it is drawn at the middle of a pixel.
    const even = (n: number) => Math.round(n - 0.5) + 0.5;
    const isLevel = from.y === to.y;
    this.context.moveTo(isLevel ? from.x : even(from.x), isLevel ? even(from.y) : from.y);
    this.context.lineTo(isLevel ? to.x : even(to.x), isLevel ? even(to.y) : to.y);
  }

  /** Draws the lines that `path` adds to the path. */
  stroke(ink: Ink, alpha: number, width: number, path: () => void): void {
    const { context } = this;
    context.beginPath();
    path();
    context.globalAlpha = alpha;
    context.lineWidth = width;
    context.strokeStyle = this.#style.inks[ink];
    context.stroke();
    context.globalAlpha = 1;
  }

  /** Covers a part of the map. */
  cover({ x, y }: Point, width: number, height: number): void {
    this.context.fillStyle = this.#style.inks.paper;
    this.context.fillRect(x, y, width, height);
  }

  /** Draws in a box only. */
  within({ x, y }: Point, width: number, height: number, draw: () => void): void {
    this.context.save();
    this.context.beginPath();
    this.context.rect(x, y, width, height);
    this.context.clip();
    draw();
    this.context.restore();
  }

  /** Sets the font of the next texts. `size` is in px for a reader who has chosen no size of text. */
  font(type: 'sans' | 'serif' | 'num', size: number, weight = 400): void {
    const { unit, [type]: stack } = this.#style;
    this.context.font = `${weight} ${size * unit}px ${stack}`;
  }

  /** Draws a text in the font that is set. `y` is its middle. */
  fill(text: string, { x, y }: Point, ink: Ink): void {
    this.context.textBaseline = 'middle';
    this.context.fillStyle = this.#style.inks[ink];
    this.context.fillText(text, x, y);
  }

  /**
   * Draws a name or a title, and covers the lines behind it. Outlined letters would take ten times as long.
   */
  text(text: string, place: Point, ink: Ink): void {
    const { unit } = this.#style;
    this.cover({ x: place.x - 2, y: place.y - 8 * unit }, this.width(text) + 4, 16 * unit);
    this.font('sans', 12);
    this.fill(text, place, ink);
  }

  /** The width of a name or a title, in px. */
  width(text: string): number {
    let width = this.#widths.get(text);
    if (width === undefined) {
      this.font('sans', 12);
      width = this.context.measureText(text).width;
      this.#widths.set(text, width);
    }
    return width;
  }

  /** Cuts a title to a width in px; adds … if it was cut. */
  cut(text: string, room: number): string {
    const last = this.#cuts.get(text);
    if (last?.room === room) return last.text;
    const cut = this.#cutNow(text, room);
    this.#cuts.set(text, { room, text: cut });
    return cut;
  }

  #cutNow(text: string, room: number): string {
    const letters = Array.from(text.slice(0, MOST_LETTERS));
    this.font('sans', 12);
    const fits = (count: number) =>
      this.context.measureText(letters.slice(0, count).join('') + '…').width <= room;
    if (this.context.measureText(letters.join('')).width <= room && text.length <= MOST_LETTERS)
      return text;
    let [least, most] = [0, letters.length];
    while (least < most) {
      const middle = Math.ceil((least + most) / 2);
      if (fits(middle)) least = middle;
      else most = middle - 1;
    }
    return letters.slice(0, least).join('') + '…';
  }
}
