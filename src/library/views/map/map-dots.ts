/**
 * Draws the dots of the map as pixels, copied from a stamp for each kind. A frame of 10,000 dots takes
 * 4 ms of script in Chromium; drawImage for each dot takes ten times as long, and SVG needs no script but
 * 70 ms and more of painting (docs/adr/0009-map.md).
 */
import { type Kind, KINDS } from '../../../catalogue/search/filters.ts';

/** The positions of a dot between pixels. Each has a stamp, so that no dot is blurred or moved. */
const PHASES = [
  { x: 0, y: 0 },
  { x: 0.5, y: 0 },
  { x: 0, y: 0.5 },
  { x: 0.5, y: 0.5 },
];

/** All sizes are in pixels of the device, if not said otherwise. */
export class DotLayer {
  readonly #context = document.createElement('canvas').getContext('2d', {
    willReadFrequently: true,
  });
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(this.#image.data.buffer);
  /** The pixels of each stamp, a square of `#side`, row by row. */
  #stamps: Uint32Array[] = [];
  #side = 0;

  /** Makes the stamps for dots of a radius in CSS pixels. */
  cut(radius: number, ratio: number, inks: Record<Kind, string>, paper: string): void {
    const side = 2 * Math.ceil((radius * 1.25 + 1) * ratio);
    this.#side = side;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = side;
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    if (!pen) return;
    this.#stamps = KINDS.flatMap((kind) =>
      PHASES.map(({ x, y }) => {
        pen.resetTransform();
        pen.clearRect(0, 0, side, side);
        pen.setTransform(ratio, 0, 0, ratio, side / 2 + x, side / 2 + y);
        stamp(pen, kind, radius, inks[kind], paper);
        return new Uint32Array(pen.getImageData(0, 0, side, side).data.buffer);
      }),
    );
  }

  clear(width: number, height: number): void {
    if (this.#image.width === width && this.#image.height === height) {
      this.#pixels.fill(0);
      return;
    }
    this.#image = new ImageData(Math.max(1, width), Math.max(1, height));
    this.#pixels = new Uint32Array(this.#image.data.buffer);
  }

  /** Puts a dot with its centre at x and y. */
  put(kind: Kind, x: number, y: number): void {
    const { width, height } = this.#image;
    const side = this.#side;
    const [left, top] = [Math.floor(x - side / 2), Math.floor(y - side / 2)];
    const phase = (x - side / 2 - left >= 0.5 ? 1 : 0) + (y - side / 2 - top >= 0.5 ? 2 : 0);
    const pixels = this.#stamps[KINDS.indexOf(kind) * PHASES.length + phase];
    if (!pixels) return;
    const [from, to] = [Math.max(0, -left), Math.min(side, width - left)];
    const last = Math.min(side, height - top);
    for (let row = Math.max(0, -top); row < last; row++) {
      const line = (top + row) * width + left;
      for (let column = from; column < to; column++) {
        const pixel = pixels[row * side + column] ?? 0;
        if (pixel !== 0) this.#pixels[line + column] = pixel;
      }
    }
  }

  /** A canvas with all dots since `clear`; the same one every time. */
  picture(): HTMLCanvasElement | undefined {
    if (!this.#context) return undefined;
    const { canvas } = this.#context;
    if (canvas.width !== this.#image.width || canvas.height !== this.#image.height) {
      canvas.width = this.#image.width;
      canvas.height = this.#image.height;
    }
    this.#context.putImageData(this.#image, 0, 0);
    return canvas;
  }
}

/** The mark's shape, small: hollow circle, half disc, filled ribbon, disc. */
function stamp(
  context: CanvasRenderingContext2D,
  kind: Kind,
  radius: number,
  ink: string,
  paper: string,
): void {
  context.fillStyle = context.strokeStyle = ink;
  context.lineWidth = Math.min(1.25, 0.35 + radius / 4);
  context.beginPath();
  switch (kind) {
    case 'later': {
      const half = radius * 0.86;
      context.moveTo(-half, -radius * 1.2);
      context.lineTo(half, -radius * 1.2);
      context.lineTo(half, radius * 1.2);
      context.lineTo(0, radius * 0.5);
      context.lineTo(-half, radius * 1.2);
      context.fill();
      break;
    }
    case 'read':
      context.arc(0, 0, radius * 1.1, 0, 2 * Math.PI);
      context.fill();
      break;
    default:
      context.arc(0, 0, radius * 0.9, 0, 2 * Math.PI);
      context.fillStyle = paper;
      context.fill();
      context.stroke();
      if (kind === 'reading') {
        context.beginPath();
        context.arc(0, 0, radius * 0.9, -Math.PI / 2, Math.PI / 2);
        context.fillStyle = ink;
        context.fill();
      }
  }
}
