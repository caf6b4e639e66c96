/**
 * One line of the stored record: `POST MARK TIME.TICK DEVICE`. Numbers are in base 36.
 *
 * MARK is `u` (unread), `l` (later), `pPERCENT` or `pPERCENT,AT,PRINT` (reading, with the position in
 * the article), `r` (read, noticed) or `R` (read, by hand). The last two are followed by their own time
 * if it is not the time of the stamp.
 */
import { isPostId } from '../site/address.ts';
import { isStamp, type Stamp, isReadingTime } from './clock.ts';
import { type Entry, isPlace, type Mark, type Place } from './marks.ts';

/** Radix of all numbers in stored texts. */
export const BASE = 36;

const LINE =
  /^([0-9a-z]{1,6}) ([ulprR])([0-9a-z]{1,10})?(?:,([0-9a-z]{1,6}),([0-9a-z]{1,6}))? ([0-9a-z]{1,10})\.([0-9a-z]{1,10}) ([0-9a-z]{1,16})$/;

export function encodeLine(post: number, { mark, stamp }: Entry): string {
  const { time, tick, device } = stamp;
  return `${text(post)} ${encodeMark(mark, stamp)} ${text(time)}.${text(tick)} ${device}`;
}

/**
 * Reads a line; undefined if it is not sound.
 *
 * @param devices names of devices by their number, for lines that have the number instead of the name
 */
export function decodeLine(
  line: string,
  devices?: ReadonlyMap<string, string>,
): { post: number; entry: Entry } | undefined {
  const [, id, letter, value, at, print, time, tick, device = ''] = LINE.exec(line) ?? [];
  const post = numberIn(id);
  const stamp = {
    time: numberIn(time),
    tick: numberIn(tick),
    device: devices ? (devices.get(device) ?? '') : device,
  };
  if (!isPostId(post) || !isStamp(stamp)) return undefined;
  const place = at === undefined ? undefined : { at: numberIn(at), print: numberIn(print) };
  const mark = decodeMark(letter, value, place, stamp.time);
  return mark && { post, entry: { mark, stamp } };
}

function text(number: number): string {
  return number.toString(BASE);
}

function numberIn(given: string | undefined): number {
  return parseInt(given ?? '', BASE);
}

function decodeMark(
  letter: string | undefined,
  value: string | undefined,
  place: Place | undefined,
  stampTime: number,
): Mark | undefined {
  switch (letter) {
    case 'p': {
      const fraction = numberIn(value) / 100;
      if (!(fraction <= 1) || (place && !isPlace(place))) return undefined;
      return place ? { kind: 'reading', fraction, place } : { kind: 'reading', fraction };
    }
    case 'r':
    case 'R': {
      const at = value === undefined ? stampTime : numberIn(value);
      if (place || !isReadingTime(at)) return undefined;
      return { kind: 'read', at, by: letter === 'R' ? 'hand' : 'reading' };
    }
    default:
      if (place || value !== undefined) return undefined;
      return letter === 'u' ? { kind: 'unread' } : { kind: 'later' };
  }
}

function encodeMark(mark: Mark, stamp: Stamp): string {
  switch (mark.kind) {
    case 'unread':
      return 'u';
    case 'later':
      return 'l';
    case 'reading': {
      const { fraction, place } = mark;
      const numbers = [Math.round(fraction * 100), ...(place ? [place.at, place.print] : [])];
      return `p${numbers.map(text).join(',')}`;
    }
    case 'read': {
      const letter = mark.by === 'hand' ? 'R' : 'r';
      return mark.at === stamp.time ? letter : letter + text(mark.at);
    }
  }
}
