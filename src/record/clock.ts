/**
 * When an act happened: a hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014).
 *
 * A stamp of another browser or of a file may come from a wrong clock. It is never rewritten: the same
 * entry would then have two stamps, and browsers would not agree which entry is newer. Instead an act
 * is stamped above the last known stamp of its own post, and of no other post. So a stamp years ahead
 * acts like the time at which it was received:
 *
 *   - an act from before it was received loses to it, an act from after wins, on every device;
 *   - acts on other posts are stamped by the correct clock;
 *   - receiving it again, from sync, a file or a backup, changes nothing.
 *
 * Only a forged stamp is at the very end of its range. No stamp is above it, so the next act on its post on this
 * device replaces the acts with such a stamp.
 */
import { isNatural } from './natural.ts';

export interface Stamp {
  /** In ms since 1970. */
  time: number;
  /** Counts acts of one post with the same `time`. */
  tick: number;
  /** The device that stamped the act: 1 to 16 of 0-9 and a-z. */
  device: string;
}

/** The year in which the blog began, and a hundred years later; times outside are not accepted. */
export const EARLIEST = Date.UTC(2009, 0);
export const LATEST = Date.UTC(2109, 0);

/** More acts on one post than a reader makes while the clock stands still or is behind. */
export const MOST_TICKS = 2 ** 30;

const DEVICE = /^[0-9a-z]{1,16}$/;

/** Whether this is a time in ms at which somebody may have read a post. */
export function isReadingTime(time: unknown): time is number {
  return isNatural(time, LATEST) && time >= EARLIEST;
}

/** Whether this is a valid name of a device in a stamp. */
export function isDevice(name: unknown): name is string {
  return typeof name === 'string' && DEVICE.test(name);
}

/** Whether this is a valid tick of a stamp. */
export function isTick(tick: unknown): tick is number {
  return isNatural(tick, MOST_TICKS + 1);
}

/** Whether all three fields are sound. Every stamp that is read or received is checked by this. */
export function isStamp({ time, tick, device }: Readonly<Record<keyof Stamp, unknown>>): boolean {
  return isReadingTime(time) && isTick(tick) && isDevice(device);
}

/** The stamp of an act on a post without one. `now` is in ms; a time that no stamp can have is moved into range. */
export function firstStamp(now: number, device: string): Stamp {
  return { time: clampTime(now), tick: 0, device };
}

/**
 * The stamp of an act on a post: every stamp is made by this or `firstStamp`, and `isStamp` holds for it.
 *
 * @param last the newest known stamp of the post
 * @param now the time by this device's clock, in ms
 * @returns a stamp above `last`, even if the clock is behind; undefined if `last` is at the end of the range
 */
export function nextStamp(last: Stamp, now: number, device: string): Stamp | undefined {
  const first = firstStamp(now, device);
  if (last.time < first.time) return first;
  if (last.tick < MOST_TICKS) return { time: last.time, tick: last.tick + 1, device };
  return isReadingTime(last.time + 1) ? { time: last.time + 1, tick: 0, device } : undefined;
}

/** The nearest time that a stamp can have, whatever the device's clock says. */
export function clampTime(now: number): number {
  return Math.min(Math.max(Math.trunc(now) || 0, EARLIEST), LATEST - 1);
}

/** Negative if `a` is older, positive if `b` is; 0 for the same stamp. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || a.tick - b.tick || compareText(a.device, b.device);
}

/** Orders texts by their code units, the same in every language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
