/** Whether a value is a whole number from 0 on, and less than `below`. */
export function isNatural(given: unknown, below = Infinity): given is number {
  return Number.isSafeInteger(given) && (given as number) >= 0 && (given as number) < below;
}
