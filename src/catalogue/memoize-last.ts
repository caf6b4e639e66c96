/**
 * Returns a function that calls `make` and keeps the result. It calls `make` again only when its argument is not the
 * one of the last call.
 */
export function memoizeLast<From, Value>(make: (from: From) => Value): (from: From) => Value {
  let last: { from: From; value: Value } | undefined;
  return (from) => {
    if (!last || last.from !== from) last = { from, value: make(from) };
    return last.value;
  };
}
