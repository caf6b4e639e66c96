import { type Part, parts, withNeeds } from './check/parts.ts';
import { oneFailed, sum, type Tally } from './check/tally.ts';

/**
 * Runs the whole check, or only the parts named as arguments and those that they need. After a part that fails only
 * the parts that need it are not run. The last line is `N passed, N failed, N skipped`; the exit status is 0 if
 * nothing failed.
 */
async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    const known = parts.map(({ name }) => name).join(', ');
    console.error(`npm test has no part ${unknown.join(', ')}: its parts are ${known}.`);
    process.exitCode = 2;
    return;
  }

  const results = new Map<string, Tally>();
  for (const part of names.length === 0 ? parts : withNeeds(names)) {
    results.set(part.name, await runPart(part, results));
  }

  const total = sum([...results.values()]);
  const failedParts = [...results].filter(([, { failed }]) => failed > 0).map(([name]) => name);
  console.log();
  if (failedParts.length > 0) console.log(`FAILED: ${failedParts.join(', ')}`);
  for (const name of total.retried) console.log(`PASSED AFTER A RETRY: ${name}`);
  for (const name of total.skipped) console.log(`SKIPPED: ${name}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** Runs one part; prints its heading, its result and its time. */
async function runPart(part: Part, results: ReadonlyMap<string, Tally>): Promise<Tally> {
  console.log(`\n=== ${part.name}: ${part.title}`);
  const started = performance.now();
  const tally = await runUnlessBlocked(part, results);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const { passed, failed, skipped } = tally;
  console.log(
    `--- ${part.name}: ${passed} passed, ${failed} failed, ${skipped.length} skipped (${seconds} s)`,
  );
  return tally;
}

async function runUnlessBlocked(part: Part, results: ReadonlyMap<string, Tally>): Promise<Tally> {
  const lacking = part.needs.filter((name) => results.get(name)?.failed !== 0);
  if (lacking.length > 0) {
    console.log(`Not run, counted as failed: ${lacking.join(' and ')} failed.`);
    return oneFailed;
  }
  try {
    return await part.run();
  } catch (error) {
    console.error(error);
    return oneFailed;
  }
}

await main(process.argv.slice(2));
