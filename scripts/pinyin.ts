/**
 * How the characters of the blog's titles, series, tags and categories are read. pinyin-pro reads
 * each text in its context; a character that is read in several ways keeps them all (重新, 权重), for
 * those are a dozen of 1,470 and none is wrong to type. So one table by character does, where one by
 * title costs twice as much, and the titles of posts that pages teach can be read too.
 */
import { pinyin } from 'pinyin-pro';
import type { Readings } from '../src/catalogue/search/pinyin.ts';
import type { Source } from './source.ts';

/** Readings that titles have or readers use, and the library does not see. */
const ALSO: Readonly<Record<string, string>> = {
  // 参宿四, 后传, 伽马函数 (not 伽罗瓦), 粘合, 大厦, 泊松 as many say it.
  参: 'shen',
  传: 'zhuan',
  伽: 'ga',
  粘: 'zhan',
  厦: 'xia',
  泊: 'po',
};

/** What it reads wrongly where two words meet: 整数|数列, 近似|的, 数学建模|竞赛. */
const NEVER: Readonly<Record<string, string>> = { 数: 'shuo', 似: 'shi', 模: 'mu' };

/** The readings of every character in the source data. */
export function readingsIn({ posts, series }: Source): Readings {
  const texts = new Set([
    ...posts.flatMap(({ title, categories, tags }) => [title, ...categories, ...tags]),
    ...series.map(({ name }) => name),
  ]);
  const readings = Object.entries(ALSO).map(([character, read]) => read + character);
  for (const text of texts) {
    for (const { origin, pinyin: read, isZh } of pinyin(text, {
      type: 'all',
      toneType: 'none',
      v: true,
    }))
      if (isZh && NEVER[origin] !== read) readings.push(read + origin);
  }
  const bySyllable: Record<string, string> = {};
  for (const reading of [...new Set(readings)].sort()) {
    const [, syllable = '', character = ''] = /^([a-z]+)(.+)$/u.exec(reading) ?? [];
    bySyllable[syllable] = (bySyllable[syllable] ?? '') + character;
  }
  return bySyllable;
}
