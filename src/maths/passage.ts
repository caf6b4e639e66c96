/** Typesets a passage of a post in which words were found: marks the words and typesets the formulas. */
import { typeset } from './typeset.ts';

/** A piece of a passage: plain text, or one formula with its delimiters. */
interface Piece {
  text: string;
  isFormula: boolean;
  isHit: boolean;
}

/** Environments that KaTeX would number from 1. Their true numbers are not known here. */
const NUMBERED = /\\(begin|end)\{(equation|align|alignat|gather|flalign|multline|eqnarray)\}/g;

/** Typesets each formula alone: definitions that precede it in the post are not known here. */
export function passageNodes(passage: readonly Piece[]): (HTMLElement | string)[] {
  return passage.flatMap(({ text, isFormula, isHit }) => {
    const nodes = isFormula ? typeset([text.replace(NUMBERED, '\\$1{$2*}')]).nodes : [text];
    if (!isHit) return nodes;
    const mark = document.createElement('mark');
    mark.append(...nodes);
    return [mark];
  });
}
