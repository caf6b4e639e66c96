/**
 * KaTeX itself, which is loaded when there is a formula (typeset.ts). It is given no trust, and its
 * tree is looked through before it becomes nodes.
 */
import katex, { type KatexOptions } from 'katex';
import 'katex/dist/katex.min.css';
import './maths.css';
import type { Macros } from './macros.ts';

export { macrosOfAPost } from './macros.ts';

/** Nodes of KaTeX's tree, HTML and MathML together. */
const MAX_NODES = 4_000;

/** What is used here of a node of KaTeX's tree. */
interface Virtual {
  children?: Virtual[];
  attributes?: Record<string, string>;
  toNode(): Node;
}

/** MathJax takes the words of \text as they stand, KaTeX wants some of their signs escaped. */
const TEXT = /\\text\{[^{}$\\]*\}/g;
const escaped = (text: string) => text.replace(/[_&#%]/g, '\\$&');

const { __renderToDomTree: treeOf } = katex as unknown as {
  __renderToDomTree(tex: string, options: KatexOptions): Virtual;
};

/**
 * A formula as HTML to see and MathML to hear.
 * @throws whatever KaTeX throws, RangeError included, where it cannot be set within bounds
 */
export function setFormula(tex: string, isDisplay: boolean, macros: Macros): Node {
  return bounded(
    treeOf(tex.replace(TEXT, escaped), {
      displayMode: isDisplay,
      macros,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      errorColor: 'currentcolor',
      colorIsTextColor: true,
      maxSize: 20,
      maxExpand: 250,
    }),
  ).toNode();
}

/**
 * The same tree without style attributes, which our pages' policy forbids and which only repeat
 * what is said otherwise: the width of a drawing that its box has too, and looks of the MathML,
 * which is not seen. All other styles are set one by one, which is allowed.
 */
function bounded(tree: Virtual): Virtual {
  const nodes = [tree];
  for (const { attributes, children = [] } of nodes) {
    if (attributes) delete attributes['style'];
    if (nodes.length + children.length > MAX_NODES) throw new RangeError('too many nodes');
    nodes.push(...children);
  }
  return tree;
}
