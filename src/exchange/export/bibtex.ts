/**
 * The read posts as BibTeX, with the keys, fields and order that the blog shows at the end of each post.
 * Unlike the blog we escape titles.
 */
import { AUTHOR } from '../../site/address.ts';
import { markedPosts, type MarkedPost, type ExportSource } from './rows.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Leaves out posts that the catalogue does not have, because they have no title. */
export function asBibtex(source: ExportSource): string {
  return markedPosts(source)
    .filter(({ mark }) => mark.kind === 'read')
    .flatMap((each) => item(each) ?? [])
    .join('\n');
}

function item({ id, post, address }: MarkedPost): string | undefined {
  if (!post) return undefined;
  const [year, month] = post.date.split('-');
  const fields = [
    `title={${escape(post.title)}}`,
    `author={${AUTHOR}}`,
    ...(year ? [`year={${year}}`] : []),
    ...(month ? [`month={${MONTHS[Number(month) - 1] ?? ''}}`] : []),
    `url={\\url{${address}}}`,
  ];
  return [`@online{kexuefm-${id},`, ...fields.map((field) => `        ${field},`), '}', ''].join(
    '\n',
  );
}

/** Braces are written as commands: BibTeX counts escaped ones when it matches braces. */
const ESCAPES: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
};

/** Escapes formulas in a title too, because a page may have written anything there. */
function escape(title: string): string {
  return title
    .replace(/\s+/gu, ' ')
    .replace(/[\\{}^~<>|$&#%_]/gu, (letter) => ESCAPES[letter] ?? `\\${letter}`);
}
