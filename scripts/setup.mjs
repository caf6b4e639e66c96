// Runs an npm script (scripts/tasks.mjs) after it has checked what that needs. For `npm start` and `npm test` it
// first installs what is missing.
//
//   node scripts/setup.mjs NAME [arguments]
//
// Each problem is printed in one line. The status is 2 if the command cannot be run: Node is too old, arguments are
// wrong, or a browser is missing. Otherwise it is the status of the script.
//
// It uses only Node's own modules, under their old names, and only syntax that old versions of Node
// can parse, so that it can report in one line that Node is too old.

import { spawn, spawnSync } from 'child_process';
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'fs';
import { homedir } from 'os';
import { delimiter, dirname, join, sep } from 'path';
import { fileURLToPath } from 'url';
import { isBuildOld, misuseOf, nodeArgs, TASKS } from './tasks.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** An error that the user can solve; printed without a stack. */
class SetupError extends Error {
  constructor(message, status = 2) {
    super(message);
    this.status = status;
  }
}

/** The seconds between two progress messages of a long step. */
const HEARTBEAT_S = 10;

/** The fonts for Chinese and for MathML: fontconfig's pattern for any such font, and a package of Debian. */
const FONTS = [
  {
    pattern: ':lang=zh',
    package: 'fonts-noto-cjk',
    file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    note: 'no Chinese fonts were found, pages will show boxes',
  },
  {
    // The mathematical italic β.
    pattern: ':charset=1d6fd',
    package: 'fonts-dejavu-extra',
    file: '/usr/share/fonts/truetype/dejavu/DejaVuMathTeXGyre.ttf',
    note: 'no font for mathematics was found, some symbols of formulas may be boxes',
  },
];

/**
 * The two browsers: the environment variable with the path, the commands on PATH (Linux), the usual
 * places, and how to install it.
 */
const BROWSERS = {
  chromium: {
    name: 'Chrome, Chromium or Edge',
    variable: 'CHROME_PATH',
    commands: [
      'chromium',
      'chromium-browser',
      'google-chrome',
      'google-chrome-stable',
      'microsoft-edge',
      'microsoft-edge-stable',
    ],
    places: {
      linux: [
        '/usr/bin/chromium',
        '/usr/bin/google-chrome',
        '/opt/google/chrome/chrome',
        '/usr/bin/microsoft-edge',
        '/snap/bin/chromium',
      ],
      darwin: [
        'Google Chrome.app/Contents/MacOS/Google Chrome',
        'Chromium.app/Contents/MacOS/Chromium',
        'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      ],
      win32: [
        'Google\\Chrome\\Application\\chrome.exe',
        'Chromium\\Application\\chrome.exe',
        'Microsoft\\Edge\\Application\\msedge.exe',
      ],
    },
    packages: {
      apt: 'chromium',
      brew: 'google-chrome',
      winget: 'Google.Chrome',
      dnf: 'chromium',
      pacman: 'chromium',
    },
  },
  firefox: {
    name: 'Firefox',
    variable: 'FIREFOX_PATH',
    commands: ['firefox-esr', 'firefox'],
    places: {
      linux: [
        '/usr/bin/firefox-esr',
        '/usr/bin/firefox',
        '/opt/firefox/firefox',
        '/snap/bin/firefox',
      ],
      darwin: [
        'Firefox.app/Contents/MacOS/firefox',
        'Firefox Developer Edition.app/Contents/MacOS/firefox',
      ],
      win32: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe'],
    },
    packages: {
      apt: 'firefox-esr',
      brew: 'firefox',
      winget: 'Mozilla.Firefox',
      dnf: 'firefox',
      pacman: 'firefox',
    },
  },
};

/** Whether the steps before the script are printed. They are not if a program may read the script's output. */
let isChatty = false;

main().catch((error) => {
  process.stderr.write(`${error instanceof SetupError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof SetupError ? error.status : 1;
});

async function main() {
  checkNodeVersion();
  const [name, ...args] = process.argv.slice(2);
  const task = TASKS[name];
  if (!task) throw new SetupError(`Usage: node scripts/setup.mjs ${Object.keys(TASKS).join('|')}`);
  const misuse = misuseOf(name, args, task.takes === 'tests' ? testFiles() : []);
  if (misuse) throw new SetupError(misuse);
  isChatty = Boolean(task.installs);
  say(`Node ${process.versions.node}`);
  if (task.installs) await installDependencies();
  else if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    throw new SetupError('The dependencies are not installed: run npm ci.');
  }
  const browsers = task.browsers ? task.browsers(args) : [];
  const paths = browsers.length > 0 ? await findBrowsers(browsers, task.installs) : {};
  await handOver(task, args, paths);
}

function testFiles() {
  return readdirSync(join(root, 'tests'), { recursive: true }).map((path) =>
    join('tests', String(path)).split(sep).join('/'),
  );
}

/** @throws {SetupError} if `engines` in package.json does not allow this version of Node */
function checkNodeVersion() {
  const range = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node;
  if (!range.split('||').some((part) => versionMatches(process.versions.node, part.trim()))) {
    throw new SetupError(
      `This is Node ${process.versions.node}, but the project needs ${range}: ` +
        'install a current one from https://nodejs.org/.',
    );
  }
}

/** Supports `^20.19` (that major, at least that minor) and `>=24` (at least that major). */
function versionMatches(version, part) {
  const [, operator, wantedMajor, wantedMinor = '0'] = /^(\^|>=)(\d+)(?:\.(\d+))?$/.exec(part);
  const [major, minor] = version.split('.').map(Number);
  if (major > Number(wantedMajor)) return operator === '>=';
  return major === Number(wantedMajor) && minor >= Number(wantedMinor);
}

/** Runs `npm ci` unless node_modules is at least as new as the lock file. */
async function installDependencies() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  const locked = join(root, 'package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(locked).mtimeMs) {
    say('Dependencies are installed');
    return;
  }
  const windows = process.platform === 'win32';
  // Windows starts .cmd files only through a shell.
  await step('Installing dependencies (npm ci)', windows ? 'npm.cmd' : 'npm', ['ci'], {
    shell: windows,
  });
}

/**
 * Finds the browsers; with `installs`, as root on Debian, installs those that are missing, and the fonts.
 *
 * @returns {Promise<Record<string, string>>} CHROME_PATH and FIREFOX_PATH, as far as wanted
 * @throws {SetupError} if one is missing; the message says how to install it
 */
async function findBrowsers(wanted, installs) {
  const missing = wanted.filter((key) => findBrowser(BROWSERS[key]) === null);
  const fonts = process.platform === 'linux' ? FONTS.filter((font) => !hasFont(font)) : [];
  if (installs && canUseApt()) {
    const packages = missing.map((key) => BROWSERS[key].packages.apt);
    packages.push(...fonts.map((font) => font.package));
    try {
      if (packages.length > 0) await aptInstall(packages);
    } catch (error) {
      if (missing.length > 0) throw error;
      // Without the fonts some characters are boxes; everything runs.
      say(`Note: ${error.message}`);
    }
  } else {
    for (const { note, package: name } of fonts) say(`Note: ${note} (Debian: ${name})`);
  }

  const paths = {};
  for (const key of wanted) {
    const browser = BROWSERS[key];
    const path = findBrowser(browser);
    if (path === null) throw new SetupError(missingMessage(missing));
    say(`${browser.name}: ${path}`);
    paths[browser.variable] = path;
  }
  return paths;
}

/**
 * The browser that its variable names, or else the first one found.
 *
 * @returns {string | null} the path of the executable
 * @throws {SetupError} if the variable is set to a path that cannot be executed
 */
function findBrowser({ variable, commands, places }) {
  const chosen = process.env[variable];
  if (chosen) {
    if (isExecutable(chosen)) return chosen;
    throw new SetupError(
      `${variable} is set to ${chosen}, but there is no program there: correct it or unset it.`,
    );
  }
  const candidates = usualPlaces(places);
  if (process.platform === 'linux') {
    const folders = (process.env.PATH || '').split(delimiter).filter(Boolean);
    for (const command of commands) {
      candidates.push(...folders.map((folder) => join(folder, command)));
    }
  }
  return candidates.find(isExecutable) || null;
}

/** The absolute paths; macOS and Windows have several folders for programs. */
function usualPlaces(places) {
  const known = places[process.platform] || [];
  const bases = {
    darwin: ['/Applications', join(homedir(), 'Applications')],
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) => process.env[name]),
  }[process.platform];
  if (!bases) return [...known];
  return bases.filter(Boolean).flatMap((base) => known.map((place) => join(base, place)));
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Without fontconfig's fc-list only the font file is looked for. */
function hasFont({ pattern, file }) {
  const list = spawnSync('fc-list', [pattern, 'family'], { encoding: 'utf8' });
  const listed = list.status !== 0 || list.stdout.trim() !== '';
  return listed && (existsSync(file) || !existsSync('/etc/debian_version'));
}

function canUseApt() {
  return (
    process.platform === 'linux' &&
    process.getuid() === 0 &&
    existsSync('/etc/debian_version') &&
    existsSync('/usr/bin/apt-get')
  );
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await step('Updating the package lists (apt-get update)', 'apt-get', ['update'], { env });
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  await step(`Installing ${packages.join(', ')} (apt-get install)`, 'apt-get', install, { env });
}

/** A message with one command that installs everything that is missing. */
function missingMessage(missing) {
  const names = missing.map((key) => BROWSERS[key].name).join(' and ');
  const variables = missing.map((key) => BROWSERS[key].variable).join(' and ');
  const packages = (manager) => missing.map((key) => BROWSERS[key].packages[manager]).join(' ');
  const commands = {
    darwin: () => `brew install --cask ${packages('brew')}`,
    win32: () => `winget install ${packages('winget')}`,
    linux: () => {
      if (existsSync('/usr/bin/dnf')) return `sudo dnf install -y ${packages('dnf')}`;
      if (existsSync('/usr/bin/pacman')) return `sudo pacman -S --needed ${packages('pacman')}`;
      return `sudo apt-get install -y ${packages('apt')}`;
    },
  };
  const command = (commands[process.platform] || commands.linux)();
  return `${names} not found: run ${command}, or set ${variables} to where it is.`;
}

/**
 * Runs a command and shows its output, with progress messages while it is silent.
 *
 * @throws {SetupError} if it does not end with status 0
 */
async function step(title, command, args, options) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  say(`${title} …`);
  const heartbeat = setInterval(() => say(`… still at it (${seconds()})`), HEARTBEAT_S * 1000);
  try {
    const ended = await run(command, args, options);
    if (ended.status !== 0) throw new SetupError(`${title} failed (${describe(ended)}).`, 1);
    say(`${title}: done (${seconds()})`);
  } finally {
    clearInterval(heartbeat);
  }
}

/**
 * Runs the steps with this process's terminal, signals and status, one after the other until one fails. Only the
 * last step of the task gets the arguments.
 */
async function handOver(task, args, paths) {
  const env = { ...process.env, ...task.env, ...paths };
  const steps = [...task.steps];
  if (task.needsBuild && isBuildOld(root)) {
    process.stdout.write(
      '[setup] The build in dist/ is missing or older than its sources: building\n',
    );
    steps.unshift(...TASKS.build.steps);
  }
  for (const step of steps) {
    const isLast = step === steps[steps.length - 1];
    if (step.path) say(`Starting ${step.path}`);
    const command = [...nodeArgs(root, step), ...(isLast ? args : [])];
    const { status, signal } = await run(process.execPath, command, { env });
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = status;
    if (signal || status !== 0) return;
  }
}

/**
 * Runs a command in the project's root and passes interrupts to it.
 *
 * @returns {Promise<{status: number | null, signal: string | null}>} how it ended
 * @throws {SetupError} if it cannot be started
 */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal) => {
      // The terminal sends Ctrl+C to every process of the group.
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const settle = () => {
      process.off('SIGINT', forward);
      process.off('SIGTERM', forward);
    };
    process.on('SIGINT', forward);
    process.on('SIGTERM', forward);
    child.on('error', (error) => {
      settle();
      reject(new SetupError(`Cannot run ${command}: ${error.message}`));
    });
    child.on('exit', (status, signal) => {
      settle();
      resolve({ status, signal });
    });
  });
}

function describe({ status, signal }) {
  return signal ? `ended by ${signal}` : `status ${status}`;
}

function say(line) {
  if (isChatty) process.stdout.write(`[setup] ${line}\n`);
}
