/** The discovered posts, plans and settings of an exported file, as far as they are new here. */
import { DEFAULTS, type Settings, soundSettings } from '../../../app/settings.ts';
import { encodePost } from '../../../catalogue/discovered/codec.ts';
import { mergeFacts } from '../../../catalogue/discovered/merge.ts';
import type { DiscoveredPosts } from '../../../catalogue/discovered/post.ts';
import { type SavedPlan, MOST_PLANS } from '../../../catalogue/plans/planner.ts';
import type { ReadFile } from '../../../exchange/record-file.ts';
import { utcDay } from '../../../record/days.ts';
import type { LibraryContext } from '../../view.ts';

/** The discovered posts that merging adds, or about which it adds facts. `now` is in ms. */
export function newDiscovered(
  theirs: DiscoveredPosts,
  { catalogue, discovered }: LibraryContext,
  now: number,
): DiscoveredPosts {
  const bounds = { newest: catalogue.newestBundled, today: utcDay(now) };
  const merged = mergeFacts(discovered, theirs, bounds);
  const isNew = (id: number) => {
    const [before, after] = [discovered.get(id), merged.get(id)];
    return after !== undefined && (!before || encodePost(before) !== encodePost(after));
  };
  return new Map([...theirs].filter(([id]) => isNew(id)));
}

/** The plans whose goal has no plan here or an older one, as many as there is room for. */
export function newPlans({ plans }: ReadFile, context: LibraryContext): SavedPlan[] {
  const wanted = plans.filter((plan) => {
    const ours = context.plans.to(plan.goal);
    return !ours || ours.day < plan.day;
  });
  let room = MOST_PLANS - context.plans.all().length;
  return wanted.filter(({ goal }) => context.plans.to(goal) !== undefined || room-- > 0);
}

/** The settings of the file that differ from those here. */
export function otherSettings({ settings }: ReadFile, { live }: LibraryContext): Partial<Settings> {
  const differing = Object.entries(soundSettings(settings)).filter(
    ([name, value]) => live.settings[name as keyof Settings] !== value,
  );
  return Object.fromEntries(differing);
}

/** Whether the reader has changed no setting here, so that the settings of a file overwrite no choice. */
export function hasDefaultSettings({ live }: LibraryContext): boolean {
  return Object.entries(DEFAULTS).every(
    // The host is detected, not chosen.
    ([name, value]) => name === 'host' || live.settings[name as keyof Settings] === value,
  );
}
