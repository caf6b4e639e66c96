/** All posts and series that we know, and the questions that the other parts ask of them. */
import { normaliseTitle } from './normalise.ts';
import { type Post, type Series, unpack } from './packing.ts';

export type { Post, Series } from './packing.ts';

export class Catalogue {
  /** By id, in rising order. */
  readonly posts: ReadonlyMap<number, Post>;
  readonly series: readonly Series[];

  #seriesOf: Map<number, Series[]> | undefined;
  #citedBy: Map<number, number[]> | undefined;
  #byTitle: Map<string, Post[]> | undefined;

  constructor({ posts, series }: { posts: Post[]; series: Series[] }) {
    this.posts = new Map(posts.map((post) => [post.id, post]));
    this.series = series;
  }

  static unpack(packed: string): Catalogue {
    return new Catalogue(unpack(packed));
  }

  post(id: number): Post | undefined {
    return this.posts.get(id);
  }

  /** The highest id that the catalogue has: what is above it is newer than this index. */
  get newestId(): number {
    return [...this.posts.keys()].at(-1) ?? 0;
  }

  /** The series that a post is a part of, the one with more parts first; mostly none or one. */
  seriesOf(id: number): readonly Series[] {
    if (!this.#seriesOf) {
      this.#seriesOf = new Map();
      const bySize = this.series.toSorted((a, b) => b.posts.length - a.posts.length);
      for (const series of bySize)
        for (const part of series.posts) add(this.#seriesOf, part, series);
    }
    return this.#seriesOf.get(id) ?? [];
  }

  /** The posts that are known to link to this one, oldest first. */
  citedBy(id: number): readonly number[] {
    if (!this.#citedBy) {
      this.#citedBy = new Map();
      for (const post of this.posts.values())
        for (const ref of post.refs ?? []) add(this.#citedBy, ref, post.id);
    }
    return this.#citedBy.get(id) ?? [];
  }

  /** The posts of this title, however it is spelt in widths and spaces; two posts share one. */
  titled(title: string): readonly Post[] {
    if (!this.#byTitle) {
      this.#byTitle = new Map();
      for (const post of this.posts.values()) add(this.#byTitle, normaliseTitle(post.title), post);
    }
    return this.#byTitle.get(normaliseTitle(title)) ?? [];
  }
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
