/**
 * What the background stores besides the record: settings, plans, and what pages showed. Each function reads
 * before it writes, so one must end before the next begins (RecordStore.inTurn). They reject with the
 * browser's error.
 */
import { utcDay } from '../record/days.ts';
import type { Answer, PlanChange, Sent } from '../app/messages.ts';
import { DEFAULTS } from '../app/settings.ts';
import { decodeDiscovered, encodeDiscovered } from '../catalogue/discovered/codec.ts';
import { addFacts, type Bounds, mergeFacts } from '../catalogue/discovered/merge.ts';
import type { DiscoveredPosts } from '../catalogue/discovered/post.ts';
import newestBundled from '../catalogue/packed/newest.json';
import { decodePlans, encodePlans, withPlan } from '../catalogue/plans/codec.ts';
import { ourVersion } from '../platform/package.ts';
import { load, save, type StoredValues } from '../platform/storage.ts';
import { addToQuarantine, readQuarantine, storedQuarantine } from '../record/quarantine.ts';
import { withLook } from '../record/stay.ts';
import { saveOrEvict } from './eviction.ts';

const STORED: Answer = { ok: true };

export async function writeSettings({ settings: changed }: Sent<'settings'>): Promise<Answer> {
  const { settings, aside } = await load(['settings', 'aside']);
  const isReadable = typeof settings === 'object' && settings !== null && !Array.isArray(settings);
  // Names and values that a newer version may have written stay as they are.
  const kept = isReadable ? settings : {};
  const isDamaged = settings !== undefined && !isReadable;
  await saveOrEvict({
    settings: { ...DEFAULTS, ...kept, ...changed },
    ...quarantined(aside, 'settings', isDamaged ? [JSON.stringify(settings)] : []),
  });
  return STORED;
}

export async function acknowledgeQuarantine(): Promise<Answer> {
  const quarantine = readQuarantine((await load(['aside'])).aside);
  if (!quarantine.acknowledged)
    await saveOrEvict({ aside: storedQuarantine({ ...quarantine, acknowledged: true }) });
  return STORED;
}

/** Stores that the reader has seen the news of this version. */
export async function acknowledgeNews(): Promise<Answer> {
  await saveOrEvict({ news: ourVersion() });
  return STORED;
}

export function writeDiscovered({ facts }: Sent<'discover'>): Promise<Answer> {
  return changeDiscovered((known) => addFacts(known, facts, boundsNow()));
}

export function mergeDiscovered({ discovered }: Sent<'mergeDiscovered'>): Promise<Answer> {
  const theirs = decodeDiscovered(discovered).discovered;
  return changeDiscovered((known) => mergeFacts(known, theirs, boundsNow()));
}

/** Deletes the discovered facts of these posts, or of all. */
export function forgetDiscovered({ ids }: Sent<'forgetDiscovered'>): Promise<Answer> {
  return changeDiscovered((known) =>
    ids === 'all' ? new Map() : new Map([...known].filter(([id]) => !ids.includes(id))),
  );
}

function boundsNow(): Bounds {
  return { newest: newestBundled, today: utcDay(Date.now()) };
}

async function changeDiscovered(
  change: (known: DiscoveredPosts) => DiscoveredPosts,
): Promise<Answer> {
  const stored = await load(['learned', 'aside']);
  const { discovered, bad, newer } = decodeDiscovered(stored.learned);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next = change(discovered);
  if (next !== discovered)
    await saveOrEvict({
      learned: encodeDiscovered(next),
      ...quarantined(stored.aside, 'learned', bad),
    });
  return STORED;
}

export async function writePlans({ change }: Sent<'plans'>): Promise<Answer> {
  const stored = await load(['plans', 'aside']);
  const { plans, bad, newer } = decodePlans(stored.plans);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  await saveOrEvict({
    plans: encodePlans(changedPlans(plans, change)),
    ...quarantined(stored.aside, 'plans', bad),
  });
  return STORED;
}

function changedPlans(plans: ReturnType<typeof decodePlans>['plans'], change: PlanChange) {
  return 'keep' in change
    ? withPlan(plans, change.keep)
    : plans.filter(({ goal }) => goal !== change.drop);
}

/** Stores that the reader looks at the blog at `now`, in ms. */
export async function writeLook(now: number): Promise<Answer> {
  const { stay, learned } = await load(['stay', 'learned']);
  const newest = Math.max(newestBundled.id, ...decodeDiscovered(learned).discovered.keys());
  const next = withLook(stay, now, newest);
  if (next) await save({ stay: next });
  return STORED;
}

/** The quarantine with texts added that could not be read; nothing if there are none. */
function quarantined(
  stored: unknown,
  key: 'settings' | 'learned' | 'plans',
  texts: readonly string[],
): StoredValues {
  if (texts.length === 0) return {};
  const quarantine = addToQuarantine(readQuarantine(stored), key, texts, Date.now());
  return { aside: storedQuarantine(quarantine) };
}
