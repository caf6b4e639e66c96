import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { root, runTool } from './run.ts';
import type { Tally } from './tally.ts';

/** The part of Vitest's JSON report that is used here. */
interface Report {
  readonly testResults: readonly {
    /** The absolute path of the test file. */
    readonly name: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      /** The errors of all tries, also of a test that passed at last. */
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs a project of vite.config.ts and counts its tests. A run that fails without a failed test (no
 * test files, a file that cannot be loaded, an unhandled error) counts as one failed test. `capture`:
 * shows the output only at the end, because another run writes at the same time.
 */
export async function runVitest(
  project: 'unit' | 'e2e' | 'visits',
  { capture = false } = {},
): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'kexue-companion-'));
  try {
    const reportFile = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json'];
    const { status, stdout } = await runTool(
      'vitest',
      ['run', '--project', project, ...reporters, `--outputFile.json=${reportFile}`],
      // The profiles of browsers that end with the run are removed with the folder.
      { capture, env: { TMPDIR: folder } },
    );
    process.stdout.write(stdout);
    const tally = count(readReport(reportFile));
    return status !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** Returns an empty report if Vitest ended without one; its status shows the failure. */
function readReport(file: string): Report {
  try {
    const report: Report = JSON.parse(readFileSync(file, 'utf8'));
    return report;
  } catch {
    return { testResults: [] };
  }
}

function count({ testResults }: Report): Tally {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({
      status: test.status,
      failures: test.failureMessages,
      name: `${relative(root, name)}: ${test.fullName}`,
    })),
  );
  const passed = tests.filter(({ status }) => status === 'passed');
  const failed = tests.filter(({ status }) => status === 'failed');
  const skipped = tests.filter(({ status }) => status !== 'passed' && status !== 'failed');
  return {
    passed: passed.length,
    failed: failed.length,
    skipped: skipped.map(({ name }) => name),
    retried: passed.flatMap(({ name, failures: [first] }) =>
      first === undefined ? [] : `${name}\n${first.split(/\n +at /)[0]}`,
    ),
  };
}
