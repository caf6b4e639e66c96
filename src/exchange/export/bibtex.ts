/**
 * The posts that were read as BibTeX, in the form that the blog itself asks for at the foot of each
 * post. Only titles are escaped, which it does not do; keys, fields and their order are its own.
 */
import { AUTHOR } from '../../site/address.ts';
import { markedPosts, type MarkedPost, type Shelf } from './rows.ts';

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** A post that the catalogue does not have, and so no title of, is left out. */
export function asBibtex(shelf: Shelf): string {
  return markedPosts(shelf)
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

/** Braces are named, not escaped: BibTeX counts those behind a backslash too. */
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

/** A title that holds a formula shows it as it is spelt: a page could have written anything there. */
function escape(title: string): string {
  return title
    .replace(/\s+/gu, ' ')
    .replace(/[\\{}^~<>|$&#%_]/gu, (letter) => ESCAPES[letter] ?? `\\${letter}`);
}
