// @vitest-environment jsdom
/** 上次来时到这里: where the rule is drawn, and where not. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeatureContext } from '../../../src/content/feature.ts';
import type { PagePosts } from '../../../src/content/page-posts.ts';
import { ruleBefore, sinceLast } from '../../../src/content/since-last.ts';
import { rootOf } from '../../../src/content/shadow-host.ts';
import { seenText } from '../reader.ts';
import { stubPlatform, testPage } from './page.ts';

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

let controller: AbortController;
let stored: Record<string, unknown>;
let sent: unknown[];
let reads = 0;
let isPrivate = false;
beforeEach(() => {
  stubPlatform();
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
      sendMessage: (message: unknown) => {
        sent.push(message);
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
  document.body.innerHTML = [21, 20, 14]
    .map(
      (id) =>
        `<div class="Post" id="p${id}"><div class="title-wrap"><h2><a href="/archives/${id}">题</a></h2><span class="submitted">By 某某</span></div></div>`,
    )
    .join('');
});
afterEach(() => {
  controller.abort();
  vi.unstubAllGlobals();
});

async function open(kind: FeatureContext['kind'] = 'listing') {
  const posts = [...document.querySelectorAll('.Post')].map((post) => ({
    id: Number(post.id.slice(1)),
    title: '题',
    anchor: post.querySelector('.submitted') as Element,
  }));
  const { context } = testPage();
  sinceLast.init(
    { ...context, kind, posts: { all: posts } as unknown as PagePosts },
    controller.signal,
  );
  await vi.waitFor(() => expect(isPrivate || reads > 0).toBe(true));
  await new Promise((done) => setTimeout(done));
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
