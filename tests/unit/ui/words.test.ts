import { describe, expect, it } from 'vitest';
import type { Mark } from '../../../src/record/marks.ts';
import { markText } from '../../../src/ui/words/index.ts';
import { count } from '../../../src/ui/words/count.ts';
import { pageWordsIn } from '../../../src/ui/words/pages.ts';
import { literalsOf, sourceFiles } from '../support.ts';

const LANGUAGES = ['zh-CN', 'en'] as const;
const HAN = /\p{Script=Han}/u;

/** Every entry with its path, such as `notSaved.full`. */
function entriesOf(words: object, path = ''): [path: string, value: unknown][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' ? entriesOf(value, `${path}${key}.`) : [[path + key, value]],
  );
}

/** The text of an entry; functions are called with numbers, also in place of names. */
function said(value: unknown, numbers: number[]): string {
  const text =
    typeof value === 'function' ? (value as (...a: number[]) => unknown)(...numbers) : value;
  return Array.isArray(text) ? text.join('') : String(text);
}

it('separates thousands', () => {
  const numbers = [0, 7, 999, 1_000, 1_341, 12_345, 999_999, 1_000_000];
  expect(numbers.map(count)).toEqual(numbers.map((n) => n.toLocaleString('en-US')));
});

it('both languages have the same entries with the same types', () => {
  const forms = LANGUAGES.map((language) =>
    entriesOf(pageWordsIn(language)).map(([path, value]) => `${path}: ${typeof value}`),
  );
  expect(forms[0]?.length).toBeGreaterThan(50);
  expect(forms[1]).toEqual(forms[0]);
});

describe.each(LANGUAGES)('in %s', (language) => {
  const words = pageWordsIn(language);

  it('every entry has a text in this language only', () => {
    const numbers = [
      [7, 8, 9, 10, 11],
      [1, 1, 1, 1, 1],
      [1_500, 2, 3, 4, 5],
    ];
    const isWrong = (path: string, text: string) =>
      text.trim() === '' ||
      /undefined|null|NaN|\[object|function/.test(text) ||
      // The names of languages are not translated.
      (language === 'en' && !path.startsWith('languages.') && HAN.test(text));
    const wrong = entriesOf(words).flatMap(([path, value]) =>
      numbers
        .map((each) => said(value, each))
        .filter((text) => isWrong(path, text))
        .map((text) => `${path}: ${text}`),
    );
    expect(wrong).toEqual([]);
  });

  it('every function uses its arguments', () => {
    for (const [path, value] of entriesOf(words)) {
      if (typeof value !== 'function' || /^(left|minutes)$/.test(path)) continue;
      const numbers = [41, 42, 43, 44, 45].slice(0, value.length);
      for (const n of numbers) expect(said(value, numbers), path).toContain(String(n));
    }
  });

  it('formats minutes as minutes, hours, or both', () => {
    const digits = (minutes: number) => words.minutes(minutes).match(/\d+/g);
    expect(digits(22)).toEqual(['22']);
    expect(digits(60)).toEqual(['1']);
    expect(digits(76)).toEqual(['1', '16']);
    expect(digits(120)).toEqual(['2']);
  });

  it('mentions unknown lengths of the rest, and omits an empty rest', () => {
    expect(words.left(0, 0)).toBe('');
    expect(words.left(30, 0)).toMatch(/30/);
    expect(words.left(0, 3)).toMatch(/3/);
    expect(words.left(30, 3)).toMatch(/30.*3/);
    expect(words.left(30, 3)).not.toBe(words.left(30, 0));
  });

  it('omits references that are unknown or empty', () => {
    expect(words.references(null, 0)).toBe('');
    expect(words.references(0, 0)).toBe('');
    expect(words.references(4, 0)).toMatch(/4/);
    expect(words.references(null, 5)).toMatch(/5/);
    expect(words.references(4, 5)).toMatch(/4.*5/);
  });

  it.each<[Mark, RegExp]>([
    [{ kind: 'reading', fraction: 0 }, /^\D+$/],
    [{ kind: 'reading', fraction: 0.001 }, /\b1%/],
    [{ kind: 'reading', fraction: 0.4 }, /40%/],
    [{ kind: 'reading', fraction: 0.999 }, /99%/],
    [{ kind: 'reading', fraction: 1 }, /99%/],
    [{ kind: 'unread' }, /^\D+$/],
    [{ kind: 'later' }, /^\D+$/],
    [{ kind: 'read', at: 0, by: 'hand' }, /^\D+$/],
  ])('%j is said', (mark, text) => {
    expect(markText(mark, words)).toMatch(text);
  });
});

it('uses the singular for one', () => {
  const { more, partsOf, onThisPage, left, markedMany, record, plan } = pageWordsIn('en');
  const { text, take, historyFound, stepOf, marksIn } = record;
  const ones = [
    more(1),
    partsOf(1),
    onThisPage(1),
    left(0, 1),
    markedMany(1),
    text(1, ''),
    take(1),
    historyFound(1, 1),
    marksIn(1),
    plan.text(1, '', 0),
    plan.neededBy('3'),
    ...Object.values(stepOf).map((say) => say(1)),
  ];
  expect(ones.filter((one) => /\b(?:posts|parts|steps)\b|\b1 marks/.test(one))).toEqual([]);
  for (const many of [more(2), take(2), plan.text(2, '', 0)]) expect(many).toMatch(/posts/);
  expect(plan.neededBy('3, 4')).toMatch(/steps/);
});

describe('the source', () => {
  const outside = sourceFiles().filter(({ path }) => !path.startsWith('src/ui/words/'));

  /** Files that may contain texts of the blog, or terms that readers search for. */
  const KNOWS_THE_SITE = /^src\/(?:site\/|catalogue\/(?:grammar|search\/simplified)\.ts$)/;
  const CONSOLE_PREFIX = '[科学空间伴读]';

  it('has no Chinese texts outside of ui/words', () => {
    const found = outside
      .filter(({ path }) => !KNOWS_THE_SITE.test(path))
      .flatMap((file) =>
        literalsOf(file)
          .filter((text) => HAN.test(text.replaceAll(CONSOLE_PREFIX, '')))
          .map((text) => `${file.path}: ${text}`),
      );
    expect(found).toEqual([]);
  });

  it('uses every entry', () => {
    // `words[mark.kind]` uses the words with the names of the four marks.
    const used = new Set(['unread', 'later', 'reading', 'read']);
    const nameOf = (node: unknown): string => {
      const { name, property } = (node ?? {}) as { name?: string; property?: unknown };
      return name ?? (property ? nameOf(property) : '');
    };
    for (const { node } of outside.flatMap(({ nodes }) => nodes)) {
      // words.series, live.words.updated
      if (node.type === 'MemberExpression' && nameOf(node['object']) === 'words')
        used.add(nameOf(node['property']));
      // const { series } = words
      const pattern = node['id'] as { properties?: { key?: unknown }[] } | undefined;
      if (node.type === 'VariableDeclarator' && nameOf(node['init']) === 'words')
        for (const { key } of pattern?.properties ?? []) used.add(nameOf(key));
    }
    expect(Object.keys(pageWordsIn('en')).filter((key) => !used.has(key))).toEqual([]);
  });
});
