/** All words in the reader's language: those of the blog and those of our own pages. */
import type { Language } from '../../app/settings.ts';
import { type Words, wordsIn } from './index.ts';
import pagesEn from './pages.en.ts';
import pagesZh, { type PagesWords } from './pages.zh.ts';

export type PageWords = Words & PagesWords;

export function pageWordsIn(language: Language): PageWords {
  return { ...wordsIn(language), ...(language === 'zh-CN' ? pagesZh : pagesEn) };
}
