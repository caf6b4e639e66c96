/** 地图: all posts in one picture, a dot for each post; the chosen one shows its references. */
import { query } from '../../../app/transport.ts';
import { textsOf } from '../../../catalogue/discovered/openings.ts';
import { place } from '../../../catalogue/place.ts';
import { typeset } from '../../../maths/typeset.ts';
import { markOf } from '../../../record/marks.ts';
import { BLOG_LANGUAGE } from '../../../site/address.ts';
import { h, on } from '../../../ui/h.ts';
import { isEscape } from '../../../ui/keys.ts';
import { patch } from '../../../ui/patch.ts';
import { planTo, toggleRead } from './map-acts.ts';
import { cardContent, cardPlace, spokenPost } from './map-card.ts';
import { MapDrawing, placeOf, type Scene } from './map-drawing.ts';
import { readStyle } from './map-style.ts';
import type { Frame, Point } from './map-frame.ts';
import { mapCommand, type MapCommand, type ZoomStep } from './map-keys.ts';
import { dotBeside, pointOf } from './map-find.ts';
import { legendContent } from './map-legend.ts';
import { MapPlot } from './map-plot.ts';
import {
  addressOfName,
  bandLabels,
  mapPosts,
  type MapPosts,
  NO_DOT,
  partBeside,
  tiedDot,
} from './map-posts.ts';
import type { LibraryContext, View } from '../../view.ts';

const ZOOM_FACTOR = 1.5;
/** Media queries that change colours although nothing stored changes. */
const COLOUR_QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)', 'print'];

export function mapView(context: LibraryContext): View {
  return new MapView(context);
}

/** The posts as they are laid out, and how they are drawn now. */
interface ShownMap {
  posts: MapPosts;
  scene: Scene;
  drawing: MapDrawing;
  /** What the layout depends on. */
  key: readonly unknown[];
}

class MapView implements View {
  readonly element: HTMLElement;
  readonly #context: LibraryContext;
  readonly #plot: MapPlot;
  readonly #probe = h('i', { class: 'probe', hidden: true });
  readonly #legend = h('div', { class: 'legend' });
  readonly #card = h('div', { class: 'card', role: 'group', hidden: true });
  readonly #status = h('p', { class: 'unseen', role: 'status' });
  readonly #hint = h('p', { class: 'unseen', id: 'map-keys' });
  /** undefined until the view is drawn for the first time. */
  #map: ShownMap | undefined;
  /** The id of the chosen post. */
  #chosen: number | undefined;
  /** The opening of a chosen post, if it has one and it was read. */
  #opening: { of: number; element: HTMLElement } | undefined;
  /** The post that the address last asked for. */
  #askedFor: string | null = null;

  constructor(context: LibraryContext) {
    this.#context = context;
    this.#plot = new MapPlot({
      draw: (frame) => this.#drawFrame(frame),
      hover: (dot) => this.#hover(dot),
      press: (dot, at) => this.#press(dot, at),
      leads: (at) => this.#addressAt(at) !== undefined,
    });
    this.#plot.box.append(this.#card, this.#probe);
    this.#plot.element.setAttribute('aria-describedby', this.#hint.id);
    const parts = [this.#legend, this.#plot.box, this.#status, this.#hint];
    this.element = h('section', { class: 'map' }, ...parts);
    on(this.element, 'keydown', (event) => this.#pressKey(event));
    on(this.#card, 'keydown', (event) => this.#leaveCard(event));
  }

  show(shown: AbortSignal): void {
    for (const each of COLOUR_QUERIES)
      matchMedia(each).addEventListener('change', () => this.#draw(), { signal: shown });
    addEventListener('beforeprint', () => this.#drawIn('light'), { signal: shown });
    addEventListener('afterprint', () => this.#drawIn(''), { signal: shown });
  }

  /**
   * Draws at once in this colour scheme, '' for that of the page: the canvas is printed as it is. Firefox sends
   * `afterprint` while `print` still matches, so that query draws again when printing has ended.
   */
  #drawIn(scheme: 'light' | ''): void {
    this.#probe.style.colorScheme = scheme;
    this.#draw();
    this.#drawFrame(this.#plot.frame);
  }

  draw(query: URLSearchParams): void {
    this.#draw();
    const id = query.get('post');
    if (id !== this.#askedFor && id !== null) this.#goTo(Number(id));
    this.#askedFor = id;
  }

  #draw(): void {
    const { details, live } = this.#context;
    const { words, record } = live;
    const { layout } = this.#laidOut().posts;
    const isRead = (id: number) => markOf(record, id).kind === 'read';
    if (this.#chosen !== undefined && !this.#has(this.#chosen)) this.#chosen = undefined;
    this.#plot.element.setAttribute('aria-label', words.map.picture(layout.ids.length));
    this.#hint.textContent = words.map.keys;
    this.#update({
      kinds: [...layout.ids].map((id) => markOf(record, id).kind),
      bands: bandLabels(layout, details, isRead, words.map.noCategory),
      chosen: this.#tiedChosen(),
    });
    const zoom = (to: ZoomStep) => this.#zoom(to);
    patch(this.#legend, legendContent(this.#context, layout, zoom));
    this.#drawCard();
  }

  /** The posts, laid out again if some were discovered or the text has another size. */
  #laidOut(): ShownMap {
    const { catalogue, details } = this.#context;
    const map = this.#map;
    const style = readStyle(this.#probe);
    const drawing = map?.drawing ?? new MapDrawing(this.#plot.canvas, style);
    drawing.style = style;
    const key = [catalogue, details, style.unit];
    if (map && key.every((each, i) => each === map.key[i])) return map;
    const posts = mapPosts(catalogue, details, (name) => drawing.nameWidth(name));
    const { layout, titles } = posts;
    const nothing = { kinds: [], bands: [], hovered: NO_DOT, chosen: NO_DOT };
    this.#map = { posts, scene: { layout, titles, ...nothing }, drawing, key };
    this.#plot.show(layout, style.unit);
    return this.#map;
  }

  #update(change: Partial<Scene>): void {
    if (!this.#map) return;
    this.#map.scene = { ...this.#map.scene, ...change };
    this.#plot.redraw();
  }

  #drawFrame(frame: Frame): void {
    if (!this.#map) return;
    const { scene, drawing } = this.#map;
    drawing.draw(scene, frame);
    this.element.classList.toggle('docked', this.#isDocked());
    if (!this.#card.hidden && !this.#isDocked()) this.#placeCard(scene, frame);
  }

  #drawCard(): void {
    const [card, chosen, opening] = [this.#card, this.#chosen, this.#opening];
    card.hidden = chosen === undefined;
    if (chosen === undefined) return;
    card.setAttribute('aria-label', this.#context.live.words.map.chosen);
    // Few posts have an opening, so no room is kept for it.
    const shown = opening?.of === chosen ? opening.element : undefined;
    const placement = place(chosen, this.#context.catalogue);
    patch(card, cardContent(this.#context, placement, shown));
  }

  /** Moves the card beside the chosen dot. */
  #placeCard({ layout, chosen }: Scene, frame: Frame): void {
    const card = this.#card;
    const size = { width: card.offsetWidth, height: card.offsetHeight };
    const busy = [...chosen.refersTo, ...chosen.citedBy].map((dot) => placeOf(layout, dot, frame));
    const { x, y } = cardPlace(frame, placeOf(layout, chosen.dot, frame), size, busy);
    card.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  }

  /** Whether the card lies at the foot of the map, as map.css has it in a narrow window. */
  #isDocked(): boolean {
    return this.#plot.frame.gutter === 0;
  }

  #has(id: number): boolean {
    return this.#map?.posts.dotOf.has(id) ?? false;
  }

  #idOf(dot: number): number | undefined {
    return this.#map?.posts.layout.ids[dot];
  }

  /** A dot with those of its references; NO_DOT for -1. */
  #tied(dot: number): Scene['chosen'] {
    return this.#map ? tiedDot(dot, this.#map.posts, this.#context.catalogue) : NO_DOT;
  }

  #tiedChosen(): Scene['chosen'] {
    return this.#tied((this.#chosen && this.#map?.posts.dotOf.get(this.#chosen)) ?? -1);
  }

  /** The address that the name at a place leads to. */
  #addressAt(at: Point): string | undefined {
    const name = this.#map?.drawing.nameAt(at);
    return this.#map && name !== undefined
      ? addressOfName(name, this.#map.posts.layout, this.#context.catalogue)
      : undefined;
  }

  #hover(dot: number): void {
    if (this.#map && this.#map.scene.hovered.dot !== dot)
      this.#update({ hovered: this.#tied(dot) });
  }

  #press(dot: number, at: Point): void {
    const address = dot < 0 ? this.#addressAt(at) : undefined;
    if (address) this.#context.go(address);
    else this.#choose(this.#idOf(dot));
  }

  /** Chooses a post, or none. */
  #choose(id: number | undefined): void {
    this.#chosen = id !== undefined && this.#has(id) ? id : undefined;
    this.#update({ chosen: this.#tiedChosen() });
    this.#drawCard();
    if (this.#chosen !== undefined) void this.#readOpening(this.#chosen);
  }

  async #readOpening(id: number): Promise<void> {
    if (this.#opening?.of === id) return;
    const seen = (await query('postDetails', { id }))?.opening;
    if (!seen || this.#chosen !== id) return;
    const { nodes } = typeset(textsOf(seen));
    const element = h('p', { class: 'opening', lang: BLOG_LANGUAGE }, ...nodes);
    this.#opening = { of: id, element };
    this.#drawCard();
    this.#plot.redraw();
  }

  /** Chooses a post for a key or an address: scrolls to it and announces it. */
  #goTo(id: number | undefined): void {
    this.#hover(-1);
    this.#choose(id);
    if (!this.#map || this.#chosen === undefined) return;
    const [context, plot] = [this.#context, this.#plot];
    this.#status.textContent = spokenPost(context, place(this.#chosen, context.catalogue));
    plot.element.scrollIntoView({ block: 'nearest' });
    const { layout, chosen } = this.#map.scene;
    plot.reveal(pointOf(layout, chosen.dot), this.#isDocked() ? this.#card.offsetHeight : 0);
  }

  /** Zooms about the chosen dot, if it is in sight. */
  #zoom(to: ZoomStep): void {
    if (!this.#map) return;
    const { frame } = this.#plot;
    const { layout, chosen } = this.#map.scene;
    const at = chosen.dot < 0 ? undefined : placeOf(layout, chosen.dot, frame);
    const isInSight =
      at && at.x > frame.gutter && at.x < frame.width && at.y > 0 && at.y < frame.height;
    const factor = to === 'in' ? ZOOM_FACTOR : 1 / ZOOM_FACTOR;
    this.#plot.zoom(to === 'whole' ? 'whole' : factor, isInSight ? at : undefined);
  }

  #pressKey(event: KeyboardEvent): void {
    const isOnMap = event.target === this.#plot.element;
    const command = mapCommand(event, { isOnMap, hasChosen: this.#chosen !== undefined });
    if (!command) return;
    event.preventDefault();
    this.#run(command);
  }

  #leaveCard(event: KeyboardEvent): void {
    if (!isEscape(event)) return;
    this.#plot.element.focus({ preventScroll: true });
    this.#choose(undefined);
  }

  #run(command: MapCommand): void {
    if (!this.#map) return;
    const { layout } = this.#map.posts;
    const chosen = this.#chosen;
    switch (command.kind) {
      case 'move': {
        const { dot } = this.#map.scene.chosen;
        const next = dot < 0 ? layout.ids.length - 1 : dotBeside(layout, dot, command.to);
        return this.#goTo(this.#idOf(next));
      }
      case 'part': {
        const part = chosen && partBeside(chosen, command.step, this.#context.catalogue);
        return this.#goTo(part ?? chosen);
      }
      case 'zoom':
        return this.#zoom(command.to);
      case 'close':
        return this.#choose(undefined);
      case 'mark':
        if (chosen !== undefined) toggleRead(this.#context, chosen);
        return;
      case 'plan':
        if (chosen !== undefined) planTo(this.#context, chosen);
        return;
      case 'open':
        this.#card.querySelector('a')?.click();
    }
  }
}
