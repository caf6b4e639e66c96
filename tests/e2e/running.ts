/**
 * The browsers that tests run in. Starting one costs several seconds of processor time, so the tests of
 * a worker share one of each kind, and each stage installs the extension in it again, without data.
 */
import { join } from 'node:path';
import {
  closeWelcome,
  closingOnError,
  launchChromium,
  launchFirefox,
  type Launched,
} from '../../scripts/browsers.ts';
import { type Site, startSite } from '../../scripts/sample/server.ts';

export const BROWSERS = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof BROWSERS)[number];

/** The options with which a browser is started. */
export interface Needs {
  /** The folder of the package. */
  extension: string;
  /** Switches of Chromium. */
  args?: readonly string[];
  /** Preferences of Firefox. */
  prefs?: Readonly<Record<string, string | number | boolean>>;
  /** See `FirefoxOptions`. */
  backgroundIdleMs?: number;
}

/** A browser with the extension, and the sample of the blog that it is on. */
export interface Running {
  launched: Launched;
  site: Site;
}

const PROBE = join(import.meta.dirname, 'probe');

/** The running browser of each kind, and its needs as JSON. */
const running = new Map<BrowserName, Running & { needs: string }>();

/** Vitest ends a worker with SIGTERM, and half a second later with SIGKILL. Browsers must end before that. */
process.once('SIGTERM', () => {
  for (const { launched } of running.values()) launched.browser.process()?.kill('SIGKILL');
});

/**
 * Returns a browser in which the extension has just been installed, on the sample of the blog. A
 * running browser is used again if it was started with the same needs and still works; otherwise
 * it is closed. The last browser is closed when the process ends.
 */
export async function runBrowser(name: BrowserName, needs: Needs): Promise<Running> {
  const last = running.get(name);
  const wanted = JSON.stringify(needs);
  if (last?.needs === wanted && (await reinstall(last, needs))) return last;
  await last?.launched.close().catch(() => undefined);
  await last?.site.close();
  running.delete(name);
  const site = await startSite();
  const open = () => openBrowser(name, needs, site);
  // In a few starts of Firefox its driver never sees our first page. A page that is really missing fails twice.
  const next = { launched: await open().catch(open), site };
  running.set(name, { ...next, needs: wanted });
  return next;
}

/** Starts a browser and waits for our first page. If that does not come, closes the browser and rejects. */
async function openBrowser(name: BrowserName, needs: Needs, site: Site): Promise<Launched> {
  const { extension, args = [], prefs = {}, backgroundIdleMs } = needs;
  const common = { site, headless: true, extension: [extension, PROBE] };
  const launched =
    name === 'chromium'
      ? await launchChromium({ ...common, args })
      : await launchFirefox({
          ...common,
          prefs,
          ...(backgroundIdleMs === undefined ? {} : { backgroundIdleMs }),
        });
  await closingOnError(launched.browser, () => closeWelcome(launched));
  return launched;
}

/**
 * Closes all pages and installs the extension again, which removes all that it has stored.
 *
 * @returns false if that failed, for example because the browser has ended
 */
async function reinstall({ launched }: Running, { extension }: Needs): Promise<boolean> {
  const { browser, extensionId } = launched;
  try {
    // A browser without a page may end.
    const blank = await browser.newPage();
    for (const page of await browser.pages()) {
      if (page !== blank) await page.close().catch(() => undefined);
    }
    await browser.uninstallExtension(extensionId);
    await browser.installExtension(extension);
    await closeWelcome(launched);
    return true;
  } catch {
    return false;
  }
}

/** Launches Chromium on the sample with only the probe, to see what the pages do without our extension. */
export function launchBare(site: Site): Promise<Launched> {
  return launchChromium({ site, headless: true, extension: PROBE });
}
