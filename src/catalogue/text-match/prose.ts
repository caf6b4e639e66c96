/**
 * Extracts the letters by which texts are compared. In copies of a text, formulas are lost, doubled or
 * cut, widths and letter case change, and lines are joined. The Chinese characters and the words between them
 * do not change.
 */
import { INVISIBLE, unifyForms } from '../normalise.ts';

export interface Prose {
  /** UTF-16 code units of the Chinese characters and of words with at least three letters or digits. */
  letters: Uint16Array;
  /** The number of characters outside of formulas, with punctuation, without white space. */
  length: number;
}

/** The most code units of a text that are read. */
export const MOST_READ = 65_536;
/** The most letters that are kept of a text. */
export const MOST_LETTERS = 8_192;
/** Longer text between delimiters is not a formula. */
const LONGEST_FORMULA = 2_000;
/** A formula may contain a remark of up to this many Chinese characters in a row; more are prose. */
const LONGEST_REMARK = 3;
/** Shorter words are mostly variables whose formula lost its delimiters. */
const SHORTEST_WORD = 3;

/** Addresses are ignored: many posts share them, and copies lose them. */
const ADDRESS = /https?:\/\/[!-~]+/g;

const NEWLINE = 0x0a;
const DOLLAR = 0x24;
const BACKSLASH = 0x5c;

/** Reads at most MOST_READ code units, and up to LONGEST_FORMULA more for each `\begin`. */
export function readProse(text: string): Prose {
  const folded = fold(text);
  const letters = new Uint16Array(Math.min(folded.length, MOST_LETTERS));
  let kept = 0;
  let length = 0;
  let afterTex = false;
  for (let at = 0; at < folded.length && kept < MOST_LETTERS;) {
    const code = folded.charCodeAt(at);
    const formula = code === DOLLAR || code === BACKSLASH ? formulaEnd(folded, at) : -1;
    const han = isHan(code);
    if (formula > 0) {
      at = formula;
      afterTex = false;
    } else if (code === BACKSLASH) {
      const end = commandEnd(folded, at);
      length += end - at;
      at = end;
      afterTex = true;
    } else if (han || isWordPart(code)) {
      const end = runEnd(folded, at, han ? isHan : isWordPart);
      // A run next to TeX's special characters is a remnant of a formula that lost its dollars.
      const tex = afterTex || (isTex(folded.charCodeAt(end)) && !folded.startsWith('\\begin', end));
      const counts = han ? !tex || end - at > LONGEST_REMARK : !tex && end - at >= SHORTEST_WORD;
      const keep = counts ? Math.min(end - at, MOST_LETTERS - kept) : 0;
      for (let i = 0; i < keep; i++) letters[kept++] = folded.charCodeAt(at + i);
      length += end - at;
      at = end;
      afterTex = false;
    } else {
      afterTex = isTex(code);
      if (!isSpace(code)) length++;
      at++;
    }
  }
  return { letters: letters.subarray(0, kept), length };
}

export function isHan(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf);
}

function fold(text: string): string {
  const folded = unifyForms(text.slice(0, MOST_READ))
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replace(ADDRESS, ' ');
  return folded.slice(0, MOST_READ);
}

/**
 * The end of the formula that begins at `at` with `$` or `\`; -1 if there is none. Text with prose is
 * no formula. Otherwise, after one lost dollar, prose would count as formulas and formulas as prose.
 */
function formulaEnd(text: string, at: number): number {
  const limit = Math.min(text.length, at + LONGEST_FORMULA);
  if (text.startsWith('$$', at)) {
    const end = text.indexOf('$', at + 2);
    return end > at + 2 && text[end + 1] === '$' && end < limit && !hasProse(text, at, end)
      ? end + 2
      : -1;
  }
  if (text[at] === '$') {
    for (let i = at + 1; i < limit; i++) {
      const code = text.charCodeAt(i);
      if (code === DOLLAR) return i + 1;
      if (code === NEWLINE || isHan(code)) return -1;
    }
    return -1;
  }
  const name = /^\\begin\{([a-z]{1,20}\*?)\}/.exec(text.slice(at, at + 30))?.[1];
  if (name === undefined) return -1;
  const closing = `\\end{${name}}`;
  const end = text.slice(at, limit).indexOf(closing);
  return end > 0 && !hasProse(text, at, at + end) ? at + end + closing.length : -1;
}

function hasProse(text: string, from: number, to: number): boolean {
  let run = 0;
  for (let i = from; i < to && run <= LONGEST_REMARK; i++)
    run = isHan(text.charCodeAt(i)) ? run + 1 : 0;
  return run > LONGEST_REMARK;
}

/** The end of a TeX command: `\frac`, `\,`, `\begin{…}` with the name of its environment. */
function commandEnd(text: string, at: number): number {
  const [command = '\\'] =
    /^\\(?:(?:begin|end)\s?\{[^{}]{0,20}\}|[a-z]*)/.exec(text.slice(at, at + 40)) ?? [];
  return at + command.length;
}

function runEnd(text: string, at: number, belongs: (code: number) => boolean): number {
  let end = at + 1;
  while (end < text.length && belongs(text.charCodeAt(end))) end++;
  return end;
}

/** Whether a code unit is a letter or a digit, but not a Chinese character. */
function isWordPart(code: number): boolean {
  if (code < 0x80) return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39);
  return !isHan(code) && /[\p{L}\p{N}]/u.test(String.fromCharCode(code));
}

function isSpace(code: number): boolean {
  return code <= 0x20 || (code >= 0x80 && /\s/u.test(String.fromCharCode(code)));
}

/** Whether it is one of `\ { } _ ^ &`, which are rare in prose. */
function isTex(code: number): boolean {
  switch (code) {
    case BACKSLASH:
    case 0x7b:
    case 0x7d:
    case 0x5f:
    case 0x5e:
    case 0x26:
      return true;
    default:
      return false;
  }
}
