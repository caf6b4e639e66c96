/** Texts for the tests of text recognition: invented, cut, edited, and in other forms. */
import { readProse } from '../../../src/catalogue/text-match/prose.ts';
import { type OpeningText } from '../../../scripts/compute-signatures.ts';
import { seeded } from '../support.ts';

type Random = () => number;

export const pick = <T>(from: ArrayLike<T>, random: Random): T =>
  from[Math.floor(random() * from.length)] as T;

export const lettersOf = (text: string): number => readProse(text).letters.length;

const PARTICLES = ['的', '了', '是', '在', '和', '与', '不', '也', '就', '对', '有', '这', '为'];
const LATIN = ['Transformer', 'Attention', 'softmax', 'GAN', 'Embedding', 'Adam', 'RoPE', 'VAE'];
const FORMULAS = [
  '$x_i$',
  '$\\boldsymbol{\\theta}$',
  '$p(x|y)=\\frac{p(x,y)}{p(y)}$',
  '\n$$\\sum_{i=1}^n x_i^2 = \\int f(x)dx\\tag{1}$$\n',
  '\n\\begin{equation}\\boldsymbol{y}=\\boldsymbol{W}\\boldsymbol{x}+\\boldsymbol{b}\\end{equation}\n',
];

/** Openings like those of the blog: words of two characters, a few of them frequent. */
export function madeUpOpenings(count: number, seed: number): OpeningText[] {
  const random = seeded(seed);
  const han = () => String.fromCharCode(0x4e00 + Math.floor(random() * 3_000));
  const words = Array.from({ length: 6_000 }, () => han() + han());
  const word = () => words[Math.floor(random() ** 2 * words.length)] ?? '';
  const clause = () =>
    Array.from({ length: 3 + Math.floor(random() * 4) }, () => {
      const kind = random();
      if (kind < 0.04) return pick(LATIN, random);
      if (kind < 0.1) return pick(FORMULAS, random);
      return kind < 0.35 ? pick(PARTICLES, random) + word() : word();
    }).join('');
  return Array.from({ length: count }, (_, id) => {
    let text = '';
    while (text.length < 1_200) text += clause() + pick(['，', '，', '。', '；', '。\n\n'], random);
    return { id: id + 1, text };
  });
}

const TOPICS = [
  '优化器的学习率',
  '注意力矩阵的秩',
  '词表的压缩率',
  '随机梯度下降的噪声',
  '扩散模型的采样步数',
  '卷积核的感受野',
  '位置编码的外推能力',
  '损失函数的二阶导数',
  '变分下界的紧致程度',
  '样本之间的互信息',
  '矩阵的奇异值分解',
  '隐变量的先验分布',
  '参数的初始化方差',
  '残差连接的系数',
  '多分类任务的类别权重',
  '语言模型的困惑度',
  '低秩近似的误差',
  '归一化层的位置',
];
const ACTS = ['决定了', '并不影响', '往往限制了', '可以用来估计', '近似等价于', '很难直接改善'];
const OPENINGS = [
  '众所周知，',
  '在上一篇文章中，笔者已经讨论过',
  '本文将介绍',
  '接下来我们考虑',
  '不难看出，',
  '事实上，',
  '值得指出的是，',
  '为了回答这个问题，我们先来看',
  '一个很自然的想法是，',
  '总的来说，',
];
const ENDINGS = [
  '，这正是我们想要的结果。',
  '，读者可以自行完成推导。',
  '，具体细节请参考原论文。',
  '，而实验结果也支持这一点。',
  '，但目前还没有严格的证明。',
  '，因此有必要换一个角度来看。',
  '，欢迎大家一起交流讨论。',
];

/** General technical prose, including the blog's usual phrases. */
export function technicalProse(length: number, random: Random): string {
  let text = '';
  while (text.length < length) {
    const formula = random() < 0.2 ? pick(FORMULAS, random) : '';
    text +=
      pick(OPENINGS, random) +
      pick(TOPICS, random) +
      pick(ACTS, random) +
      pick(TOPICS, random) +
      formula +
      pick(ENDINGS, random);
  }
  return text.slice(0, length);
}

/** Edits a tenth of the characters: inserts, replaces or deletes. */
export function edit(text: string, pool: string, random: Random): string {
  const characters = Array.from(text);
  for (let edits = Math.round(characters.length / 10); edits > 0; edits--) {
    const at = Math.floor(random() * characters.length);
    const kind = Math.floor(random() * 3);
    characters.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [pick(pool, random)]));
  }
  return characters.join('');
}

/** Texts compiled from ten sentences of many texts, less than a fifth from each. */
export function mixSentences(openings: readonly OpeningText[], count: number, random: Random) {
  const sentences = openings
    .flatMap(({ text }) => text.split(/(?<=[。！？\n])/))
    .map((sentence) => ({ sentence, letters: lettersOf(sentence) }))
    .filter(({ letters }) => letters > 10 && letters < 60);
  const mixed: string[] = [];
  while (mixed.length < count) {
    const ten = Array.from({ length: 10 }, () => pick(sentences, random));
    const all = ten.reduce((sum, { letters }) => sum + letters, 0);
    if (ten.every(({ letters }) => letters <= all / 5))
      mixed.push(ten.map(({ sentence }) => sentence).join(''));
  }
  return mixed;
}

/** Edits a window; letters lost by deletions are taken from the following text. */
export function editWindow({ window, rest }: Cut, pool: string, random: Random): string {
  const letters = lettersOf(window);
  let edited = edit(window, pool, random);
  for (let at = 0; lettersOf(edited) < letters && at < rest.length; at++) edited += rest[at];
  return edited;
}

/** The characters that `edit` inserts, as frequent as in the texts, including formulas. */
export function poolOf(openings: readonly OpeningText[]): string {
  return openings.map(({ text }) => text.replace(/\s+/g, '')).join('');
}

export interface Cut {
  id: number;
  window: string;
  /** The following text. */
  rest: string;
}

/** Cuts a random window with this many letters. The text must have at least as many. */
export function cutWindow(text: string, letters: number, random: Random): Omit<Cut, 'id'> {
  for (;;) {
    const start = Math.floor(random() * text.length);
    if (lettersOf(text.slice(start)) < letters) continue;
    let [low, end] = [start, text.length];
    while (low < end) {
      const middle = (low + end) >>> 1;
      if (lettersOf(text.slice(start, middle)) < letters) low = middle + 1;
      else end = middle;
    }
    return { window: text.slice(start, end), rest: text.slice(end) };
  }
}

/** Cuts random windows with this many letters from texts that are long enough. */
export function cutWindows(
  openings: readonly OpeningText[],
  { count, letters, seed }: { count: number; letters: number; seed: number },
): Cut[] {
  const random = seeded(seed);
  const long = openings.filter(({ text }) => lettersOf(text) >= letters * 1.2);
  return Array.from({ length: count }, () => {
    const { id, text } = pick(long, random);
    return { id, ...cutWindow(text, letters, random) };
  });
}

/** Any formula of a text with complete dollars and environments. */
const FORMULA = /\\begin\{([a-z]+\*?)\}[\s\S]*?\\end\{\1\}|\$\$[^$]+\$\$|\$[^$\n]+\$/g;

const fullWidth = (text: string) =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

/** A text in the forms of copies. */
export const FORMS: Record<string, (text: string) => string> = {
  'normalised to NFKC': (text) => text.normalize('NFKC'),
  'normalised to NFD': (text) => text.normalize('NFD'),
  'in full width but for its formulas': (text) =>
    text
      .split(/(\\begin\{[\s\S]*?\\end\{[a-z]+\*?\}|\$\$[^$]+\$\$|\$[^$\n]+\$|\\[a-zA-Z]+|[{}_^&$])/)
      .map((piece, i) => (i % 2 ? piece : fullWidth(piece)))
      .join(''),
  'with half-width punctuation': (text) =>
    text.replace(/[，。；：？！（）]/g, (c) => ',.;:?!()'['，。；：？！（）'.indexOf(c)] ?? c),
  'without line breaks': (text) => text.replace(/\s*\n\s*/g, ''),
  'with a line break after every 20 characters': (text) => text.replace(/[^\n]{20}/gu, '$&\n'),
  'without formulas': (text) => text.replace(FORMULA, ''),
  'with every formula twice': (text) => text.replace(FORMULA, '$&$&'),
  'in upper case': (text) => text.toUpperCase(),
  'with spaces between Chinese and Latin': (text) =>
    text.replace(/(\p{Script=Han})(?=[A-Za-z])|([A-Za-z])(?=\p{Script=Han})/gu, '$& '),
  'with invisible characters': (text) =>
    text.replace(/./gsu, '$&\u200b').replace(/。/g, '\u202e。'),
};
