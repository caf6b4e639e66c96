/** What the background stores besides the record: settings, plans, what pages taught. */
import {
  decodeLearned,
  encodeLearned,
  join,
  learn,
  type Learned,
} from '../catalogue/discovered/discovered.ts';
import { dayOfTime } from '../catalogue/discovered/facts.ts';
import { type MetOpening, putOpenings, shardOf } from '../catalogue/discovered/openings.ts';
import { decodePlans, encodePlans, keeping } from '../catalogue/plans/planner.ts';
import { readAside, setAside } from '../record/quarantine.ts';
import type { Acting, Answer, PlanChange, Request } from '../app/messages.ts';
import { readSettings, type Settings, soundSettings } from '../app/settings.ts';
import { type Key, load, openingKey, save, type Stored } from '../platform/storage.ts';
import { keep } from './keep.ts';

/** Answers when it is stored; rejects with the browser's error. One after the other: it reads, then writes. */
export function write(request: Exclude<Request, Acting>): Promise<Answer> {
  switch (request.type) {
    case 'settings':
      return writeSettings(request.settings);
    case 'said':
      return writeSaid();
    case 'learn':
      return writeLearned((learned) => learn(learned, request.lessons, dayOfTime(Date.now())));
    case 'join':
      return writeLearned((learned) => join(learned, decodeLearned(request.learned).learned));
    case 'openings':
      return writeOpenings(request.openings);
    case 'plans':
      return writePlans(request.change);
  }
}

async function writeSettings(given: Partial<Settings>): Promise<Answer> {
  const { settings, aside } = await load(['settings', 'aside']);
  const isSound =
    settings === undefined ||
    JSON.stringify(soundSettings(settings)).length === JSON.stringify(settings).length;
  await keep({
    settings: { ...readSettings(settings), ...given },
    ...withAside(aside, 'settings', isSound ? [] : [JSON.stringify(settings)]),
  });
  return { ok: true };
}

async function writeSaid(): Promise<Answer> {
  const aside = readAside((await load(['aside'])).aside);
  if (!aside.said) await keep({ aside: { ...aside, said: true } });
  return { ok: true };
}

async function writeLearned(change: (learned: Learned) => Learned): Promise<Answer> {
  const stored = await load(['learned', 'aside']);
  const { learned, bad, newer } = decodeLearned(stored.learned);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next = change(learned);
  if (next !== learned)
    await keep({ learned: encodeLearned(next), ...withAside(stored.aside, 'learned', bad) });
  return { ok: true };
}

async function writePlans(change: PlanChange): Promise<Answer> {
  const stored = await load(['plans', 'aside']);
  const { plans, bad, newer } = decodePlans(stored.plans);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next =
    'keep' in change
      ? keeping(plans, change.keep)
      : plans.filter(({ goal }) => goal !== change.drop);
  await keep({ plans: encodePlans(next), ...withAside(stored.aside, 'plans', bad) });
  return { ok: true };
}

/** Openings get the room that is left: nothing makes way for them. */
async function writeOpenings(openings: readonly MetOpening[]): Promise<Answer> {
  const shards = [...new Set(openings.map(({ id }) => shardOf(id)))];
  const stored = await load(shards.map(openingKey));
  const values: Stored = {};
  for (const shard of shards) {
    const value = putOpenings(stored[openingKey(shard)], shard, openings);
    if (value) values[openingKey(shard)] = value;
  }
  if (Object.keys(values).length > 0) await save(values);
  return { ok: true };
}

/** What is to be stored besides, where some of what stood under `key` could not be read. */
function withAside(stored: unknown, key: Key, bad: readonly string[]): Stored {
  return bad.length === 0 ? {} : { aside: setAside(readAside(stored), key, bad, Date.now()) };
}
