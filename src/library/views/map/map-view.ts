/** 地图: all posts in one picture, a dot a post; what is chosen shows what it builds on. */
import { place, placeInSeries, type Placement } from '../../../catalogue/place.ts';
import { displayName } from '../../../catalogue/series-name.ts';
import { keep, MOST_PLANS, PLAN_OPTIONS, planFor } from '../../../catalogue/plans/planner.ts';
import { KINDS } from '../../../catalogue/search/filters.ts';
import { markOf } from '../../../record/marks.ts';
import { h, on } from '../../../ui/h.ts';
import { markIcon } from '../../../ui/icons.ts';
import { patch } from '../../../ui/patch.ts';
import { toggled } from '../../../app/line-view.ts';
import { dayOf } from '../../../record/time.ts';
import { markText } from '../../../ui/words/index.ts';
import { keptPlans } from '../../saved-plans.ts';
import { cardContent, cardPlace } from './map-card.ts';
import { MapDrawing, placeOf, readStyle, type References, type Scene } from './map-drawing.ts';
import type { Frame, Place } from './map-frame.ts';
import { type Direction, dotBeside, layOut, type MapLayout } from './map-layout.ts';
import { MapPlot } from './map-plot.ts';
import { metOpening } from '../../seen-opening.ts';
import { libraryOf, planQuery } from '../plan/plan-page.ts';
import { listAddress, seriesAddress, type Shelf, type View, viewAddress } from '../../view.ts';

const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ZOOM_KEYS: Record<string, 'in' | 'out' | 'whole'> = {
  '+': 'in',
  '=': 'in',
  '-': 'out',
  '0': 'whole',
};
const ZOOM_STEP = 1.5;
const NO_TIES: References = { from: -1, refersTo: [], citedBy: [] };
/** What changes the colours without anything being stored. */
const MEDIA = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

export function mapView(shelf: Shelf, signal: AbortSignal): View {
  const { live } = shelf;
  const probe = h('i', { class: 'probe', hidden: true });
  const legend = h('div', { class: 'legend' });
  const card = h('div', { class: 'card', role: 'group', hidden: true });
  const said = h('p', { class: 'unseen', role: 'status' });
  const hint = h('p', { class: 'unseen', id: 'map-keys' });
  const plot = new MapPlot(
    {
      draw: (frame) => drawFrame(frame),
      hover: (dot) => hover(dot),
      press: (dot, at) => {
        const address = dot < 0 ? listAt(at) : undefined;
        if (address) shelf.go(address);
        else choose(dot);
      },
      leads: (at) => listAt(at) !== undefined,
    },
    signal,
  );
  plot.box.append(card, probe);
  plot.element.setAttribute('aria-describedby', hint.id);
  const element = h('section', { class: 'map' }, legend, plot.box, said, hint);

  let drawing: MapDrawing | undefined;
  let scene: Scene | undefined;
  let known: { catalogue: Shelf['catalogue']; details: Shelf['details']; unit: number } | undefined;
  let dotOf = new Map<number, number>();
  let asked: string | null = null;

  /** Lays the map out anew where posts were learned, or the text has another size. */
  const layout = (): MapLayout => {
    const { catalogue, details } = shelf;
    const style = readStyle(probe);
    if (drawing) drawing.style = style;
    else drawing = new MapDrawing(plot.canvas, style);
    const isKnown =
      known?.catalogue === catalogue && known.details === details && known.unit === style.unit;
    if (scene && isKnown) return scene.layout;
    known = { catalogue, details, unit: style.unit };
    const chosen = idOf(scene?.chosen ?? -1);
    const pen = drawing;
    const made = layOut(
      catalogue,
      (id) => details.get(id)?.categories[0] ?? '',
      (name) => pen.nameWidth(name),
    );
    dotOf = new Map([...made.ids].map((id, at) => [id, at]));
    scene = {
      layout: made,
      kinds: [],
      titles: shortTitles(shelf.catalogue, made),
      bands: [],
      hovered: -1,
      chosen: chosen === undefined ? -1 : (dotOf.get(chosen) ?? -1),
      references: NO_TIES,
    };
    plot.show(made, style.unit);
    return made;
  };

  /** The list of the series or of the category whose name stands there. */
  const listAt = (at: Place): string | undefined => {
    const sign = drawing?.signAt(at);
    if (sign === undefined) return undefined;
    if (typeof sign === 'number') {
      const name = scene?.layout.bands[sign]?.name;
      return name ? listAddress({ categories: [name] }) : undefined;
    }
    const series = shelf.catalogue.series.find(({ name }) => displayName(name) === sign);
    return series && seriesAddress(series.name);
  };

  const idOf = (dot: number) => scene?.layout.ids[dot];

  const set = (change: Partial<Scene>) => {
    if (!scene) return;
    scene = { ...scene, ...change };
    const { hovered, chosen } = scene;
    scene = { ...scene, references: ties(hovered >= 0 ? hovered : chosen) };
    plot.redraw();
  };

  const ties = (dot: number): References => {
    const id = idOf(dot);
    if (id === undefined) return NO_TIES;
    const { references, citedBy } = place(id, shelf.catalogue);
    const dots = (posts: readonly { id: number }[]) =>
      posts.flatMap((post) => dotOf.get(post.id) ?? []);
    return { from: dot, refersTo: dots(references ?? []), citedBy: dots(citedBy) };
  };

  const hover = (dot: number) => {
    if (scene && scene.hovered !== dot) set({ hovered: dot });
  };

  /** Chooses a dot, or none with -1; said aloud where a key has led to it. */
  const choose = (dot: number, isByKey = false) => {
    if (!scene) return;
    set({ chosen: dot, hovered: isByKey ? -1 : scene.hovered });
    const placement = chosenPlacement();
    drawCard();
    if (!isByKey || !placement) return;
    said.textContent = spoken(shelf, placement);
    plot.element.scrollIntoView({ block: 'nearest' });
    const { x, y } = scene.layout;
    plot.reveal({ x: x[dot] ?? 0, y: y[dot] ?? 0 }, isDocked() ? card.offsetHeight : 0);
  };

  const chosenPlacement = (): Placement | undefined => {
    const id = idOf(scene?.chosen ?? -1);
    return id === undefined ? undefined : place(id, shelf.catalogue);
  };

  const drawCard = () => {
    const placement = chosenPlacement();
    card.hidden = placement === undefined;
    if (!placement) return;
    card.setAttribute('aria-label', live.words.map.chosen);
    patch(
      card,
      cardContent(shelf, placement, {
        categories: shelf.details.get(placement.id)?.categories ?? [],
        isPlanned: plans.to(placement.id) !== undefined,
      }),
    );
    void addOpening(placement.id);
  };

  /** A place for it is made when it is there: most posts have none. */
  const addOpening = async (id: number) => {
    const opening = await metOpening(id);
    if (!opening || chosenPlacement()?.id !== id || card.querySelector('.opening')) return;
    card.querySelector('.foot')?.before(opening);
    plot.redraw();
  };

  /** In a narrow window the card lies at the foot of the map: map.css says so. */
  const isDocked = () => plot.frame.gutter === 0;

  const drawFrame = (frame: Frame) => {
    if (!scene || !drawing) return;
    drawing.draw(scene, frame);
    element.classList.toggle('docked', isDocked());
    if (card.hidden || isDocked()) return;
    const { layout: made, chosen } = scene;
    const { refersTo, citedBy } = ties(chosen);
    const size = { width: card.offsetWidth, height: card.offsetHeight };
    const busy = [...refersTo, ...citedBy].map((dot) => placeOf(made, dot, frame));
    const { x, y } = cardPlace(frame, placeOf(made, chosen, frame), size, busy);
    card.style.translate = `${Math.round(x)}px ${Math.round(y)}px`;
  };

  const drawLegend = (made: MapLayout) => {
    const { words, record } = live;
    const counts = new Map(KINDS.map((kind) => [kind, 0]));
    for (const id of made.ids) {
      const { kind } = markOf(record, id);
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const month = new Intl.DateTimeFormat(document.documentElement.lang, {
      year: 'numeric',
      month: 'long',
      timeZone: 'UTC',
    });
    const [from = '', to = ''] = [made.ids[0], made.ids.at(-1)].map((id) => {
      const date = shelf.catalogue.post(id ?? 0)?.date;
      return date ? month.format(new Date(date)) : '';
    });
    const count = (kind: (typeof KINDS)[number], name: string) =>
      h(
        'li',
        {},
        h(
          'a',
          {
            href: listAddress({ kinds: [kind] }),
            title: words.map.inList,
            'data-key': `count-${kind}`,
          },
          markIcon(SHAPES[kind]),
          `${name} ${words.count(counts.get(kind) ?? 0)}`,
        ),
      );
    const zoom = (key: string, text: string, label?: string) =>
      h(
        'button',
        { type: 'button', 'data-zoom': key, 'data-key': `zoom-${key}`, 'aria-label': label },
        text,
      );
    patch(legend, [
      h('h1', { class: 'unseen' }, words.views.map),
      h(
        'p',
        {},
        ...numbered(words.map.sum(made.ids.length, shelf.catalogue.series.length)),
        words.map.span(from, to),
      ),
      h(
        'ul',
        {},
        count('read', words.read),
        count('reading', words.readingNow),
        count('later', words.later),
        count('unread', words.unread),
      ),
      h(
        'div',
        { class: 'zoom', role: 'group', 'aria-label': words.map.zoom },
        zoom('out', '−', words.map.zoomOut),
        zoom('in', '+', words.map.zoomIn),
        zoom('whole', words.map.whole),
      ),
    ]);
  };

  const draw = () => {
    const { words, record } = live;
    const made = layout();
    const kinds = [...made.ids].map((id) => markOf(record, id).kind);
    const counts = countsOfCategories(shelf.details, (id) => markOf(record, id).kind === 'read');
    const bands = made.bands.map(({ name, posts }) => {
      const { read, all } = counts.get(name) ?? { read: 0, all: posts };
      return { name: name || words.map.noCategory, count: `${read} / ${all}` };
    });
    plot.element.setAttribute('aria-label', words.map.picture(made.ids.length));
    hint.textContent = words.map.keys;
    set({ kinds, bands });
    drawLegend(made);
    drawCard();
  };

  const mark = (what: 'toggle' | 'later') => {
    const id = idOf(scene?.chosen ?? -1);
    if (id === undefined) return;
    const now = markOf(live.record, id);
    const other =
      now.kind === 'later' ? ({ kind: 'unread' } as const) : ({ kind: 'later' } as const);
    void shelf.actions.mark([
      { post: id, mark: what === 'toggle' ? toggled(now, Date.now()) : other },
    ]);
  };

  /** Keeps a plan to the chosen post; leads to the one that there is, or where room can be made. */
  const plan = () => {
    const id = idOf(scene?.chosen ?? -1);
    if (id === undefined || !plans.loaded) return;
    const isFull = plans.all().length >= MOST_PLANS;
    const made = plans.to(id) || isFull ? undefined : planFor(id, PLAN_OPTIONS, libraryOf(shelf));
    if (made) void shelf.actions.keepPlan(keep(made, PLAN_OPTIONS, dayOf(Date.now())));
    else shelf.go(viewAddress('plan', planQuery(id)));
  };

  const zoom = (key: string) => {
    if (!scene) return;
    const { chosen, layout: made } = scene;
    const { frame } = plot;
    const at = chosen >= 0 ? placeOf(made, chosen, frame) : undefined;
    const isSeen =
      at && at.x > frame.gutter && at.x < frame.width && at.y > 0 && at.y < frame.height;
    const to = key === 'whole' ? 'whole' : key === 'in' ? ZOOM_STEP : 1 / ZOOM_STEP;
    plot.zoom(to, isSeen ? at : undefined);
  };

  /** The part of the same series so many places on. */
  const partBeside = (step: number): number => {
    const placement = chosenPlacement();
    const [series] = placement?.series ?? [];
    const part = series?.parts[series.k - 1 + step];
    return (part && dotOf.get(part.id)) ?? scene?.chosen ?? -1;
  };

  /** + − 0, wherever the focus is in the view. */
  const pressZoom = (key: string): boolean => {
    const way = ZOOM_KEYS[key];
    if (way) zoom(way);
    return way !== undefined;
  };

  const press = (key: string): boolean => {
    if (!scene) return false;
    const { chosen, layout: made } = scene;
    const direction = ARROWS[key];
    if (direction)
      choose(chosen < 0 ? made.ids.length - 1 : dotBeside(made, chosen, direction), true);
    else if (key === '[' || key === ']') choose(partBeside(key === ']' ? 1 : -1), true);
    else if (key === 'Escape' && chosen >= 0) choose(-1);
    else if (key === ' ' && chosen >= 0) mark('toggle');
    else if (key.toLowerCase() === 'p' && chosen >= 0) plan();
    else if (key === 'Enter' && chosen >= 0) card.querySelector('a')?.click();
    else return false;
    return true;
  };

  on(
    element,
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const isOnMap = event.target === plot.element;
      if (pressZoom(event.key) || (isOnMap && press(event.key))) event.preventDefault();
    },
    signal,
  );
  on(
    card,
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return;
      plot.element.focus({ preventScroll: true });
      choose(-1);
    },
    signal,
  );
  on(
    element,
    'click',
    ({ target }) => {
      const { zoom: way, act } = (target as Element).closest<HTMLElement>('button')?.dataset ?? {};
      if (way) zoom(way);
      else if (act === 'toggle' || act === 'later') mark(act);
      else if (act === 'plan') plan();
    },
    signal,
  );
  for (const query of MEDIA)
    matchMedia(query).addEventListener('change', () => element.isConnected && draw(), { signal });

  const plans = keptPlans(() => {
    if (element.isConnected) drawCard();
  }, signal);

  return {
    element,
    draw(query) {
      draw();
      const id = query.get('post');
      if (id !== asked && id !== null) choose(dotOf.get(Number(id)) ?? -1, true);
      asked = id;
    },
  };
}

const SHAPES = {
  unread: { kind: 'unread' },
  later: { kind: 'later' },
  reading: { kind: 'reading', fraction: 0.5 },
  read: { kind: 'read', at: 0, by: 'hand' },
} as const;

/** How many posts are in each category, '' for those in none, and how many of them are read. */
function countsOfCategories(
  details: Shelf['details'],
  isRead: (id: number) => boolean,
): Map<string, { read: number; all: number }> {
  const counts = new Map<string, { read: number; all: number }>();
  for (const [id, { categories }] of details) {
    const read = isRead(id) ? 1 : 0;
    for (const name of categories.length > 0 ? categories : ['']) {
      const count = counts.get(name) ?? { read: 0, all: 0 };
      counts.set(name, { read: count.read + read, all: count.all + 1 });
    }
  }
  return counts;
}

/** In a lane, which bears the series' name, what distinguishes a part; else the whole title. */
function shortTitles(catalogue: Shelf['catalogue'], { ids, lanes }: MapLayout): string[] {
  const names = new Set(lanes.map(({ name }) => name));
  const short = new Map(
    catalogue.series
      .filter(({ name }) => names.has(displayName(name)))
      .flatMap((series) => placeInSeries(series, catalogue).parts)
      .map((part) => [part.id, part.short]),
  );
  return [...ids].map((id) => short.get(id) ?? catalogue.post(id)?.title ?? '');
}

/** A dot in words: what the card shows. */
function spoken({ live }: Shelf, { id, post, series, references, citedBy }: Placement) {
  const { words, record } = live;
  const [first] = series;
  return words.map.said(
    ...[
      post?.title,
      markText(markOf(record, id), words),
      first && words.partIn(first.name, words.part(first.k, first.parts.length).join('')),
      post?.date,
      words.references(references?.length ?? null, citedBy.length),
    ].filter((part): part is string => Boolean(part)),
  );
}

/** Figures of a sentence, in the type of figures. */
function numbered(text: string): (string | HTMLElement)[] {
  return text
    .split(/(\d[\d,]*)/)
    .map((piece, at) => (at % 2 === 1 ? h('b', { class: 'num' }, piece) : piece));
}
