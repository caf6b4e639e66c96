/** Converts traditional characters, which some readers type, to simplified ones, which the titles have. */

/** Two strings of equal length: each traditional character, and its simplified form at the same index. */
export interface SimplifiedForms {
  traditional: string;
  simplified: string;
}

/** 著, which OpenCC's table does not have, becomes 着 in simplified texts, except in words such as 显著 and 著名. */
const UNCHANGED = /(?<=[顯显名原專专論论編编譯译])著|著(?=[名作述稱称者錄录])/gu;

/** Returns a function that replaces each traditional character of a text. The length stays the same. */
export function simplifier({ traditional, simplified }: SimplifiedForms): (text: string) => string {
  const forms = new Map(Array.from(traditional, (character, at) => [character, simplified[at]]));
  forms.set('著', '着');
  return (text) => {
    const unchanged = new Set(Array.from(text.matchAll(UNCHANGED), ({ index }) => index));
    return text.replace(/\P{ASCII}/gu, (character, at: number) =>
      unchanged.has(at) ? character : (forms.get(character) ?? character),
    );
  };
}

/** For each term of Taiwan or Hong Kong, the term of the blog. */
const TERMS: Readonly<Record<string, string>> = {
  人工智慧: '人工智能',
  傅立葉: '傅里叶',
  函式: '函数',
  取樣: '采样',
  字串: '字符串',
  常態分佈: '正态分布',
  常態分布: '正态分布',
  明瞭: '明了',
  最佳化: '优化',
  機率: '概率',
  正規化: '正则化',
  演算法: '算法',
  甚麼: '什么',
  疊代: '迭代',
  瞭解: '了解',
  程式: '程序',
  網路: '网络',
  蒙地卡羅: '蒙特卡洛',
  視訊: '视频',
  訊息: '信息',
  記憶體: '内存',
  變數: '变量',
  貝氏: '贝叶斯',
  資料: '数据',
  資訊: '信息',
  軟體: '软件',
  迴圈: '循环',
  遞迴: '递归',
  陣列: '数组',
  雜訊: '噪声',
  馬可夫: '马尔可夫',
};
const ANY_TERM = new RegExp(Object.keys(TERMS).join('|'), 'gu');

/** Replaces terms of Taiwan and Hong Kong by those of the blog. */
export function withBlogTerms(text: string): string {
  return text.replace(ANY_TERM, (term) => TERMS[term] ?? term);
}
