// @vitest-environment jsdom
/** When the text of a post is kept: after 20 s of active time or after a mark, never in a private window. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepTexts } from '../../../src/content/keep-texts.ts';
import type { Entry, Mark } from '../../../src/record/marks.ts';
import { trustEvents } from '../reader.ts';
import { stubPlatform, type TestPage, testPage } from './page.ts';

const OWN = 12;
let controller: AbortController;
let sent: { type: string; text?: { title: string; day: string; blocks: { text: string }[] } }[];
let answers: Record<string, unknown>;
let isPrivate: boolean;
beforeAll(trustEvents);
beforeEach(() => {
  stubPlatform();
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'performance', 'requestIdleCallback'] });
  vi.stubGlobal('requestIdleCallback', (work: () => void) => setTimeout(work, 1));
  [sent, answers, isPrivate] = [[], {}, false];
  const api = {
    runtime: {
      id: 'ours',
      sendMessage: async (message: (typeof sent)[number]) => {
        sent.push(message);
        return { value: message.type in answers ? answers[message.type] : { ok: true } };
      },
    },
    extension: {
      get inIncognitoContext() {
        return isPrivate;
      },
    },
  };
  vi.stubGlobal('browser', api);
  // Vitest's copy of the window's function does not have what trustEvents does.
  vi.stubGlobal('addEventListener', (...listening: [string, EventListener, object]) =>
    document.addEventListener(...listening),
  );
  // In jsdom pages are hidden.
  vi.spyOn(Document.prototype, 'visibilityState', 'get').mockReturnValue('visible');
  answers['isTextKept'] = false;
  controller = new AbortController();
  document.body.innerHTML = `<h1><a href="https://kexue.fm/archives/12">题名</a></h1>
    <div class="PostContent"><p>第一段。</p><p>第二段。</p></div>`;
});
afterEach(() => {
  controller.abort();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function begin(change: Partial<TestPage['context']> = {}): TestPage {
  const [title, article] = ['h1', '.PostContent'].map((each) => document.querySelector(each)!);
  const page = testPage({ ownId: OWN, postPage: { title: title!, article } });
  keepTexts.init({ ...page.context, ...change }, controller.signal);
  return page;
}

/** Lets seconds pass while the reader moves the pointer now and then. */
async function stay(seconds: number, isTouching = true): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    if (isTouching) document.dispatchEvent(new Event('pointermove'));
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

const kept = () => sent.filter(({ type }) => type === 'keepText').map(({ text }) => text);
const mark = (page: TestPage, given: Mark) => {
  (page.context.live.record as Map<number, Entry>).set(OWN, {
    mark: given,
    stamp: { time: 99, tick: 0, device: 'a' },
  });
  page.store({});
};

describe('the text of a post', () => {
  it('is kept once, after 20 s of the reader’s time', async () => {
    begin();
    await stay(15);
    expect(kept()).toEqual([]);
    await stay(60);
    expect(kept()).toEqual([
      expect.objectContaining({ id: OWN, title: '长路（二）：途中', day: '2026-01-02' }),
    ]);
    expect(kept()[0]?.blocks.map(({ text }) => text)).toEqual(['第一段。', '第二段。']);
  });

  it('is not kept if nobody touches the page', async () => {
    begin();
    await stay(60, false);
    expect(kept()).toEqual([]);
  });

  it('is kept at once with a mark, and not with the mark that it had before or that is taken back', async () => {
    const page = begin();
    await stay(2);
    mark(page, { kind: 'unread' });
    await stay(2);
    expect(kept()).toEqual([]);
    controller.abort();
    controller = new AbortController();
    const other = begin();
    mark(other, { kind: 'later' });
    await stay(2);
    expect(kept()).toHaveLength(1);
  });

  it('is neither kept nor compared in a private window or of a translated page', async () => {
    isPrivate = true;
    mark(begin(), { kind: 'later' });
    await stay(30);
    expect(sent).toEqual([]);
    isPrivate = false;
    answers['isTextKept'] = true;
    mark(begin({ isTranslated: () => true }), { kind: 'later' });
    await stay(30);
    expect(sent.map(({ type }) => type)).toEqual(['isTextKept']);
  });
});

describe('a post that is kept', () => {
  const change = { before: '旧', after: '新', place: { at: 0, print: 0 } };

  it('says what changed until the reader has seen it', async () => {
    answers['isTextKept'] = true;
    answers['compareText'] = { count: 1, changes: [change] };
    const { context } = begin();
    let shown: unknown;
    context.changed.follow((changed) => (shown = changed), controller.signal);
    await stay(3);
    expect(shown).toMatchObject({ count: 1, changes: [change] });
    (shown as { see: () => void }).see();
    expect(shown).toBeUndefined();
    expect(sent.at(-1)).toEqual({ type: 'seeText', id: OWN });
  });

  it('says nothing if nothing changed, or if nobody answers', async () => {
    answers['isTextKept'] = true;
    for (const answer of [{ count: 0, changes: [] }, null]) {
      answers['compareText'] = answer;
      const { context } = begin();
      await stay(3);
      context.changed.follow((changed) => expect(changed).toBeUndefined(), controller.signal);
    }
  });
});
