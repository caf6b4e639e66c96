/** All posts and series that we know, with the queries that the other parts use. */
import { readingMinutes } from '../record/reading-time.ts';
import { extendSeries } from './discovered/extend-series.ts';
import type { NewestBundled } from './discovered/facts.ts';
import type { DiscoveredPost, DiscoveredPosts } from './discovered/post.ts';
import { addTo } from './grouping.ts';
import { normaliseTitle } from './normalise.ts';
import type { Post, Series } from './post.ts';

export class Catalogue {
  /** By id, in ascending order. */
  readonly posts: ReadonlyMap<number, Post>;
  readonly series: readonly Series[];
  /** The bundled post with the highest id; posts above it are new. Dates mostly ascend with ids. */
  readonly newestBundled: NewestBundled;

  #seriesOf: Map<number, Series[]> | undefined;
  #citedBy: Map<number, number[]> | undefined;
  #byTitle: Map<string, Post[]> | undefined;

  /** @param posts in ascending order of their ids */
  constructor(
    { posts, series }: { posts: readonly Post[]; series: readonly Series[] },
    newestBundled?: NewestBundled,
  ) {
    this.posts = new Map(posts.map((post) => [post.id, post]));
    this.series = series;
    const { id = 0, date = '' } = posts.at(-1) ?? {};
    this.newestBundled = newestBundled ?? { id, date };
  }

  post(id: number): Post | undefined {
    return this.posts.get(id);
  }

  /**
   * Returns this catalogue with the discovered posts. Posts above the newest bundled one are new,
   * and their titles place them in series. A bundled post keeps the data of the index, with three
   * additions: the length that was measured on its own page, references if the index has none, and the
   * title of its own page if that was seen after the date of the newest bundled post.
   */
  with(discovered: DiscoveredPosts): Catalogue {
    if (discovered.size === 0) return this;
    const newest = this.newestBundled;
    const posts = new Map(this.posts);
    const added: Post[] = [];
    for (const facts of discovered.values()) {
      const post = posts.get(facts.id);
      if (post) posts.set(post.id, amended(post, facts, newest));
      else if (facts.id > newest.id) added.push(...newPost(facts));
    }
    added.sort((a, b) => a.id - b.id);
    for (const post of added) posts.set(post.id, post);
    const series = extendSeries(this.series, posts, added);
    return new Catalogue({ posts: [...posts.values()], series }, newest);
  }

  /** The series that contain a post, the longest first; most posts have none or one. */
  seriesOf(id: number): readonly Series[] {
    if (!this.#seriesOf) {
      this.#seriesOf = new Map();
      const bySize = this.series.toSorted((a, b) => b.posts.length - a.posts.length);
      for (const series of bySize)
        for (const part of series.posts) addTo(this.#seriesOf, part, series);
    }
    return this.#seriesOf.get(id) ?? [];
  }

  /** The posts that link to this one, as far as we know, oldest first. */
  citedBy(id: number): readonly number[] {
    if (!this.#citedBy) {
      this.#citedBy = new Map();
      for (const post of this.posts.values())
        for (const ref of post.refs ?? []) addTo(this.#citedBy, ref, post.id);
    }
    return this.#citedBy.get(id) ?? [];
  }

  /** The posts with this title, compared by normaliseTitle. Two posts of the blog share one title. */
  titled(title: string): readonly Post[] {
    if (!this.#byTitle) {
      this.#byTitle = new Map();
      for (const post of this.posts.values())
        addTo(this.#byTitle, normaliseTitle(post.title), post);
    }
    return this.#byTitle.get(normaliseTitle(title)) ?? [];
  }
}

function amended(post: Post, facts: DiscoveredPost, newest: NewestBundled): Post {
  return {
    ...post,
    title: (facts.seen > newest.date && facts.ownTitle) || post.title,
    refs: post.refs ?? facts.refs ?? null,
    minutes: minutesOf(facts) ?? post.minutes,
  };
}

/** A post that the index does not have; empty if no page has shown its title. */
function newPost(facts: DiscoveredPost): Post[] {
  const { id, title, ownTitle = title, date = '', refs = null } = facts;
  if (ownTitle === undefined) return [];
  return [{ id, title: ownTitle, date, refs, minutes: minutesOf(facts), isNew: true }];
}

function minutesOf({ length }: DiscoveredPost): number | null {
  return length ? readingMinutes(length) : null;
}
