import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The root folder of the project. */
export const root = join(import.meta.dirname, '..', '..');

/** The result of a command. */
export interface Ended {
  /** The exit status; 1 if a signal ended it. */
  readonly status: number;
  /** Its stdout; empty if the output was passed through. */
  readonly stdout: string;
}

interface RunOptions {
  /** Collects stdout instead of showing it; stderr is always shown. */
  readonly capture?: boolean;
  /** Environment variables in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Whether commands get their own process group. On Windows that opens a window, and signals do not exist. */
const OWN_GROUP = process.platform !== 'win32';

const running = new Set<ChildProcess>();
let interruption: NodeJS.Signals | null = null;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption = signal;
    for (const child of running) interrupt(child, signal);
    if (running.size === 0) endBy(signal);
  });
}

/**
 * Passes a signal to the command and all its descendants; otherwise Vitest's workers and their browsers
 * would go on.
 */
function interrupt(child: ChildProcess, signal: NodeJS.Signals): void {
  if (OWN_GROUP && child.pid !== undefined) process.kill(-child.pid, signal);
  else child.kill(signal);
}

/** Ends this process by the signal; its handler was removed when it ran. */
function endBy(signal: NodeJS.Signals): void {
  process.kill(process.pid, signal);
}

/** Runs a TypeScript script of this project. */
export function runScript(path: string, options?: RunOptions): Promise<Ended> {
  return runNode(['--import', 'tsx', path], options);
}

/** Runs the command that a package of node_modules installs under its own name. */
export function runTool(
  packageName: string,
  args: readonly string[],
  options?: RunOptions,
  command = packageName,
): Promise<Ended> {
  const folder = join(root, 'node_modules', packageName);
  const { bin }: { bin: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  const file = bin[command];
  if (file === undefined) throw new Error(`${packageName} has no command ${command}`);
  return runNode([join(folder, file), ...args], options);
}

function runNode(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...options.env },
      detached: OWN_GROUP,
      stdio: ['ignore', options.capture ? 'pipe' : 'inherit', 'inherit'],
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      running.delete(child);
      if (interruption) endBy(interruption);
      else resolve({ status: status ?? 1, stdout: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
