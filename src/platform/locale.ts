import { browserApi } from './browser.ts';

/** The language that the reader chose; `auto` is Chinese in a Chinese browser, otherwise English. */
export function languageOf(choice: 'auto' | 'zh-CN' | 'en'): 'zh-CN' | 'en' {
  if (choice !== 'auto') return choice;
  return /^zh\b/i.test(browserApi().i18n.getUILanguage()) ? 'zh-CN' : 'en';
}
