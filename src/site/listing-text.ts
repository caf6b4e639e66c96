/**
 * A listing page of which only the text is left. Two layouts are known: a day and month on a line
 * before each title, or the byline on the line after it.
 */
import { readDayAndMonth, withoutReadMore } from './listing.ts';

export interface TextItem {
  title: string;
  /** YYYY-MM-DD from a byline, MM-DD from a date line. */
  date: string;
  /** The text between this title and the next, without the byline. */
  text: string;
}

/** `By 苏剑林 | 2024-09-01 | 31098位读者 | 引用`. The excerpt may begin on the same line. */
const BYLINE =
  /^By\s+[^|]{1,40}\|\s*(\d{4}-\d{2}-\d{2})(?!\d)(?:\s*\|\s*\d{1,9}\s*位读者)?(?:\s*\|\s*引用)?(?:\s*\|)?\s*/;

/** Returns the items in order. Each has a date line before its title or a byline after it. */
export function findItemsInText(text: string): TextItem[] {
  const filled = loneLines(text);
  const titles = filled.flatMap((line, at): { at: number; date: string }[] => {
    const before = filled[at - 1];
    const after = filled[at + 1];
    if (BYLINE.test(line) || readDayAndMonth(line)) return [];
    const full = after && BYLINE.exec(after)?.[1];
    const short = before && readDayAndMonth(before);
    const date = full || short;
    return date ? [{ at, date }] : [];
  });
  return titles.map(({ at, date }, item) => {
    const lines = filled.slice(at + 1, titles[item + 1]?.at);
    const opening = lines.filter((line) => !readDayAndMonth(line)).join('\n');
    return { title: filled[at] ?? '', date, text: withoutReadMore(opening.replace(BYLINE, '')) };
  });
}

/** The lines of a text that are not empty, trimmed. */
export function loneLines(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
}
