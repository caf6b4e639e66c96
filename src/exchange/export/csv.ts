/**
 * The marked posts as a table, RFC 4180. It starts with a byte order mark, because Excel on a Chinese
 * Windows reads UTF-8 as GBK otherwise. LibreOffice and Numbers accept it; a script has to skip it.
 */
import { placeInSeries } from '../../catalogue/place.ts';
import { markedPosts, type ExportSource } from './rows.ts';

const BYTE_ORDER_MARK = '\ufeff';
const COLUMNS = 'id,title,date,mark,progress,when,by,series,part,parts,address'.split(',');

/** One line for each post. `progress` is in percent; `part` and `parts` are those of its largest series. */
export function asCsv(source: ExportSource): string {
  const lines = markedPosts(source).map(({ id, post, mark, day, address }) => {
    const [largest] = source.catalogue.seriesOf(id);
    const series = largest && placeInSeries(largest, source.catalogue, id);
    return [
      id,
      post?.title,
      post?.date,
      mark.kind,
      mark.kind === 'reading' ? Math.round(mark.fraction * 100) : undefined,
      day,
      mark.kind === 'read' ? mark.by : undefined,
      series?.name,
      series?.partNumber,
      series?.parts.length,
      address,
    ];
  });
  return (
    BYTE_ORDER_MARK + [COLUMNS, ...lines].map((cells) => `${cells.map(cell).join()}\r\n`).join('')
  );
}

function cell(value: string | number | undefined): string {
  const text = typeof value === 'string' ? defused(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A spreadsheet runs a text with such a start as a formula. A visible apostrophe before the text prevents that. */
function defused(text: string): string {
  return /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(text) ? `'${text}` : text;
}
