import { describe, expect, it } from 'vitest';
import { isTranslated, languageIn } from '../../../src/site/translation.ts';
import { parsePage } from '../support.ts';

const page = (html: string, body: string) =>
  parsePage(`<!doctype html><html ${html}><body>${body}</body></html>`);
/** The element with which Google's translation wraps each text. */
const inherit = '<font style="vertical-align: inherit">';

describe('a page', () => {
  it.each([
    ['Chromium says so', 'lang="zh-CN" class="x translated-ltr"', '<p>Text</p>'],
    ['Chromium says so, right to left', 'lang="zh-CN" class="translated-rtl"', '<p>Text</p>'],
    ['its texts are wrapped', 'lang="zh-CN"', `<p>${inherit}${inherit}Text</font></font></p>`],
    ['its texts are wrapped plainly', 'lang="zh-CN"', '<p><font><font>Text</font></font></p>'],
    [
      'a translation stands beside its text',
      'lang="zh-CN"',
      '<p>文字<font class="notranslate immersive-translate-target-wrapper">Text</font></p>',
    ],
    [
      'Read Frog has put a translation beside its text',
      'lang="zh-CN"',
      '<p>文字<span class="notranslate read-frog-translated-content-wrapper">Text</span></p>',
    ],
    [
      'FluentRead has put a translation beside its text',
      'lang="zh-CN"',
      '<p>文字<span class="fluent-read-bilingual-content">Text</span></p>',
    ],
    [
      'FluentRead has put a translation in place of its text',
      'lang="zh-CN"',
      '<p><span class="fluent-read-single-slot" data-fr-translation-owned="true">Text</span></p>',
    ],
    ['Edge has noted its texts', 'lang="zh-CN"', '<p _msttexthash="1" _msthash="2">Text</p>'],
    ['its language has changed', 'lang="en"', '<p>Text</p>'],
  ])('is translated if %s', (_, html, body) => {
    expect(isTranslated(page(html, body), 'zh-CN')).toBe(true);
  });

  it.each([
    ['nothing happened', 'lang="zh-CN"', '<p>文字</p>', 'zh-CN'],
    ['it names no language', '', '<p>文字</p>', ''],
    ['its author names another language', 'lang="en"', '<p>文字</p>', 'en'],
    [
      'its author has coloured a text',
      'lang="zh-CN"',
      '<p><font color="red"><font size="4">文字</font></font></p>',
      'zh-CN',
    ],
  ])('is not translated if %s', (_, html, body, before) => {
    expect(isTranslated(page(html, body), before)).toBe(false);
  });

  it('has the language of its root', () => {
    expect(languageIn(page('lang="zh-CN"', ''))).toBe('zh-CN');
    expect(languageIn(page('', ''))).toBe('');
  });
});
