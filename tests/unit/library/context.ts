/** A library context with the posts and marks of a test. */
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { DetailsOfPosts, Post, Series } from '../../../src/catalogue/post.ts';
import type { SavedPlan } from '../../../src/catalogue/plans/planner.ts';
import type { Mark } from '../../../src/record/marks.ts';
import { DEFAULTS } from '../../../src/app/settings.ts';
import type { LibraryContext } from '../../../src/library/view.ts';
import { pageWordsIn } from '../../../src/ui/words/pages.ts';

export const words = pageWordsIn('zh-CN');

export interface Given {
  posts: Post[];
  series?: Series[];
  categories?: Record<number, string[]>;
}

/** A context for tests of views; `asked` has the requests that a view makes. */
export function libraryContext({ posts, series = [], categories = {} }: Given) {
  const catalogue = new Catalogue({ posts, series });
  const details: DetailsOfPosts = new Map(
    posts.map(({ id }) => [id, { categories: categories[id] ?? [], tags: [] }]),
  );
  const marks = new Map<number, Mark>();
  const saved: SavedPlan[] = [];
  const asked: unknown[] = [];
  const stamp = { time: 0, tick: 0, device: 'test1234' };
  const live = {
    words,
    settings: DEFAULTS,
    isLoaded: true,
    get record() {
      return new Map([...marks].map(([id, mark]) => [id, { mark, stamp }]));
    },
  };
  const context = {
    live,
    catalogue,
    details,
    actions: {
      mark: (changes: unknown[]) => void asked.push({ mark: changes }),
      keepPlan: (plan: unknown, replaced?: unknown) => void asked.push({ keep: plan, replaced }),
      dropPlan: (plan: unknown) => void asked.push({ drop: plan }),
    },
    publish: (notice: unknown) => void asked.push({ notice }),
    plans: {
      isLoaded: true,
      all: () => saved,
      to: (goal: number) => saved.find((plan) => plan.goal === goal),
    },
    find: () => ({ posts: [], series: [], tags: [], categories: [], query: '' }),
    go: (address: string) => void asked.push({ go: address }),
  } as unknown as LibraryContext;
  return { context, marks, saved, asked };
}

/** A post of 2026 with a reading time of 10 minutes. */
export function postOf(id: number, more: Partial<Post> = {}): Post {
  return { id, title: `题${id}`, date: '2026-01-01', refs: [], minutes: 10, ...more };
}
