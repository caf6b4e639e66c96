// @vitest-environment jsdom
/** 上次来时到这里: where the rule is drawn, and where not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Catalogue } from '../../../src/catalogue/catalogue.ts';
import type { FeatureContext } from '../../../src/content/feature.ts';
import type { PagePosts } from '../../../src/content/page-posts.ts';
import { ruleBefore, sinceLast } from '../../../src/content/since-last.ts';
import { type Stay, withLook } from '../../../src/record/stay.ts';
import { rootOf } from '../../../src/content/shadow-host.ts';
import { seenText } from '../reader.ts';
import { post } from '../support.ts';
import { CATALOGUE, stubPlatform, testPage } from './page.ts';

const items = (...ids: number[]) => ids.map((id) => ({ id }));

describe('the rule', () => {
  it('is before the first post that is not new', () => {
    expect(ruleBefore(items(14, 13, 12, 11), 12)).toEqual({ id: 12 });
  });

  it('is missing if all posts are new, or none, or there are no posts', () => {
    expect(ruleBefore(items(14, 13), 12)).toBeUndefined();
    expect(ruleBefore(items(12, 11), 12)).toBeUndefined();
    expect(ruleBefore([], 12)).toBeUndefined();
  });

  it('is missing on a page that is not in the order of time', () => {
    expect(ruleBefore(items(14, 11, 13), 12)).toBeUndefined();
  });
});

/** An item of the blog's own theme. */
const item = (id: number) =>
  `<div class="Post item" id="p${id}"><div class="title-wrap"><h2><a href="/archives/${id}">题</a></h2><span class="submitted">By 某某</span></div></div>`;

let controller: AbortController;
let stored: Record<string, unknown>;
let sent: unknown[];
let reads = 0;
let isPrivate = false;
/** What page and background know. */
let known: Catalogue;
beforeEach(() => {
  stubPlatform();
  known = CATALOGUE;
  controller = new AbortController();
  [stored, sent, reads, isPrivate] = [{}, [], 0, false];
  vi.stubGlobal('browser', {
    extension: {
      get inIncognitoContext() {
        return isPrivate;
      },
    },
    runtime: {
      id: 'x',
      // As the background does, with the posts that it knows.
      sendMessage: (message: unknown) => {
        sent.push(message);
        stored = {
          stay: withLook(stored['stay'], Date.now(), known.newestBundled.id) ?? stored['stay'],
        };
        return Promise.resolve({ value: { ok: true } });
      },
    },
    storage: {
      local: {
        get: () => {
          reads++;
          return Promise.resolve(stored);
        },
      },
    },
  });
  document.body.innerHTML = [21, 20, 14].map((id) => item(id)).join('');
});
afterEach(() => {
  controller.abort();
  vi.unstubAllGlobals();
});

/** The posts that the page shows, as PagePosts finds them. */
const shown = () =>
  [...document.querySelectorAll('.item')].map((post) => ({
    id: Number(post.id.slice(1)),
    title: '题',
    anchor: post.querySelector('.submitted') as Element,
  }));

async function open(kind: FeatureContext['kind'] = 'listing') {
  const page = testPage();
  const listeners = new Set<() => void>();
  const posts = {
    follow(listener: () => void) {
      listeners.add(listener);
      listener();
    },
    get all() {
      return shown();
    },
  };
  sinceLast.init(
    { ...page.context, kind, catalogue: () => known, posts: posts as unknown as PagePosts },
    controller.signal,
  );
  await vi.waitFor(() => expect(isPrivate || reads > 0).toBe(true));
  const settle = () => new Promise((done) => setTimeout(done));
  await settle();
  return {
    append: (id: number) => {
      document.body.insertAdjacentHTML('beforeend', item(id));
      for (const listener of listeners) listener();
    },
    /** The catalogue gets what the page has taught. */
    discover: async (id: number) => {
      known = new Catalogue({ posts: [...CATALOGUE.posts.values(), post(id)], series: [] });
      page.store({});
      await settle();
    },
  };
}
const order = () =>
  [...document.body.children].map((each) => {
    const root = rootOf(each);
    return root ? [...root.children].map(seenText).join('') : each.id;
  });
const LONG_AGO = { at: 0, seen: 14, before: 12 };

describe('a listing page', () => {
  it('shows the rule under the posts since the last visit, and stores the visit', async () => {
    stored = { stay: LONG_AGO };
    await open();
    expect(order()).toEqual(['p21', 'p20', '上次来时到这里', 'p14']);
    expect(sent).toEqual([{ type: 'look' }]);
    controller.abort();
    expect(order()).toEqual(['p21', 'p20', 'p14']);
  });

  it('shows the rule at the same place during a visit, and stores nothing more', async () => {
    stored = { stay: { at: Date.now(), seen: 21, before: 20 } };
    await open();
    expect(order()).toEqual(['p21', '上次来时到这里', 'p20', 'p14']);
    expect(sent).toEqual([]);
  });

  it('shows the rule when the items of further pages are appended', async () => {
    stored = { stay: { at: 0, seen: 13, before: 12 } };
    const { append } = await open();
    expect(order()).toEqual(['p21', 'p20', 'p14']);
    append(13);
    expect(order()).toEqual(['p21', 'p20', 'p14', '上次来时到这里', 'p13']);
  });

  it('shows a post as new at one visit only, although its first page makes it known', async () => {
    document.body.innerHTML = [22, 21, 20].map((id) => item(id)).join('');
    stored = { stay: { at: 0, seen: 21, before: 20 } };
    const { discover } = await open();
    expect(order()).toEqual(['p22', '上次来时到这里', 'p21', 'p20']);
    await discover(22);
    controller.abort();
    // Half a day later.
    stored = { stay: { ...(stored['stay'] as Stay), at: Date.now() - 12 * 60 * 60 * 1_000 } };
    controller = new AbortController();
    await open();
    expect(order()).toEqual(['p22', 'p21', 'p20']);
  });

  it('shows no rule in another theme, where it would be inside an item', async () => {
    document.body.innerHTML = [21, 20, 14]
      .map(
        (id) =>
          `<article class="item" id="p${id}"><h2><a href="/archives/${id}">题</a></h2><p class="submitted">2026-01-01</p></article>`,
      )
      .join('');
    stored = { stay: LONG_AGO };
    await open();
    expect(document.querySelector('[data-kexue-companion]')).toBeNull();
  });

  it('shows no rule on the first visit, and stores the visit', async () => {
    await open();
    expect(order()).toEqual(['p21', 'p20', 'p14']);
    expect(sent).toEqual([{ type: 'look' }]);
  });

  it('neither shows nor stores anything in a private window', async () => {
    isPrivate = true;
    stored = { stay: LONG_AGO };
    await open();
    expect(order()).toEqual(['p21', 'p20', 'p14']);
    expect(sent).toEqual([]);
  });
});

it('the archive shows it at the end of the last new entry', async () => {
  const entry = (id: number) =>
    `<li id="p${id}">01日: <a href="https://kexue.fm/archives/${id}">题</a></li>`;
  document.body.innerHTML = `<div class="PostContent"><div id="archives"><h3>2026年 (共3篇)</h3><ul><li><span>1月</span><ul>${[21, 20, 14].map(entry).join('')}</ul></li></ul></div></div>`;
  stored = { stay: LONG_AGO };
  await open('archive');
  const last = document.getElementById('p20')?.lastElementChild as Element;
  expect(seenText(rootOf(last)?.querySelector('[role=separator]'))).toBe('上次来时到这里');
});
