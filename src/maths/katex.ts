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
  style?: Record<string, string>;
  toNode(): HTMLElement;
}

/** MathJax takes the words of \text as they stand, KaTeX wants some of their signs escaped. */
const TEXT = /\\text\{[^{}$\\]*\}/g;
const escaped = (text: string) => text.replace(/[_&#%]/g, '\\$&');

const { __renderToDomTree: treeOf } = katex as unknown as {
  __renderToDomTree: (tex: string, options: KatexOptions) => Virtual;
};

/**
 * A formula as HTML to see and MathML to hear.
 * @throws whatever KaTeX throws, RangeError included, where it cannot be set within bounds
 */
export function setFormula(tex: string, isDisplay: boolean, macros: Macros): HTMLElement {
  return bounded(
    treeOf(tex.replace(TEXT, escaped), {
      displayMode: isDisplay,
      macros,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      errorColor: 'currentcolor',
      colorIsTextColor: true,
      maxSize: 10,
      maxExpand: 150,
    }),
  ).toNode();
}

/**
 * The tree looked through: not too large; style attributes, which our pages' policy forbids, as
 * styles set from the script, which it allows; and colours, which were chosen for white paper, mixed
 * with our ink.
 */
function bounded(tree: Virtual): Virtual {
  const nodes = [tree];
  for (const node of nodes) {
    const { attributes, style, children = [] } = node;
    if (nodes.length + children.length > MAX_NODES) throw new RangeError('too many nodes');
    nodes.push(...children);
    if (attributes?.['style']) setLater(node, attributes);
    // A phantom is transparent, and stays it.
    if (style?.['color'] && style['color'] !== 'transparent')
      style['color'] = mixed(style['color'], 'var(--ink) 40%');
    if (style?.['backgroundColor'])
      style['backgroundColor'] = mixed(style['backgroundColor'], 'transparent 75%');
  }
  return tree;
}

function setLater(node: Virtual, attributes: Record<string, string>): void {
  const { style = '' } = attributes;
  delete attributes['style'];
  const build = node.toNode.bind(node);
  node.toNode = () => {
    const element = build();
    element.style.cssText = style;
    return element;
  };
}

function mixed(colour: string, other: string): string {
  return `color-mix(in srgb, ${colour}, ${other})`;
}
