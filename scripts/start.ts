/**
 * Opens a real browser with the extension in a fresh profile, on a sample of the blog.
 *
 *   npm start                 Chromium, on the sample that this machine serves itself
 *   npm start -- --firefox    Firefox
 *   npm start -- --live       the real blog
 *
 * Without a display it visits the sample by itself (scripts/walk.ts) and prints what it saw.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hasDisplay, launchChromium, launchFirefox, type Launched } from './browsers.ts';
import { type Site, startSite } from './sample/server.ts';
import { walk } from './walk.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SWITCHES = ['--firefox', '--live'];

const TO_TRY = `
试一试 / What to try
  1. 每篇摘要的署名下多了一行：标记、第几篇、下一篇未读。点「未读」标为已读，8 秒内可撤销。
     Under each byline: the mark, the part, what is unread next. Click the mark; 撤销 takes it back.
  2. 点「第 k / n 篇」或按 Enter 展开整个系列；↑ ↓ 移动，空格标记，Esc 收起。
     Open the series with the mouse or Enter; arrows move, Space marks, Escape closes.
  3. 打开一篇慢慢读到底，它会自己变成在读、已读；返回列表页再看。
     Open a post and read it through: it becomes 在读, then 已读, by itself. Go back and look.
  4. 点工具栏上的图标：读了多少、接着读哪篇、搜标题。
     The toolbar icon: how much is read, what comes next, search.

Close the browser, or press Ctrl+C here, to end.
`;

async function main(args: string[]): Promise<void> {
  const unknown = args.find((arg) => !SWITCHES.includes(arg));
  if (unknown) {
    console.error(`${unknown}: not known; npm start takes ${SWITCHES.join(' and ')}`);
    process.exitCode = 2;
    return;
  }
  const kind = args.includes('--firefox') ? 'firefox' : 'chrome';
  const isLive = args.includes('--live');
  const headless = !hasDisplay();
  if (isLive && headless) {
    console.error('--live needs a display: without one only the sample is walked');
    process.exitCode = 2;
    return;
  }

  run('Packing the catalogue', 'scripts/catalogue.ts');
  run(
    `Building for ${kind}`,
    'node_modules/vite/bin/vite.js',
    'build',
    '--mode',
    kind,
    '--logLevel',
    'warn',
  );
  const site = isLive ? null : await step('Serving the sample of the blog on loopback', startSite);
  const launched = await step(`Opening ${kind === 'firefox' ? 'Firefox' : 'Chromium'}`, () =>
    (kind === 'firefox' ? launchFirefox : launchChromium)({
      extension: `${ROOT}dist/${kind}`,
      site,
      headless,
    }),
  );
  try {
    if (headless) {
      console.log('No display here: walking the sample once without one.');
      await walk(launched, new URL('../walk/', import.meta.url));
    } else {
      await stayOpen(launched);
    }
  } finally {
    await launched.close().catch(() => undefined);
    await site?.close();
  }
}

async function stayOpen({ browser }: Launched): Promise<void> {
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.goto('https://kexue.fm/', { waitUntil: 'load' });
  console.log(TO_TRY);
  await new Promise<void>((resolve) => {
    browser.once('disconnected', () => resolve());
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Runs a program of this project with this Node and shows its output. */
function run(what: string, ...program: string[]): void {
  console.log(`▸ ${what} …`);
  const args = program[0]?.endsWith('.ts') ? ['--import', 'tsx', ...program] : program;
  const { status } = spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${what} failed`);
}

async function step<T extends Site | Launched>(what: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(`▸ ${what} …`);
  const made = await work();
  console.log(`  done in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  return made;
}

await main(process.argv.slice(2));
