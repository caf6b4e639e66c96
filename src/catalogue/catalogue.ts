/** All posts and series that we know, and the questions that the other parts ask of them. */
import type { Length } from '../record/time.ts';
import { growSeries } from './discovered/grow-series.ts';
import type { Learned, Taught } from './discovered/discovered.ts';
import type { Edge } from './discovered/facts.ts';
import { normaliseTitle } from './normalise.ts';
import { type Post, type Series, unpack } from './packing.ts';

export type { Post, Series } from './packing.ts';

export class Catalogue {
  /** By id, in rising order. */
  readonly posts: ReadonlyMap<number, Post>;
  readonly series: readonly Series[];

  /** The bundled index alone; this very catalogue where nothing was learned. */
  readonly #index: Catalogue;
  #edge: Edge | undefined;
  #seriesOf: Map<number, Series[]> | undefined;
  #citedBy: Map<number, number[]> | undefined;
  #byTitle: Map<string, Post[]> | undefined;

  constructor(
    { posts, series }: { posts: readonly Post[]; series: readonly Series[] },
    index?: Catalogue,
  ) {
    this.posts = new Map(posts.map((post) => [post.id, post]));
    this.series = series;
    this.#index = index ?? this;
  }

  static unpack(packed: string): Catalogue {
    return new Catalogue(unpack(packed));
  }

  post(id: number): Post | undefined {
    return this.posts.get(id);
  }

  /**
   * With what pages taught (catalogue/discovered/discovered.ts). New posts are those above the index's newest,
   * and stand in series by their titles. Of a post that the index has, the index's word stands; only
   * what it does not say is added (references, length), and a title that was met on a later day than
   * that of the index's newest post is the author's new one. `minutesOf` a length is reading time.
   */
  with(learned: Learned, minutesOf: (length: Length) => number): Catalogue {
    if (learned.size === 0) return this.#index;
    const { edge } = this;
    const posts = new Map(this.#index.posts);
    const added: Post[] = [];
    for (const taught of learned.values()) {
      const minutes = taught.length ? minutesOf(taught.length) : null;
      const post = posts.get(taught.id);
      if (post) posts.set(post.id, amended(post, taught, minutes, edge));
      else if (taught.id > edge.id && taught.title !== undefined) {
        const { id, title, date = '', refs = null } = taught;
        added.push({ id, title, date, refs, minutes, isNew: true });
      }
    }
    added.sort((a, b) => a.id - b.id);
    for (const post of added) posts.set(post.id, post);
    const series = growSeries(this.#index.series, posts, added);
    return new Catalogue({ posts: [...posts.values()], series }, this.#index);
  }

  /** The posts from before a day, YYYY-MM-DD, oldest first; one whose date is not known is none. */
  before(day: string): Post[] {
    return [...this.posts.values()].filter(({ date }) => date !== '' && date < day);
  }

  /** The highest id that the bundled index has: what is above it is newer than the index. */
  get newestId(): number {
    return this.edge.id;
  }

  /** Where the bundled index ends. Ids and dates rise together on the blog. */
  get edge(): Edge {
    if (this.#index !== this) return this.#index.edge;
    if (!this.#edge) {
      const newest = [...this.posts.values()].at(-1);
      this.#edge = { id: newest?.id ?? 0, date: newest?.date ?? '' };
    }
    return this.#edge;
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

function amended(post: Post, taught: Taught, minutes: number | null, edge: Edge): Post {
  return {
    ...post,
    title: (taught.met > edge.date && taught.title) || post.title,
    refs: post.refs ?? taught.refs ?? null,
    minutes: post.minutes ?? minutes,
  };
}

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
