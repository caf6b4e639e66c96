/**
 * Decides when a preview appears and disappears. A pure state machine: it takes what the reader does, answers and the
 * time, and returns the next state and the effects to carry out. Times are in ms of one clock.
 *
 * The pointer or the keyboard rests on a link. If it leaves within DWELL_MS, nothing happens. After DWELL_MS the link
 * is looked up. The preview appears when the reader has rested for APPEAR_MS and the answer has arrived, so that
 * nothing in it moves. When the reader leaves the link, the preview stays for GRACE_MS, long enough to reach it.
 */

export const DWELL_MS = 150;
export const APPEAR_MS = 500;
export const GRACE_MS = 300;

/** `Link` is what the reader rests on, `Content` what the preview shows of it. */
export interface PreviewState<Link, Content> {
  /** The link that the pointer or the keyboard is on; while it is on the preview, the link of the preview. */
  readonly at: Link | undefined;
  /** The preview of `at` that is to appear. */
  readonly coming: Coming<Content> | undefined;
  /** The link whose preview is shown. */
  readonly shown: Link | undefined;
  /** When the shown preview disappears; undefined while the reader is on it. */
  readonly goesAt: number | undefined;
  /** How many links were looked up. */
  readonly lookUps: number;
}

interface Coming<Content> {
  /** When the reader began to rest. */
  readonly since: number;
  /** The number of the look-up; undefined before it begins. */
  readonly lookUp: number | undefined;
  readonly found: { readonly content: Content } | undefined;
}

export type PreviewEvent<Link, Content> =
  /** The pointer or the keyboard is on a link, or on none. */
  | { type: 'rest'; link: Link | undefined }
  /** The reader asks for the preview of a link, which then comes at once: a tap. */
  | { type: 'ask'; link: Link }
  /** A look-up has ended. */
  | { type: 'found'; lookUp: number; content: Content }
  /** The page was scrolled: a link that has moved under the pointer is not rested on yet. */
  | { type: 'scroll' }
  /** The preview is not wanted until the reader leaves the link: Escape, a press, no room. */
  | { type: 'dismiss' }
  /** Time has passed. `isInUse`: the keyboard is on the preview or on its link. */
  | { type: 'time'; isInUse: boolean };

export type PreviewEffect<Link, Content> =
  | { type: 'look-up'; link: Link; lookUp: number }
  | { type: 'show'; link: Link; content: Content }
  | { type: 'hide' }
  /** The reader has left a link. */
  | { type: 'left'; link: Link };

export const NO_PREVIEW = {
  at: undefined,
  coming: undefined,
  shown: undefined,
  goesAt: undefined,
  lookUps: 0,
} as const satisfies PreviewState<unknown, unknown>;

/** The next state, and the effects to carry out, in order. */
export type PreviewStep<Link, Content> = [
  state: PreviewState<Link, Content>,
  effects: PreviewEffect<Link, Content>[],
];

/** Returns the next state and the effects of an event at the time `now`. */
export function advancePreview<Link, Content>(
  state: PreviewState<Link, Content>,
  event: PreviewEvent<Link, Content>,
  now: number,
): PreviewStep<Link, Content> {
  switch (event.type) {
    case 'rest':
      return rest(state, event.link, now);
    case 'ask':
      return ask(state, event.link, now);
    case 'found': {
      const { coming } = state;
      if (coming?.lookUp !== event.lookUp) return [state, []];
      return comes({ ...state, coming: { ...coming, found: { content: event.content } } }, now);
    }
    case 'scroll':
      return hide({ ...state, coming: state.coming && comingSince(now) });
    case 'dismiss':
      return hide({ ...state, coming: undefined });
    case 'time':
      return passes(state, event.isInUse, now);
  }
}

/** Returns when the state needs the next `time` event; undefined if only the reader can change it. */
export function nextTimeOf({ coming, goesAt }: PreviewState<unknown, unknown>): number | undefined {
  const times = [
    ...(goesAt === undefined ? [] : [goesAt]),
    ...(coming && coming.lookUp === undefined ? [coming.since + DWELL_MS] : []),
    ...(coming?.found ? [coming.since + APPEAR_MS] : []),
  ];
  return times.length > 0 ? Math.min(...times) : undefined;
}

function rest<Link, Content>(
  state: PreviewState<Link, Content>,
  link: Link | undefined,
  now: number,
): PreviewStep<Link, Content> {
  const { at, shown } = state;
  const isOnIt = shown === undefined || link === shown;
  const goesAt = isOnIt ? undefined : (state.goesAt ?? now + GRACE_MS);
  if (link === at) return [{ ...state, goesAt }, []];
  const coming = link === undefined || link === shown ? undefined : comingSince(now);
  return [
    { ...state, at: link, coming, goesAt },
    at === undefined ? [] : [{ type: 'left', link: at }],
  ];
}

function ask<Link, Content>(
  state: PreviewState<Link, Content>,
  link: Link,
  now: number,
): PreviewStep<Link, Content> {
  const [rested, effects] = rest(state, link, now);
  if (rested.shown === link) return [rested, effects];
  const [next, more] = comes({ ...rested, coming: comingSince(now - APPEAR_MS) }, now);
  return [next, [...effects, ...more]];
}

function passes<Link, Content>(
  state: PreviewState<Link, Content>,
  isInUse: boolean,
  now: number,
): PreviewStep<Link, Content> {
  if (state.goesAt === undefined || now < state.goesAt) return comes(state, now);
  if (isInUse) return comes({ ...state, goesAt: undefined }, now);
  const [hidden, effects] = hide(state);
  const [next, more] = comes(hidden, now);
  return [next, [...effects, ...more]];
}

/** Looks up the coming preview, or shows it, if it is time. */
function comes<Link, Content>(
  state: PreviewState<Link, Content>,
  now: number,
): PreviewStep<Link, Content> {
  const { at, coming } = state;
  if (at === undefined || !coming) return [state, []];
  if (coming.lookUp === undefined && now >= coming.since + DWELL_MS) {
    const lookUp = state.lookUps + 1;
    return [
      { ...state, coming: { ...coming, lookUp }, lookUps: lookUp },
      [{ type: 'look-up', link: at, lookUp }],
    ];
  }
  if (!coming.found || now < coming.since + APPEAR_MS) return [state, []];
  return [
    { ...state, coming: undefined, shown: at, goesAt: undefined },
    [{ type: 'show', link: at, content: coming.found.content }],
  ];
}

function hide<Link, Content>(state: PreviewState<Link, Content>): PreviewStep<Link, Content> {
  return [
    { ...state, shown: undefined, goesAt: undefined },
    state.shown === undefined ? [] : [{ type: 'hide' }],
  ];
}

function comingSince(since: number): Coming<never> {
  return { since, lookUp: undefined, found: undefined };
}
