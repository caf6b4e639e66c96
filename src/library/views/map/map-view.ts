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
import { dotBeside, pointOf } from './map-layout.ts';
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
const COLOUR_QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

export function mapView(context: LibraryContext, signal: AbortSignal): View {
  const { live } = context;
  const probe = h('i', { class: 'probe', hidden: true });
  const legend = h('div', { class: 'legend' });
  const card = h('div', { class: 'card', role: 'group', hidden: true });
  const status = h('p', { class: 'unseen', role: 'status' });
  const hint = h('p', { class: 'unseen', id: 'map-keys' });
  const plot = new MapPlot(
    {
      draw: (frame) => drawFrame(frame),
      hover: (dot) => hover(dot),
      press: (dot, at) => {
        const address = dot < 0 ? addressAt(at) : undefined;
        if (address) context.go(address);
        else choose(idOf(dot));
      },
      leads: (at) => addressAt(at) !== undefined,
    },
    signal,
  );
  plot.box.append(card, probe);
  plot.element.setAttribute('aria-describedby', hint.id);
  const element = h('section', { class: 'map' }, legend, plot.box, status, hint);

  /** What is drawn; undefined until the view is drawn for the first time. */
  let map: { posts: MapPosts; scene: Scene; drawing: MapDrawing; key: unknown[] } | undefined;
  /** The id of the chosen post. */
  let chosen: number | undefined;
  /** The opening of the chosen post, if it has one and it was read. */
  let opening: { of: number; element: HTMLElement } | undefined;
  let askedFor: string | null = null;

  const idOf = (dot: number) => map?.posts.layout.ids[dot];
  const has = (id: number) => map?.posts.dotOf.has(id) ?? false;
  const tied = (dot: number) => (map ? tiedDot(dot, map.posts, context.catalogue) : NO_DOT);
  const tiedChosen = () => tied((chosen && map?.posts.dotOf.get(chosen)) ?? -1);

  /** The posts, laid out again if some were discovered or the text has another size. */
  const laidOut = () => {
    const { catalogue, details } = context;
    const style = readStyle(probe);
    const drawing = map?.drawing ?? new MapDrawing(plot.canvas, style);
    drawing.style = style;
    const key = [catalogue, details, style.unit];
    if (map && key.every((each, i) => each === map?.key[i])) return map;
    const posts = mapPosts(catalogue, details, (name) => drawing.nameWidth(name));
    const { layout, titles } = posts;
    const nothing = { kinds: [], bands: [], hovered: NO_DOT, chosen: NO_DOT };
    map = { posts, scene: { layout, titles, ...nothing }, drawing, key };
    plot.show(layout, style.unit);
    return map;
  };

  const update = (change: Partial<Scene>) => {
    if (!map) return;
    map.scene = { ...map.scene, ...change };
    plot.redraw();
  };

  /** The address that the name at a place leads to. */
  const addressAt = (at: Point): string | undefined => {
    const name = map?.drawing.nameAt(at);
    return map && name !== undefined
      ? addressOfName(name, map.posts.layout, context.catalogue)
      : undefined;
  };

  const hover = (dot: number) => {
    if (map && map.scene.hovered.dot !== dot) update({ hovered: tied(dot) });
  };

  /** Chooses a post, or none. */
  const choose = (id: number | undefined) => {
    chosen = id !== undefined && has(id) ? id : undefined;
    update({ chosen: tiedChosen() });
    drawCard();
    if (chosen !== undefined) void readOpening(chosen);
  };

  const readOpening = async (id: number) => {
    if (opening?.of === id) return;
    const seen = (await query('postDetails', { id }))?.opening;
    if (!seen || chosen !== id) return;
    const { nodes } = typeset(textsOf(seen));
    opening = { of: id, element: h('p', { class: 'opening', lang: BLOG_LANGUAGE }, ...nodes) };
    drawCard();
    plot.redraw();
  };

  /** Chooses a post for a key or an address: scrolls to it and announces it. */
  const goTo = (id: number | undefined) => {
    hover(-1);
    choose(id);
    if (!map || chosen === undefined) return;
    status.textContent = spokenPost(context, place(chosen, context.catalogue));
    plot.element.scrollIntoView({ block: 'nearest' });
    const { layout, chosen: own } = map.scene;
    plot.reveal(pointOf(layout, own.dot), isDocked() ? card.offsetHeight : 0);
  };

  const drawCard = () => {
    card.hidden = chosen === undefined;
    if (chosen === undefined) return;
    card.setAttribute('aria-label', live.words.map.chosen);
    // Few posts have an opening, so no room is kept for it.
    const shown = opening?.of === chosen ? opening.element : undefined;
    patch(card, cardContent(context, place(chosen, context.catalogue), shown, signal));
  };

  /** Whether the card lies at the foot of the map, as map.css has it in a narrow window. */
  const isDocked = () => plot.frame.gutter === 0;

  const drawFrame = (frame: Frame) => {
    if (!map) return;
    const { scene, drawing } = map;
    drawing.draw(scene, frame);
    element.classList.toggle('docked', isDocked());
    if (card.hidden || isDocked()) return;
    const { layout, chosen: own } = scene;
    const size = { width: card.offsetWidth, height: card.offsetHeight };
    const busy = [...own.refersTo, ...own.citedBy].map((dot) => placeOf(layout, dot, frame));
    const { x, y } = cardPlace(frame, placeOf(layout, own.dot, frame), size, busy);
    card.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  };

  const draw = () => {
    const { words, record } = live;
    const { layout } = laidOut().posts;
    const isRead = (id: number) => markOf(record, id).kind === 'read';
    if (chosen !== undefined && !has(chosen)) chosen = undefined;
    plot.element.setAttribute('aria-label', words.map.picture(layout.ids.length));
    hint.textContent = words.map.keys;
    update({
      kinds: [...layout.ids].map((id) => markOf(record, id).kind),
      bands: bandLabels(layout, context.details, isRead, words.map.noCategory),
      chosen: tiedChosen(),
    });
    patch(legend, legendContent(context, layout, zoom, signal));
    drawCard();
  };

  /** Zooms about the chosen dot, if it is in sight. */
  const zoom = (to: ZoomStep) => {
    if (!map) return;
    const { frame } = plot;
    const { layout, chosen: own } = map.scene;
    const at = own.dot < 0 ? undefined : placeOf(layout, own.dot, frame);
    const isInSight =
      at && at.x > frame.gutter && at.x < frame.width && at.y > 0 && at.y < frame.height;
    const factor = to === 'in' ? ZOOM_FACTOR : 1 / ZOOM_FACTOR;
    plot.zoom(to === 'whole' ? 'whole' : factor, isInSight ? at : undefined);
  };

  const run = (command: MapCommand) => {
    if (!map) return;
    const { layout } = map.posts;
    switch (command.kind) {
      case 'move': {
        const { dot } = map.scene.chosen;
        return goTo(idOf(dot < 0 ? layout.ids.length - 1 : dotBeside(layout, dot, command.to)));
      }
      case 'part':
        return goTo(chosen && (partBeside(chosen, command.step, context.catalogue) ?? chosen));
      case 'zoom':
        return zoom(command.to);
      case 'close':
        return choose(undefined);
      case 'mark':
        if (chosen !== undefined) toggleRead(context, chosen);
        return;
      case 'plan':
        if (chosen !== undefined) planTo(context, chosen);
        return;
      case 'open':
        card.querySelector('a')?.click();
    }
  };

  const pressKey = (event: KeyboardEvent) => {
    const isOnMap = event.target === plot.element;
    const command = mapCommand(event, { isOnMap, hasChosen: chosen !== undefined });
    if (!command) return;
    event.preventDefault();
    run(command);
  };
  const leaveCard = (event: KeyboardEvent) => {
    if (!isEscape(event)) return;
    plot.element.focus({ preventScroll: true });
    choose(undefined);
  };
  on(element, 'keydown', pressKey, signal);
  on(card, 'keydown', leaveCard, signal);

  return {
    element,
    show(shown) {
      for (const each of COLOUR_QUERIES)
        matchMedia(each).addEventListener('change', draw, { signal: shown });
    },
    draw(query) {
      draw();
      const id = query.get('post');
      if (id !== askedFor && id !== null) goTo(Number(id));
      askedFor = id;
    },
  };
}
