/** Which events are the reader's. */
export function isReal(event: Event): boolean {
  return event.isTrusted;
}
