/** A stand-in for the extension API: storage that can fail, messages that a test answers, events. */
import { vi } from 'vitest';
import type { Family } from '../../src/platform/browser.ts';
import { FakeStorage } from './background/fake-storage.ts';

export interface FakeBrowserOptions {
  family?: Family;
  /** `storage.local` */
  local?: FakeStorage;
  /** What becomes of a message that is sent; by default nobody answers. */
  answer?: (message: never) => Promise<unknown>;
  /** Whether the reader grants a permission that is asked for. */
  isGranting?: boolean;
  /** The history's answer to a search for a text. */
  search?: (text: string) => Promise<object[]>;
}

type Changes = Record<string, { newValue?: unknown }>;

export class FakeBrowser {
  readonly local: FakeStorage;
  /** `storage.sync` */
  readonly account = new FakeStorage();
  /** All messages that were sent. */
  readonly sent: unknown[] = [];
  /** undefined once the extension is gone from under a page. */
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

  /** Tells every listener that something was stored, without storing it. */
  change(values: Record<string, unknown>, area = 'local'): void {
    const changes = Object.entries(values).map(([key, newValue]) => [key, { newValue }]);
    for (const listener of this.#changed) listener(Object.fromEntries(changes) as Changes, area);
  }

  /** What scripts see as `browser`. */
  get api() {
    const { family = 'chromium', answer } = this.options;
    const scheme = { chromium: 'chrome', firefox: 'moz' }[family];
    const id = () => this.id;
    return {
      i18n: { getUILanguage: () => 'zh-CN' },
      extension: { inIncognitoContext: false },
      runtime: {
        get id() {
          return id();
        },
        getURL: (path: string) => `${scheme}-extension://ours/${path}`,
        sendMessage: (message: unknown) => {
          this.sent.push(message);
          if (answer) return answer(message as never);
          return Promise.reject(new Error('The message port closed'));
        },
      },
      permissions: this.permissions,
      history: this.history,
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

/** Makes a browser the global one, until `vi.unstubAllGlobals()`. */
export function stubBrowser(options: FakeBrowserOptions = {}): FakeBrowser {
  const browser = new FakeBrowser(options);
  vi.stubGlobal('browser', browser.api);
  return browser;
}
