// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://kexue.fm/" }
/**
 * Scripts change a page while it is open. After any changes, our boxes, the marks on links, the links of named
 * posts and the answer to the popup must be those of a fresh start on the same page.
 */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { start } from '../../../src/content/registry.ts';
import { encodeRecord } from '../../../src/record/codec.ts';
import type { Entry, Mark } from '../../../src/record/marks.ts';
import { FakeStorage } from '../background/fake-storage.ts';
import { FakeBrowser } from '../fake-browser.ts';
import { PATIENCE, runs } from '../runs.ts';
import { seeded } from '../support.ts';
import { CATALOGUE, LATER, READ, stubPlatform } from './page.ts';

vi.mock('../../../src/catalogue/bundled.ts', () => ({ bundledCatalogue: () => CATALOGUE }));

const IDS = [11, 12, 13, 14, 20, 21];
/** After this time, all features have handled a change of the page. */
const SETTLED_MS = 1_600;
const HOST = '[data-kexue-companion]';

type Listener = (message: unknown, sender: object, respond: (answer: unknown) => void) => unknown;
const listeners = new Set<Listener>();

beforeAll(() => {
  const attach: unknown = Reflect.get(Element.prototype, 'attachShadow');
  vi.spyOn(Element.prototype, 'attachShadow').mockImplementation(function (this: Element) {
    return Reflect.apply(attach as typeof this.attachShadow, this, [{ mode: 'open' }]);
  });
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  stubPlatform();
  let sheets: unknown[] = [];
  Object.defineProperty(Document.prototype, 'adoptedStyleSheets', {
    configurable: true,
    get: () => sheets,
    set: (given: unknown[]) => (sheets = [...given]),
  });
  Object.defineProperty(ShadowRoot.prototype, 'adoptedStyleSheets', {
    configurable: true,
    get: () => [],
    set: () => undefined,
  });
  vi.stubGlobal('requestIdleCallback', () => 0);
  vi.stubGlobal('cancelIdleCallback', () => undefined);
  const local = new FakeStorage();
  const entry = (mark: Mark): Entry => ({
    mark,
    stamp: { time: Date.UTC(2026, 9, 1), tick: 0, device: 'aaaaaaaa' },
  });
  const record = new Map([
    [11, entry(READ)],
    [13, entry(LATER)],
    [21, entry(READ)],
  ]);
  local.values.set('record', encodeRecord(record));
  // 20 and 21 are newer than the last visit.
  local.values.set('stay', { at: Date.now(), seen: 21, before: 14 });
  const { api } = new FakeBrowser({
    local,
    answer: () => Promise.resolve({ value: { ok: true } }),
  });
  const onMessage = {
    addListener: (listener: Listener) => listeners.add(listener),
    removeListener: (listener: Listener) => listeners.delete(listener),
  };
  // Object.assign keeps the getter of `id`, which spreading would evaluate once.
  vi.stubGlobal('browser', { ...api, runtime: Object.assign(api.runtime, { onMessage }) });
});

afterEach(() => {
  listeners.clear();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(SETTLED_MS);

/** The page's answer to the popup. */
async function status(): Promise<unknown> {
  const [listener] = listeners;
  if (!listener) return undefined;
  return new Promise((resolve) => {
    if (listener({ type: 'pageStatus' }, { id: 'ours' }, resolve) !== true) resolve(undefined);
  });
}

/** The page as text, with all that we have added to it. */
function drawn(node: Node = document.documentElement): string {
  if (node instanceof Text) return node.data;
  if (!(node instanceof Element)) return '';
  const attributes = [...node.attributes].map(({ name, value }) => ` ${name}="${value}"`).join('');
  const inside = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(drawn).join('');
  return `\n<${node.localName}${attributes}>${inside}`;
}

const byline = '<span class="submitted">By 某人 | 2026-01-01 | 1位读者</span>';
const text = (id: number) =>
  `<p class="plain">见<a href="/archives/11">一</a>与《长路（一）：出发》。</p><p>设$x$，《长路（三）：到达》<a href="/archives/${id}">又</a></p>`;
const item = (id: number, ending = byline) => `<div class="Post"><div class="PostHead">
  <div class="title-wrap"><h2><a href="/archives/${id}">题${id}</a></h2>${ending}</div></div>
  <div class="PostContent">${text(id)}</div></div>`;
const post = (id: number) => `<div class="Post"><div class="PostHead"><div class="title-wrap">
  <h1><a href="/archives/${id}">题${id}</a></h1>${byline}</div></div>
  <div class="PostContent" id="PostContent">${text(id)}<p>转载到请包括本文地址</p></div></div>
  <div id="similar"><h3>相关</h3><ul><li><a href="/archives/13">三</a></li></ul></div>`;
const listing = (ids: readonly number[]) =>
  `<div id="MainBody"><div id="content">${ids.map((id) => item(id)).join('')}</div>
  <div id="SideBar"><h3>随机</h3><a href="/archives/11">一</a></div></div>`;
const archive = `<div id="MainBody"><div id="content"><div class="PostContent"><div id="archives">
  <h3>2026年 (共2篇)</h3><ul><li><span>01月</span><ul><li>01日: <a href="/archives/11">一</a></li>
  <li>03日: <a href="/archives/13">三</a></li></ul></li></ul></div></div></div></div>`;

function fragment(html: string): DocumentFragment {
  const template = document.createElement('template');
  template.innerHTML = html;
  return document.importNode(template.content, true);
}

/** Changes that a page's scripts make. `pick` chooses one of several elements. */
const CHANGES: Record<string, (pick: Picker) => void> = {
  'append items to the box': (pick) =>
    pick.element('#content')?.append(fragment(item(pick.id()) + item(pick.id()))),
  'append a wrapper with items': (pick) =>
    pick.element('#content, #MainBody')?.append(fragment(`<div>${item(pick.id())}</div>`)),
  'append a second box': (pick) =>
    pick.element('#content')?.after(fragment(`<div class="more-posts">${item(pick.id())}</div>`)),
  'insert an item before another': (pick) =>
    pick.element('.Post')?.before(fragment(item(pick.id()))),
  'wrap an item': (pick) => {
    const [found, box] = [pick.element('.Post'), document.createElement('section')];
    found?.replaceWith(box);
    if (found) box.append(found);
  },
  'move an item to the end': (pick) => {
    const found = pick.element('.Post');
    found?.parentElement?.append(found);
  },
  'move an item to the front': (pick) => {
    const found = pick.element('.Post');
    found?.parentElement?.prepend(found);
  },
  'move an item to the side': (pick) => {
    const found = pick.element('.Post');
    if (found) document.querySelector('#SideBar')?.append(found);
  },
  'remove an item': (pick) => pick.element('.Post')?.remove(),
  'remove a head': (pick) => pick.element('.PostHead, h2')?.remove(),
  'replace a title': (pick) =>
    pick
      .element('.title-wrap')
      ?.replaceChildren(fragment(`<h2><a href="/archives/${pick.id()}">题</a></h2>`)),
  'add a byline': (pick) => {
    const wrap = pick.element('.title-wrap');
    if (wrap && !wrap.querySelector('.submitted')) wrap.append(fragment(byline));
  },
  'remove a byline': (pick) => pick.element('.submitted')?.remove(),
  'append an item without its byline': (pick) =>
    pick.element('#content')?.append(fragment(item(pick.id(), ''))),
  'add a second title before the first': (pick) =>
    pick
      .element('.title-wrap')
      ?.prepend(fragment(`<h2><a href="/archives/${pick.id()}">题</a></h2>`)),
  'add two titles before the first, one after the other': (pick) => {
    const wrap = pick.element('.title-wrap');
    for (const id of [pick.id(), pick.id()])
      wrap?.prepend(fragment(`<h2><a href="/archives/${id}">题</a></h2>`));
  },
  'take our boxes away': (pick) => pick.element(HOST)?.remove(),
  'copy an item': (pick) => {
    const found = pick.element('.Post');
    found?.after(found.cloneNode(true));
  },
  'replace the column by a copy': (pick) => {
    const found = pick.element('#content');
    found?.replaceWith(found.cloneNode(true));
  },
  'write the column anew': (pick) => {
    const found = pick.element('#content');
    if (found) found.replaceChildren(fragment(item(pick.id()) + item(pick.id())));
  },
  'write the body anew': (pick) =>
    document.body.replaceChildren(fragment(listing([pick.id(), pick.id()]))),
  'replace the body': (pick) => {
    const body = document.createElement('body');
    body.append(fragment(listing([pick.id()])));
    document.body.replaceWith(body);
  },
  'add a paragraph to a text': (pick) =>
    pick.element('.PostContent')?.append(fragment(text(pick.id()))),
  'replace a text': (pick) =>
    pick.element('.PostContent')?.replaceChildren(fragment(text(pick.id()))),
  'remove a paragraph': (pick) => pick.element('.PostContent p')?.remove(),
  'write into a paragraph': (pick) => {
    // A paragraph with formulas is not watched.
    const found = pick.element('.PostContent p.plain');
    if (found) found.textContent = '又见《长路（三）：到达》与《长路（一）：出发》。';
  },
  'typeset a paragraph': (pick) => {
    for (const node of pick.element('.PostContent p:nth-child(2)')?.childNodes ?? []) {
      const [before = '', after = ''] = node instanceof Text ? node.data.split('$x$') : [''];
      if (!(node instanceof Text) || after === '') continue;
      const rest = node.splitText(before.length);
      rest.data = after;
      rest.before(
        fragment(
          '<span class="MathJax_Preview"></span><span class="MathJax"><nobr>x</nobr></span><script type="math/tex">x</script>',
        ),
      );
    }
  },
  'add a comment': (pick) =>
    document.body.append(
      fragment(`<div id="comments"><p><a href="/archives/${pick.id()}">回</a></p></div>`),
    ),
  'move a text out of its box': (pick) => {
    const found = pick.element('.PostContent p');
    if (found) document.body.append(found);
  },
  'go to a listing, then show it': (pick) => {
    history.pushState(null, '', '/category/x/');
    document.querySelector('#MainBody')?.replaceWith(fragment(listing([pick.id(), pick.id()])));
  },
  'show a post, then go to it': (pick) => {
    const id = pick.id();
    pick.element('#content')?.replaceChildren(fragment(post(id)));
    history.pushState(null, '', `/archives/${id}`);
  },
  'go to a post and show it never': (pick) => history.pushState(null, '', `/archives/${pick.id()}`),
  'go to the archive': () => {
    history.pushState(null, '', '/content.html');
    document.body.replaceChildren(fragment(archive));
  },
  'go to a page of no use': () => history.pushState(null, '', '/links.html'),
  'go back to the listing': () => history.replaceState(null, '', '/'),
};

class Picker {
  constructor(readonly random: () => number) {}

  of<T>(all: readonly T[]): T | undefined {
    return all[Math.floor(this.random() * all.length)];
  }

  id(): number {
    return this.of(IDS) ?? 11;
  }

  element(selector: string): Element | undefined {
    return this.of([...document.querySelectorAll(selector)]);
  }
}

/** Starts the content script on the page. `state` reads what the page shows; `end` ends the script. */
function begin() {
  const controller = new AbortController();
  start(controller);
  return {
    state: async () => `${location.pathname} ${JSON.stringify(await status())}${drawn()}`,
    end: () => controller.abort(),
  };
}

/** Makes the changes with these names, and compares the page with a fresh start. */
async function compare(names: readonly string[], seed: number): Promise<void> {
  const pick = new Picker(seeded(seed));
  document.body.replaceWith(document.createElement('body'));
  document.body.append(fragment(listing([11, 20, 12])));
  history.replaceState(null, '', '/');
  const running = begin();
  await settle();
  expect(document.querySelectorAll(HOST)).toHaveLength(3);
  for (const name of names) {
    CHANGES[name]?.(pick);
    if (pick.random() < 0.6) await settle();
  }
  await settle();
  const seen = await running.state();
  running.end();
  const fresh = begin();
  await settle();
  const wanted = await fresh.state();
  fresh.end();
  expect(seen, names.join(', ')).toBe(wanted);
}

describe('after one change the page is as after a fresh start', () => {
  it.each(Object.keys(CHANGES))('%s', async (name) => {
    for (let seed = 0; seed < 3; seed++) await compare([name, name], seed);
  });
});

it('a start aborts nothing, because abort() makes Chromium parse the whole script again', () => {
  document.body.replaceWith(document.createElement('body'));
  document.body.append(fragment(listing([11])));
  history.replaceState(null, '', '/');
  const state = vi.spyOn(Document.prototype, 'readyState', 'get').mockReturnValue('loading');
  const abort = vi.spyOn(AbortController.prototype, 'abort');
  const running = begin();
  expect(abort).not.toHaveBeenCalled();
  state.mockRestore();
  running.end();
  expect(abort).toHaveBeenCalled();
});

it('a link that names a post has the mark of that post', async () => {
  document.body.replaceWith(document.createElement('body'));
  document.body.append(fragment(listing([20])));
  history.replaceState(null, '', '/');
  const running = begin();
  await settle();
  const marks = [...document.querySelectorAll('.PostContent a')].map((link) => [
    link.textContent,
    link.getAttribute('data-kexue-mark'),
  ]);
  running.end();
  expect(marks).toContainEqual(['《长路（一）：出发》', 'read']);
});

it('the bar of the archive and the boxes of its years are put back', async () => {
  const takeAway = 'take our boxes away';
  for (let seed = 0; seed < 6; seed++)
    await compare(['go to the archive', takeAway, takeAway], seed);
});

it(
  'after any number of changes the page is as after a fresh start',
  async () => {
    const names = Object.keys(CHANGES);
    for (let seed = 0; seed < runs(400); seed++) {
      const pick = new Picker(seeded(1_000 + seed));
      const length = 2 + Math.floor(pick.random() * 6);
      const chosen = Array.from({ length }, () => pick.of(names) ?? '');
      await compare(chosen, seed);
    }
  },
  PATIENCE,
);
