/** The words on screen in the reader's language. */
import type { Language } from '../../app/settings.ts';
import type { Mark } from '../../record/marks.ts';
import en from './en.ts';
import zh, { type Words } from './zh.ts';

export type { Words } from './zh.ts';

export function wordsIn(language: Language): Words {
  return language === 'zh-CN' ? zh : en;
}

/** The text of a mark: 未读, 在读 40%. The percentage is a whole number, never 0 or 100. */
export function markText(mark: Mark, words: Words): string {
  if (mark.kind !== 'reading') return words[mark.kind];
  const percent = Math.round(mark.fraction * 100);
  return words.reading(mark.fraction === 0 ? 0 : Math.min(99, Math.max(1, percent)));
}
