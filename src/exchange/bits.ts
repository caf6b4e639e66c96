/**
 * Bits as text. Two characters of 91 hold 13 bits. The characters are printable ASCII without `"` and `\`, which
 * JSON escapes, and `<`, which Chromium escapes, so each is one byte. They carry 6.5 bits each; base64 carries 6.
 */

const ALPHABET = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).filter(
  (char) => !'"\\<'.includes(char),
);
const SIZE = ALPHABET.length;
const VALUE = new Map(ALPHABET.map((char, value) => [char, value]));
/** The bits that two characters carry: 2^13 = 8,192, and 91² = 8,281. */
export const PAIR = 13;

export function pairOf(value: number): string {
  return `${ALPHABET[Math.floor(value / SIZE)]}${ALPHABET[value % SIZE]}`;
}

/** The bit length of a whole number: 0 for 0, 3 for 5. */
export function bitsOf(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(value)) + 1;
}

/** Writes whole numbers of up to 53 bits, highest bit first. */
export class BitWriter {
  #bits = '';

  put(value: number, width: number): void {
    if (width > 0) this.#bits += value.toString(2).padStart(width, '0');
  }

  /** The Elias gamma code of the number plus one: 1 bit for 0, 3 for 1 and 2, 5 for 3 to 6. */
  gamma(value: number): void {
    const width = bitsOf(value + 1);
    this.put(0, width - 1);
    this.put(value + 1, width);
  }

  /** The quotient by 2^k as gamma code, then the remainder. */
  step(value: number, k: number): void {
    const high = Math.floor(value / 2 ** k);
    this.gamma(high);
    this.put(value - high * 2 ** k, k);
  }

  text(): string {
    // 13 is PAIR.
    const pairs = this.#bits.match(/.{1,13}/g) ?? [];
    return pairs.map((bits) => pairOf(parseInt(bits.padEnd(PAIR, '0'), 2))).join('');
  }
}

/** Enough for 2^42 ms, more than a century, with k = 0. Numbers with much longer codes would not be exact. */
const MOST_ZEROS = 45;

/** Reads bits. After the end and from an invalid character on it reads zeros and sets `isOver`. */
export class BitReader {
  isOver = false;
  readonly #bits: string;
  #at = 0;

  constructor(body: string) {
    const pairs = body.match(/.{1,2}/gs) ?? [];
    const values = pairs.map(valueOf);
    const end = values.indexOf(undefined);
    this.#bits = (end < 0 ? values : values.slice(0, end))
      .map((value = 0) => value.toString(2).padStart(PAIR, '0'))
      .join('');
  }

  take(width: number): number {
    const bits = this.#bits.slice(this.#at, this.#at + width);
    this.#at += width;
    this.isOver ||= bits.length < width;
    return width === 0 ? 0 : parseInt(bits.padEnd(width, '0'), 2);
  }

  gamma(): number {
    let zeros = 0;
    while (zeros < MOST_ZEROS && !this.isOver && this.take(1) === 0) zeros += 1;
    return 2 ** zeros + this.take(zeros) - 1;
  }

  step(k: number): number {
    return this.gamma() * 2 ** k + this.take(k);
  }
}

/** The value of two characters; undefined if they are not a pair. */
function valueOf(pair: string): number | undefined {
  const [high, low] = [VALUE.get(pair.charAt(0)), VALUE.get(pair.charAt(1))];
  if (high === undefined || low === undefined) return undefined;
  const value = high * SIZE + low;
  return value < 2 ** PAIR ? value : undefined;
}
