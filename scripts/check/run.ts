import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Top of the project. */
export const root = join(import.meta.dirname, '..', '..');

/** How a command ended. */
export interface Ended {
  /** Exit status; 1 when a signal ended it. */
  readonly status: number;
  /** What it wrote to stdout; empty when its output was passed through. */
  readonly stdout: string;
}

interface RunOptions {
  /** Collect stdout instead of showing it; stderr is always shown. */
  readonly capture?: boolean;
  /** Variables on top of this process's. */
  readonly env?: Readonly<Record<string, string>>;
}

/** On Windows a process group of its own would open a window, and signals do not exist. */
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
 * Passes a signal on to the command and everything it started: Vitest's workers would otherwise
 * live on, and their browsers with them.
 */
function interrupt(child: ChildProcess, signal: NodeJS.Signals): void {
  if (OWN_GROUP && child.pid !== undefined) process.kill(-child.pid, signal);
  else child.kill(signal);
}

/** Ends this process as the signal would have; its handler has run, once, and is gone. */
function endBy(signal: NodeJS.Signals): void {
  process.kill(process.pid, signal);
}

/** Runs a script of this project written in TypeScript. */
export function runScript(path: string, options?: RunOptions): Promise<Ended> {
  return runNode(['--import', 'tsx', path], options);
}

/** Runs the command that a package of node_modules installs under the package's own name. */
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
