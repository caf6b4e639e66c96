// @vitest-environment jsdom
/** Which marks a visit to a post makes, and what ends it. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { visit } from '../../../src/content/visit.ts';
import type { Entry, Mark } from '../../../src/record/marks.ts';
import { trustEvents } from '../reader.ts';
import { stubPlatform, type TestPage, testPage } from './page.ts';

const OWN = 12;
let controller: AbortController;
let acts = 0;
beforeAll(trustEvents);
beforeEach(() => {
  stubPlatform();
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance'] });
  vi.stubGlobal('browser', { runtime: { id: 'ours' }, extension: { inIncognitoContext: false } });
  // Vitest's copy of the window's function does not have what trustEvents does.
  vi.stubGlobal('addEventListener', (...listening: [string, EventListener, object]) =>
    document.addEventListener(...listening),
  );
  // In jsdom pages are hidden, and nothing has a size.
  vi.spyOn(Document.prototype, 'visibilityState', 'get').mockReturnValue('visible');
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return this.matches('[hidden]') ? new DOMRect() : new DOMRect(0, 100, 600, 400);
  });
  Range.prototype.getBoundingClientRect = () => new DOMRect(0, 100, 600, 20);
  controller = new AbortController();
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Opens a post that fits in the window: reading it takes 20 s. */
function begin(marks: Record<number, Mark> = {}, ending = ''): TestPage {
  document.body.innerHTML = `<h1><a href="https://kexue.fm/archives/12">题名</a></h1>
    <div class="PostContent"><p>第一段。</p><p>第二段。</p>${ending}</div>`;
  const [title, article] = ['h1', '.PostContent'].map((each) => document.querySelector(each)!);
  const page = testPage({ ownId: OWN, postPage: { title: title!, article }, marks });
  visit.init(page.context, controller.signal);
  return page;
}

/** Lets seconds pass while the reader moves the pointer. */
async function stay(page: TestPage, seconds: number, areMarksStored = true): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    document.dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(1_000);
    if (areMarksStored) for (const { answer } of page.acts.splice(0)) answer({ ok: true });
  }
}

const markOn = (page: TestPage) => page.context.live.record.get(OWN)?.mark;

/** What the reader does with the mark, here or on another page. */
function mark(page: TestPage, given: Mark): void {
  (page.context.live.record as Map<number, Entry>).set(OWN, {
    mark: given,
    stamp: { time: 100 + acts++, tick: 0, device: 'a' },
  });
  page.store({});
}

describe('a visit', () => {
  it('marks a post as read', async () => {
    const page = begin();
    await stay(page, 30);
    expect(markOn(page)).toMatchObject({ kind: 'read', by: 'reading' });
  });

  it.each<Mark>([{ kind: 'unread' }, { kind: 'later' }])(
    'changes no mark that the reader has given meanwhile: $kind',
    async (given) => {
      const page = begin();
      await stay(page, 5);
      mark(page, given);
      await stay(page, 60);
      expect(markOn(page)).toEqual(given);
    },
  );

  it.each<Mark>([{ kind: 'unread' }, { kind: 'later' }])(
    'does not mark a post as read again when the reader has taken that back: $kind',
    async (given) => {
      const page = begin();
      await stay(page, 30);
      expect(markOn(page)?.kind).toBe('read');
      mark(page, given);
      await stay(page, 60);
      expect(markOn(page)).toEqual(given);
      expect(page.context.progress.value).toBe(0);
    },
  );

  it('does not mark a post as read again when that was undone', async () => {
    const page = begin({ [OWN]: { kind: 'reading', fraction: 0.5 } });
    await stay(page, 30);
    expect(markOn(page)?.kind).toBe('read');
    mark(page, { kind: 'reading', fraction: 0.95 });
    await stay(page, 60);
    expect(markOn(page)).toEqual({ kind: 'reading', fraction: 0.95 });
  });

  it('goes on if a mark of it could not be stored', async () => {
    const page = begin();
    while (page.acts.length === 0) await stay(page, 1, false);
    (page.context.live.record as Map<number, Entry>).delete(OWN);
    page.store({});
    page.acts.pop()?.answer({ ok: false, why: 'full' });
    await stay(page, 30);
    expect(markOn(page)?.kind).toBe('read');
  });

  it('counts where the article ends with something that is not shown', async () => {
    const page = begin({}, '<div hidden></div>');
    await stay(page, 30);
    expect(markOn(page)?.kind).toBe('read');
  });
});
