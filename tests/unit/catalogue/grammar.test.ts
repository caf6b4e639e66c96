import * as fc from '../fc.ts';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../../scripts/source.ts';
import { readNumeral, readPartTitle } from '../../../src/catalogue/grammar.ts';

const { posts, series, exceptions } = readSource();
const titleOf = new Map(posts.map(({ id, title }) => [id, title]));

describe('a title with a part number', () => {
  it.each<[title: string, name: string, number: number, rest: string]>([
    ['Transformer升级之路：14、当HWFA遇见ReRoPE', 'Transformer升级之路', 14, '当HWFA遇见ReRoPE'],
    ['慢即是快：1. Shampoo的尽头是Muon？', '慢即是快', 1, 'Shampoo的尽头是Muon？'],
    ['路径积分系列：2.随机游走模型', '路径积分系列', 2, '随机游走模型'],
    ['路径积分系列: 2．随机游走模型', '路径积分系列', 2, '随机游走模型'],
    ['生成扩散模型漫谈（三十一）：预测数据而非噪声', '生成扩散模型漫谈', 31, '预测数据而非噪声'],
    ['SVD分解(一)：自编码器与人工智能', 'SVD分解', 1, '自编码器与人工智能'],
    ['SVD分解（1）:自编码器与人工智能', 'SVD分解', 1, '自编码器与人工智能'],
    ['某系列之二：副题', '某系列', 2, '副题'],
    ['某系列之一：副题', '某系列', 1, '副题'],
    ['某系列之12——副题', '某系列', 12, '副题'],
    ['某系列之三', '某系列', 3, ''],
    ['从费马大定理谈起（五）：n=4', '从费马大定理谈起', 5, 'n=4'],
    ['从费马大定理谈起（六）：n=4（2）', '从费马大定理谈起', 6, 'n=4（2）'],
    ['【不可思议的Word2Vec】 3.提取关键词', '【不可思议的Word2Vec】', 3, '提取关键词'],
    [
      '【不可思议的Word2Vec】5. Tensorflow版的Word2Vec',
      '【不可思议的Word2Vec】',
      5,
      'Tensorflow版的Word2Vec',
    ],
    ['【搜出来的文本】⋅（二）从MCMC到模拟退火', '【搜出来的文本】', 2, '从MCMC到模拟退火'],
    ['《新理解矩阵2》：矩阵是什么？', '《新理解矩阵》', 2, '矩阵是什么？'],
    ['《虚拟的实在(1)》——为什么需要场？', '《虚拟的实在》', 1, '为什么需要场？'],
    ['《自然极值》系列——8.极值分析', '《自然极值》系列', 8, '极值分析'],
    ['《方程与宇宙》:限制性三体的那些事儿(八)', '《方程与宇宙》', 8, '限制性三体的那些事儿'],
    ['《方程与宇宙》：三体问题和它的初积分（六）', '《方程与宇宙》', 6, '三体问题和它的初积分'],
    ['[春礼]《方程与宇宙》:圆形限制性三体问题(七)', '《方程与宇宙》', 7, '圆形限制性三体问题'],
    ['一维弹簧的运动（上）', '一维弹簧的运动', 1, ''],
    ['一维弹簧的运动(中)', '一维弹簧的运动', 2, ''],
    ['一维弹簧的运动（下）', '一维弹簧的运动', 3, ''],
    ['电偶极子浅探（2）', '电偶极子浅探', 2, ''],
    ['高斯型积分的微扰展开（二）', '高斯型积分的微扰展开', 2, ''],
    ['轻微的扰动——摄动法简介(3)', '轻微的扰动——摄动法简介', 3, ''],
    [
      '“熵”不起：从熵、最大熵原理到最大熵模型（三）',
      '“熵”不起：从熵、最大熵原理到最大熵模型',
      3,
      '',
    ],
    ['素数之美2：Bertrand假设的证明', '素数之美', 2, 'Bertrand假设的证明'],
    ['某系列（IV）：副题', '某系列', 4, '副题'],
    ['某系列（Ⅳ）：副题', '某系列', 4, '副题'],
    ['某系列(XII)', '某系列', 12, ''],
    ['某系列（九十九）：副题', '某系列', 99, '副题'],
    ['某系列：99、副题', '某系列', 99, '副题'],
  ])('%s', (title, name, number, rest) => {
    expect(readPartTitle(title)).toMatchObject({ name, number, rest });
  });

  it('returns the numeral unchanged', () => {
    expect(readPartTitle('生成扩散模型漫谈（三十一）：预测数据而非噪声')?.numeral).toBe('三十一');
  });

  it('keeps a number in the name of its series', () => {
    expect(readPartTitle('数学基本技艺之23、24（上）')).toMatchObject({
      name: '数学基本技艺之23、24',
      number: 1,
    });
  });
});

describe('a title with digits that are no part number', () => {
  // Real titles by id; the posts must still have these titles.
  it.each([
    [18, '2009.7.22日全食各地区模拟(Flash)'],
    [62, '2009年英仙座流星雨观测'],
    [100, '400年前的今天，望远镜诞生了'],
    [103, '第100篇文章了'],
    [316, '新年新天象：2010年1月重要天象'],
    [335, '网站PR升到3了！'],
    [429, '【龟猫记2】之“百合花开”'],
    [432, 'MathPlayer 2.2发布，大家升级啦！'],
    [769, 'R136a1,300倍太阳质量的怪兽星'],
    [826, '旋转的弹簧将如何伸长(2)？'],
    [906, '计算夏至的精确时刻2——提高精确度'],
    [1139, '你好，2011！'],
    [1165, '[2011]一睹“食”的风采'],
    [1205, '[SETI-50周年]茫茫宇宙觅知音'],
    [1385, 'cos 1°的根式表达式'],
    [1453, 'IMO42-1，我也会做几何题'],
    [1706, '折腾windows 8和ubuntu 12'],
    [1727, '哥德巴赫猜想浅谈1'],
    [1951, '2^29363731-1不是素数！'],
    [1970, '第四波：2^29360741-1不是素数！'],
    [1973, '“抢15”游戏简析'],
    [2111, '月底回家看彗星C/2012 S1 (ISON)'],
    [2665, 'Project Euler 454 ：五天攻下“擂台”'],
    [3402, '从“0.999...等于1”说开来'],
    [3451, '《量子力学与路径积分》习题解答V0.1'],
    [4114, '轻便的深度学习分词系统：NNCWS v0.1'],
    [4138, '端到端的腾讯验证码识别（46%正确率）'],
    [4556, 'fashion mnist的一个baseline (MobileNet 95%)'],
    [5066, '网站更新记录（2018年01月）'],
    [7094, '6个派生优化器的简单介绍及其实现'],
    [7321, 'bert4keras在手，baseline我有：百度LIC2020'],
    [7782, '第1000篇文章'],
    [8711, '关于维度公式“n > 8.33 log N”的可用性分析'],
    [8747, '模型优化漫谈：BERT的初始标准差为什么是0.02？'],
    [10480, 'Cool Papers浏览器扩展升级至v0.2.0'],
    [11267, '为什么Adam的Update RMS是0.2？'],
    [11593, 'Adam优化器的最优超参数是β1=β2 ？'],
  ])('%i %s', (id, title) => {
    expect(titleOf.get(id)).toBe(title);
    expect(readPartTitle(title)).toBeUndefined();
  });

  it.each([
    '最美的公式之一',
    '三分之二的人',
    '某系列（2023）：副题',
    '某系列（100）',
    '某系列：2023、副题',
    '某系列：1.5倍的速度',
    '某系列：0、副题',
    '某系列（〇）：副题',
    '某系列（二〇）：副题',
    '某系列（IIII）：副题',
    '某系列（VX）：副题',
    '某系列（95%）',
    '某系列（v2）：副题',
    '',
    '（一）：副题',
  ])('%s', (title) => {
    expect(readPartTitle(title)).toBeUndefined();
  });

  it('is not parsed as a part of a numbered series', () => {
    const parts = new Set(series.filter(({ kind }) => kind === 'numbered').flatMap((s) => s.posts));
    const names = new Set(series.filter(({ kind }) => kind === 'numbered').map(({ name }) => name));
    const strays = posts.filter(({ id, title }) => {
      const read = readPartTitle(title);
      return !parts.has(id) && read && names.has(read.name);
    });
    expect(strays).toEqual([]);
  });
});

describe('every numbered series of the catalogue', () => {
  const numbered = series.filter(({ kind }) => kind === 'numbered');
  it.each(numbered.map((each) => [each.name, each] as const))('%s', (_, { slug, posts: ids }) => {
    const reads = ids.map((id) => readPartTitle(titleOf.get(id) ?? ''));
    const numbers = reads.map((read) =>
      read?.numeral === '下' ? ids.length : (read?.number ?? null),
    );
    const exception = exceptions.find((each) => each.series === slug);
    expect(numbers).toEqual(exception?.numbers ?? ids.map((_id, at) => at + 1));
  });
});

const CHINESE = '一二三四五六七八九';
const chinese = (n: number) => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : tens === 1 ? '十' : `${CHINESE[tens - 1]}十`;
  return ten + (ones ? CHINESE[ones - 1] : '');
};

describe('a numeral', () => {
  it('has the same value in Arabic and Chinese from 1 to 99', () => {
    for (let n = 1; n <= 99; n++) {
      expect(readNumeral(String(n))).toBe(n);
      expect(readNumeral(chinese(n)), chinese(n)).toBe(n);
    }
  });

  it('is parsed in Roman letters and in Roman numeral characters', () => {
    const roman = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X', 'XI', 'XII'];
    expect(roman.map(readNumeral)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(Array.from('ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ', readNumeral)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(['XIV', 'XIX', 'XXXIX'].map(readNumeral)).toEqual([14, 19, 39]);
  });

  it.each(['IIV', 'VV', 'XXXX', '十十', '一一', '二十十', '百', '零', 'L', 'iv', ' 1'])(
    'is not %j',
    (numeral) => {
      expect(readNumeral(numeral)).toBeUndefined();
    },
  );
});

describe('a part in any form that the author uses is parsed as that part', () => {
  const roman = (n: number) => {
    const [tens, ones] = ['X'.repeat(Math.floor(n / 10)), n % 10];
    return tens + (['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'][ones] ?? '');
  };
  const NUMERALS = { arabic: String, chinese, roman } as const;
  type Script = keyof typeof NUMERALS;
  type Print = (name: string, numeral: string, rest: string) => string;
  const ALL: Script[] = ['arabic', 'chinese', 'roman'];
  /** The form of a part, its numerals, and the parsed name. */
  const WAYS: { print: Print; scripts: Script[]; named?: (name: string) => string }[] = [
    { print: (name, n, rest) => `${name}：${n}、${rest}`, scripts: ['arabic'] },
    { print: (name, n, rest) => `${name}: ${n}. ${rest}`, scripts: ['arabic'] },
    {
      print: (name, n, rest) => `${name}系列——${n}．${rest}`,
      scripts: ['arabic'],
      named: (name) => `${name}系列`,
    },
    {
      print: (name, n, rest) => `【${name}】 ${n}.${rest}`,
      scripts: ['arabic'],
      named: (name) => `【${name}】`,
    },
    {
      print: (name, n, rest) => `【${name}】⋅（${n}）${rest}`,
      scripts: ALL,
      named: (name) => `【${name}】`,
    },
    {
      print: (name, n, rest) => `《${name}${n}》：${rest}`,
      scripts: ['arabic'],
      named: (name) => `《${name}》`,
    },
    {
      print: (name, n, rest) => `《${name}(${n})》——${rest}`,
      scripts: ALL,
      named: (name) => `《${name}》`,
    },
    {
      print: (name, n, rest) => `《${name}》：${rest}（${n}）`,
      scripts: ALL,
      named: (name) => `《${name}》`,
    },
    { print: (name, n, rest) => `${name}（${n}）：${rest}`, scripts: ALL },
    { print: (name, n, rest) => `${name} (${n}): ${rest}`, scripts: ALL },
    { print: (name, n, rest) => `${name}${n}：${rest}`, scripts: ['arabic'] },
  ];
  /** Letters, Chinese and Latin, formulas and spaces, without numbers. */
  const words = fc
    .array(fc.constantFrom('占位', '矩阵', '分解', '漫谈', ' RoPE ', '$x_1$', '与', '？'), {
      minLength: 1,
      maxLength: 6,
    })
    .map((pieces) => pieces.join('').trim())
    .filter((text) => text !== '');
  const names = words.map((text) => `${text}之路`);

  it('with any name, number and rest', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WAYS),
        names,
        fc.integer({ min: 1, max: 39 }),
        words,
        fc.nat(),
        ({ print, scripts, named = (plain: string) => plain }, name, number, rest, at) => {
          const script = scripts[at % scripts.length] ?? 'arabic';
          const numeral = NUMERALS[script](number);
          expect(readPartTitle(print(name, numeral, rest))).toEqual({
            name: named(name),
            numeral,
            number,
            rest,
          });
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('and without a rest of the title', () => {
    const numerals = fc.oneof(
      fc
        .tuple(fc.constantFrom(...ALL), fc.integer({ min: 1, max: 39 }))
        .map(([script, number]) => ({ numeral: NUMERALS[script](number), number })),
      fc.constantFrom(...['上', '中', '下'].map((numeral, at) => ({ numeral, number: at + 1 }))),
    );
    fc.assert(
      fc.property(
        names,
        numerals,
        fc.constantFrom('（）', '()'),
        (name, { numeral, number }, [open, close]) => {
          const read = readPartTitle(`${name}${open}${numeral}${close}`);
          expect(read).toEqual({ name, numeral, number, rest: '' });
        },
      ),
    );
  });
});

describe('any title', () => {
  const marks = fc.constantFrom(
    ...'《》【】[]（）()：:—、.．⋅·一二十上下12I XVⅣ名题\n#$\\'.split(''),
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(marks, { maxLength: 60 }).map((pieces) => pieces.join('')),
  );

  it('never throws, and returns a name and a number from 1 to 99 or nothing', () => {
    fc.assert(
      fc.property(anything, (title) => {
        const read = readPartTitle(title);
        if (!read) return;
        expect(read.number).toBeGreaterThanOrEqual(1);
        expect(read.number).toBeLessThanOrEqual(99);
        expect(read.name).not.toBe('');
        expect(title).toContain(read.numeral);
        expect(title).toContain(read.rest);
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['a million letters', 'x'.repeat(1_000_000)],
    ['a million brackets', '（'.repeat(1_000_000)],
    ['300 that fit almost', `${'《'.repeat(150)}${'（1'.repeat(75)}`],
    ['a part of a very long title', `${'名'.repeat(400)}（一）：副题`],
  ])('%s is no part', (_, title) => {
    expect(readPartTitle(title)).toBeUndefined();
  });
});
