import { expect, it } from 'vitest';
import { decodeFilters, NO_FILTERS } from '../../../src/catalogue/search/filters.ts';
import { listAddress, readAddress, seriesAddress } from '../../../src/app/library-address.ts';

const filtersOf = (address: string) => {
  const { name, query } = readAddress(address);
  expect(name).toBe('list');
  return decodeFilters(query.toString());
};

it('the address of filters opens the list with exactly these filters', () => {
  expect(filtersOf(listAddress({}))).toEqual(NO_FILTERS);
  expect(filtersOf(listAddress({ kinds: ['later'] }))).toEqual({ ...NO_FILTERS, kinds: ['later'] });
  const category = '数学 & 物理=?#1';
  expect(filtersOf(listAddress({ categories: [category] })).categories).toEqual([category]);
});

it('the address of a series opens its parts in order', () => {
  const { series, sort, isDescending } = filtersOf(seriesAddress('【理解黎曼几何】'));
  expect(series).toEqual(['【理解黎曼几何】']);
  expect([sort, isDescending]).toEqual(['series', false]);
});
