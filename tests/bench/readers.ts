/** Readers whose marks are stored before a figure is measured. */
import { readSource } from '../../scripts/catalogue.ts';

const ids = readSource().posts.map(({ id }) => id);

/** Marks of a reader of every post, and of as many more as make 1,400. */
export const ALL_READ: readonly number[] = [
  ...ids,
  ...Array.from({ length: Math.max(0, 1_400 - ids.length) }, (_, at) => 20_000 + at),
];
/** Every second post, so that each line has parts that are read and some that are not. */
export const HALF_READ: readonly number[] = ids.filter((_, at) => at % 2 === 0);
