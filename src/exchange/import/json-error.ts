/** Finds the place where a text stops being JSON. Engines report it in different words, or not at all. */

/** A bracket, colon or comma; or a number or word. */
const TOKEN = /([{}[\],:])|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

interface Token {
  /** A bracket, colon or comma. */
  sign?: string | undefined;
  isString: boolean;
  end: number;
}

/**
 * The line, from 1, of the first token that is not allowed at its place; the last line if the text ends
 * too early. Takes linear time and does not recurse.
 */
export function lineOfError(text: string): number {
  const open: string[] = [];
  /** The last token: an opening bracket, a comma, a colon, a key, or a whole value. */
  let last = '';
  let end = 0;
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, end)) {
    const { sign, isString } = token;
    const inside = open.at(-1);
    const mayBeKey = inside === '{' && (last === '{' || last === ',');
    const mayBeValue =
      last === ':' || last === '[' || (last === ',' ? inside === '[' : last === '');
    if (sign === '}' || sign === ']') {
      const opener = sign === '}' ? '{' : '[';
      if (inside !== opener || (last !== 'value' && last !== opener)) break;
      open.pop();
      last = 'value';
    } else if (sign === ',' || sign === ':') {
      if (inside === undefined || last !== (sign === ',' ? 'value' : 'key')) break;
      last = sign;
    } else if (mayBeKey && isString) {
      last = 'key';
    } else if (mayBeValue) {
      if (sign !== undefined) open.push(sign);
      last = sign ?? 'value';
    } else break;
    end = token.end;
  }
  // White space before the wrong token is skipped, but not white space at the end of the text.
  const next = afterBlank(text, end);
  return linesIn(text.slice(0, next < text.length ? next : end));
}

function tokenAt(text: string, from: number): Token | undefined {
  const start = afterBlank(text, from);
  if (text.charAt(start) === '"') {
    const end = afterString(text, start);
    return end === undefined ? undefined : { isString: true, end };
  }
  TOKEN.lastIndex = start;
  const [token, sign] = TOKEN.exec(text) ?? [];
  return token === undefined ? undefined : { sign, isString: false, end: start + token.length };
}

// White space and strings are read in loops: a pattern keeps a backtracking position for each of millions of
// characters, and the engine runs out of memory.

function afterBlank(text: string, from: number): number {
  let at = from;
  while (at < text.length && '\t\n\r '.includes(text.charAt(at))) at++;
  return at;
}

/** The end of the string that begins at `start`; undefined if the line or the text ends before the string. */
function afterString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"') return at + 1;
    if (character === '\n' || character === '\r') return undefined;
    // A line break cannot be escaped.
    if (character === '\\' && !'\n\r'.includes(text.charAt(at + 1))) at++;
  }
  return undefined;
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
