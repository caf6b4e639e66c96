/**
 * What is new for readers, in both languages. news.json has the newest version first; `next` stands for the
 * version that is not released yet, and `npm run release` replaces it.
 */
import type { Language } from '../../app/settings.ts';
import news from './news.json' with { type: 'json' };

export interface News extends Record<Language, string[]> {
  version: string;
}

export const NEWS: readonly News[] = news;

/** What a version brought to readers; undefined if nothing, or if the version is not known. */
export function newsOf(version: string): News | undefined {
  return NEWS.find((each) => each.version === version);
}

/** Whether the reader is to be told of the news of this version; `seen` is what storage has under `news`. */
export function isNews(version: string, seen: unknown): boolean {
  return newsOf(version) !== undefined && version !== seen;
}
