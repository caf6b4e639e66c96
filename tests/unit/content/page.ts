/** A page of the blog for tests of features in jsdom: a small catalogue, and a live record without storage. */
import { vi } from 'vitest';
import type { Notice } from '../../../src/app/actions.ts';
import type { Answer, Change } from '../../../src/app/messages.ts';
import type { UnsavedMark } from '../../../src/app/live-record.ts';
import { DEFAULTS } from '../../../src/app/settings.ts';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import { place } from '../../../src/catalogue/place.ts';
import type { ChangedText, FeatureContext, Offer } from '../../../src/content/feature.ts';
import { Observable } from '../../../src/content/observable.ts';
import type { PagePosts } from '../../../src/content/page-posts.ts';
import type { Entry, Mark, ReadingRecord } from '../../../src/record/marks.ts';
import type { PostPage } from '../../../src/site/types.ts';
import { wordsIn } from '../../../src/ui/words/index.ts';
import { post } from '../support.ts';

/** What jsdom lacks of the platform. */
export function stubPlatform(): void {
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync(): void {}
    },
  );
  for (const name of ['IntersectionObserver', 'ResizeObserver'])
    vi.stubGlobal(
      name,
      class {
        observe(): void {}
        unobserve(): void {}
        disconnect(): void {}
      },
    );
}

export const READ = { kind: 'read', at: Date.UTC(2026, 9, 1, 12), by: 'hand' } as const;
export const LATER = { kind: 'later' } as const;

/** 长路 has three parts; 11 stands in 短路 too; 20 refers to 21, and both are in no series. */
export const CATALOGUE = new Catalogue({
  posts: [
    post(11, { title: '长路（一）：出发', date: '2026-01-01', minutes: 5 }),
    post(12, { title: '长路（二）：途中', date: '2026-01-02', minutes: 6 }),
    post(13, { title: '长路（三）：到达', date: '2026-01-03' }),
    post(14, { title: '短路：回来', date: '2026-01-04' }),
    post(20, { title: '散篇', date: '2026-01-05', refs: [21] }),
    post(21, { title: '旧文', date: '2026-01-06', refs: [] }),
  ],
  series: [
    { name: '长路', kind: 'numbered', posts: [11, 12, 13] },
    { name: '短路', kind: 'curated', posts: [11, 14] },
  ],
});

export interface TestPage {
  context: FeatureContext;
  /** What was sent to be stored; `answer` is called when it is. */
  acts: { changes: Change[]; answer: (answer: Answer) => void }[];
  /** The ids of the acts that were sent to be undone. */
  undone: { step: string; answer: (answer: Answer) => void }[];
  unsaved: Map<number, UnsavedMark>;
  /** Gives posts marks as if they came from the storage. */
  store(marks: Record<number, Mark>): void;
}

export function testPage({
  ownId,
  postPage,
  marks = {},
}: {
  ownId?: number;
  postPage?: PostPage;
  marks?: Record<number, Mark>;
} = {}): TestPage {
  const entry = (mark: Mark): Entry => ({ mark, stamp: { time: 1, tick: 0, device: 'a' } });
  const record: Map<number, Entry> = new Map();
  const callbacks = new Set<() => void>();
  const tell = () => {
    for (const callback of callbacks) callback();
  };
  const store = (given: Record<number, Mark>) => {
    for (const [id, mark] of Object.entries(given)) record.set(Number(id), entry(mark));
    tell();
  };
  store(marks);
  const acts: TestPage['acts'] = [];
  const undone: TestPage['undone'] = [];
  const unsaved = new Map<number, UnsavedMark>();
  const live = {
    isLoaded: true,
    record: record as ReadingRecord,
    settings: DEFAULTS,
    words: wordsIn('zh-CN'),
    unsaved,
    // As the live record does: the mark shows at once.
    mark(changes: Change[]) {
      for (const { post: id } of changes) unsaved.delete(id);
      store(Object.fromEntries(changes.map(({ post: id, mark }) => [id, mark])));
      return new Promise<Answer>((answer) => acts.push({ changes, answer }));
    },
    undo: (step: string) => new Promise<Answer>((answer) => undone.push({ step, answer })),
  };
  const context: FeatureContext = {
    foreignText: () => undefined,
    isCut: () => false,
    isTranslated: () => false,
    kind: ownId === undefined ? 'listing' : 'post',
    ownId,
    live: live as unknown as FeatureContext['live'],
    posts: { all: [] } as unknown as PagePosts,
    changes: { follow: () => undefined },
    postPage: () => postPage,
    catalogue: () => CATALOGUE,
    discovered: () => new Map(),
    placementOf: (id) => place(id, CATALOGUE),
    progress: new Observable(0),
    offer: new Observable<Offer | undefined>(undefined),
    notice: new Observable<Notice | undefined>(undefined),
    changed: new Observable<ChangedText | undefined>(undefined),
    mentioned: new Observable<readonly HTMLAnchorElement[]>([]),
    onChange(callback) {
      callbacks.add(callback);
      callback();
    },
    whenLoaded: (callback) => callback(),
    attempt: (work) => void work(),
  };
  return { context, acts, undone, unsaved, store };
}
