/** Splits a title after the name of its series, for places that show it in large type. Pure. */
import { displayName } from './series-name.ts';

/** The separator between a series' name and the rest of a title; an opening bracket belongs to the rest. */
const SEPARATOR = /^(?:[\s：:⋅·—]+|(?=[（(]))/u;

/**
 * Returns the title in one piece, or in two if it begins with the name of one of its series:
 * `Transformer升级之路：` + `14、当HWFA遇见ReRoPE`, `生成扩散模型漫谈` + `（三十）：…`.
 */
export function breakTitle(title: string, names: readonly string[]): [string] | [string, string] {
  for (const name of names.map(displayName)) {
    for (const spelt of [name, `【${name}】`, `《${name}》`, `[${name}]`]) {
      if (!title.startsWith(spelt)) continue;
      const separator = SEPARATOR.exec(title.slice(spelt.length));
      const head = separator ? spelt + separator[0] : '';
      if (head && head.length < title.length) return [head, title.slice(head.length)];
    }
  }
  return [title];
}
