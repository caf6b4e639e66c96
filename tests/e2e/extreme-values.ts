/**
 * The worst valid stored facts: the longest titles, right-to-left or unbreakable, thousands of tags, a
 * formula with the deepest allowed nesting, plans of a thousand steps.
 */
import type { DiscoveredPost, DiscoveredPosts } from '../../src/catalogue/discovered/post.ts';
import { encodeDiscovered } from '../../src/catalogue/discovered/codec.ts';
import { MOST_PLANS, MOST_STEPS } from '../../src/catalogue/plans/planner.ts';
import { encodePlans } from '../../src/catalogue/plans/codec.ts';
import type { KeptOpening } from '../../src/memory/kept-opening.ts';
import { NEWEST_ID } from '../facts.ts';

/** Above the ids of all posts of the catalogue, but close to them. */
export const FIRST_ID = NEWEST_ID + 55;
const POSTS = 1_500;
const TAGGED = 170;

const TITLES = [
  'وصف الطريق إلى حل المعادلات ',
  'שלום עולם מתמטיקה ',
  'Pneumonoultramicroscopic',
  '长',
  'a\u0301\u0302\u0303',
  '𝔐𝔞𝔱𝔥 ',
  '$\\frac{\\sqrt{x}}{2}$ ',
];

export const extreme = {
  title: (at: number) => {
    const piece = TITLES[at % TITLES.length] ?? '';
    return `${at} ${piece.repeat(200)}`
      .slice(0, 199)
      .replace(/[\ud800-\udbff]$/u, '')
      .trim();
  },
  /** All values by storage key. */
  stored(): Record<string, unknown> {
    const discovered: DiscoveredPosts = new Map(
      Array.from({ length: POSTS }, (_, at): [number, DiscoveredPost] => {
        const id = FIRST_ID + at;
        const tags = Array.from({ length: 30 }, (_tag, tag) => `${at}-${tag}-${'签'.repeat(30)}`);
        const fact = { id, title: extreme.title(at), date: '2026-11-20', seen: '2026-11-21' };
        return [
          id,
          at < TAGGED ? { ...fact, categories: [`${'类'.repeat(38)}${at % 9}`], tags } : fact,
        ];
      }),
    );
    const ids = (from: number) => Array.from({ length: MOST_STEPS }, (_, at) => from + at);
    const plans = Array.from({ length: MOST_PLANS }, (_, at) => ({
      goal: FIRST_ID + at,
      day: '2026-11-21',
      options: { reach: 'all' as const, sameCategory: false },
      steps: ids(FIRST_ID + MOST_PLANS),
    }));
    return { learned: encodeDiscovered(discovered), plans: encodePlans(plans) };
  },
  /** Openings of the last posts. */
  openings(): KeptOpening[] {
    const bomb = `$${'\\frac{1}{'.repeat(45)}x${'}'.repeat(45)}$`;
    return Array.from({ length: 64 }, (_, at) => ({
      id: FIRST_ID + POSTS - 1 - at,
      opening: [`开头 ${bomb}`],
      bytes: bomb.length,
      readAt: 1,
    }));
  },
};
