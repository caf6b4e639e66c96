/**
 * Parses part numbers in titles, in all forms that the author uses:
 *
 *   名：14、副题   名：1. 副题   名（三十一）：副题   【名】 3.副题   【名】⋅（二）副题
 *   《名2》：副题   《名(1)》——副题   《名》系列——8.副题   名（上）   名(2)   名1：副题   名之二：副题
 */

/** A title parsed as one part of a series. */
export interface PartTitle {
  /** The series' name as this title spells it, with brackets. */
  name: string;
  /** The number as the title writes it. */
  numeral: string;
  /** Its value, from 1; 上 中 下 are 1 2 3, although a series of two has only 上 and 下. */
  number: number;
  /** The text after the number; '' if there is none. */
  rest: string;
}

/** Whether the part is 下, the last of two or three. */
export function isLastPart({ numeral }: PartTitle): boolean {
  return numeral === '下';
}

const DIGITS = '一二三四五六七八九';
const CHINESE_TENS = new RegExp(`^(?<tens>[${DIGITS}]?)十(?<ones>[${DIGITS}]?)$`);
const CHINESE = `[${DIGITS}十]{1,3}`;
const ROMAN = '(?:[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]|[IVX]{1,7})';
/** Series have fewer than a hundred parts, so larger numbers such as years are not part numbers. */
const ARABIC = '[1-9]\\d?';
const NUMBER = `${ARABIC}|${CHINESE}|${ROMAN}`;

/** The forms of numbering, with named groups. The first one that matches is used. */
const FORMS: RegExp[] = [
  // Transformer升级之路：14、当HWFA遇见ReRoPE | 《自然极值》系列——8.极值分析
  `^(?<name>.{2,}?)\\s*(?:[：:]|——)\\s*(?<numeral>${ARABIC})\\s*[、.．](?!\\d)\\s*(?<rest>.*)$`,
  // 【不可思议的Word2Vec】 3.提取关键词
  `^(?<name>【[^】]+】)[\\s⋅·]*(?<numeral>${ARABIC})\\s*[、.．](?!\\d)\\s*(?<rest>.*)$`,
  // 【搜出来的文本】⋅（二）从MCMC到模拟退火
  `^(?<name>【[^】]+】)[\\s⋅·]*[（(](?<numeral>${NUMBER})[）)]\\s*(?<rest>.*)$`,
  // 《虚拟的实在(1)》——为什么需要场？ | 《新理解矩阵2》：矩阵是什么？
  `^(?<name>《[^》]+?)\\s*[（(]?(?<numeral>${NUMBER})[）)]?》\\s*(?:[：:]|——)\\s*(?<rest>.*)$`,
  // 《方程与宇宙》:限制性三体的那些事儿(八)
  `^(?:\\[[^\\]]*\\])?(?<name>《[^》]+》)[：:]\\s*(?<rest>.+?)[（(](?<numeral>${NUMBER})[）)]$`,
  // 生成扩散模型漫谈（三十一）：预测数据而非噪声
  `^(?<name>.{2,}?)\\s*[（(](?<numeral>${NUMBER})[）)]\\s*[：:]\\s*(?<rest>.*)$`,
  // 高斯型积分的微扰展开（二） | 一维弹簧的运动（上） | 费曼积分法——积分符号内取微分(1)
  `^(?<name>.{2,}?)\\s*[（(](?<numeral>${NUMBER}|[上中下])[）)](?<rest>)$`,
  // 力学之三：动量 | 力学之三, but not «one of» at the end: 最美的公式之一
  `^(?<name>.{2,}?)之(?<numeral>${NUMBER})\\s*(?:[：:]|——)\\s*(?<rest>.*)$`,
  `^(?<name>.{2,}?)之(?!一$)(?<numeral>${NUMBER})(?<rest>)$`,
  // 素数之美2：Bertrand假设的证明
  `^(?<name>.*\\p{Script=Han})(?<numeral>${ARABIC})[：:]\\s*(?<rest>.*)$`,
].map((form) => new RegExp(form, 'su'));

/** Longer than any title. Longer texts are not parsed, so that no pattern runs over a megabyte. */
const MAX_TITLE = 300;

/** Parses a title as a part of a series; returns undefined if it has no part number. */
export function readPartTitle(title: string): PartTitle | undefined {
  if (title.length > MAX_TITLE) return undefined;
  for (const form of FORMS) {
    const { name, numeral, rest } = form.exec(title)?.groups ?? {};
    if (name === undefined || numeral === undefined) continue;
    const number = readNumeral(numeral);
    if (number === undefined) continue;
    return { name: closeBracket(name.trim()), numeral, number, rest: (rest ?? '').trim() };
  }
  return undefined;
}

/** The value of a numeral in any of the author's scripts; undefined unless it is 1 to 99. */
export function readNumeral(numeral: string): number | undefined {
  if (/^[上中下]$/.test(numeral)) return '上中下'.indexOf(numeral) + 1;
  if (/^[1-9]\d?$/.test(numeral)) return Number(numeral);
  return readChinese(numeral) ?? readRoman(numeral.normalize('NFKC'));
}

function readChinese(numeral: string): number | undefined {
  const value = (digit: string) => DIGITS.indexOf(digit) + 1;
  if (/^[一二三四五六七八九]$/.test(numeral)) return value(numeral);
  const { tens, ones } = CHINESE_TENS.exec(numeral)?.groups ?? {};
  if (tens === undefined || ones === undefined) return undefined;
  return (tens ? value(tens) : 1) * 10 + (ones ? value(ones) : 0);
}

const ROMAN_VALUES: Record<string, number> = { I: 1, V: 5, X: 10 };

function readRoman(numeral: string): number | undefined {
  if (!/^X{0,3}(?:IX|IV|V?I{0,3})$/.test(numeral) || numeral === '') return undefined;
  const values = Array.from(numeral, (letter) => ROMAN_VALUES[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}

/** Closes the bracket of a name that was cut before its number: 《虚拟的实在. */
function closeBracket(name: string): string {
  return name.startsWith('《') && !name.includes('》') ? `${name}》` : name;
}
