/** A line of the stored record: which post it is of, and what it says of it (docs/record.md). */
import { isPostId } from '../site/address.ts';
import { type Entry, isPlace, isReadingTime, type Mark, type Place, type Stamp } from './marks.ts';

/** Of all numbers but those of devices. */
export const BASE = 36;
const SPACE = 32;
const COMMA = 44;
const POINT = 46;
const DEVICE = /^[0-9a-z]{1,16}$/;

/** The devices of a snapshot by their numbers, as they stand in lines. */
export type Devices = ReadonlyMap<string, string | undefined>;

/** The name of a device, undefined for what is none. */
export function deviceFrom(name: string): string | undefined {
  return DEVICE.test(name) ? name : undefined;
}

/** Where the line ends in which `start` is. */
export function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** The line of a post; `device` as it stands in it. */
export function encodeLine(post: number, { mark, stamp }: Entry, device: string | number): string {
  return `${post.toString(BASE)} ${encodeMark(mark, stamp)} ${encodeTime(stamp)} ${device}`;
}

/**
 * The lines of a text, each read from left to right. Not by a pattern, which would make a string of
 * each number: that takes twice as long, and there may be 100,000 lines; so do fields with a #, in
 * Firefox.
 */
export class Lines {
  readonly text: string;
  private readonly devices: Devices | undefined;
  private at = 0;
  /** Of the line that was read last. */
  post = 0;

  /** Lines of which `devices` are none say their devices themselves. */
  constructor(text: string, devices?: Devices) {
    this.text = text;
    this.devices = devices;
  }

  /** The number that begins there, 0 for none: lines are in order by those that they begin with. */
  numberAt(start: number): number {
    this.at = start;
    return this.number() ?? 0;
  }

  /** What the line says of its `post`; undefined where it is not sound. */
  read(start: number, end: number): Entry | undefined {
    this.post = this.numberAt(start);
    return isPostId(this.post) ? this.entry(end) : undefined;
  }

  /** undefined where none stands here. */
  private number(): number | undefined {
    const { text, at: from } = this;
    let at = from;
    let value = 0;
    for (; ; at++) {
      const code = text.charCodeAt(at);
      // 0 to 9 stand from 48 on, a to z from 97; beyond the end stands NaN.
      if (!(code > 47 && (code < 58 || (code > 96 && code < 123)))) break;
      value = value * BASE + code - (code < 58 ? 48 : 87);
    }
    this.at = at;
    return at === from ? undefined : value;
  }

  /** What stands behind the post: ` MARK[NUMBER[,AT,PRINT]] TIME.TICK DEVICE`. */
  private entry(end: number): Entry | undefined {
    if (!this.takes(SPACE)) return undefined;
    const letter = this.text[this.at++];
    const number = this.number();
    let place: Place | undefined;
    if (this.takes(COMMA)) {
      const at = this.number() ?? NaN;
      if (!this.takes(COMMA)) return undefined;
      place = { at, print: this.number() ?? NaN };
    }
    if (!this.takes(SPACE)) return undefined;
    const time = this.number();
    if (!this.takes(POINT)) return undefined;
    const tick = this.number() ?? NaN;
    if (!this.takes(SPACE) || !isReadingTime(time) || !Number.isSafeInteger(tick)) return undefined;
    const name = this.text.slice(this.at, end);
    const device = this.devices ? this.devices.get(name) : deviceFrom(name);
    const mark = markFrom(letter, number, place, time);
    return mark && device !== undefined ? { mark, stamp: { time, tick, device } } : undefined;
  }

  private takes(code: number): boolean {
    return this.text.charCodeAt(this.at) === code && ++this.at > 0;
  }
}

/** `number`: what stands at the letter, if anything does; `time`: of the stamp. */
function markFrom(
  letter: string | undefined,
  number: number | undefined,
  place: Place | undefined,
  time: number,
): Mark | undefined {
  if (letter === 'p') {
    const fraction = (number ?? NaN) / 100;
    if (!(fraction <= 1) || (place && !isPlace(place))) return undefined;
    return place ? { kind: 'reading', fraction, place } : { kind: 'reading', fraction };
  }
  if (place) return undefined;
  if (letter === 'r' || letter === 'R') {
    const at = number ?? time;
    return isReadingTime(at)
      ? { kind: 'read', at, by: letter === 'R' ? 'hand' : 'reading' }
      : undefined;
  }
  if (number !== undefined) return undefined;
  return letter === 'u' ? { kind: 'unread' } : letter === 'l' ? { kind: 'later' } : undefined;
}

function encodeTime({ time, tick }: Stamp): string {
  return `${time.toString(BASE)}.${tick.toString(BASE)}`;
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
      return `p${numbers.map((number) => number.toString(BASE)).join(',')}`;
    }
    case 'read':
      return (
        (mark.by === 'hand' ? 'R' : 'r') + (mark.at === stamp.time ? '' : mark.at.toString(BASE))
      );
  }
}
