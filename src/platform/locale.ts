import { browserApi } from './browser.ts';
import type { Settings } from '../app/settings.ts';

export type Language = 'zh-CN' | 'en';

/** The reader's choice, else the browser's language: every Chinese reads Chinese, all else English. */
export function languageOf(choice: Settings['language']): Language {
  if (choice !== 'auto') return choice;
  return /^zh\b/i.test(browserApi().i18n.getUILanguage()) ? 'zh-CN' : 'en';
}
