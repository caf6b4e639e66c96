/**
 * The box in which the map scrolls and zooms. It scrolls as any box does, by wheel, finger and scroll bar;
 * the canvas sticks to the window and draws the visible part. Ctrl and the wheel, two fingers, and buttons
 * zoom about the point that is pointed at.
 */
import { h, on } from '../../../ui/h.ts';
import { Timer } from '../../../ui/timer.ts';
import {
  atFirst,
  bounded,
  extent,
  type Frame,
  onMap,
  type Point,
  scales,
  scrollFor,
  whole,
} from './map-frame.ts';
import { nearestDot } from './map-find.ts';
import { LEFT, type MapLayout } from './map-layout.ts';

/** How near a pointer must be to a dot to point at it, in px. */
const REACH = 12;
/** A press that moves less than this is a click, in px. */
const STILL = 4;
const ZOOM_MS = 160;
/** How long after the last change the zoom counts as finished. */
const SETTLE_MS = 120;
/** In a window narrower than this, in px, the names are among the dots. */
const NARROW = 720;
const MARGIN = 40;

export interface PlotActs {
  /** Draws the frame; called at most once for each frame of the screen. */
  draw(frame: Frame): void;
  hover(dot: number): void;
  /** `dot` is -1 if there is none; `at` is in px of the window. */
  press(dot: number, at: Point): void;
  /** Whether a press at a point without a dot leads somewhere. */
  leads(at: Point): boolean;
}

export class MapPlot {
  /** The whole plot. Elements that float over the map are appended here; zooming works over it too. */
  readonly box: HTMLElement;
  /** The element that scrolls and takes the focus. */
  readonly element: HTMLElement;
  readonly canvas = h('canvas', { 'aria-hidden': 'true' });
  readonly #space: HTMLElement;
  readonly #acts: PlotActs;
  #layout: MapLayout | undefined;
  #zoom = 1;
  #stretch = 1;
  #unit = 1;
  /** Whether the reader has moved the map. Until then a resize of the window shows the newest end again. */
  #isMoved = false;
  #isDue = false;
  #animation = 0;
  readonly #settling = new Timer();

  constructor(acts: PlotActs) {
    this.#acts = acts;
    this.#space = h('div', { class: 'space' }, this.canvas);
    this.element = h(
      'div',
      { class: 'scroller', role: 'application', tabindex: '0', 'data-key': 'map' },
      this.#space,
    );
    this.box = h('div', { class: 'plot' }, this.element);
    const scrolled = () => {
      // The dot under the pointer has moved away.
      this.#acts.hover(-1);
      this.redraw();
    };
    on(this.element, 'scroll', scrolled);
    on(this.box, 'wheel', (event) => this.#zoomWithWheel(event));
    const watch = new ResizeObserver(() => this.#place());
    watch.observe(this.element);
    for (const type of ['wheel', 'pointerdown', 'touchstart'] as const)
      on(this.element, type, () => (this.#isMoved = true));
    this.#listenToMouse();
    this.#listenToFingers();
  }

  #zoomWithWheel(event: WheelEvent): void {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const moved = -event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    // A touchpad reports many small steps, a wheel notches of about 100.
    const step = moved * (Math.abs(moved) < 40 ? 0.01 : 0.003);
    this.#zoomTo(this.#zoom * Math.exp(step), this.#pointed(event));
  }

  /** Shows another layout, at the same position as the one before. */
  show(layout: MapLayout, unit: number): void {
    this.#layout = layout;
    this.#unit = unit;
    this.#place();
  }

  redraw(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    requestAnimationFrame(() => {
      this.#isDue = false;
      if (this.#layout) this.#acts.draw(this.frame);
    });
  }

  get frame(): Frame {
    const { clientWidth: width, clientHeight: height, scrollLeft, scrollTop } = this.element;
    const [zoom, stretch] = [this.#zoom, this.#stretch];
    const isZooming = this.#settling.isDue;
    const gutter = width < NARROW * this.#unit ? 0 : LEFT * this.#unit;
    return { width, height, left: scrollLeft, top: scrollTop, zoom, stretch, isZooming, gutter };
  }

  /** Zooms by a factor, or shows the whole map; `about` is a point of the window that stays in place. */
  zoom(to: number | 'whole', about?: Point): void {
    if (!this.#layout) return;
    this.#isMoved = true;
    const { frame } = this;
    if (to === 'whole') {
      this.#animation++;
      this.#stretch = whole(this.#layout, frame).stretch;
      this.#zoomTo(whole(this.#layout, frame).zoom, { x: 0, y: 0 });
    } else {
      const middle = { x: (frame.width + frame.gutter) / 2, y: frame.height / 2 };
      this.#animate(bounded(this.#zoom * to), about ?? middle);
    }
  }

  /**
   * Scrolls a point of the layout into the window and off its edges, no further than needed; a point that
   * is far away is scrolled into the middle. `foot` px at the bottom of the window are covered.
   */
  reveal(place: Point, foot: number): void {
    this.#isMoved = true;
    const { frame } = this;
    const at = scrollFor(frame, place, { x: 0, y: 0 });
    const step = (from: number, least: number, most: number) => {
      if (from < least - MARGIN || from > most + MARGIN) return from - (least + most) / 2;
      return from - Math.max(least, Math.min(from, most));
    };
    const [left, right] = [frame.gutter + MARGIN, Math.max(MARGIN, frame.width - MARGIN)];
    const [top, bottom] = [2 * MARGIN, Math.max(MARGIN, frame.height - MARGIN - foot)];
    this.element.scrollBy({
      left: step(at.left - frame.left, left, right),
      top: step(at.top - frame.top, top, bottom),
      behavior: 'instant',
    });
    this.redraw();
  }

  /** Shows the newest end first, at the usual zoom, or larger in a large window. */
  #place(): void {
    if (!this.#layout || this.element.clientWidth === 0) return;
    if (!this.#isMoved) {
      const { zoom, stretch } = atFirst(this.#layout, this.frame, this.#unit);
      [this.#zoom, this.#stretch] = [zoom, stretch];
    }
    this.#measure();
    if (!this.#isMoved) this.element.scrollLeft = this.#space.offsetWidth;
    this.redraw();
  }

  #measure(): void {
    if (!this.#layout) return;
    const { width, height } = extent(this.#layout, this.frame);
    this.#space.style.width = `${width}px`;
    this.#space.style.height = `${height}px`;
  }

  /** The point of the map at `about` stays there. */
  #zoomTo(zoom: number, about: Point, place = onMap(this.frame, about)): void {
    this.#settling.restart(SETTLE_MS, () => this.redraw());
    this.#zoom = bounded(zoom);
    this.#measure();
    const { left, top } = scrollFor(this.frame, place, about);
    this.element.scrollTo({ left, top, behavior: 'instant' });
    this.redraw();
  }

  #animate(goal: number, about: Point): void {
    const place = onMap(this.frame, about);
    const from = this.#zoom;
    const turn = ++this.#animation;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.#zoomTo(goal, about, place);
      return;
    }
    const start = performance.now();
    const step = (now: number) => {
      if (turn !== this.#animation) return;
      const share = Math.max(0, Math.min(1, (now - start) / ZOOM_MS));
      this.#zoomTo(from * (goal / from) ** share, about, place);
      if (share < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  /** The point of an event in the window. */
  #pointed({ clientX, clientY }: { clientX: number; clientY: number }): Point {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  #dotAt(event: MouseEvent): number {
    if (!this.#layout) return -1;
    const { frame } = this;
    const { x, y } = onMap(frame, this.#pointed(event));
    return nearestDot(this.#layout, x, y, REACH, scales(frame));
  }

  #listenToMouse(): void {
    const { canvas, element } = this;
    let held: { x: number; y: number; hasMoved: boolean } | undefined;
    let wasDragged = false;
    const press = ({ pointerType, button, clientX: x, clientY: y }: PointerEvent) => {
      wasDragged = false;
      if (pointerType === 'mouse' && button === 0) held = { x, y, hasMoved: false };
    };
    const move = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return;
      // The button was released over another element, such as the card.
      if (event.buttons === 0) held = undefined;
      if (!held) return this.#pointAt(event);
      const [across, down] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.hasMoved && Math.hypot(across, down) < STILL) return;
      if (!held.hasMoved) canvas.setPointerCapture(event.pointerId);
      element.scrollBy({ left: -across, top: -down, behavior: 'instant' });
      held = { x: event.clientX, y: event.clientY, hasMoved: true };
      canvas.classList.add('held');
    };
    const release = () => {
      wasDragged = held?.hasMoved ?? false;
      held = undefined;
      canvas.classList.remove('held');
    };
    const click = (event: MouseEvent) => {
      if (!wasDragged) this.#acts.press(this.#dotAt(event), this.#pointed(event));
    };
    on(canvas, 'pointerdown', press);
    on(canvas, 'pointermove', move);
    on(canvas, 'pointerup', release);
    on(canvas, 'pointercancel', release);
    on(canvas, 'pointerleave', () => this.#acts.hover(-1));
    on(canvas, 'click', click);
  }

  #pointAt(event: MouseEvent): void {
    const dot = this.#dotAt(event);
    const leads = dot >= 0 || this.#acts.leads(this.#pointed(event));
    this.canvas.classList.toggle('leads', leads);
    this.#acts.hover(dot);
  }

  /** Two fingers zoom; one finger scrolls, which the browser does. */
  #listenToFingers(): void {
    let pinch: { distance: number; zoom: number; place: Point } | undefined;
    const between = ({ touches: [a, b] }: TouchEvent) => {
      if (!a || !b) return undefined;
      const [x, y] = [(a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2];
      return {
        distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
        at: this.#pointed({ clientX: x, clientY: y }),
      };
    };
    const move = (event: TouchEvent) => {
      const now = between(event);
      if (!now) {
        pinch = undefined;
        return;
      }
      if (event.cancelable) event.preventDefault();
      pinch ??= { distance: now.distance, zoom: this.#zoom, place: onMap(this.frame, now.at) };
      const zoom = pinch.zoom * (now.distance / Math.max(1, pinch.distance));
      this.#zoomTo(zoom, now.at, pinch.place);
    };
    for (const type of ['touchstart', 'touchmove'] as const) on(this.canvas, type, move);
    for (const type of ['touchend', 'touchcancel'] as const)
      on(this.canvas, type, () => (pinch = undefined));
  }
}
