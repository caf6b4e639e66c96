/**
 * Rebuilds the numbered series from the titles of all posts only. data/exceptions.json lists the parts
 * whose titles are not sufficient, with the reasons.
 */
import { extendSeries } from '../../../src/catalogue/discovered/extend-series.ts';
import { describe, expect, it } from 'vitest';
import { catalogueOf, readSource } from '../../../scripts/source.ts';

const source = readSource();
const { posts } = catalogueOf(source);
const unknown = posts.map((post) => Object.assign({}, post, { isNew: true }));
const rebuilt = extendSeries([], new Map(unknown.map((post) => [post.id, post])), unknown);
const numbered = source.series.filter(({ kind }) => kind === 'numbered');
const excepted = new Set(source.exceptions.map((exception) => exception.series));

const pairs = (list: readonly { posts: number[] }[]) =>
  new Set(list.flatMap(({ posts: ids }) => ids.map((id, at) => `${ids[0]}:${at + 1}:${id}`)));

describe('from the titles alone', () => {
  it('every numbered series is rebuilt completely and in order, except for the listed parts', () => {
    const made = new Set(rebuilt.map((each) => each.posts.join()));
    const missing = numbered.filter((each) => !made.has(each.posts.join())).map(({ slug }) => slug);
    expect(missing.filter((slug) => !excepted.has(slug))).toEqual([]);
  });

  it('no false series is made', () => {
    const known = new Set(numbered.flatMap((each) => each.posts));
    expect(rebuilt.filter((each) => each.posts.some((id) => !known.has(id)))).toEqual([]);
  });

  it('every part found is right, and every missing part is an exception', () => {
    const [wanted, got] = [pairs(numbered), pairs(rebuilt)];
    const right = [...got].filter((pair) => wanted.has(pair)).length;
    console.log(
      `grammar: ${right} of ${got.size} parts right (precision ${((100 * right) / got.size).toFixed(1)} %), ` +
        `of ${wanted.size} wanted (recall ${((100 * right) / wanted.size).toFixed(1)} %), ${posts.length} titles`,
    );
    expect(right).toBe(got.size);
    const ofExceptions = pairs(numbered.filter(({ slug }) => excepted.has(slug)));
    const missing = [...wanted].filter((pair) => !got.has(pair));
    expect(missing.filter((pair) => !ofExceptions.has(pair))).toEqual([]);
  });
});
