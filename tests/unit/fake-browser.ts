/** A fake extension API: storage that can fail, messages that a test answers, events. */
import { vi } from 'vitest';
import type { Family } from '../../src/platform/browser.ts';
import { FakeStorage } from './background/fake-storage.ts';

export interface FakeBrowserOptions {
  family?: Family;
  /** `storage.local` */
  local?: FakeStorage;
  /** Answers a message; by default there is no answer. */
  answer?: (message: never) => Promise<unknown>;
  /** `homepage_url` of the manifest. */
  homePage?: string;
  /** Whether the reader grants requested permissions. */
  isGranting?: boolean;
  /** Whether its windows are private. */
  isPrivate?: boolean;
  /** Whether it is Firefox for Android, which has fewer parts of the API. */
  isPhone?: boolean;
  /** Answers `history.search` for a text. */
  search?: (text: string) => Promise<object[]>;
}

type Changes = Record<string, { newValue?: unknown }>;

export class FakeBrowser {
  readonly local: FakeStorage;
  /** `storage.sync` */
  readonly account = new FakeStorage();
  /** All messages that were sent. */
  readonly sent: unknown[] = [];
  /** `runtime.id`; undefined after the removal of the extension. */
  id: string | undefined = 'ours';
  readonly permissions;
  readonly history;
  readonly #changed = new Set<(changes: Changes, area: string) => void>();

  constructor(readonly options: FakeBrowserOptions) {
    const { local = new FakeStorage(), isGranting = true, search = async () => [] } = options;
    this.local = local;
    this.permissions = {
      request: vi.fn(async (_asked: object) => isGranting),
      remove: vi.fn(async (_asked: object) => true),
    };
    this.history = { search: vi.fn(({ text }: { text: string }) => search(text)) };
  }

  /** Notifies every listener of stored values, without storing them. */
  change(values: Record<string, unknown>, area = 'local'): void {
    const changes = Object.entries(values).map(([key, newValue]) => [key, { newValue }]);
    for (const listener of this.#changed) listener(Object.fromEntries(changes) as Changes, area);
  }

  /** The object that scripts see as `browser`. */
  get api() {
    const { family = 'chromium', answer } = this.options;
    const scheme = { chromium: 'chrome', firefox: 'moz' }[family];
    const id = () => this.id;
    return {
      i18n: { getUILanguage: () => 'zh-CN' },
      extension: { inIncognitoContext: this.options.isPrivate ?? false },
      runtime: {
        get id() {
          return id();
        },
        getManifest: () => ({ version: '0.1.0', homepage_url: this.options.homePage ?? '' }),
        getURL: (path: string) => `${scheme}-extension://ours/${path}`,
        sendMessage: (message: unknown) => {
          this.sent.push(message);
          if (answer) return answer(message as never);
          return Promise.reject(new Error('The message port closed'));
        },
      },
      permissions: this.permissions,
      ...(this.options.isPhone ? {} : { commands: {}, history: this.history }),
      storage: {
        local: this.local,
        sync: this.account,
        onChanged: {
          addListener: (listener: (changes: Changes, area: string) => void) =>
            this.#changed.add(listener),
          removeListener: (listener: (changes: Changes, area: string) => void) =>
            this.#changed.delete(listener),
        },
      },
    };
  }
}

/** Installs a fake browser as the global one, until `vi.unstubAllGlobals()`. */
export function stubBrowser(options: FakeBrowserOptions = {}): FakeBrowser {
  const browser = new FakeBrowser(options);
  vi.stubGlobal('browser', browser.api);
  return browser;
}
