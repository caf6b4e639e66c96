/**
 * The data of all kept posts that a search needs. It is stored in a few shards, each with the rows of some posts,
 * because the database reads few large values faster than many small ones.
 */
import { type KeptPost, readKeptPost } from './kept-text.ts';

export const SEARCH_SHARDS = 32;

export interface SearchRecords {
  /** By id, the post that was read last first. */
  posts: Map<number, KeptPost>;
  /** The texts as they are searched, by id. */
  folds: Map<number, string>;
}

/** The row of a post in its shard. */
type ShardRow = [post: KeptPost, fold: string];

/** The number of the shard of a post. */
export function searchShardOf(id: number): number {
  return id % SEARCH_SHARDS;
}

/** The rows of a stored shard that are sound. */
export function readShard(stored: unknown): ShardRow[] {
  const rows: unknown[] = Array.isArray(stored) ? stored : [];
  return rows.flatMap((row): ShardRow[] => {
    const [given, fold] = Array.isArray(row) ? (row as unknown[]) : [];
    const post = readKeptPost(given);
    return post && typeof fold === 'string' ? [[post, fold]] : [];
  });
}

export function searchRecordsOf(shards: readonly unknown[]): SearchRecords {
  const rows = shards.flatMap(readShard);
  return {
    posts: newestFirst(rows.map(([post]) => post)),
    folds: new Map(rows.map(([post, fold]) => [post.id, fold])),
  };
}

/** The rows of one shard, to be stored. */
export function shardRows({ posts, folds }: SearchRecords, shard: number): ShardRow[] {
  return [...posts.values()]
    .filter(({ id }) => searchShardOf(id) === shard)
    .map((post) => [post, folds.get(post.id) ?? '']);
}

/** The records without the posts `gone`, and with `kept` in place of its earlier row. */
export function withReplaced(
  records: SearchRecords,
  gone: readonly number[],
  kept?: { post: KeptPost; fold: string },
): SearchRecords {
  const [posts, folds] = [new Map(records.posts), new Map(records.folds)];
  for (const id of gone) for (const map of [posts, folds]) map.delete(id);
  if (!kept) return { posts, folds };
  posts.set(kept.post.id, kept.post);
  folds.set(kept.post.id, kept.fold);
  return { posts: newestFirst([...posts.values()]), folds };
}

function newestFirst(posts: Iterable<KeptPost>): Map<number, KeptPost> {
  return new Map(
    [...posts].sort((a, b) => b.readAt - a.readAt || b.id - a.id).map((post) => [post.id, post]),
  );
}
