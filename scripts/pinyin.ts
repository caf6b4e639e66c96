/**
 * Computes the readings of the characters in titles, series, tags and categories. pinyin-pro reads each
 * text in its context. A character with several readings (重新, 权重) keeps them all: there are a dozen
 * such among 1,470, and each reading is reasonable to type. A table by character is half as large as
 * one by title, and also covers the titles of discovered posts.
 */
import { pinyin } from 'pinyin-pro';
import type { Readings } from '../src/catalogue/search/pinyin.ts';
import type { Source } from './source.ts';

/** Readings that the library does not find, but titles have or readers type. */
const ALSO: Readonly<Record<string, string>> = {
  // 参宿四, 后传, 伽马函数 (not 伽罗瓦), 粘合, 大厦, and 泊松 as many people say it.
  参: 'shen',
  传: 'zhuan',
  伽: 'ga',
  粘: 'zhan',
  厦: 'xia',
  泊: 'po',
};

/** Wrong readings at the boundary of two words: 整数|数列, 近似|的, 数学建模|竞赛. */
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
