import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  launch,
  type Browser,
  type GoToOptions,
  type Page,
  ProtocolError,
  TimeoutError,
} from 'puppeteer-core';
import { HOSTS } from '../src/site/address.ts';
import type { SitePorts } from './sample/server.ts';

/** Options of both browsers. */
export interface LaunchOptions {
  /** Folders of unpacked extensions. The first is ours; others are helpers of a test. */
  readonly extension: string | readonly string[];
  /** The stand-in server for the blog's hosts; null for the real web. */
  readonly site: SitePorts | null;
  readonly headless: boolean;
  /** Additional command-line switches. */
  readonly args?: readonly string[];
}

/** Options of Firefox, which has preferences instead of switches. */
export interface FirefoxOptions extends LaunchOptions {
  /** Additional preferences, which override those set here. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Idle time in ms after which the event page is suspended; Firefox's default is 30 000. */
  readonly backgroundIdleMs?: number;
}

/** A running browser with our extension, in a new profile. */
export interface Launched {
  readonly kind: 'chromium' | 'firefox';
  readonly browser: Browser;
  /** The value of `runtime.id`. */
  readonly extensionId: string;
  /** The origin of the extension's pages, without a trailing slash. */
  readonly baseUrl: string;
  /** Closes only this browser and removes its profile. */
  close(): Promise<void>;
}

/** The part of a manifest that is used here. */
interface GeckoManifest {
  readonly browser_specific_settings?: { readonly gecko?: { readonly id?: string } };
}

/** The size of a headless window in CSS pixels; a visible window keeps its own size. */
const HEADLESS_VIEWPORT = { width: 1180, height: 900 };

/** Whether this machine can show a window. */
export function hasDisplay(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * Starts the Chromium (Chrome, Edge) at CHROME_PATH.
 *
 * @throws Error if CHROME_PATH is unset, the browser does not start, or the extension is refused
 */
export async function launchChromium(options: LaunchOptions): Promise<Launched> {
  const browser = await launch({
    executablePath: pathFrom('CHROME_PATH'),
    headless: options.headless,
    defaultViewport: options.headless ? HEADLESS_VIEWPORT : null,
    // Extensions are installed over the pipe, because branded Chrome does not support --load-extension.
    pipe: true,
    enableExtensions: true,
    args: [
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      ...(options.headless ? ['--disable-gpu'] : []),
      // Chromium's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.site ? switchesFor(options.site) : []),
      ...(options.args ?? []),
    ],
  });
  return closingOnError(browser, async () => {
    const [extensionId] = await installAll(browser, foldersOf(options));
    return launched('chromium', browser, extensionId, `chrome-extension://${extensionId}`);
  });
}

/**
 * Starts the Firefox at FIREFOX_PATH. The extension is a temporary add-on; its id is in its manifest.
 *
 * @throws Error if FIREFOX_PATH is unset, a manifest has no gecko id, the browser does not start, or
 * the extension is refused
 */
export async function launchFirefox(options: FirefoxOptions): Promise<Launched> {
  const folders = foldersOf(options);
  const uuids = await fixedUuids(folders);
  const browser = await launch({
    browser: 'firefox',
    executablePath: pathFrom('FIREFOX_PATH'),
    headless: options.headless,
    defaultViewport: options.headless ? HEADLESS_VIEWPORT : null,
    acceptInsecureCerts: options.site !== null,
    // WebDriver needs it to open moz-extension: pages.
    args: ['--remote-allow-system-access', ...(options.args ?? [])],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify(uuids),
      // Grants optional permissions without a prompt, which no script could answer.
      'extensions.webextOptionalPermissionPrompts': false,
      // The fixed host stays the same when the extension is installed again.
      'extensions.webextensions.keepUuidOnUninstall': true,
      ...(options.backgroundIdleMs === undefined
        ? {}
        : { 'extensions.background.idle.timeout': options.backgroundIdleMs }),
      ...(options.site ? preferencesFor(options.site) : {}),
      ...options.prefs,
    },
  });
  return closingOnError(browser, async () => {
    const [extensionId] = await installAll(browser, folders);
    return launched('firefox', browser, extensionId, `moz-extension://${uuids[extensionId]}`);
  });
}

/** How long a page may take to load, in ms; a busy machine takes its time. */
const LOADED_WITHIN_MS = 60_000;

/**
 * Loads an address in a tab. Among many tabs Firefox's driver sometimes reports a load as failed
 * (NS_ERROR_NOT_AVAILABLE) or does not report its end, so such a load is tried once more.
 *
 * @throws Error if the page cannot be loaded
 */
export async function navigate(page: Page, url: string, options: GoToOptions): Promise<void> {
  const load = () => page.goto(url, { timeout: LOADED_WITHIN_MS, ...options });
  await load().catch((error: unknown) => {
    if (error instanceof ProtocolError || error instanceof TimeoutError) return load();
    throw error;
  });
}

/**
 * Opens a page of the extension in a new tab.
 *
 * @param path from the extension's root, without a leading slash
 * @param options.readySelector matches when the page is ready
 * @throws Error if nothing matches the selector within 60 s
 */
export async function openExtensionPage(
  { kind, browser, baseUrl }: Launched,
  path: string,
  { readySelector }: { readonly readySelector: string },
): Promise<Page> {
  const page = await browser.newPage();
  // Firefox reports no load events for moz-extension: pages, so waiting for them would time out.
  await navigate(page, `${baseUrl}/${path}`, { waitUntil: kind === 'firefox' ? [] : 'load' });
  await page.waitForSelector(readySelector, { timeout: LOADED_WITHIN_MS });
  return page;
}

/**
 * Waits for the page that our extension opens after its installation, and closes it: other pages would
 * be hidden behind it, and hidden pages draw nothing.
 *
 * @throws Error if it does not open within 60 s; a busy machine takes its time
 */
export async function closeWelcome({ browser }: Launched): Promise<void> {
  let addresses: string[] = [];
  for (let i = 0; i < 600; i++) {
    addresses = [];
    for (const page of await browser.pages()) {
      // Firefox's driver does not report the addresses of extension pages, so the page is asked.
      const address = await page.evaluate(() => location.href).catch(String);
      if (address.endsWith('#welcome')) return page.close();
      addresses.push(address);
    }
    await delay(100);
  }
  throw new Error(`the first page did not open; the pages are ${addresses.join(', ')}`);
}

/** Switches that map the blog's hosts to the stand-in and block all other hosts. */
function switchesFor({ tlsPort, plainPort }: SitePorts): string[] {
  const rules = HOSTS.flatMap((host) => [
    `MAP ${host}:443 127.0.0.1:${tlsPort}`,
    `MAP ${host}:80 127.0.0.1:${plainPort}`,
  ]);
  return [
    `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND'].join(', ')}`,
    '--ignore-certificate-errors',
  ];
}

/** Preferences that map the blog's hosts, and ports 80 and 443 of any host, to the stand-in. */
function preferencesFor({ tlsPort, plainPort }: SitePorts): Record<string, string | number> {
  return {
    // 0: no proxy, even if the system has one.
    'network.proxy.type': 0,
    'network.dns.localDomains': HOSTS.join(','),
    'network.socket.forcePort': `443=${tlsPort};80=${plainPort}`,
  };
}

/**
 * Firefox gives each add-on's pages a random host; a fixed one is known to tests in advance.
 *
 * @returns UUIDs by add-on id
 */
async function fixedUuids(folders: readonly string[]): Promise<Record<string, string>> {
  const entries = folders.map(async (folder, index) => {
    const file = join(folder, 'manifest.json');
    const manifest: GeckoManifest = JSON.parse(await readFile(file, 'utf8'));
    const id = manifest.browser_specific_settings?.gecko?.id;
    if (id === undefined) throw new Error(`${file} names no browser_specific_settings.gecko.id`);
    return [id, `11111111-2222-4333-8444-${String(index + 1).padStart(12, '0')}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function foldersOf({ extension }: LaunchOptions): readonly string[] {
  return typeof extension === 'string' ? [extension] : extension;
}

/** Installs the folders in order and returns the id of the first, our extension. */
async function installAll(
  browser: Browser,
  folders: readonly string[],
): Promise<[string, ...string[]]> {
  const ids: string[] = [];
  for (const folder of folders) ids.push(await browser.installExtension(folder));
  const [ours, ...helpers] = ids;
  if (ours === undefined) throw new Error('No extension folder was given.');
  return [ours, ...helpers];
}

function launched(
  kind: Launched['kind'],
  browser: Browser,
  extensionId: string,
  baseUrl: string,
): Launched {
  return { kind, browser, extensionId, baseUrl, close: () => browser.close() };
}

/** Runs `setUp`; if it fails, closes the browser and rethrows the error. */
export async function closingOnError<T>(browser: Browser, setUp: () => Promise<T>): Promise<T> {
  try {
    return await setUp();
  } catch (error) {
    await browser.close();
    throw error;
  }
}

function pathFrom(variable: 'CHROME_PATH' | 'FIREFOX_PATH'): string {
  const path = process.env[variable];
  if (!path) {
    throw new Error(
      `${variable} is not set. Start through npm start or npm test, which find the browser, ` +
        `or set ${variable} to its executable.`,
    );
  }
  return path;
}
