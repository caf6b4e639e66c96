/** The settings. Their defaults define the type; stored fields are checked one by one. */
import type { Strictness } from '../record/visit.ts';
import { DEFAULT_HOST, isHost } from '../site/address.ts';

export const ARCHIVE_FILTERS = ['all', 'unread', 'reading', 'read', 'later'] as const;
export type ArchiveFilter = (typeof ARCHIVE_FILTERS)[number];

/** How much must be read before a post is marked as read automatically; record/visit.ts has the amounts. */
const STRICTNESSES = ['loose', 'normal', 'strict'] as const satisfies readonly Strictness[];

export const DEFAULTS = {
  /** `auto`: the browser's own language. */
  language: 'auto' as 'auto' | 'zh-CN' | 'en',
  /** The theme of our own pages; on the blog we follow the page's theme. `auto`: the system's theme. */
  theme: 'auto' as 'auto' | 'light' | 'dark',
  /** The host that the reader last used, for links from our own pages. */
  host: DEFAULT_HOST,
  /** The line under every excerpt of a listing page. */
  listingLines: true as boolean,
  /** The line under a post's title, and the contents at its end. */
  postLines: true as boolean,
  /** The filters above the list of the archive page, and how much of each year is read. */
  archiveBar: true as boolean,
  /** Marks on links to posts, in texts and lists. The page's own scripts can see these marks. */
  linkMarks: true as boolean,
  /** Marks on links in the sidebar and the drawer too. */
  sidebarLinks: false as boolean,
  /** 《…》 in a text that names a post becomes a link to it. */
  mentions: true as boolean,
  /** The button 出自哪篇 beside selected text. */
  quotations: true as boolean,
  /** The number of unread parts of the current series on the extension's button. */
  badge: false as boolean,
  /** A preview beside a link to a post when the reader rests on the link. */
  previews: true as boolean,
  /** Previews of equations and headings of the page, and the way back from them. */
  passagePreviews: true as boolean,
  /** The rule 上次来时到这里 below posts that are new since the last stay, and their number in the popup. */
  sinceLast: true as boolean,
  /** The filter of the archive page. */
  archiveFilter: 'all' as ArchiveFilter,
  /** Whether reading is detected and recorded automatically, with progress. */
  autoRead: true as boolean,
  strictness: 'normal' as Strictness,
  /** Whether the texts of read posts are kept, searched and compared. */
  keepTexts: true as boolean,
};
export type Settings = typeof DEFAULTS;
export type Language = Exclude<Settings['language'], 'auto'>;

/** The values of the settings that are not a switch, except `host`, which `isSound` checks. */
export const SETTING_VALUES = {
  language: ['auto', 'zh-CN', 'en'],
  theme: ['auto', 'light', 'dark'],
  archiveFilter: ARCHIVE_FILTERS,
  strictness: STRICTNESSES,
} as const satisfies { [Name in keyof Settings]?: readonly Settings[Name][] };

function isSound(name: string, value: unknown): boolean {
  if (name === 'host') return typeof value === 'string' && isHost(value);
  const values: readonly unknown[] = SETTING_VALUES[name as keyof typeof SETTING_VALUES] ?? [
    true,
    false,
  ];
  return values.includes(value);
}

/** The stored settings, with the default for every missing or invalid field. */
export function readSettings(stored: unknown): Settings {
  return { ...DEFAULTS, ...soundSettings(stored) };
}

/** Returns the valid fields of any value. */
export function soundSettings(given: unknown): Partial<Settings> {
  if (typeof given !== 'object' || given === null) return {};
  const fields = given as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(DEFAULTS)
      .filter((name) => Object.hasOwn(fields, name) && isSound(name, fields[name]))
      .map((name) => [name, fields[name]]),
  );
}
