// @vitest-environment jsdom
/** The whole library in a fake browser whose answers a test sets. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '../../../src/app/messages.ts';
import { bundledCatalogue } from '../../../src/catalogue/bundled.ts';
import { decodeDiscovered, encodeDiscovered } from '../../../src/catalogue/discovered/codec.ts';
import { type SavedPlan } from '../../../src/catalogue/plans/planner.ts';
import { encodePlans } from '../../../src/catalogue/plans/codec.ts';
import { exportFile } from '../../../src/exchange/record-file.ts';
import { packList } from '../../../src/exchange/share.ts';
import { startLibrary } from '../../../src/library/library.ts';
import { encodeBackup } from '../../../src/record/backups.ts';
import { encodeRecord } from '../../../src/record/codec.ts';
import type { Mark } from '../../../src/record/marks.ts';
import { encodeStep } from '../../../src/record/undo-steps.ts';
import { click, compose, endComposition, pressKey, trustEvents, type } from '../reader.ts';
import { pageWordsIn } from '../../../src/ui/words/pages.ts';
import { words } from './context.ts';

const english = pageWordsIn('en');
const AT = Date.UTC(2026, 9, 1, 12);
const FULL: Answer = { ok: false, why: 'full' };

interface Message {
  type: string;
  id?: string;
  [field: string]: unknown;
}

type Listener = (given: object, sender: object, respond: (reply: unknown) => void) => unknown;

let stored: Record<string, unknown>;
/** The keys of every read. */
let reads: string[][];
let sent: Message[];
/** The next answers to messages of a type; further messages are answered with `ok`. */
let answers: Record<string, Answer[]>;
let tell: (changes: Record<string, { newValue: unknown }>, area: string) => void;
/** Sends a message to the library, as the page at this address; undefined if it does not answer. */
let receive: (given: object, url: string) => Promise<unknown>;
/** The reply to the question which texts are kept. */
let keptPosts: object;
/** The reply to a search in the kept texts. */
let found: object;
/** The calls that bring a tab or a window to the front. */
let activated: unknown[];
/** `browser.extension`, which says whether the window is private. */
let extension: { inIncognitoContext: boolean };

beforeAll(trustEvents);
beforeEach(() => {
  vi.stubGlobal('scrollTo', () => undefined);
  [stored, reads, sent, answers] = [{ settings: { language: 'zh-CN' } }, [], [], {}];
  keptPosts = { value: { posts: [], trouble: null } };
  found = { value: { hits: [], count: 0 } };
  activated = [];
  extension = { inIncognitoContext: false };
  receive = async () => undefined;
  const listeners = new Set<typeof tell>();
  tell = (...change) => listeners.forEach((listener) => listener(...change));
  vi.stubGlobal('browser', {
    runtime: {
      id: 'ours',
      getManifest: () => ({ version: '0.1.0', homepage_url: 'https://github.invalid/o/r' }),
      getURL: (path: string) => `chrome-extension://ours/${path}`,
      onMessage: {
        addListener: (listener: Listener) => {
          receive = (given, url) =>
            new Promise((respond) => {
              if (listener(given, { id: 'ours', url }, respond) !== true) respond(undefined);
            });
        },
      },
      sendMessage: async (message: Message) => {
        sent.push(message);
        if (message.type === 'deviceName') return { value: 'device12' };
        if (message.type === 'sync') return { refused: true };
        if (message.type === 'keptPosts') return keptPosts;
        if (message.type === 'findTexts') return found;
        return { value: answers[message.type]?.shift() ?? { ok: true, step: message.id } };
      },
    },
    tabs: {
      getCurrent: async () => ({ id: 7, windowId: 3 }),
      update: async (...all: unknown[]) => void activated.push(all),
    },
    windows: { update: async (...all: unknown[]) => void activated.push(all) },
    extension,
    i18n: { getUILanguage: () => 'zh-CN' },
    storage: {
      local: {
        get: async (keys: string[]) => {
          reads.push([...keys]);
          return Object.fromEntries(keys.map((key) => [key, stored[key]]));
        },
      },
      onChanged: {
        addListener: (listener: typeof tell) => listeners.add(listener),
        removeListener: (listener: typeof tell) => listeners.delete(listener),
      },
    },
  });
});
afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const go = async (view: string) => {
  location.hash = `#${view}`;
  await vi.waitFor(() => expect(document.documentElement.dataset['ready']).toBe(view));
  await settled();
};
const open = async (view: string) => {
  delete document.documentElement.dataset['ready'];
  location.hash = `#${view}`;
  startLibrary(document.body);
  await go(view);
};
const change = (values: Record<string, unknown>) => {
  Object.assign(stored, values);
  const changes = Object.entries(values).map(([key, newValue]) => [key, { newValue }] as const);
  tell(Object.fromEntries(changes), 'local');
};
const control = (key: string) => document.querySelector<HTMLElement>(`main [data-key="${key}"]`);
const press = async (key: string) => {
  click(control(key));
  await settled();
};
/** Presses a control as a key does, which leaves the focus on it. */
const pressFocused = async (key: string) => {
  control(key)?.focus();
  await press(key);
};
const focused = () => document.activeElement?.getAttribute('data-key');
const toast = () => document.querySelector('.toast .text')?.textContent;
const pressToast = async () => {
  click(document.querySelector('.toast button'));
  await settled();
};
const ofType = (type: string) => sent.filter((message) => message.type === type);
const entry = (mark: Mark, time = AT) => ({ mark, stamp: { time, tick: 0, device: 'other123' } });
const paste = async (text: string) => {
  await press('import-paste');
  type(control('import-text') as HTMLTextAreaElement, text);
  await press('import-look');
};

describe('a view', () => {
  const record = () => encodeRecord(new Map([[9708, entry({ kind: 'later' })]]));

  it('follows changes while it is shown, without reading the storage again', async () => {
    await open('record');
    expect(document.body.textContent).toContain(words.record.text(0, '').trim());
    reads = [];
    change({ record: record(), 'undo-00': [] });
    await settled();
    expect(reads).toEqual([]);
    expect(document.body.textContent).toContain(words.record.text(1, '').trim());
  });

  it('reads and draws nothing while it is hidden, and is current when it is shown again', async () => {
    await open('record');
    const view = document.querySelector('main > *');
    const before = view?.textContent;
    await go('settings');
    reads = [];
    change({ record: record(), 'undo-00': [], 'backup-0': 'x' });
    await settled();
    expect(reads).toEqual([]);
    expect(view?.textContent).toBe(before);
    await go('record');
    expect(document.body.textContent).toContain(words.record.text(1, '').trim());
  });
});

describe('kept texts', () => {
  const posts = [9708, 9119, 8265].map((id) => ({
    id,
    title: '题',
    day: '',
    length: 9,
    bytes: 9_000,
    readAt: AT,
    changedAt: [],
    changed: 0,
  }));

  it('are not said to be none if the background does not answer', async () => {
    keptPosts = { refused: true };
    await open('record');
    expect(document.body.textContent).not.toContain(words.record.textsAbout(0, ''));
    expect(document.body.textContent).toContain(words.record.textsTrouble.unanswered);
  });

  it('are those of now when the reader comes back to the library', async () => {
    keptPosts = { value: { posts, trouble: null } };
    await open('record');
    expect(document.body.textContent).toContain(words.record.textsAbout(3, '27 kB'));
    keptPosts = { value: { posts: [], trouble: null } };
    window.dispatchEvent(new Event('focus'));
    await settled();
    expect(document.body.textContent).toContain(words.record.textsAbout(0, ''));
  });

  it('are not shown in the list any more after they were forgotten', async () => {
    const passage = [{ text: '记着的一段', isFormula: false, isHit: true }];
    const hit = { id: 9708, title: '题', day: '', passage, place: { at: 0, print: 0 } };
    found = { value: { hits: [hit], count: 1 } };
    await open('list');
    location.hash = '#list?q=梯度';
    await vi.waitFor(() => expect(document.body.textContent).toContain('记着的一段'));
    await go('record');
    found = { value: { hits: [], count: 0 } };
    history.back();
    await vi.waitFor(() => expect(location.hash).toContain('list'));
    await settled();
    expect(document.body.textContent).not.toContain('记着的一段');
  });

  it('leave the focus near the one that was forgotten', async () => {
    keptPosts = { value: { posts, trouble: null } };
    await open('record');
    await press('texts');
    const forget = async (id: number) => {
      control(`forget-text-${id}`)?.focus();
      const { posts: left } = (keptPosts as { value: { posts: typeof posts } }).value;
      keptPosts = { value: { posts: left.filter((post) => post.id !== id), trouble: null } };
      await press(`forget-text-${id}`);
      return (document.activeElement as HTMLElement).dataset['key'];
    };
    expect(await forget(9119)).toBe('forget-text-8265');
    expect(await forget(8265)).toBe('forget-text-9708');
    expect(await forget(9708)).toBe('import-file');
  });

  it('are all forgotten only after a second question, and a cancelled one gives the focus back', async () => {
    keptPosts = { value: { posts, trouble: null } };
    await open('record');
    await pressFocused('forget-texts');
    expect(focused()).toBe('forget-texts-cancel');
    expect(control('forget-texts-now')?.textContent).toBe(words.record.forgetTextsNow(3));
    await press('forget-texts-cancel');
    expect(focused()).toBe('forget-texts');
    expect(ofType('forgetTexts')).toEqual([]);
    await press('forget-texts');
    keptPosts = { value: { posts: [], trouble: null } };
    await pressFocused('forget-texts-now');
    expect(ofType('forgetTexts')).toMatchObject([{ ids: 'all' }]);
    expect(control('forget-texts-now')).toBeNull();
    expect(focused()).toBe('import-file');
  });

  it('are said to be neither kept nor shown in a private window', async () => {
    await open('record');
    expect(document.body.textContent).toContain(words.record.textsAbout(0, ''));
    document.body.replaceChildren();
    extension.inIncognitoContext = true;
    await open('record');
    expect(document.body.textContent).not.toContain(words.record.textsAbout(0, ''));
    expect(document.body.textContent).toContain(words.record.textsPrivate);
  });
});

describe('kept texts that are switched off', () => {
  it('are not promised to be kept', async () => {
    stored['settings'] = { language: 'en', keepTexts: false };
    await open('record');
    const row = document.querySelector('[role="group"][aria-label="Texts you read"] .about');
    expect(row?.textContent).toBe(english.record.textsOff);
    expect(row?.textContent).not.toContain(english.record.textsAbout(0, ''));
  });
});

describe('an import of a list', () => {
  it('sends marks, to which the background adds stamps', async () => {
    await open('record');
    await paste('https://kexue.fm/archives/9708 https://kexue.fm/archives/10122');
    await press('import-take');
    expect(ofType('mark')).toEqual([
      {
        type: 'mark',
        id: expect.any(String),
        source: 'import',
        changes: [
          { post: 9708, mark: { kind: 'later' } },
          { post: 10122, mark: { kind: 'later' } },
        ],
      },
    ]);
    expect(toast()).toBe(words.record.merged);
    expect(control('import-take')).toBeNull();
  });

  it('stays on the page if it is not stored, and is retried as the same act', async () => {
    answers['mark'] = [FULL];
    await open('record');
    await paste('9708');
    await press('import-take');
    expect(toast()).toBe(words.notSaved.full);
    expect(control('import-take')).not.toBeNull();
    await pressToast();
    const [first, second] = ofType('mark');
    expect(second).toEqual(first);
    expect(toast()).toBe(words.record.merged);
  });
});

describe('the choice of a file', () => {
  it('is one button to a screen reader', async () => {
    await open('record');
    const named = [...document.querySelectorAll('main :is(button, input)')].filter((each) =>
      [each.textContent, each.getAttribute('aria-label')].includes(words.record.chooseFile),
    );
    expect(named).toHaveLength(1);
    expect(document.querySelector<HTMLElement>('main input[type="file"]')?.hidden).toBe(true);
  });
});

describe('what the reader is doing in an import', () => {
  const another = () =>
    change({ record: encodeRecord(new Map([[9119, entry({ kind: 'later' })]])) });

  it('goes on while a mark changes elsewhere', async () => {
    await open('record');
    await press('import-paste');
    const area = control('import-text') as HTMLTextAreaElement;
    type(area, '9708');
    another();
    await settled();
    expect(control('import-text')).toBe(area);
    expect(document.activeElement).toBe(area);
    type(area, '9708 10122');
    await press('import-look');
    await press('import-take');
    expect(ofType('mark')[0]?.['changes']).toHaveLength(2);
  });

  it('keeps the lists open that the reader has opened', async () => {
    await open('record');
    await paste('9708 10122');
    const list = document.querySelector('main details') as HTMLDetailsElement;
    list.open = true;
    another();
    await settled();
    expect(document.querySelector('main details')).toBe(list);
    expect(list.open).toBe(true);
  });
});

describe('an import of a file', () => {
  const { id: newest, date } = bundledCatalogue().newestBundled;
  const id = newest + 1;
  const discovered = new Map([[id, { id, title: '新文章', date, seen: date }]]);
  const file = () =>
    exportFile({ record: new Map([[9708, entry({ kind: 'later' })]]), discovered }, 'other123', AT);

  it('reports if its new posts are not stored, and can be retried completely', async () => {
    answers['mergeDiscovered'] = [FULL];
    await open('record');
    await paste(file());
    await press('import-take');
    expect(toast()).toBe(words.notSaved.full);
    expect(ofType('merge')).toEqual([]);
    await pressToast();
    expect(ofType('mergeDiscovered')).toHaveLength(2);
    expect(ofType('merge')).toMatchObject([{ source: 'import', entries: expect.any(String) }]);
    expect(toast()).toBe(words.record.merged);
  });

  it('is not offered if everything in it is here already', async () => {
    stored['record'] = encodeRecord(new Map([[9708, entry({ kind: 'later' })]]));
    stored['learned'] = encodeDiscovered(discovered);
    await open('record');
    await paste(file());
    expect(document.body.textContent).toContain(words.record.wouldChange(0, 0, 0, 1, 0));
    expect(control('import-take')).toBeNull();
  });
});

describe('the plans and settings of a file', () => {
  const plan = (goal: number, day: string): SavedPlan => ({
    goal,
    day,
    options: { reach: 'near', sameCategory: false },
    steps: [8265],
  });
  const ours = plan(9708, '2026-10-02');
  const paste3 = () =>
    paste(
      exportFile(
        {
          record: new Map(),
          discovered: new Map(),
          plans: [plan(9708, '2026-10-01'), plan(9728, '2026-10-01')],
          settings: { theme: 'dark', listingLines: true, unknown: 5 },
        },
        'other123',
        AT,
      ),
    );
  const checkbox = () => control('import-settings') as HTMLInputElement;

  it('are imported if there are no newer ones, and 撤销 undoes that', async () => {
    stored['plans'] = encodePlans([ours]);
    stored['settings'] = {};
    await open('record');
    await paste3();
    expect(document.body.textContent).toContain(words.record.plansToTake(1));
    expect(checkbox().checked).toBe(true);
    await press('import-take');
    expect(ofType('plans').map(({ change }) => change)).toEqual([
      { keep: plan(9728, '2026-10-01') },
    ]);
    expect(ofType('settings').map(({ settings }) => settings)).toEqual([{ theme: 'dark' }]);
    expect(toast()).toBe(words.record.merged);
    await pressToast();
    expect(ofType('plans').at(-1)).toMatchObject({ change: { drop: 9728 } });
    expect(ofType('settings').at(-1)).toMatchObject({ settings: { theme: 'auto' } });
  });

  it('do not replace settings that the reader has chosen here, unless they want that', async () => {
    await open('record');
    await paste3();
    expect(checkbox().checked).toBe(false);
    await press('import-take');
    expect(ofType('settings')).toEqual([]);
  });

  it('can be chosen and not chosen as often as the reader likes', async () => {
    await open('record');
    await paste3();
    for (const wanted of [true, false, true, false, true]) {
      checkbox().checked = wanted;
      checkbox().dispatchEvent(new Event('change', { bubbles: true }));
      await settled();
      expect(checkbox().checked).toBe(wanted);
    }
    await press('import-take');
    expect(ofType('settings').map(({ settings }) => settings)).toEqual([{ theme: 'dark' }]);
  });
});

describe('discovered posts', () => {
  /** A title is used if it was seen after the newest bundled post. */
  const SEEN = '2099-01-01';
  const { id: newest, date } = bundledCatalogue().newestBundled;
  const learned = encodeDiscovered(
    new Map([
      [9708, { id: 9708, seen: SEEN, ownTitle: '改过的题', refs: [9119] }],
      [newest + 1, { id: newest + 1, seen: SEEN, title: '新的一篇', date }],
    ]),
  );
  const openRow = async () => {
    stored['learned'] = learned;
    await open('record');
    await press('discovered');
  };

  it('are listed with their facts, the last first', async () => {
    await openRow();
    expect(document.body.textContent).toContain(words.record.discoveredAbout(2, 1));
    const items = [...document.querySelectorAll('main [data-key^="discovered-"]')];
    expect(items.map(({ textContent }) => textContent)).toEqual([
      `${SEEN}新的一篇标题 · 日期忘掉`,
      `${SEEN}改过的题标题 · 引用忘掉`,
    ]);
    const buttons = [...document.querySelectorAll('main [data-key^="forget-"][aria-label]')];
    expect(buttons.map((each) => each.getAttribute('aria-label'))).toEqual([
      '忘掉：新的一篇',
      '忘掉：改过的题',
    ]);
  });

  it('are deleted one by one or all at once, and 撤销 restores them', async () => {
    await openRow();
    await press(`forget-9708`);
    await press('forget-all');
    expect(ofType('forgetDiscovered').map(({ ids }) => ids)).toEqual([[9708], 'all']);
    expect(toast()).toBe(words.record.forgotten(2));
    await pressToast();
    expect(decodeDiscovered(ofType('mergeDiscovered')[0]?.['discovered'])).toEqual(
      decodeDiscovered(learned),
    );
  });

  it('leave the focus beside the one that was deleted', async () => {
    await openRow();
    await pressFocused(`forget-${newest + 1}`);
    change({
      learned: encodeDiscovered(new Map([[9708, { id: 9708, seen: SEEN, refs: [9119] }]])),
    });
    await settled();
    expect(focused()).toBe('forget-9708');
    await pressFocused('forget-9708');
    change({ learned: '' });
    await settled();
    // The row has no post any more. The next row begins with this button.
    expect(document.querySelector('[data-key="forget-all"]')).toBeNull();
    expect(document.activeElement?.closest('main')).not.toBeNull();
  });

  it('show an error if they cannot be deleted, and a retry', async () => {
    answers['forgetDiscovered'] = [FULL];
    await openRow();
    await press('forget-all');
    expect(toast()).toBe(words.notSaved.full);
    await pressToast();
    expect(ofType('forgetDiscovered')).toHaveLength(2);
    expect(toast()).toBe(words.record.forgotten(2));
  });
});

describe('the undo list', () => {
  const step = (number: number, undone: boolean) =>
    encodeStep({
      number,
      id: `step-${number}`,
      time: AT,
      kind: 'act',
      undone,
      before: new Map(),
      after: new Map([[9708, entry({ kind: 'later' })]]),
    });

  it('says how many steps can be undone', async () => {
    stored['undo-00'] = [step(0, false)];
    stored['undo-01'] = [step(1, true)];
    await open('record');
    expect(document.body.textContent).toContain(words.record.undoAbout(1));
    await press('steps');
    control('undo-step-0')?.focus();
    change({ 'undo-00': [step(0, true)] });
    await settled();
    expect(document.body.textContent).toContain(words.record.undoNone);
    expect((document.activeElement as HTMLElement).dataset['key']).toBe('steps');
    expect(control('step-step-0')?.textContent).toContain(words.record.undone);
  });

  it('has the focus at the next step that can be undone after one was undone', async () => {
    stored['undo-00'] = [step(0, false)];
    stored['undo-01'] = [step(1, false)];
    await open('record');
    await press('steps');
    await pressFocused('undo-step-1');
    change({ 'undo-01': [step(1, true)] });
    await settled();
    expect(focused()).toBe('undo-step-0');
  });
});

describe('a backup', () => {
  const backup = (marks: Record<number, Mark>, time = AT) =>
    encodeBackup({
      time,
      reason: 'week',
      number: 0,
      snapshot: encodeRecord(
        new Map(Object.entries(marks).map(([post, mark]) => [Number(post), entry(mark)])),
      ),
    });
  const show = async () => {
    stored['record'] = encodeRecord(new Map([[9708, entry({ kind: 'later' })]]));
    await open('record');
    await press('backups');
  };
  const text = (key: string) => control(key)?.textContent;
  /** The key of the button that restores the backup in slot 5. */
  const RESTORE = `restore-5-${AT}`;

  it('is restored only after a second question, which says how many posts it changes', async () => {
    stored['backup-5'] = backup({ 9119: { kind: 'later' } });
    await show();
    expect(control('backup-5')?.textContent).toContain(words.record.restoreChanges(2));
    await press(RESTORE);
    expect(ofType('restore')).toEqual([]);
    expect(text(`${RESTORE}-now`)).toBe(words.record.restoreNow(2));
    // If the reader presses once too often, the second press cancels.
    expect((document.activeElement as HTMLElement).dataset['key']).toBe(`${RESTORE}-cancel`);
    await press(`${RESTORE}-cancel`);
    expect(control(`${RESTORE}-now`)).toBeNull();
    expect((document.activeElement as HTMLElement).dataset['key']).toBe(RESTORE);
    await press(RESTORE);
    await press(`${RESTORE}-now`);
    expect(ofType('restore')).toMatchObject([{ slot: 5, time: AT }]);
    expect(toast()).toBe(words.record.restored);
    expect(control(`${RESTORE}-now`)).toBeNull();
  });

  it('asks with the number as it is by then', async () => {
    stored['backup-5'] = backup({ 9119: { kind: 'later' } });
    await show();
    await press(RESTORE);
    change({ record: encodeRecord(new Map([[9119, entry({ kind: 'later' })]])) });
    await settled();
    expect(control('backup-5')?.textContent).toContain(words.record.restoreChanges(0));
    expect(control(`${RESTORE}-now`)).toBeNull();
    change({
      record: encodeRecord(new Map([1, 2, 3].map((id) => [id, entry({ kind: 'later' })]))),
    });
    await settled();
    expect(text(`${RESTORE}-now`)).toBe(words.record.restoreNow(4));
  });

  it('that changes nothing asks nothing', async () => {
    stored['backup-5'] = backup({ 9708: { kind: 'later' } });
    await show();
    await press(RESTORE);
    expect(ofType('restore')).toHaveLength(1);
  });
});

describe('a request to show something', () => {
  const BACKGROUND = 'chrome-extension://ours/background.js';
  const ask = (fragment: unknown, url = BACKGROUND) =>
    receive({ type: 'showLibrary', fragment }, url);

  it('is shown here, in front', async () => {
    await open('record');
    expect(await ask('#list?mark=later')).toBe(true);
    await settled();
    expect(location.hash).toBe('#list?mark=later');
    expect(document.documentElement.dataset['ready']).toBe('list');
    expect(activated).toEqual([
      [7, { active: true }],
      [3, { focused: true }],
    ]);
  });

  it('shows the same list again after the reader has dismissed it', async () => {
    const packed = packList({ title: '一起读', ids: [8620, 8711] });
    await open('record');
    await ask(`#record?list=${packed}`);
    await settled();
    expect(control('import-take')).not.toBeNull();
    await press('import-cancel');
    expect(control('import-take')).toBeNull();
    await ask(`#record?list=${packed}`);
    await settled();
    expect(control('import-take')).not.toBeNull();
  });

  it('marks the post that it names, once', async () => {
    await open('list');
    await ask('#record?post=9708&mark=later');
    await settled();
    const marks = ofType('mark').map(({ changes }) => changes);
    expect(marks).toEqual([[{ post: 9708, mark: { kind: 'later' } }]]);
    expect(location.hash).toBe('#record');
    await ask('#record?post=9708&mark=unread');
    await ask('#record?post=0&mark=later');
    await settled();
    expect(ofType('mark')).toHaveLength(1);
  });

  it('is refused from a page of the blog, and if it is invalid', async () => {
    await open('record');
    for (const answer of [
      await ask('#plan', 'https://kexue.fm/'),
      await ask(5),
      await receive({ type: 'pageStatus' }, BACKGROUND),
    ])
      expect(answer).toBeUndefined();
    expect([location.hash, activated]).toEqual(['#record', []]);
  });
});

describe('the search field', () => {
  it('leaves the Enter and Escape that end a composition to the input method', async () => {
    await open('list');
    const field = document.querySelector<HTMLInputElement>('header input');
    field?.focus();
    for (const key of ['Enter', 'Escape', 'ArrowDown']) {
      // Chromium sends such an event after the composition has ended.
      expect(pressKey(key, { keyCode: 229 })).toBe(true);
      expect(document.activeElement).toBe(field);
    }
    for (const key of ['Enter', 'Escape', 'ArrowDown'])
      expect(pressKey(key, { shiftKey: true })).toBe(true);
    expect(document.activeElement).toBe(field);
    expect(pressKey('Enter')).toBe(false);
    expect(document.activeElement).not.toBe(field);
  });

  it('lists nothing as long as a composed word finds nothing, and keeps that word', async () => {
    await open('list');
    const field = document.querySelector('header input') as HTMLInputElement;
    const count = () => document.querySelector('.count')?.textContent;
    const all = count();
    compose(field, 'ㄓㄨˋ');
    change({ settings: { language: 'zh-CN', theme: 'dark' } });
    await settled();
    expect([field.value, count(), location.hash]).toEqual(['ㄓㄨˋ', all, '#list']);
    endComposition(field, '没有的东西');
    await settled();
    expect(location.hash).toContain('q=');
    expect(count()).not.toBe(all);
  });
});

describe('a setting', () => {
  const checkbox = () => control('listingLines') as HTMLInputElement;

  it('goes back to its old value if it is not stored, and can be retried', async () => {
    answers['settings'] = [FULL];
    await open('settings');
    checkbox().checked = false;
    checkbox().dispatchEvent(new Event('change', { bubbles: true }));
    await settled();
    expect([toast(), checkbox().checked]).toEqual([words.notSaved.full, true]);
    await pressToast();
    expect(ofType('settings').map(({ settings }) => settings)).toEqual([
      { listingLines: false },
      { listingLines: false },
    ]);
  });
});
