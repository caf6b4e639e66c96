/** Where a text stops being JSON. Engines report it in different words, or not at all. */

/** A bracket, colon or comma; or a string, as group 2; or a number or word. */
const TOKEN =
  /[\t\n\r ]*(?:([{}[\],:])|("[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*")|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/y;

/**
 * The line, from 1, of the first token that is not allowed at its place; the last line if the text ends
 * too early. Takes linear time and does not recurse.
 */
export function lineOfError(text: string): number {
  const open: string[] = [];
  /** The last token: an opening bracket, a comma, a colon, a key, or a whole value. */
  let last = '';
  let end = 0;
  TOKEN.lastIndex = 0;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [, sign, string] = token;
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
    } else if (mayBeKey && string !== undefined) {
      last = 'key';
    } else if (mayBeValue) {
      if (sign !== undefined) open.push(sign);
      last = sign ?? 'value';
    } else break;
    end = TOKEN.lastIndex;
  }
  // The wrong token comes after white space, unless the text just ends.
  const [blank = ''] = /^[\t\n\r ]*(?=[^\t\n\r ])/.exec(text.slice(end)) ?? [];
  return linesIn(text.slice(0, end + blank.length));
}

function linesIn(text: string): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
