/**
 * The marked posts as a table, RFC 4180. It begins with a byte order mark: without one Excel on a
 * Chinese Windows reads UTF-8 as GBK. LibreOffice and Numbers know it; a script has to skip it.
 */
import { placeInSeries } from '../../catalogue/place.ts';
import { markedPosts, type Shelf } from './rows.ts';

const BYTE_ORDER_MARK = '\ufeff';
const COLUMNS = 'id,title,date,mark,progress,when,by,series,part,parts,address'.split(',');

/** A post a line; `progress` in percent, `part` of `parts` in its largest series. */
export function asCsv(shelf: Shelf): string {
  const lines = markedPosts(shelf).map(({ id, post, mark, day, address }) => {
    const [largest] = shelf.catalogue.seriesOf(id);
    const series = largest && placeInSeries(largest, shelf.catalogue, id);
    return [
      id,
      post?.title,
      post?.date,
      mark.kind,
      mark.kind === 'reading' ? Math.round(mark.fraction * 100) : undefined,
      day,
      mark.kind === 'read' ? mark.by : undefined,
      series?.name,
      series?.k,
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

/** A spreadsheet runs what begins so as a formula; an apostrophe before it, which shows, stops that. */
function defused(text: string): string {
  return /^\s*[=+\-@＝＋－＠\t\r\n]/u.test(text) ? `'${text}` : text;
}
