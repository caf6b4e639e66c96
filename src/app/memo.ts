/** Values that are computed when they are first needed. */

/** Returns a function that computes a value from `from()`, and again only when that changes. */
export function derived<From, Value>(from: () => From, make: (from: From) => Value): () => Value {
  let last: { from: From; value: Value } | undefined;
  return () => {
    const now = from();
    if (!last || last.from !== now) last = { from: now, value: make(now) };
    return last.value;
  };
}
