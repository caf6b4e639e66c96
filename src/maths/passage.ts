/** Typesets a passage of a post in which words were found: marks the words and typesets the formulas. */
import { typeset } from './typeset.ts';

/** A piece of a passage: plain text, or one formula with its delimiters. */
interface Piece {
  text: string;
  isFormula: boolean;
  isHit: boolean;
}

type Nodes = (HTMLElement | string)[];

/** Environments that KaTeX would number from 1. Their true numbers are not known here. */
const NUMBERED = /\\(begin|end)\{(equation|align|alignat|gather|flalign|multline|eqnarray)\}/g;

/** The most formulas in `known`. */
const MOST_KNOWN = 500;
/** Typeset formulas by their sources. Most passages stay the same from one typed letter to the next. */
const known = new Map<string, Nodes>();

/** Typesets each formula alone: definitions that precede it in the post are not known here. */
export function passageNodes(passage: readonly Piece[]): Nodes {
  return passage.flatMap(({ text, isFormula, isHit }) => {
    const nodes = isFormula ? formulaNodes(text) : [text];
    if (!isHit) return nodes;
    const mark = document.createElement('mark');
    mark.append(...nodes);
    return [mark];
  });
}

function formulaNodes(source: string): Nodes {
  const before = known.get(source);
  if (before) return copyOf(before);
  const { nodes, done } = typeset([source.replace(NUMBERED, '\\$1{$2*}')]);
  void keep(source, nodes, done);
  return nodes;
}

/** Keeps copies of the nodes once they are typeset. */
async function keep(source: string, nodes: Nodes, typesetting: Promise<void>): Promise<void> {
  await typesetting;
  if (known.size === MOST_KNOWN) known.clear();
  known.set(source, copyOf(nodes));
}

function copyOf(nodes: Nodes): Nodes {
  return nodes.map((node) =>
    typeof node === 'string' ? node : (node.cloneNode(true) as HTMLElement),
  );
}
