/**
 * Stored values that could not be read. They are kept under a storage key of their own before sound
 * values overwrite them, so that they can still be examined. The reader is told once.
 */
export interface QuarantinedPiece {
  /** The storage key of the value. */
  key: string;
  /** A line as it was stored, or another value as JSON; at most 4,000 characters. */
  text: string;
  /** When it was found, in ms. */
  at: number;
}

export interface Quarantine {
  /** The newest at the end; at most 100. */
  pieces: QuarantinedPiece[];
  /** Whether the reader was told of all of them. */
  acknowledged: boolean;
}

const MOST_PIECES = 100;
const MOST_CHARACTERS = 4_000;

/** Reads what is stored under `aside`, whatever it is. */
export function readQuarantine(stored: unknown): Quarantine {
  const { pieces, said } = (stored ?? {}) as Record<string, unknown>;
  const sound = (Array.isArray(pieces) ? (pieces as unknown[]) : []).filter(isPiece);
  return { pieces: sound.slice(-MOST_PIECES), acknowledged: said === true };
}

/** The value to store under `aside`. */
export function storedQuarantine({ pieces, acknowledged }: Quarantine): unknown {
  return { pieces, said: acknowledged };
}

/**
 * Adds texts that were found under a key. If there are too many pieces, the oldest are removed.
 *
 * @param now in ms
 */
export function addToQuarantine(
  quarantine: Quarantine,
  key: string,
  texts: readonly string[],
  now: number,
): Quarantine {
  if (texts.length === 0) return quarantine;
  const found = texts
    .slice(-MOST_PIECES)
    .map((text) => ({ key, text: text.slice(0, MOST_CHARACTERS), at: now }));
  return { pieces: [...quarantine.pieces, ...found].slice(-MOST_PIECES), acknowledged: false };
}

function isPiece(given: unknown): given is QuarantinedPiece {
  const { key, text, at } = (given ?? {}) as Record<keyof QuarantinedPiece, unknown>;
  return (
    typeof key === 'string' &&
    typeof text === 'string' &&
    text.length <= MOST_CHARACTERS &&
    Number.isFinite(at)
  );
}
