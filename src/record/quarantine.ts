/**
 * What stood in the storage and could not be read: set aside under a key of its own before what is
 * sound is written again, so that somebody may still make something of it. Said once.
 */
export interface Piece {
  /** Under which key it stood. */
  key: string;
  /** A line as it stood; of another value its JSON. Cut at 4,000 characters. */
  text: string;
  /** When it was found, in ms. */
  at: number;
}

export interface Aside {
  /** The latest at the end, 100 at most. */
  pieces: Piece[];
  /** Whether the reader was told of all of them. */
  said: boolean;
}

const MOST_PIECES = 100;
const MOST_CHARACTERS = 4_000;

/** What is set aside, whatever is stored there. */
export function readAside(stored: unknown): Aside {
  const { pieces, said } = (stored ?? {}) as Record<keyof Aside, unknown>;
  const sound = (Array.isArray(pieces) ? (pieces as unknown[]) : []).filter(isPiece);
  return { pieces: sound.slice(-MOST_PIECES), said: said === true };
}

/** With what was found under a key added; the oldest pieces go first. `now` in ms. */
export function setAside(aside: Aside, key: string, texts: readonly string[], now: number): Aside {
  if (texts.length === 0) return aside;
  const found = texts
    .slice(-MOST_PIECES)
    .map((text) => ({ key, text: text.slice(0, MOST_CHARACTERS), at: now }));
  return { pieces: [...aside.pieces, ...found].slice(-MOST_PIECES), said: false };
}

function isPiece(given: unknown): given is Piece {
  const { key, text, at } = (given ?? {}) as Record<keyof Piece, unknown>;
  return (
    typeof key === 'string' &&
    typeof text === 'string' &&
    text.length <= MOST_CHARACTERS &&
    Number.isFinite(at)
  );
}
