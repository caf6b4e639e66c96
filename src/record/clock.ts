/**
 * Clocks that are wrong. Marks come from other browsers and from files, with stamps by clocks that
 * nobody here set. A stamp is never rewritten: then the same entry would be two, and no two devices
 * would agree which one stands. Instead an act is stamped above what its own device knew about its
 * own post, and nothing else. So a stamp years ahead counts as the time at which it was received:
 *
 *   - an act done before it was received loses to it, and one done after wins, here and everywhere;
 *   - acts on other posts are stamped by the right clock, as if it had never come;
 *   - received again, from a shard, a file or a backup, it changes nothing.
 */
import { nextStamp, type Stamp } from './marks.ts';

/** Acts within one ms, or while the clock stood before the last: more than any reader does. */
export const MOST_TICKS = 2 ** 30;

/**
 * The stamp of an act on a post, above the last one on it; `now` in ms by this device's own clock.
 */
export function stampAbove(last: Stamp | undefined, now: number, device: string): Stamp {
  return last && last.time >= now && last.tick >= MOST_TICKS
    ? { time: last.time + 1, tick: 0, device }
    : nextStamp(last, now, device);
}
