// @vitest-environment jsdom
/** The search box: typing, selecting, opening, marking, narrowing, and going back. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FoundTexts } from '../../../src/app/messages.ts';
import { listed } from '../../../src/catalogue/search/filters.ts';
import { Search } from '../../../src/catalogue/search/search.ts';
import type { Mark } from '../../../src/record/marks.ts';
import { results } from '../../../src/popup/results.ts';
import { SearchBox } from '../../../src/popup/search-box.ts';
import { ALL } from '../../../src/popup/search-filters.ts';
import { pageWordsIn } from '../../../src/ui/words/pages.ts';
import { click, compose, endComposition, pressKey, trustEvents, type } from '../reader.ts';
import { catalogue, details, LATER, modelOf, READ, words } from './example.ts';

const searching = new Search(catalogue, details);
let marks: Record<number, Mark>;
let done: unknown[];
let source: Promise<number | undefined>;
let inWhatWasRead: Promise<FoundTexts | undefined> | undefined;
let box: SearchBox;
let shownWords = words;
beforeAll(trustEvents);
beforeEach(() => {
  marks = { 1: READ, 2: LATER };
  done = [];
  source = Promise.resolve(undefined);
  inWhatWasRead = undefined;
  shownWords = words;
  // jsdom has no layout.
  Element.prototype.scrollIntoView = vi.fn<() => void>();
  box = new SearchBox(words, {
    find: (query) => searching.find(query),
    results: (searched) =>
      results(modelOf(marks, { words: shownWords }), searched, (record) =>
        listed(catalogue, details, record),
      ),
    categories: () => ['数学', '物理'],
    findSource: () => source,
    findTexts: () => inWhatWasRead,
    show: (isSearching) => done.push(isSearching ? 'list' : 'home'),
    markPost: (id) => done.push(['mark', id]),
    openSeries: (name) => done.push(['series', name]),
  });
  document.body.append(box.header, box.filters, box.status, box.list, box.keys);
});
afterEach(() => {
  document.body.replaceChildren();
});

const field = () => box.header.querySelector('input') as HTMLInputElement;
const options = () => [...box.list.querySelectorAll<HTMLElement>('[role="option"]')];
const texts = () => options().map((option) => option.querySelector('.text')?.textContent);
const selected = () => document.getElementById(field().getAttribute('aria-activedescendant') ?? '');
const take = () => done.splice(0);

describe('typing', () => {
  it('lists series, posts, tags and categories under their names', () => {
    type(field(), '路');
    expect(take()).toEqual(['list']);
    const groups = [...box.list.querySelectorAll('.group .name')];
    expect(groups.map(({ textContent }) => textContent)).toEqual([
      words.foundSeries,
      words.foundPosts,
      words.foundTags,
    ]);
    expect(texts()).toEqual(['长路', '3、丙长路', '2、乙长路', '1、甲长路', '路']);
    expect(field().getAttribute('aria-expanded')).toBe('true');
    expect(box.status.textContent).toContain(`${words.foundPosts} 3`);
    expect(box.keys.hidden).toBe(false);
  });

  it('says that nothing is found', () => {
    type(field(), '没有的东西');
    expect(options()).toEqual([]);
    expect(box.list.hidden).toBe(true);
    expect(box.status.textContent).toBe(words.nothingFound);
    expect(box.status.classList.contains('seen')).toBe(true);
  });

  it('says that nothing is found only when a word is composed', () => {
    for (const text of ['w', 'ㄨ', "wei'zhi'de"]) {
      compose(field(), text);
      expect(box.status.textContent).toBe('');
      expect(box.status.classList.contains('seen')).toBe(false);
    }
    endComposition(field(), '未知的');
    expect(box.status.textContent).toBe(words.nothingFound);
    compose(field(), '路');
    expect(box.status.textContent).toContain(`${words.foundPosts} 3`);
  });

  it('shows the rest of the popup again when the field is emptied', () => {
    type(field(), '路');
    type(field(), '');
    expect(take()).toEqual(['list', 'home']);
    expect(box.isSearching).toBe(false);
    expect(box.filters.hidden).toBe(true);
    expect(box.status.textContent).toBe('');
  });

  it('outside the field goes into the field', () => {
    field().blur();
    expect(pressKey('r')).toBe(true);
    expect(document.activeElement).toBe(field());
    field().blur();
    expect(pressKey('/')).toBe(false);
    expect(document.activeElement).toBe(field());
    field().blur();
    expect(pressKey('z', { ctrlKey: true })).toBe(true);
    expect(document.activeElement).not.toBe(field());
  });

  it('can be undone by the browser until the reader does something else', () => {
    type(field(), '路');
    expect(box.isTyping).toBe(true);
    box.endTyping();
    expect(box.isTyping).toBe(false);
  });
});

describe('the keys of the list', () => {
  beforeEach(() => {
    type(field(), '路');
    take();
  });

  it('select from the first to the last option and back to none, while the field keeps the focus', () => {
    expect(selected()).toBeNull();
    pressKey('ArrowUp');
    expect(selected()).toBeNull();
    for (const option of options()) {
      pressKey('ArrowDown');
      expect(selected()).toBe(option);
      expect(box.list.querySelectorAll('[aria-selected="true"]')).toHaveLength(1);
    }
    pressKey('ArrowDown');
    expect(selected()).toBe(options().at(-1));
    for (const _ of options()) pressKey('ArrowUp');
    expect(selected()).toBeNull();
    expect(document.activeElement).toBe(field());
  });

  it('Space marks the selected post, and is typed if none is selected', () => {
    expect(pressKey(' ')).toBe(true);
    pressKey('ArrowDown');
    pressKey('ArrowDown');
    expect(pressKey(' ')).toBe(false);
    expect(take()).toEqual([['mark', 3]]);
  });

  it('Enter opens the selected option, or else the first one', () => {
    pressKey('Enter');
    expect(take()).toEqual(['home', ['series', '长路']]);
    type(field(), '短篇');
    let opened = '';
    box.list.addEventListener('click', (event) => {
      event.preventDefault();
      opened = (event.target as HTMLElement).getAttribute('href') ?? '';
    });
    pressKey('Enter');
    expect(opened).toMatch(/\/archives\/4$/);
  });

  it('are ignored during input method composition, including the Enter that ends it', () => {
    for (const init of [{ isComposing: true }, { keyCode: 229 }])
      for (const key of ['Enter', 'ArrowDown', 'Escape']) expect(pressKey(key, init)).toBe(true);
    expect(take()).toEqual([]);
    expect(field().value).toBe('路');
  });

  it('are left to the browser with Shift, Ctrl, Alt or ⌘', () => {
    pressKey('ArrowDown');
    pressKey('ArrowDown');
    const before = selected();
    for (const held of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey'])
      for (const key of ['ArrowDown', 'ArrowUp', ' ', 'Escape', 'Home', 'Enter'])
        expect(pressKey(key, { [held]: true }), `${held} ${key}`).toBe(true);
    expect(selected()).toBe(before);
    expect(take()).toEqual([]);
  });

  it('the selected option stays selected while marks change, and disappears with its post', () => {
    pressKey('ArrowDown');
    pressKey('ArrowDown');
    const option = selected();
    marks = { ...marks, 3: READ };
    box.redraw(words);
    expect(selected()).toBe(option);
    expect(option?.textContent).toContain('已读');
    type(field(), '短篇');
    expect(selected()).toBeNull();
  });

  it('Escape clears', () => {
    expect(pressKey('Escape')).toBe(false);
    expect(field().value).toBe('');
    expect(take()).toEqual(['home']);
    expect(pressKey('Escape')).toBe(true);
  });
});

describe('a click', () => {
  it('on a mark marks the post, on a series opens it in the popup', () => {
    type(field(), '路');
    take();
    click(options()[1]?.querySelector('.shape'));
    click(options()[0]);
    expect(take()).toEqual([['mark', 3], 'home', ['series', '长路']]);
  });

  it('on × shows the rest again', () => {
    type(field(), '路');
    click(box.header.querySelector('button'));
    expect(take()).toEqual(['list', 'home']);
    expect(field().value).toBe('');
  });
});

describe('a filtered search', () => {
  const pressed = () =>
    [...box.filters.querySelectorAll('[aria-pressed="true"]')].map((each) => each.textContent);
  const filter = (kind: string) => click(box.filters.querySelector(`[data-key="filter ${kind}"]`));

  it('lists all posts with a mark if nothing is typed', () => {
    box.choose({ ...ALL, kinds: ['later'] });
    expect(texts()).toEqual(['2、乙长路']);
    expect(pressed()).toEqual([words.filters.later]);
    expect(box.isSearching).toBe(true);
  });

  it('lists a post that the catalogue does not have by its number', () => {
    marks = { ...marks, 77: LATER };
    box.choose({ ...ALL, kinds: ['later'] });
    expect(texts()).toEqual([words.record.newPost(77), '2、乙长路']);
  });

  it('selects the next post when a mark takes the selected one out of the list', () => {
    marks = {};
    box.choose({ ...ALL, kinds: ['unread'] });
    box.focus();
    const [first, second, ...others] = options().map(({ id }) => id);
    pressKey('ArrowDown');
    expect(selected()?.id).toBe(first);
    const read = (id = '') => {
      marks = { ...marks, [id.replace('post-', '')]: READ };
      box.redraw(words);
    };
    read(first);
    expect(selected()?.id).toBe(second);
    for (const id of others.toReversed()) read(id);
    expect(selected()?.id).toBe(second);
    read(second);
    expect(options()).toEqual([]);
    expect(selected()).toBeNull();
  });

  it('says that no post passes, also after a search in the texts was given up', async () => {
    let answer = (_found: FoundTexts | undefined) => undefined as void;
    marks = {};
    type(field(), '路');
    inWhatWasRead = new Promise((resolve) => (answer = resolve));
    filter('later');
    type(field(), '');
    answer(undefined);
    await inWhatWasRead;
    await Promise.resolve();
    expect(box.status.textContent).toBe(words.list.nothing);
  });

  it('adds a mark with a press, and removes it with another', () => {
    type(field(), '路');
    filter('later');
    expect(texts()).toEqual(['2、乙长路']);
    filter('unread');
    expect(texts()).toEqual(['3、丙长路', '2、乙长路']);
    filter('later');
    expect(texts()).toEqual(['3、丙长路']);
    filter('unread');
    expect(pressed()).toEqual([]);
  });

  it('lists the posts of a category, and says if there are none', () => {
    box.choose({ ...ALL, kinds: ['later'] });
    const select = box.filters.querySelector('select') as HTMLSelectElement;
    select.value = '物理';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(options()).toEqual([]);
    expect(box.status.textContent).toBe(words.list.nothing);
    expect(box.filters.querySelector('select')).toBe(select);
    expect(select.value).toBe('物理');
  });

  it('clears the field with the first Escape, the filters with the second', () => {
    type(field(), '路');
    filter('later');
    pressKey('Escape');
    expect(field().value).toBe('');
    expect(pressed()).toEqual([words.filters.later]);
    pressKey('Escape');
    expect(box.isSearching).toBe(false);
  });

  it('moves from the filters to the results with ↓', () => {
    type(field(), '路');
    const button = box.filters.querySelector('button');
    button?.focus();
    for (const held of ['shiftKey', 'ctrlKey', 'altKey', 'metaKey'])
      expect(pressKey('ArrowDown', { [held]: true })).toBe(true);
    expect(document.activeElement).toBe(button);
    pressKey('ArrowDown');
    expect(document.activeElement).toBe(field());
    expect(selected()).toBe(options()[0]);
  });
});

describe('a pasted text', () => {
  const TEXT = '很长的一段话，'.repeat(20);
  const paste = async (text: string) => {
    const event = new Event('paste', { bubbles: true });
    Object.assign(event, { clipboardData: { getData: () => text } });
    field().dispatchEvent(event);
    type(field(), text.slice(0, 200));
    await source;
    await Promise.resolve();
  };

  it('finds the post that it is from', async () => {
    source = Promise.resolve(4);
    await paste(TEXT);
    expect(box.list.querySelector('.group .name')?.textContent).toBe(words.whose);
    expect(texts()).toEqual(['短篇之一']);
  });

  it('says that its source is not known, when that is known', async () => {
    let answer: (id: undefined) => void = () => {};
    source = new Promise((resolve) => (answer = resolve));
    const pasted = paste(TEXT);
    expect(box.status.textContent).toBe('');
    answer(undefined);
    await pasted;
    expect(box.status.textContent).toBe(words.whoseUnknown);
  });

  it('keeps its source when a filter is pressed and released', async () => {
    source = Promise.resolve(4);
    await paste(TEXT);
    box.choose({ ...ALL, kinds: ['later'] });
    box.choose(ALL);
    expect(texts()).toEqual(['短篇之一']);
  });

  it('is searched as words if it is short', async () => {
    source = Promise.resolve(4);
    await paste('路');
    expect(box.list.querySelector('.group .name')?.textContent).toBe(words.foundSeries);
  });

  it('ignores the answer if the reader has typed since', async () => {
    let answer: (id: number) => void = () => {};
    source = new Promise((resolve) => (answer = resolve));
    const event = new Event('paste', { bubbles: true });
    Object.assign(event, { clipboardData: { getData: () => TEXT } });
    field().dispatchEvent(event);
    type(field(), TEXT.slice(0, 200));
    type(field(), '路');
    answer(4);
    await source;
    await Promise.resolve();
    expect(box.list.querySelector('.group .name')?.textContent).toBe(words.foundSeries);
  });
});

it('changes the language at once', () => {
  type(field(), '没有的东西');
  const en = pageWordsIn('en');
  shownWords = en;
  box.redraw(en);
  expect(field().placeholder).toBe(en.search);
  expect(box.status.textContent).toBe(en.nothingFound);
});

describe('what was read', () => {
  const hit = {
    id: 3,
    title: '题名',
    day: '2020-01-01',
    place: { at: 12, print: 34 },
    passage: [
      { text: '在', isFormula: false, isHit: false },
      { text: '某处', isFormula: false, isHit: true },
    ],
  };
  const found = async () => {
    await Promise.resolve();
    await Promise.resolve();
  };

  it('is found beneath the titles, and opens at the passage', async () => {
    inWhatWasRead = Promise.resolve({ hits: [hit], count: 5 });
    type(field(), '路');
    expect(options().some(({ id }) => id === 'text-3')).toBe(false);
    await found();
    const names = [...box.list.querySelectorAll('.group .name')].map((each) => each.textContent);
    expect(names.indexOf(words.foundTexts)).toBe(names.indexOf(words.foundPosts) + 1);
    const option = options().find(({ id }) => id === 'text-3');
    expect(option?.getAttribute('href')).toMatch(/\/archives\/3#kexue-place=12-34$/);
    expect(option?.querySelector('.passage')?.textContent).toBe('在某处');
    expect(option?.querySelector('mark')?.textContent).toBe('某处');
    expect(box.list.textContent).toContain(words.more(4));
  });

  it('is awaited before the popup says that nothing is found', async () => {
    inWhatWasRead = Promise.resolve({ hits: [], count: 0 });
    type(field(), '没有的东西');
    expect(box.status.textContent).toBe('');
    await found();
    expect(box.status.textContent).toBe(words.nothingFound);
  });

  it('is shown for the last thing that was typed', async () => {
    inWhatWasRead = Promise.resolve({ hits: [hit], count: 1 });
    type(field(), '没有的');
    inWhatWasRead = Promise.resolve({ hits: [{ ...hit, id: 2 }], count: 1 });
    type(field(), '没有的东');
    await found();
    await found();
    expect(options().map(({ id }) => id)).toEqual(['text-2']);
  });

  it('stay while the next letter is looked up, and Enter opens only what is typed', async () => {
    inWhatWasRead = Promise.resolve({ hits: [hit], count: 1 });
    type(field(), '没有的');
    await found();
    inWhatWasRead = Promise.resolve({ hits: [{ ...hit, id: 2 }], count: 1 });
    type(field(), '没有的东');
    expect(options().map(({ id }) => id)).toEqual(['text-3']);
    const opened = vi.fn<(event: Event) => void>((event) => event.preventDefault());
    box.list.addEventListener('click', opened);
    pressKey('Enter');
    expect(opened).not.toHaveBeenCalled();
    await found();
    expect(options().map(({ id }) => id)).toEqual(['text-2']);
    pressKey('Enter');
    expect(opened).toHaveBeenCalledOnce();
    type(field(), '');
    expect(options()).toEqual([]);
  });
});
