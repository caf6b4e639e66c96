/**
 * Finds the formulas in a text as the blog's MathJax 2.7 does (tex2jax), and numbers them as it does
 * with autoNumber AMS. A formula stays text here; katex.ts typesets it. Pure.
 */

export interface FormulaInText {
  /** The formula as it is in the text, with its delimiters. */
  source: string;
  /** The TeX without delimiters; `numbered` adds its number and the numbers that it refers to. */
  tex: string;
  isDisplay: boolean;
}

export type TextPiece = string | FormulaInText;

/** Characters of all texts together; longer ones stay plain text. An opening has 600, a title 200. */
const MAX_TEXT = 3_000;
/** Characters of one formula; 13 of the blog's 4,978 formulas are longer. */
const MAX_SOURCE = 500;
/** The deepest nesting of groups, and the most cells of tables: twice the maximum of the blog. */
const MAX_DEPTH = 20;
const MAX_CELLS = 100;

/** The beginning of a formula. A reference outside of a formula is a formula by itself. */
const BEGINNING = /\$\$?|\\begin\{(\w+\*?)\}|\\(?:eq)?ref\{[^{}]*\}/g;

/**
 * Splits the texts of one post, from its beginning, into plain text and formulas, in order. The sources of
 * all pieces, joined, are the texts.
 */
export function piecesOf(texts: readonly string[]): TextPiece[] {
  if (texts.reduce((sum, { length }) => sum + length, 0) > MAX_TEXT) return [...texts];
  const pieces = texts.flatMap(split);
  const formulas = pieces.filter((piece) => typeof piece !== 'string');
  const tex = numbered(formulas.map((formula) => formula.tex));
  for (const [i, formula] of formulas.entries()) formula.tex = tex[i] ?? formula.tex;
  return pieces;
}

/** Whether a formula is small enough to be typeset, by its length, its nesting and its tables. */
export function isWithinLimits({ source }: FormulaInText): boolean {
  if (source.length > MAX_SOURCE) return false;
  let depth = 0;
  let cells = 0;
  for (const [sign] of source.matchAll(/\\(?:begin|end|left|right)\b|\\[^]|[{}&]/g)) {
    if (/^(?:\{|\\begin|\\left)$/.test(sign)) depth++;
    else if (/^(?:\}|\\end|\\right)$/.test(sign)) depth--;
    else if (sign === '&') cells++;
    if (depth > MAX_DEPTH || cells > MAX_CELLS) return false;
  }
  return true;
}

function split(text: string): TextPiece[] {
  const pieces: TextPiece[] = [];
  let from = 0;
  const addText = (to: number) => to > from && pieces.push(text.slice(from, to));
  const beginning = new RegExp(BEGINNING);
  for (let found; (found = beginning.exec(text));) {
    const formula = formulaAt(text, found);
    if (!formula) continue;
    addText(found.index);
    pieces.push(formula);
    from = beginning.lastIndex = found.index + formula.source.length;
  }
  addText(text.length);
  return pieces;
}

function formulaAt(text: string, found: RegExpExecArray): FormulaInText | undefined {
  const { 0: sign, 1: environment, index } = found;
  if (sign.includes('ref{')) return { source: sign, tex: sign, isDisplay: false };
  const begin = index + sign.length;
  const end = environment === undefined ? sign : `\\end{${environment}}`;
  const at = endOf(text, begin, end, environment === undefined ? undefined : sign);
  if (at === undefined) return undefined;
  const source = text.slice(index, at + end.length);
  const tex = environment === undefined ? text.slice(begin, at) : source;
  return tex.trim() ? { source, tex, isDisplay: sign !== '$' } : undefined;
}

/**
 * The index where a formula ends, or undefined if it does not. Only an end outside of braces counts,
 * because text in a formula can contain dollars. `again` is the beginning of an environment, which can
 * contain environments of the same name.
 */
function endOf(text: string, from: number, end: string, again?: string): number | undefined {
  let braces = 0;
  let environments = 0;
  for (let at = from; at < text.length; at++) {
    if (braces === 0 && text.startsWith(end, at) && environments-- === 0) return at;
    if (again && text.startsWith(again, at)) environments++;
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '{') braces++;
    else if (sign === '}' && --braces < 0) return undefined;
  }
  return undefined;
}

const ENVIRONMENT =
  /\\begin\{(equation|align|alignat|gather|flalign|multline|eqnarray)(\*?)\}([^]*?)\\end\{\1\2\}/g;
/** Environments that KaTeX does not know, and the nearest one that it knows. */
const NEAREST: Record<string, string> = { flalign: 'align', multline: 'gather', eqnarray: 'align' };
const OF_ONE_NUMBER = /^(?:equation|multline)$/;

const LABEL = /\\label\s*\{([^{}]*)\}/g;
const REFERENCE = /\\(eq)?ref\s*\{([^{}]*)\}/g;
const TAG = /\\tag\b(?:\*?\s*\{([^{}]*)\})?/;
const WITHOUT_NUMBER = /\\(?:notag|nonumber)\b/;

/** Numbers the formulas of one post, in their order, and replaces references to labels by numbers. */
function numbered(formulas: readonly string[]): string[] {
  const labels = new Map<string, string>();
  let count = 0;

  function numberedRow(row: string, counts: boolean): string {
    const tag = TAG.exec(row);
    const isCounted = counts && !tag && !WITHOUT_NUMBER.test(row);
    const number = isCounted ? String(++count) : tag?.[1];
    const bare = row.replace(LABEL, (_all, label: string) => {
      if (number !== undefined) labels.set(label, number);
      return '';
    });
    return isCounted ? `${bare}\\tag{${number}}` : bare;
  }

  return formulas
    .map((tex) =>
      tex.replace(ENVIRONMENT, (_all, name: string, star: string, body: string) => {
        const rows = OF_ONE_NUMBER.test(name) ? [body] : rowsOf(body);
        const set = rows.map((row) => (row.trim() ? numberedRow(row, star === '') : row));
        const nearest = NEAREST[name] ?? name;
        return `\\begin{${nearest}*}${set.join('\\\\')}\\end{${nearest}*}`;
      }),
    )
    .map((tex) => (tex.includes('\\label') ? numberedRow(tex, false) : tex))
    .map((tex) =>
      tex.replace(REFERENCE, (_all, bracketed: string | undefined, label: string) => {
        const number = labels.get(label) ?? label;
        return bracketed ? `\\text{(${number})}` : `\\text{${number}}`;
      }),
    );
}

/** The rows of an environment. A row ends at a `\\` outside of braces and of inner environments. */
function rowsOf(body: string): string[] {
  const rows: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: sign, index } of body.matchAll(/\\(?:begin|end)\b|\\[^]|[{}]/g)) {
    if (sign === '{' || sign === '\\begin') depth++;
    else if (sign === '}' || sign === '\\end') depth--;
    else if (sign === '\\\\' && depth === 0) {
      rows.push(body.slice(from, index));
      from = index + sign.length;
    }
  }
  return [...rows, body.slice(from)];
}
