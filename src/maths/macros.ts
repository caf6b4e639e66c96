/**
 * Macros that the author's formulas use and KaTeX does not know: operators that some posts define,
 * commands of MathJax, and definitions as MathJax 2.7 understands them, which are valid up to the end of
 * the post. Each post has its own object of macros, which its formulas change.
 */

export type Macros = Record<string, string | object>;

/**
 * Operators that are typeset as \mathop{\text{…}}, and the posts whose openings define them so. They are
 * built in because a definition may precede the part of the text that we have.
 */
export const OPERATORS: Record<string, readonly number[]> = {
  ColNorm: [11673, 11697],
  Norm: [11605],
  QR: [11673, 11697],
  argmin: [11328, 11719, 11729],
  clip: [11006],
  csgn: [11025],
  diag: [11710],
  logsumexp: [11814],
  mclip: [11006],
  mcsgn: [11025, 11056, 11158, 11175],
  mean: [11693],
  msign: [
    10922, 11006, 11025, 11056, 11221, 11388, 11416, 11459, 11673, 11697, 11719, 11729, 11772,
    11787,
  ],
  orth: [11719],
  relu: [11233],
  sign: [11006, 11025, 11280, 11459, 11619],
  softmax: [11814],
  tr: [11056, 11158, 11215, 11221, 11241, 11260, 11280, 11285, 11388, 11729],
};

/** The most tokens of one definition. An expansion adds at most as many, and its arguments. */
const MAX_TOKENS = 40;
/** The most places for arguments, cells and rows in one definition: nested definitions grow with them. */
const MAX_PLACES = 4;
const PLACE = /^(?:#|&|\\\\)$/;

/** The parts of KaTeX's macro expander that are used here. Lists of tokens are in reverse order. */
interface Expander {
  settings: { displayMode: boolean };
  future(): Token;
  popToken(): Token;
  consumeSpaces(): void;
  consumeArg(delimiters?: string[]): { tokens: Token[] };
  macros: { set(name: string, value: object, isGlobal: boolean): void };
}

interface Token {
  text: string;
  noexpand?: boolean;
}

/** The macros that are defined at the beginning of a post. */
export function macrosOfAPost(): Macros {
  return { ...operators(), ...COMMANDS };
}

function operators(): Macros {
  return Object.fromEntries(
    Object.keys(OPERATORS).map((name) => [`\\${name}`, `\\mathop{\\text{${name}}}`]),
  );
}

const macro = (act: (expander: Expander) => object | void) => (expander: object) =>
  act(expander as Expander) ?? '';

const newCommand = macro((expander) => {
  const name = nameOf(expander.consumeArg().tokens);
  const given = optional(expander);
  define(expander, name, given ? Number(given) : 0);
});

const def = macro((expander) => {
  const name = nameOf([expander.popToken()]);
  let places = 0;
  while (expander.future().text === '#') {
    expander.popToken();
    if (expander.popToken().text !== String(++places)) throw new Error('arguments out of order');
  }
  if (expander.future().text !== '{') throw new Error('delimited arguments');
  define(expander, name, places);
});

const letBe = macro((expander) => {
  const name = nameOf([expander.popToken()]);
  expander.consumeSpaces();
  if (expander.future().text === '=') expander.popToken();
  expander.consumeSpaces();
  expander.macros.set(name, { tokens: [expander.popToken()], numArgs: 0 }, true);
});

const declareOperator = macro((expander) => {
  const hasLimits = expander.future().text === '*';
  if (hasLimits) expander.popToken();
  const name = nameOf(expander.consumeArg().tokens);
  define(expander, name, 0, hasLimits ? '\\operatornamewithlimits' : '\\operatorname');
});

/** In displayed formulas TeX puts the limits of \mathop below it; KaTeX puts them beside it. */
const operator = macro((expander) => {
  const { tokens } = expander.consumeArg();
  const limits = expander.settings.displayMode ? [{ text: '\\limits' }] : [];
  const name = { text: '\\mathop', noexpand: true };
  return { tokens: [...limits, { text: '}' }, ...tokens, { text: '{' }, name], numArgs: 0 };
});

const withoutOptions = macro((expander) => void optional(expander));

const unknown = macro(() => {
  throw new Error('MathJax does not know it either');
});

const COMMANDS: Macros = {
  '\\newcommand': newCommand,
  '\\renewcommand': newCommand,
  '\\providecommand': newCommand,
  '\\DeclareMathOperator': declareOperator,
  '\\def': def,
  '\\gdef': def,
  '\\let': letBe,
  '\\edef': unknown,
  '\\xdef': unknown,
  '\\futurelet': unknown,
  '\\global': '',
  '\\long': '',
  // These print to the console.
  '\\message': unknown,
  '\\errmessage': unknown,
  '\\show': unknown,
  '\\mathop': operator,
  // Commands of MathJax; the styles and addresses that they set are ignored.
  '\\require': '\\@secondoftwo{#1}{}',
  '\\style': '\\@secondoftwo',
  '\\class': '\\@secondoftwo',
  '\\cssId': '\\@secondoftwo',
  '\\href': '\\@secondoftwo',
  '\\bbox': withoutOptions,
};

/** The name that a definition defines. MathJax takes it with or without the backslash. */
function nameOf(tokens: readonly Token[]): string {
  const name = tokens
    .map(({ text }) => text)
    .reverse()
    .join('')
    .trim()
    .replace(/^\\/, '');
  if (!name) throw new Error('a definition without a name');
  return `\\${name}`;
}

/** The content of the [ ] that comes next, or undefined if there is none. */
function optional(expander: Expander): string | undefined {
  expander.consumeSpaces();
  if (expander.future().text !== '[') return undefined;
  expander.popToken();
  return expander
    .consumeArg([']'])
    .tokens.map(({ text }) => text)
    .reverse()
    .join('');
}

function define(expander: Expander, name: string, places: number, around?: string): void {
  const { tokens } = expander.consumeArg();
  if (tokens.length > MAX_TOKENS) throw new Error('the definition is too long');
  if (tokens.filter(({ text }) => PLACE.test(text)).length > MAX_PLACES)
    throw new Error('the definition has too many places');
  const body = around ? [{ text: '}' }, ...tokens, { text: '{' }, { text: around }] : tokens;
  expander.macros.set(name, { tokens: body, numArgs: places }, true);
}
