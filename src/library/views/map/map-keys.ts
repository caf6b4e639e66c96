/** The keys of the map. Pure. */
import type { Direction } from './map-find.ts';

export type MapCommand =
  /** Moves to the dot beside the chosen one. */
  | { kind: 'move'; to: Direction }
  /** Moves to the next or previous part of the chosen post's series. */
  | { kind: 'part'; step: 1 | -1 }
  | { kind: 'zoom'; to: ZoomStep }
  /** Acts on the chosen post. */
  | { kind: 'close' | 'mark' | 'plan' | 'open' };

export type ZoomStep = 'in' | 'out' | 'whole';

const COMMANDS: Record<string, MapCommand> = {
  ArrowLeft: { kind: 'move', to: 'left' },
  ArrowRight: { kind: 'move', to: 'right' },
  ArrowUp: { kind: 'move', to: 'up' },
  ArrowDown: { kind: 'move', to: 'down' },
  '[': { kind: 'part', step: -1 },
  ']': { kind: 'part', step: 1 },
  '+': { kind: 'zoom', to: 'in' },
  '=': { kind: 'zoom', to: 'in' },
  '-': { kind: 'zoom', to: 'out' },
  '0': { kind: 'zoom', to: 'whole' },
  Escape: { kind: 'close' },
  ' ': { kind: 'mark' },
  p: { kind: 'plan' },
  P: { kind: 'plan' },
  Enter: { kind: 'open' },
};

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/**
 * The command of a key press, or undefined if the map leaves the press to the browser. Zooming works
 * everywhere in the view, other keys on the map itself, and most of them only when a post is chosen.
 */
export function mapCommand(
  { key, shiftKey, ctrlKey, metaKey, altKey }: Press,
  { isOnMap, hasChosen }: { isOnMap: boolean; hasChosen: boolean },
): MapCommand | undefined {
  if (ctrlKey || metaKey || altKey || !Object.hasOwn(COMMANDS, key)) return undefined;
  // Signs and capital letters need Shift on some keyboards.
  if (shiftKey && (key === ' ' || key === 'Escape')) return undefined;
  const command = COMMANDS[key];
  if (command?.kind === 'zoom') return command;
  if (!isOnMap) return undefined;
  return hasChosen || command?.kind === 'move' ? command : undefined;
}
