/**
 * The texts of the posts that the reader has read, and the openings of those that listings showed, in a
 * database of this browser (docs/adr/0012-memory.md). They may be lost at any time: nothing here rejects, and
 * a database that cannot be used is as if it were empty.
 */
import { WEEK_MS } from '../record/days.ts';
import type { Answer, FoundTexts, KeptPosts, TextChanges } from '../app/messages.ts';
import { readSettings } from '../app/settings.ts';
import type { Opening, SeenOpening } from '../catalogue/discovered/openings.ts';
import {
  type ChangedPair,
  changedPairs,
  changesIn,
  type ParagraphChange,
  paragraphHash,
} from '../memory/changes.ts';
import { findTexts, needlesOf, passageOf, type TextHit } from '../memory/find.ts';
import { keptOpeningOf, MOST_BYTES_OF_OPENINGS, readKeptOpening } from '../memory/kept-opening.ts';
import {
  entriesToForget,
  foldBlocks,
  isEntry,
  type KeptPost,
  type KeptText,
  MOST_BYTES_IN_ALL,
  readKeptText,
  storedSize,
} from '../memory/kept-text.ts';
import {
  readShard,
  type SearchRecords,
  searchRecordsOf,
  searchShardOf,
  shardRows,
  withReplaced,
} from '../memory/search-records.ts';
import { candidatesFor, sourceAmong } from '../memory/source.ts';
import { inTransaction, TEXT_STORES, type TextDatabase } from '../platform/database.ts';
import { load } from '../platform/storage.ts';
import type { PostText, TextBlock } from '../site/types.ts';
import { bundledSimplifier } from './bundled.ts';
import { MemoryDatabase } from './memory-database.ts';

/** The most hits in one answer. */
const MOST_HITS = 20;
/** The most changed paragraphs in one answer, and the most characters of each. */
const MOST_CHANGES = 50;
const LONGEST_PARAGRAPH = 2_000;
/** The text of a post that changed this often in a week differs on every load. Its changes are not reported. */
const UNSTEADY = 3;

const NOTHING_FOUND: FoundTexts = { hits: [], count: 0 };

export class Memory {
  readonly #database = new MemoryDatabase(() => (this.#records = undefined));
  /** The search records; undefined until they are first needed, and after an error. */
  #records: Promise<SearchRecords> | undefined;

  /** Keeps the text of a post that was read or marked. */
  keep(text: PostText, now: number): Promise<Answer> {
    return this.#database.change(async (database) => {
      if (!(await isOn())) return;
      await this.#put(database, text, now, true);
    });
  }

  /** Whether the text of a post is kept. */
  async has(id: number): Promise<boolean> {
    return this.#database.attempt(false, async (database) => {
      if (!(await isOn())) return false;
      return (await database.count('texts', id)) > 0;
    });
  }

  /** Compares the text on a page with the kept text of its post, and keeps both. null if none is kept. */
  compare(text: PostText, now: number): Promise<TextChanges | null> {
    return this.#database.inTurn(() =>
      this.#database.attempt(null, async (database) => {
        if (!(await isOn())) return null;
        return this.#put(database, text, now, false);
      }),
    );
  }

  /** What changed in a post since the reader has seen it; null if nothing did. */
  changes(id: number): Promise<TextChanges | null> {
    return this.#database.attempt(null, async (database) => {
      const text = readKeptText(await database.get('texts', id));
      return text?.seen ? changesOf(text.seen, text.blocks) : null;
    });
  }

  /** Makes the newest text of a post the one that the reader has seen. */
  see(id: number): Promise<Answer> {
    return this.#database.change(async (database) => {
      const { posts, folds } = await this.#load(database);
      const text = readKeptText(await database.get('texts', id));
      const [post, fold] = [posts.get(id), folds.get(id)];
      if (!post || !text || fold === undefined) return;
      const { blocks, hashes } = text;
      const seen: KeptText = { id, blocks, hashes };
      const bytes = post.bytes - storedSize(text) + storedSize(seen);
      await this.#write(database, { ...post, bytes, changed: 0 }, seen, fold);
    });
  }

  /** Deletes the texts of some posts, or of all. Openings stay, unless the whole database has to be deleted. */
  async forget(ids: readonly number[] | 'all'): Promise<Answer> {
    const answer = await this.#database.change((database) =>
      ids === 'all' ? this.#clear(database) : this.#replace(database, ids),
    );
    // A database that cannot be cleared, say one of a newer version, is deleted as a whole.
    return answer.ok || ids !== 'all' ? answer : this.#database.delete();
  }

  async posts(): Promise<KeptPosts> {
    const posts = await this.#database.attempt([], async (database) => [
      ...(await this.#load(database)).posts.values(),
    ]);
    return { posts, trouble: this.#database.trouble };
  }

  /** Finds the kept texts that contain the words of a query. */
  find(query: string): Promise<FoundTexts> {
    return this.#database.attempt(NOTHING_FOUND, async (database) => {
      if (!(await isOn())) return NOTHING_FOUND;
      const [{ posts, folds }, simplify] = await Promise.all([
        this.#load(database),
        bundledSimplifier(),
      ]);
      const needles = needlesOf(query, simplify);
      const found = findTexts(folds, needles, [...posts.keys()]);
      const first = found.slice(0, MOST_HITS);
      const texts = await textsOf(
        database,
        first.map(({ id }) => id),
      );
      const shown = first.map(({ id, block: at }, index) => {
        const text = texts[index];
        const [post, block] = [posts.get(id), text?.blocks[at]];
        const hit: TextHit | undefined = post &&
          block && { id, title: post.title, day: post.day, ...passageOf(block, needles) };
        return { id, isLost: text === undefined, hit };
      });
      const lost = shown.filter(({ isLost }) => isLost).map(({ id }) => id);
      // A post that is only in the search records would be found again each time and never shown.
      if (lost.length > 0) void this.#forgetLost(lost);
      const hits = shown.flatMap(({ hit }) => hit ?? []);
      return { hits, count: found.length - shown.length + hits.length };
    });
  }

  /** The kept post that a passage is from; undefined if that is not certain. */
  source(passage: string): Promise<number | undefined> {
    return this.#database.attempt(undefined, async (database) => {
      if (!(await isOn())) return undefined;
      const { folds } = await this.#load(database);
      const texts = await textsOf(database, candidatesFor(passage, folds));
      return sourceAmong(
        passage,
        texts.filter((text) => text !== undefined),
      );
    });
  }

  /** Keeps openings that a listing shows, also if `keepTexts` is off: they are not texts of read posts. */
  keepOpenings(seen: readonly SeenOpening[], now: number): Promise<Answer> {
    return this.#database.change((database) => storeOpenings(database, seen, now));
  }

  /** The opening of a post; null if no listing showed it, undefined if the database cannot be read. */
  opening(id: number): Promise<Opening | null | undefined> {
    return this.#database.attempt(undefined, async (database) => {
      const kept = readKeptOpening(await database.get('openings', id));
      return kept?.opening ?? null;
    });
  }

  forgetOpenings(): Promise<Answer> {
    return this.#database.change((database) => database.clear('openings'));
  }

  /** Stores a text. Resolves with what changed in it; with null if it is neither kept nor read (`isRead`). */
  async #put(
    database: TextDatabase,
    { id, title, day, blocks }: PostText,
    now: number,
    isRead: boolean,
  ): Promise<TextChanges | null> {
    const old = readKeptText(await database.get('texts', id));
    if (!isRead && !old) return null;
    const shard = readShard(await database.get('shards', searchShardOf(id)));
    const before = shard.find(([post]) => post.id === id)?.[0];
    const hashes = blocks.map(paragraphHash);
    const isOther = old !== undefined && differs(old, blocks, hashes);
    const changedAt = [
      ...(before?.changedAt ?? []).filter((time) => time > now - WEEK_MS && time <= now),
      ...(isOther ? [now] : []),
    ].slice(-UNSTEADY);
    const known = old?.seen ?? (isOther ? old?.blocks : undefined);
    const pairs = known && changedAt.length < UNSTEADY ? changedPairs(known, blocks) : [];
    const seen = pairs.length > 0 ? known : undefined;
    const text: KeptText = { id, blocks, hashes, ...(seen && { seen }) };
    const fold = foldBlocks(blocks);
    const post: KeptPost = {
      id,
      title,
      day,
      length: blocks.reduce((sum, block) => sum + block.text.length, 0),
      bytes: storedSize(text) + storedSize(fold),
      readAt: isRead || !before ? now : before.readAt,
      changedAt,
      changed: pairs.length,
    };
    if (isRead || isOther || post.changed !== before?.changed)
      await this.#write(database, post, text, fold);
    return known && seen ? changesOf(known, blocks, pairs) : { count: 0, changes: [] };
  }

  /** Writes a post. Deletes those that were read longest ago if there is no room for all. */
  async #write(
    database: TextDatabase,
    post: KeptPost,
    text: KeptText,
    fold: string,
  ): Promise<void> {
    const { posts } = await this.#load(database);
    const others = [...posts.values()].filter(({ id }) => id !== post.id);
    const gone = entriesToForget([...others, post], MOST_BYTES_IN_ALL);
    await this.#replace(
      database,
      gone.filter((id) => id !== post.id),
      { post, text, fold },
    );
  }

  /** Deletes some posts and keeps another one. If that fails, say on a full disk, nothing changes. */
  async #replace(
    database: TextDatabase,
    gone: readonly number[],
    kept?: { post: KeptPost; text: KeptText; fold: string },
  ): Promise<void> {
    const next = withReplaced(await this.#load(database), gone, kept);
    const changed = new Set([...gone, ...(kept ? [kept.post.id] : [])].map(searchShardOf));
    await inTransaction(database, TEXT_STORES, (storeOf) =>
      Promise.all([
        ...gone.map((id) => storeOf('texts').delete(id)),
        kept && storeOf('texts').put(kept.text, kept.post.id),
        ...[...changed].map((shard) => storeOf('shards').put(shardRows(next, shard), shard)),
      ]),
    );
    this.#records = Promise.resolve(next);
  }

  /** Deletes these posts, except those whose texts can be read, because they were kept again meanwhile. */
  #forgetLost(ids: readonly number[]): Promise<Answer> {
    return this.#database.change(async (database) => {
      const texts = await textsOf(database, ids);
      await this.#replace(
        database,
        ids.filter((_, at) => texts[at] === undefined),
      );
    });
  }

  async #clear(database: TextDatabase): Promise<void> {
    await inTransaction(database, TEXT_STORES, (storeOf) =>
      Promise.all(TEXT_STORES.map((name) => storeOf(name).clear())),
    );
    this.#records = undefined;
  }

  #load(database: TextDatabase): Promise<SearchRecords> {
    this.#records ??= database.getAll('shards').then(searchRecordsOf);
    return this.#records;
  }
}

/** The kept texts of these posts; undefined for one that is missing or damaged. */
async function textsOf(
  database: TextDatabase,
  ids: readonly number[],
): Promise<(KeptText | undefined)[]> {
  // With a transaction for each text this takes some four times as long.
  const { store } = database.transaction('texts');
  const stored = await Promise.all(ids.map((id) => store.get(id)));
  return stored.map(readKeptText);
}

/** Stores openings. Only other openings are deleted to make room for them. */
function storeOpenings(
  database: TextDatabase,
  seen: readonly SeenOpening[],
  now: number,
): Promise<void> {
  return inTransaction(database, ['openings'], async (storeOf) => {
    const store = storeOf('openings');
    const known = await Promise.all(seen.map(({ id }) => store.get(id)));
    const next = seen.flatMap(
      (each, at) => keptOpeningOf(each, readKeptOpening(known[at]), now) ?? [],
    );
    if (next.length === 0) return;
    const all = [...(await store.getAll()).filter(isEntry), ...next];
    const entries = new Map(all.map((entry) => [entry.id, entry]));
    const gone = entriesToForget([...entries.values()], MOST_BYTES_OF_OPENINGS);
    await Promise.all([
      ...next.map((entry) => store.put(entry, entry.id)),
      ...gone.map((id) => store.delete(id)),
    ]);
  });
}

function differs(old: KeptText, blocks: readonly TextBlock[], hashes: readonly string[]): boolean {
  return old.hashes.join() !== hashes.join() && changedPairs(old.blocks, blocks).length > 0;
}

function changesOf(
  before: readonly TextBlock[],
  after: readonly TextBlock[],
  pairs: readonly ChangedPair[] = changedPairs(before, after),
): TextChanges {
  const changes = changesIn(before, after, pairs.slice(0, MOST_CHANGES)).map(
    (change): ParagraphChange => ({
      before: change.before?.slice(0, LONGEST_PARAGRAPH) ?? null,
      after: change.after?.slice(0, LONGEST_PARAGRAPH) ?? null,
      place: change.place,
    }),
  );
  return { count: pairs.length, changes };
}

async function isOn(): Promise<boolean> {
  return readSettings((await load(['settings'])).settings).keepTexts;
}
