/** Posts that are stored as read before something is measured. */
import { readSource } from '../../scripts/source.ts';

const ids = readSource().posts.map(({ id }) => id);

/** Every post of the catalogue, and unknown ones up to 1,400. */
export const ALL_READ: readonly number[] = [
  ...ids,
  ...Array.from({ length: Math.max(0, 1_400 - ids.length) }, (_, at) => 20_000 + at),
];
/** Every second post: lines show both read and unread parts of their series. */
export const HALF_READ: readonly number[] = ids.filter((_, at) => at % 2 === 0);
