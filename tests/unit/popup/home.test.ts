// @vitest-environment jsdom
/** The sections of the popup: which there are, their texts, and the effects of presses and keys. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHome, homeSections } from '../../../src/popup/home.ts';
import {
  isComplete,
  type PopupModel,
  type PopupState,
  withToggled,
} from '../../../src/popup/popup-model.ts';
import { focusKey, patch } from '../../../src/ui/patch.ts';
import { click, pressKey, trustEvents } from '../reader.ts';
import { HALF, LATER, modelOf, READ, words } from './example.ts';

let home: HTMLElement;
let done: unknown[];
beforeAll(trustEvents);
beforeEach(() => {
  done = [];
  home = createHome({
    mark: (post) => done.push(['mark', post]),
    toggle: (key) => done.push(['toggle', key]),
    list: (kind) => done.push(['list', kind]),
    allow: () => done.push(['allow']),
    copyDiagnosis: () => done.push(['copy']),
    seeNews: () => done.push(['news']),
    setLanguage: (language) => done.push(['language', language]),
  });
  document.body.append(home);
});
afterEach(() => home.remove());

const draw = (model: PopupModel) => patch(home, homeSections(model));
const sections = () => [...home.querySelectorAll('section')].map(({ className }) => className);
const section = (name: string) => home.querySelector(`section.${name}`);
const textOf = (name: string) => section(name)?.textContent;
const withKey = (key: string) => {
  const found = [...home.querySelectorAll<HTMLElement>('[data-key]')].find(
    (each) => each.dataset['key'] === key,
  );
  if (!found) throw new Error(`no ${key}`);
  return found;
};
const focused = () => (document.activeElement as HTMLElement | null)?.dataset['key'];

const OLD = { kind: 'read', at: Date.UTC(2020, 0, 2), by: 'hand' } as const;

describe('the sections', () => {
  it('for a reader without marks: what to do first, and all series', () => {
    draw(modelOf());
    expect(sections()).toEqual(['welcome', 'all-series', 'foot']);
    expect(textOf('welcome')).toContain(words.welcomeText);
    expect(textOf('all-series')).toContain(words.seriesBegun(0, 2));
  });

  it('for a reader with marks: the record, and where to continue', () => {
    draw(modelOf({ 1: READ }));
    expect(sections()).toEqual(['record', 'continue', 'all-series', 'foot']);
  });

  it('include the current page if it is of the blog', () => {
    draw(modelOf({}, { page: { kind: 'post', posts: [{ id: 4, title: '短篇之一' }] } }));
    expect(sections()[0]).toBe('here');
  });

  it.each([
    ['not-understood', '这一页没有认出来'],
    ['no-posts', '这一页没有文章'],
    ['no-article', '这不像一篇文章'],
  ] as const)('say what is amiss on the page: %s', (trouble, said) => {
    draw(modelOf({}, { page: { kind: 'listing', posts: [], trouble } }));
    expect(sections()).toEqual(['trouble', 'welcome', 'all-series', 'foot']);
    expect(section('trouble')?.querySelector('h2')?.textContent).toBe(said);
    expect(section('trouble')?.querySelector('button')).toBeNull();
  });

  it('show a diagnosis in full before it can be copied', () => {
    const homePage = (homepage_url: string) =>
      vi.stubGlobal('browser', {
        runtime: { getManifest: () => ({ version: '1.2.3', homepage_url }) },
      });
    homePage('https://github.invalid/OWNER/kexue-companion');
    const posts = [{ id: 4, title: '短篇之一' }];
    const trouble = 'not-understood' as const;
    const page = { kind: 'listing' as const, posts, trouble, diagnosis: 'line 1\nline 2\n' };
    draw(modelOf({}, { page }));
    expect(sections().slice(0, 2)).toEqual(['here', 'trouble']);
    expect(section('trouble')?.querySelector('[data-key="copy-diagnosis"]')).toBeNull();
    click(withKey('diagnosis'));
    expect(done).toEqual([['toggle', 'diagnosis']]);

    draw(modelOf({}, { page, open: new Set(['diagnosis']) }));
    expect(withKey('diagnosis').getAttribute('aria-expanded')).toBe('true');
    expect(withKey('diagnosis-text').textContent).toBe('line 1\nline 2\n');
    expect(section('trouble')?.querySelector('a')).toBeNull();
    click(withKey('copy-diagnosis'));
    expect(done).toEqual([['toggle', 'diagnosis'], ['copy']]);

    homePage('https://github.com/someone/kexue-companion');
    draw(modelOf({}, { page, open: new Set(['diagnosis']) }));
    expect(section('trouble')?.querySelector('a')?.href).toMatch(
      /^https:\/\/github\.com\/someone\/kexue-companion\/issues\/new\?template=recognition\.yml&version=1\.2\.3/,
    );
    vi.unstubAllGlobals();
  });

  it('after an update with news: one line, which a press puts away', () => {
    draw(modelOf({}, { newsOf: '0.2.0' }));
    expect(sections()[0]).toBe('news');
    expect(textOf('news')).toContain('0.2.0');
    expect(section('news')?.querySelector('a')?.getAttribute('href')).toMatch(/#settings\?news=$/);
    click(withKey('news-seen'));
    expect(done).toEqual([['news']]);
    draw(modelOf());
    expect(section('news')).toBeNull();
  });

  it('say how many posts are new since the last visit, and nothing on the first one', () => {
    const newest = [...modelOf().catalogue.posts.keys()].sort((a, b) => a - b);
    const stay = { at: 0, seen: newest.at(-3), before: null };
    draw(modelOf({}, { stay }));
    expect(textOf('new-posts')).toBe(words.newSince(2));
    draw(modelOf({}, { stay, isPrivate: true }));
    expect(section('new-posts')).toBeNull();
    draw(modelOf({}, { stay: { at: 0, seen: newest.at(-1), before: null } }));
    expect(section('new-posts')).toBeNull();
    draw(modelOf());
    expect(section('new-posts')).toBeNull();
  });

  it('include a notice of damage, which leads to the record in the library', () => {
    draw(modelOf({}, { damaged: 3 }));
    expect(sections()[0]).toBe('damage');
    expect(section('damage')?.textContent).toContain(words.record.asideAbout(3));
    expect(section('damage')?.querySelector('a')?.getAttribute('href')).toMatch(/#record$/);
  });

  it('include notices of missing access and a private window', () => {
    draw(modelOf({}, { access: 'missing', isPrivate: true }));
    expect(sections().slice(0, 2)).toEqual(['access', 'private']);
    expect(section('access')?.querySelector('[role="alert"]')).toBeNull();
    draw(modelOf({}, { access: 'refused' }));
    expect(section('access')?.querySelector('[role="alert"]')?.textContent).toBe(
      words.stillNoAccess,
    );
    click(withKey('allow'));
    expect(done).toEqual([['allow']]);
  });
});

describe('the sections show', () => {
  it('how much is read, this year and in total', () => {
    draw(modelOf({ 1: READ, 2: OLD, 3: HALF, 4: LATER }));
    const counts = [...(section('record')?.querySelectorAll('li') ?? [])];
    expect(counts.map(({ textContent }) => textContent)).toEqual([
      `${words.readThisYear}1`,
      `${words.readingNow}1`,
      `${words.later}1`,
      `${words.unread}2`,
    ]);
    expect(section('record')?.querySelector('.sum b')?.textContent).toBe('2');
  });

  it('the next part of a series in progress, with its length', () => {
    draw(modelOf({ 1: READ }));
    expect(textOf('continue')).toMatch(/2、乙长路2 \/ 3/);
    expect(textOf('continue')).toContain(words.minutes(20));
  });

  it('series in the order of the last act', () => {
    draw(modelOf({ 1: READ, 5: READ }));
    const names = [...(section('all-series')?.querySelectorAll('.name') ?? [])];
    expect(names.map(({ textContent }) => textContent)).toEqual(['别册', '长路']);
  });

  it('the post of the page with its title, mark, part number and neighbours', () => {
    const page = { kind: 'post', posts: [{ id: 2, title: '长路：2、乙' }] } as const;
    draw(modelOf({ 2: HALF }, { page: { ...page, posts: [...page.posts] } }));
    expect(section('here')?.querySelector('h3')?.textContent).toBe('长路：2、乙');
    expect(textOf('here')).toContain('在读 50%');
    const links = [...(section('here')?.querySelectorAll('a') ?? [])];
    expect(links.map((link) => link.getAttribute('aria-label'))).toEqual([
      words.previous('1、甲'),
      words.next('3、丙'),
    ]);
  });

  it('an unknown post with the title on the page', () => {
    draw(modelOf({}, { page: { kind: 'post', posts: [{ id: 99, title: '新的一篇' }] } }));
    expect(textOf('here')).toContain('新的一篇');
    expect(textOf('here')).toContain(words.newPost);
  });

  it('all posts of a listing page, each with its series', () => {
    const posts = [2, 4].map((id) => ({ id, title: '' }));
    draw(modelOf({ 4: LATER }, { page: { kind: 'listing', posts } }));
    const rows = [...(section('here')?.querySelectorAll('li') ?? [])];
    expect(rows.map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^2、乙长路第 2 \/ 3 篇$/),
      '短篇之一',
    ]);
    expect(textOf('here')).toContain(words.onThisPage(2));
  });
});

describe('lists of parts', () => {
  const KEY = 'series 长路';

  it('are opened and closed by their button', () => {
    draw(modelOf());
    const button = withKey(KEY);
    expect(button.getAttribute('aria-expanded')).toBe('false');
    click(button);
    expect(done).toEqual([['toggle', KEY]]);
    draw(modelOf({}, { open: new Set([KEY]) }));
    expect(withKey(KEY)).toBe(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    const list = home.querySelector('.series-list');
    expect(list?.id).toBe(button.getAttribute('aria-controls'));
    expect([...(list?.querySelectorAll('li') ?? [])].map((row) => row.textContent)).toEqual([
      '1甲2025-01-01',
      '2乙2025-02-01',
      '3丙2026-01-01',
    ]);
  });

  it('are closed by Escape, which focuses the button', () => {
    draw(modelOf({}, { open: new Set([KEY]) }));
    focusKey(home, `${KEY} 2 link`);
    for (const held of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey'])
      expect(pressKey('Escape', { [held]: true })).toBe(true);
    expect(pressKey('Escape')).toBe(false);
    expect(done).toEqual([['toggle', KEY]]);
    expect(focused()).toBe(KEY);
  });

  it('let ↑ ↓ move within a column, and Space on a title mark', () => {
    draw(modelOf({}, { open: new Set([KEY]) }));
    focusKey(home, `${KEY} 1 link`);
    pressKey('ArrowDown');
    expect(focused()).toBe(`${KEY} 2 link`);
    expect(pressKey(' ')).toBe(false);
    focusKey(home, `${KEY} 2 mark`);
    pressKey('ArrowUp');
    expect(focused()).toBe(`${KEY} 1 mark`);
    pressKey('ArrowUp');
    expect(focused()).toBe(`${KEY} 1 mark`);
    expect(done).toEqual([['mark', 2]]);
    for (const held of ['ctrlKey', 'altKey', 'shiftKey'])
      expect(pressKey('ArrowDown', { [held]: true })).toBe(true);
  });
});

describe('a press', () => {
  it('on any mark marks its post', () => {
    draw(modelOf({ 1: READ }, { page: { kind: 'post', posts: [{ id: 4, title: '' }] } }));
    click(withKey('here mark').querySelector('svg'));
    click(withKey('continue 长路 mark'));
    expect(done).toEqual([
      ['mark', 4],
      ['mark', 2],
    ]);
  });

  it('on a count lists its posts, or shows in the library what was read this year', () => {
    draw(modelOf({ 1: READ }));
    click(withKey('count later'));
    expect(done).toEqual([['list', 'later']]);
    expect(withKey('count read').getAttribute('href')).toMatch(/library\/index\.html#year$/);
  });

  it('in the foot changes the language', () => {
    draw(modelOf());
    const select = withKey('language') as HTMLSelectElement;
    select.value = 'en';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(done).toEqual([['language', 'en']]);
  });
});

it('a redraw keeps the focus and the nodes of rows', () => {
  draw(modelOf({ 1: READ }, { open: new Set(['series 长路']) }));
  focusKey(home, 'series 长路 2 mark');
  const mark = document.activeElement;
  draw(modelOf({ 1: READ, 2: READ, 5: READ }, { open: new Set(['series 长路']) }));
  expect(document.activeElement).toBe(mark);
  expect(mark?.getAttribute('aria-pressed')).toBe('true');
});

it('is complete when the page and the access are known', () => {
  const state = (change: Partial<PopupState>): PopupState => ({ ...modelOf(), ...change });
  expect(isComplete(state({}))).toBe(true);
  expect(isComplete(state({ page: undefined }))).toBe(false);
  expect(isComplete(state({ access: 'unknown' }))).toBe(false);
  expect(isComplete(state({ damaged: undefined }))).toBe(false);
});

it('one press opens a list and the next one closes it', () => {
  const { open } = withToggled(modelOf({}, { open: new Set(['a']) }), 'b');
  expect([...open]).toEqual(['a', 'b']);
  expect([...withToggled(modelOf({}, { open }), 'a').open]).toEqual(['b']);
});
