/**
 * One line of the stored record, an act: `POST MARK TIME.TICK DEVICE[ BASIS] CHECK`. Numbers are in base 36.
 *
 * MARK is `u` (unread), `l` (later), `pPERCENT` or `pPERCENT,AT,PRINT` (reading, with the position in
 * the article), `r` (read, observed) or `R` (read, by hand). The last two are followed by their own time
 * if it is not the time of the stamp. BASIS is `!` (hand), `-` (nothing) or
 * `TIME.TICK`. CHECK detects every single damaged character. Versions 1 to 4 had neither BASIS nor CHECK.
 */
import type { Position } from '../site/types.ts';
import { isPostId } from '../site/address.ts';
import { isReadingTime, type Stamp } from './clock.ts';
import { type Act, type Basis, isAct, type Mark } from './marks.ts';

/** Radix of all numbers in stored texts. */
export const BASE = 36;

/** A line without its checksum; versions 1 to 4 had no basis, the last part. */
const LINE =
  /^([0-9a-z]{1,6}) ([ulprR])([0-9a-z]{1,10})?(?:,([0-9a-z]{1,6}),([0-9a-z]{1,6}))? ([0-9a-z]{1,10})\.([0-9a-z]{1,10}) ([0-9a-z]{1,16})(?: ([!-]|([0-9a-z]{1,10})\.([0-9a-z]{1,10})))?$/;
/** A space and three digits at the end of a line. */
const CHECK_LENGTH = 4;
/** The greatest prime number that three digits hold. */
const PRIME = 46_649;

/** An act on a post. */
export interface PostAct {
  post: number;
  act: Act;
}

export function encodeLine(post: number, { mark, stamp, basis }: Act): string {
  const line = `${encodeEarlierLine(post, { mark, stamp })}${basis ? ` ${encodeBasis(basis)}` : ''}`;
  return `${line} ${checksum(line)}`;
}

/** Reads a line; undefined if it is not sound. */
export function decodeLine(line: string): PostAct | undefined {
  if (line.at(-CHECK_LENGTH) !== ' ') return undefined;
  const checked = line.slice(0, -CHECK_LENGTH);
  return line.endsWith(checksum(checked)) ? decodeChecked(checked) : undefined;
}

/** A line as version 4 wrote it. */
export function encodeEarlierLine(post: number, { mark, stamp }: Act): string {
  const { time, tick, device } = stamp;
  return `${text(post)} ${encodeMark(mark, stamp)} ${text(time)}.${text(tick)} ${device}`;
}

/**
 * Reads a line as versions 1 to 4 wrote it; undefined if it is not sound.
 *
 * @param devices names of devices by their number, for lines that have the number instead of the name
 */
export function decodeEarlierLine(
  line: string,
  devices?: ReadonlyMap<string, string>,
): PostAct | undefined {
  const read = decodeChecked(line, devices);
  return read?.act.basis === undefined ? read : undefined;
}

function decodeChecked(line: string, devices?: ReadonlyMap<string, string>): PostAct | undefined {
  const [, id, letter, value, at, print, time, tick, device = '', word, knownTime, knownTick] =
    LINE.exec(line) ?? [];
  const post = numberIn(id);
  const stamp = {
    time: numberIn(time),
    tick: numberIn(tick),
    device: devices ? (devices.get(device) ?? '') : device,
  };
  const place = at === undefined ? undefined : { at: numberIn(at), print: numberIn(print) };
  const mark = decodeMark(letter, value, place, stamp.time);
  if (!mark || !isPostId(post)) return undefined;
  const act: Act = { mark, stamp };
  if (word !== undefined) act.basis = decodeBasis(word, knownTime, knownTick);
  return isAct(act) ? { post, act } : undefined;
}

/**
 * Returns three digits, which one damaged character always changes: a polynomial in 31 modulo a prime number that
 * is greater than the code of every character of a line.
 */
export function checksum(line: string): string {
  let sum = 0;
  for (let at = 0; at < line.length; at++) sum = (sum * 31 + line.charCodeAt(at)) % PRIME;
  return text(sum).padStart(3, '0');
}

function encodeBasis(basis: Basis): string {
  if (basis === 'hand') return '!';
  return basis === 'nothing' ? '-' : `${text(basis.time)}.${text(basis.tick)}`;
}

function decodeBasis(word: string, time: string | undefined, tick: string | undefined): Basis {
  if (word === '!') return 'hand';
  return word === '-' ? 'nothing' : { time: numberIn(time), tick: numberIn(tick) };
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
  place: Position | undefined,
  stampTime: number,
): Mark | undefined {
  switch (letter) {
    case 'p': {
      const fraction = numberIn(value) / 100;
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
