/**
 * Writing the record, the settings and what was learned: one request after the other, each in one
 * set, so that two pages never overwrite each other. An act goes into the journal; a full journal is folded into the
 * snapshot. The acts of the last fold stay in the journal: merging them again changes nothing, and
 * they tell an act that is sent twice.
 */
import { decodeLearned, encodeLearned, learn } from '../catalogue/learned.ts';
import { dayOfTime, type Lesson } from '../catalogue/lesson.ts';
import { type MetOpening, putOpenings, shardOf, SHARDS } from '../catalogue/opening.ts';
import { type Act, decode, encodeAct, encodeSnapshot } from '../reading/codec.ts';
import { compareStamps, nextStamp, type Stamp } from '../reading/marks.ts';
import type { Answer, Request } from '../platform/protocol.ts';
import { readSettings, type Settings } from '../platform/settings.ts';
import { drop, load, openingKey, save, type Stored, whyNot } from '../platform/storage.ts';

const FOLD_AT = 64;
const KEPT_AFTER_FOLD = 32;

let queue: Promise<unknown> = Promise.resolve();

/** Answers when the request is stored, or with why it could not be. Never rejects. */
export function fulfil(request: Request): Promise<Answer> {
  const answer = queue.then(() => write(request));
  queue = answer;
  return answer;
}

async function write(request: Request): Promise<Answer> {
  try {
    switch (request.type) {
      case 'settings':
        return await writeSettings(request.settings);
      case 'act':
        return await writeAct(request);
      case 'learn':
        return await writeLessons(request.lessons);
      case 'openings':
        return await writeOpenings(request.openings);
    }
  } catch (error) {
    console.warn('[科学空间伴读]', error);
    return { ok: false, why: whyNot(error) };
  }
}

/** Stores what must not be lost: where there is no room, the openings make it. */
async function keep(values: Stored): Promise<void> {
  try {
    await save(values);
  } catch (error) {
    if (whyNot(error) !== 'full') throw error;
    await drop(Array.from({ length: SHARDS }, (_, shard) => openingKey(shard)));
    await save(values);
  }
}

async function writeSettings(given: Partial<Settings>): Promise<Answer> {
  const { settings } = await load(['settings']);
  await keep({ settings: { ...readSettings(settings), ...given } });
  return { ok: true };
}

async function writeLessons(lessons: readonly Lesson[]): Promise<Answer> {
  const stored = await load(['learned']);
  const { learned, newer } = decodeLearned(stored.learned);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  const next = learn(learned, lessons, dayOfTime(Date.now()));
  if (next !== learned) await keep({ learned: encodeLearned(next) });
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

async function writeAct({ id, changes }: Request & { type: 'act' }): Promise<Answer> {
  const stored = await load(['record', 'journal', 'device']);
  const { record, acts, newer } = decode(stored.record, stored.journal);
  if (newer !== undefined) return { ok: false, why: 'newer' };
  if (acts.some((act) => act.id === id)) return { ok: true };

  const values: Stored = {};
  const device = deviceOf(stored) ?? newDevice(values);
  let last: Stamp | undefined;
  for (const { stamp } of record.values())
    if (!last || compareStamps(stamp, last) > 0) last = stamp;
  const added = changes.map(({ post, mark }): Act => {
    last = nextStamp(last, Date.now(), device);
    return { id, post, entry: { mark, stamp: last } };
  });

  const journal = [...acts, ...added];
  if (journal.length < FOLD_AT) {
    values.journal = journal.map(encodeAct);
  } else {
    values.record = encodeSnapshot(decode(stored.record, journal.map(encodeAct)).record);
    values.journal = journal.slice(-KEPT_AFTER_FOLD).map(encodeAct);
  }
  await keep(values);
  return { ok: true };
}

function deviceOf({ device }: Stored): string | undefined {
  return typeof device === 'string' && /^[0-9a-z]{8}$/.test(device) ? device : undefined;
}

/** Eight characters at random name this browser in the stamps of its acts. */
function newDevice(values: Stored): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const device = [...bytes].map((byte) => (byte % 36).toString(36)).join('');
  values.device = device;
  return device;
}
