// @vitest-environment jsdom
/** When features start and end, and that an error in one of them stops no other. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type Feature,
  type FeatureContext,
  ORPHANED,
  type Page,
} from '../../../src/content/feature.ts';
import { runFeatures } from '../../../src/content/registry.ts';
import { rememberHost } from '../../../src/content/remember-host.ts';
import { DEFAULTS, type Settings } from '../../../src/app/settings.ts';
import { stubBrowser } from '../fake-browser.ts';

/** The parts of the live record that the registry uses. */
class FakeLive {
  isLoaded = false;
  settings: Settings = DEFAULTS;
  readonly #listeners = new Set<() => void>();

  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
    if (this.isLoaded) listener();
  }

  /** Tells that stored values were read or changed, and waits for the tasks that this schedules. */
  change(settings: Partial<Settings> = {}): void {
    this.isLoaded = true;
    this.settings = { ...this.settings, ...settings };
    for (const listener of this.#listeners) listener();
    this.afterChange();
    vi.runAllTimers();
  }

  /** Called in the task that handles a change. */
  afterChange: () => void = () => undefined;
}

const PAGE = { kind: 'post' } as Page;

function run(features: Record<string, Feature>, live = new FakeLive()) {
  const controller = new AbortController();
  runFeatures(features, { ...PAGE, live } as unknown as Page, live, controller.signal);
  return { live, controller };
}

/** A feature that records its starts, its ends and its callbacks in `events`. */
function noting(rest: Partial<Feature>, events: string[], name = 'feature'): Feature {
  return {
    kinds: ['post'],
    ...rest,
    init({ onChange }, signal) {
      events.push(`${name} starts`);
      onChange(() => events.push(`${name} is called back`));
      signal.addEventListener('abort', () =>
        events.push(`${name} ends${signal.reason === ORPHANED ? ', orphaned' : ''}`),
      );
    },
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a feature', () => {
  it('without a setting runs from the start', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({}, events) });
    expect(events).toEqual(['feature starts']);
    live.change();
    expect(events).toEqual(['feature starts', 'feature is called back']);
  });

  it('runs on its kinds of page only', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({ kinds: ['listing', 'archive'] }, events) });
    live.change();
    expect(events).toEqual([]);
  });

  it('with a setting starts when the settings have been read', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({ setting: 'previews' }, events) });
    expect(events).toEqual([]);
    live.change();
    expect(events).toEqual(['feature starts', 'feature is called back']);
  });

  it('that is switched off never starts', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({ setting: 'previews' }, events) });
    live.change({ previews: false });
    expect(events).toEqual([]);
  });

  it('that takes up room starts before the settings have been read, and ends if it is off', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({ setting: 'postLines', isEarly: true }, events) });
    expect(events).toEqual(['feature starts']);
    live.change({ postLines: false });
    expect(events).toEqual(['feature starts', 'feature ends']);
  });

  it('that runs already is filled in, and may be painted, before others start', () => {
    const events: string[] = [];
    const { live } = run({
      mentions: noting({ setting: 'mentions' }, events, 'mentions'),
      line: noting({ setting: 'postLines', isEarly: true }, events, 'line'),
    });
    live.afterChange = () => events.push('the task ends');
    live.change();
    expect(events).toEqual([
      'line starts',
      'line is called back',
      'the task ends',
      'mentions starts',
      'mentions is called back',
    ]);
  });

  it('ends and starts with its setting, at once on an open page', () => {
    const events: string[] = [];
    const { live } = run({ feature: noting({ setting: 'mentions' }, events) });
    live.change();
    live.change({ mentions: false });
    live.change({ language: 'en' });
    live.change({ mentions: true });
    expect(events).toEqual([
      'feature starts',
      'feature is called back',
      'feature ends',
      'feature starts',
      'feature is called back',
    ]);
  });

  it('starts again when a setting changes that it reads, and only then', () => {
    const events: string[] = [];
    const feature = noting({ setting: 'linkMarks', options: ['sidebarLinks'] }, events);
    const { live } = run({ feature });
    live.change();
    live.change({ previews: false });
    expect(events.filter((event) => event.endsWith('starts'))).toHaveLength(1);
    live.change({ sidebarLinks: true });
    expect(events.slice(-3)).toEqual(['feature ends', 'feature starts', 'feature is called back']);
  });

  it('is not called back after its end', () => {
    const callback = vi.fn();
    const feature: Feature = {
      setting: 'badge',
      kinds: ['post'],
      init: ({ onChange }) => onChange(callback),
    };
    const { live } = run({ feature });
    live.change({ badge: true });
    live.change({ badge: false });
    live.change();
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('learns from its signal that the extension is gone', () => {
    const events: string[] = [];
    const { controller } = run({ feature: noting({}, events) });
    controller.abort(ORPHANED);
    expect(events.at(-1)).toBe('feature ends, orphaned');
  });
});

it('an open page does not take back the host of the blog that another page has stored since', () => {
  const browser = stubBrowser({ answer: async () => ({ value: { ok: true } }) });
  vi.stubGlobal('location', new URL('https://spaces.ac.cn/archives/1'));
  const { live } = run({ rememberHost });
  live.change({ host: 'spaces.ac.cn' });
  live.change({ host: 'kexue.fm' });
  expect(browser.sent).toEqual([]);
});

describe('an error', () => {
  it.each<[where: string, init: (context: FeatureContext) => void]>([
    [
      'while a feature starts',
      () => {
        throw new Error('broken');
      },
    ],
    [
      'while it is called back',
      ({ onChange }) =>
        onChange(() => {
          throw new Error('broken');
        }),
    ],
  ])('%s is reported by its name and stops no other', (_, init) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const events: string[] = [];
    const { live } = run({
      first: noting({}, events, 'first'),
      broken: { kinds: ['post'], init },
      second: noting({}, events, 'second'),
      late: noting({ setting: 'previews' }, events, 'late'),
    });
    live.change();
    live.change();
    for (const name of ['first', 'second', 'late']) {
      expect(events.filter((event) => event === `${name} starts`)).toHaveLength(1);
      expect(events.filter((event) => event === `${name} is called back`)).toHaveLength(2);
    }
    expect(report).toHaveBeenCalledWith('[科学空间伴读]', 'broken', new Error('broken'));
  });
});
