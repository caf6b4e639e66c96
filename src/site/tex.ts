/** Finds formulas in a text, as their author wrote them. */

/** A formula at [start, end) of a text, its delimiters included. */
export interface TexFormula {
  start: number;
  end: number;
  isInline: boolean;
}

/** A longer match is no formula: its delimiter was never closed. In characters. */
const MAX_LENGTH = 5_000;
const EDGE = /\\(begin|end)\{([a-z]+\*?)\}/g;
const CLOSING: Readonly<Record<string, string>> = { $$: '$$', '\\(': '\\)', '\\[': '\\]' };
/** MathJax takes a reference for a formula, also without delimiters. */
const OPENING = /\\begin\{|\$\$|\$|\\\(|\\\[|\\(?:eq)?ref\{[^{}]*\}/g;
const REFERENCE = /^\\(?:eq)?ref/;

/** The formulas of a text, in order. A formula inside another one is not listed. */
export function formulasIn(text: string): TexFormula[] {
  const found: TexFormula[] = [];
  const environments = environmentsIn(text);
  const opening = new RegExp(OPENING);
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    const [sign] = match;
    const start = match.index;
    const isReference = REFERENCE.test(sign);
    const from = start + sign.length;
    const end = isReference ? from : (environments.get(start) ?? signEnd(text, sign, from));
    const isInline = isReference || sign === '$' || sign === '\\(';
    if (end !== undefined) found.push({ start, end, isInline });
    opening.lastIndex = end ?? start + 1;
  }
  return found;
}

/** A text in which each formula is replaced. */
export function replaceFormulas(
  text: string,
  replacement: (formula: TexFormula) => string,
): string {
  let replaced = '';
  let last = 0;
  for (const formula of formulasIn(text)) {
    replaced += text.slice(last, formula.start) + replacement(formula);
    last = formula.end;
  }
  return replaced + text.slice(last);
}

/** Maps the start of each environment to its end. Environments of one name may be nested. */
function environmentsIn(text: string): Map<number, number> {
  const ends = new Map<number, number>();
  const open = new Map<string, number[]>();
  for (const { 0: edge, 1: kind, 2: name = '', index } of text.matchAll(EDGE)) {
    const starts = open.get(name) ?? [];
    open.set(name, starts);
    if (kind === 'begin') starts.push(index);
    else {
      const start = starts.pop();
      if (start !== undefined && index - start <= MAX_LENGTH) ends.set(start, index + edge.length);
    }
  }
  return ends;
}

function signEnd(text: string, sign: string, from: number): number | undefined {
  if (sign === '$') return dollarEnd(text, from);
  const closing = CLOSING[sign];
  if (closing === undefined) return undefined;
  const at = text.slice(from, from + MAX_LENGTH + closing.length).indexOf(closing);
  return at < 0 ? undefined : from + at + closing.length;
}

/** A single dollar is closed on its own line. */
function dollarEnd(text: string, from: number): number | undefined {
  const length = text.slice(from).search(/[$\n]/);
  return length > 0 && text[from + length] === '$' ? from + length + 1 : undefined;
}
