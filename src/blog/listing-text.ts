/**
 * A listing page of which only the text is left. Two layouts are known: a day and month on a line
 * before each title, or the byline on the line after it.
 */
import { readDayAndMonth } from './listing.ts';

export interface TextItem {
  title: string;
  /** YYYY-MM-DD from a byline, MM-DD from a date line. */
  date: string;
}

const BYLINE = /^\s*By\s+[^|]{1,40}\|\s*(\d{4}-\d{2}-\d{2})\s*\|/;

/** The items that stand between dates or before bylines, in order. */
export function findItemsInText(text: string): TextItem[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const filled = lines.filter(Boolean);
  return filled.flatMap((line, at): TextItem[] => {
    const before = filled[at - 1];
    const after = filled[at + 1];
    if (BYLINE.test(line) || readDayAndMonth(line)) return [];
    const full = after && BYLINE.exec(after)?.[1];
    const short = before && readDayAndMonth(before);
    const date = full || short;
    return date ? [{ title: line, date }] : [];
  });
}

/** Lines that could be titles where a text has neither dates nor bylines. */
export function loneLines(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => line.trim() || []);
}
