import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { blogHosts, type SitePorts } from './sample/hosts.ts';

/** What both browsers take. */
export interface LaunchOptions {
  /** Unpacked extension folder(s). The first is ours; any more are helpers of a test. */
  readonly extension: string | readonly string[];
  /** The stand-in that answers for the blog's hosts, or null for the real web. */
  readonly site: SitePorts | null;
  readonly headless: boolean;
  /** Further command-line switches. */
  readonly args?: readonly string[];
}

/** Firefox keeps what Chromium takes as switches in preferences. */
export interface FirefoxOptions extends LaunchOptions {
  /** Further preferences; they win over those set here. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Milliseconds of quiet after which the event page is suspended; Firefox's own is 30 000. */
  readonly backgroundIdleMs?: number;
}

/** A running browser with our extension installed, on a fresh profile. */
export interface Launched {
  readonly kind: 'chromium' | 'firefox';
  readonly browser: Browser;
  /** The id as `runtime.id` gives it. */
  readonly extensionId: string;
  /** Origin of the extension's pages, without a slash at its end. */
  readonly baseUrl: string;
  /** Ends this browser, and this one only, and removes its profile. */
  close(): Promise<void>;
}

/** The one part of a manifest that is read here. */
interface GeckoManifest {
  readonly browser_specific_settings?: { readonly gecko?: { readonly id?: string } };
}

/** Size of a headless window, CSS pixels; a window on a screen is left at its own size. */
const HEADLESS_VIEWPORT = { width: 1180, height: 900 };

/**
 * Starts the Chromium (Chrome, Edge) at CHROME_PATH.
 *
 * @throws Error when CHROME_PATH is unset, the browser does not start, or the extension is refused
 */
export async function launchChromium(options: LaunchOptions): Promise<Launched> {
  const browser = await launch({
    executablePath: pathFrom('CHROME_PATH'),
    headless: options.headless,
    defaultViewport: options.headless ? HEADLESS_VIEWPORT : null,
    // Extensions are installed over the pipe: branded Chrome no longer takes --load-extension.
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
 * Starts the Firefox at FIREFOX_PATH. The extension is a temporary add-on whose id is the one in
 * its manifest.
 *
 * @throws Error when FIREFOX_PATH is unset, a folder's manifest names no gecko id, the browser
 *   does not start, or the extension is refused
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
    // Without it WebDriver may not open moz-extension: pages.
    args: ['--remote-allow-system-access', ...(options.args ?? [])],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify(uuids),
      // Optional permissions are granted without a prompt, which no script could answer.
      'extensions.webextOptionalPermissionPrompts': false,
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

/**
 * Opens a page of the extension in a new tab.
 *
 * @param path from the extension's root, without a slash at its start
 * @param options.readySelector matches once the page has set itself up
 * @throws Error when nothing matches the selector within Puppeteer's time limit of 30 s
 */
export async function openExtensionPage(
  { kind, browser, baseUrl }: Launched,
  path: string,
  { readySelector }: { readonly readySelector: string },
): Promise<Page> {
  const page = await browser.newPage();
  // Firefox reports no load events for its moz-extension: pages; waiting for them would time out.
  await page.goto(`${baseUrl}/${path}`, { waitUntil: kind === 'firefox' ? [] : 'load' });
  await page.waitForSelector(readySelector);
  return page;
}

/**
 * Waits for the page that our extension opens by itself when it is installed, and closes it, as a
 * reader would: it stands in front of everything, and hidden pages are shown nothing.
 *
 * @throws Error when it has not opened within 10 s
 */
export async function closeWelcome({ browser }: Launched): Promise<void> {
  for (let i = 0; i < 100; i++) {
    for (const page of await browser.pages()) {
      // Firefox tells nobody where an extension's own pages are; they know it themselves.
      const address = await page.evaluate(() => location.href).catch(() => '');
      if (address.endsWith('#welcome')) return page.close();
    }
    await delay(100);
  }
  throw new Error('the first page did not open');
}

/** Sends the blog's hosts to the stand-in and every other name nowhere. */
function switchesFor({ tlsPort, plainPort }: SitePorts): string[] {
  const rules = blogHosts.flatMap((host) => [
    `MAP ${host}:443 127.0.0.1:${tlsPort}`,
    `MAP ${host}:80 127.0.0.1:${plainPort}`,
  ]);
  return [
    `--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND'].join(', ')}`,
    '--ignore-certificate-errors',
  ];
}

/** Sends the blog's hosts, and the two web ports of any host, to the stand-in. */
function preferencesFor({ tlsPort, plainPort }: SitePorts): Record<string, string | number> {
  return {
    // 0: no proxy, whatever the system says.
    'network.proxy.type': 0,
    'network.dns.localDomains': blogHosts.join(','),
    'network.socket.forcePort': `443=${tlsPort};80=${plainPort}`,
  };
}

/**
 * Firefox gives each add-on a random host for its pages; a fixed one lets a test know it
 * beforehand.
 *
 * @returns add-on id → UUID
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

/** Installs the folders in their order; the first id is that of our extension. */
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

/** Runs `setUp`; when it fails the browser is closed before the error goes on. */
async function closingOnError<T>(browser: Browser, setUp: () => Promise<T>): Promise<T> {
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
