/**
 * Typesets with KaTeX. typeset.ts loads this file when there is a formula. KaTeX runs without `trust`,
 * and its tree is checked before it becomes nodes.
 */
import katex, { type KatexOptions } from 'katex';
import 'katex/dist/katex.min.css';
import './maths.css';
import type { Macros } from './macros.ts';

export { macrosOfAPost } from './macros.ts';

/** The most nodes of KaTeX's tree, HTML and MathML together. */
const MAX_NODES = 4_000;

/** The parts of a node of KaTeX's tree that are used here. */
interface Virtual {
  children?: Virtual[];
  attributes?: Record<string, string>;
  style?: Record<string, string>;
  toNode(): HTMLElement;
}

/** MathJax takes the content of \text literally; KaTeX wants some characters escaped. */
const TEXT = /\\text\{[^{}$\\]*\}/g;
const escaped = (text: string) => text.replace(/[_&#%]/g, '\\$&');

const { __renderToDomTree: treeOf } = katex as unknown as {
  __renderToDomTree: (tex: string, options: KatexOptions) => Virtual;
};

/**
 * Typesets a formula as HTML, with MathML for assistive technology.
 * @throws what KaTeX throws, and RangeError if the result is too large
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
 * Checks and adapts KaTeX's tree: it must not be too large; style attributes, which the content security
 * policy of our pages forbids, are set by script, which it allows; colours, which the author chose for a
 * white page, are mixed with our text colour.
 */
function bounded(tree: Virtual): Virtual {
  const nodes = [tree];
  for (const node of nodes) {
    const { attributes, style, children = [] } = node;
    if (nodes.length + children.length > MAX_NODES) throw new RangeError('too many nodes');
    nodes.push(...children);
    if (attributes?.['style']) setLater(node, attributes);
    // A \phantom is transparent and has to stay so.
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
