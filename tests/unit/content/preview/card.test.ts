// @vitest-environment jsdom
/** The text of a preview of a post, and its buttons. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Catalogue } from '../../../../src/catalogue/catalogue.ts';
import { place } from '../../../../src/catalogue/place.ts';
import type { Notice } from '../../../../src/app/actions.ts';
import { lineView } from '../../../../src/app/line-view.ts';
import { cardNodes } from '../../../../src/content/preview/card.ts';
import type { Mark } from '../../../../src/record/marks.ts';
import { h } from '../../../../src/ui/h.ts';
import { wordsIn } from '../../../../src/ui/words/index.ts';
import { click, trustEvents } from '../../reader.ts';
import { post } from '../../support.ts';

const words = wordsIn('zh-CN');
const catalogue = new Catalogue({
  posts: [
    post(1, { title: '长路：1、甲', date: '2026-01-02', refs: [3, 4] }),
    post(2, { title: '长路：2、乙' }),
    post(3, { title: '丙' }),
    post(4, { title: '丁' }),
  ],
  series: [{ name: '长路', kind: 'numbered', posts: [1, 2] }],
});
const { signal } = new AbortController();
beforeAll(trustEvents);

const draw = (
  mark: Mark,
  notice?: Notice,
  details: Parameters<typeof cardNodes>[2] = {
    categories: ['数学'],
    tags: ['甲', '乙'],
    opening: null,
  },
) => {
  const done: string[] = [];
  const stamp = { time: 0, tick: 0, device: 'a' };
  const view = lineView(place(1, catalogue), '', new Map([[1, { mark, stamp }]]));
  const acts = { notice, readLater: () => done.push('later'), plan: () => done.push('plan') };
  const card = h('div', {}, ...cardNodes(view, '2026-01-02', details, acts, words, signal));
  const buttons = () => [...card.querySelectorAll('button')].map(({ textContent }) => textContent);
  const press = (text: string) =>
    click([...card.querySelectorAll('button')].find(({ textContent }) => textContent === text));
  return { card, buttons, press, done };
};

it('says what is known: title, date, category, tags, place, mark and unread references', () => {
  const text = draw({ kind: 'reading', fraction: 0.4 }).card.textContent;
  expect(text).toContain('长路：1、甲');
  expect(text).toContain('2026-01-02 | 数学 | 甲、乙');
  expect(text).toContain('在读 40%');
  expect(text).toContain('第 1 / 2 篇');
  expect(text).toContain('所引 2 篇中 2 篇未读');
  expect(text).toContain('还没有见过这篇的开头');
});

it('says that the opening could not be read if there was no answer', () => {
  expect(draw({ kind: 'unread' }, undefined, {}).card.textContent).toContain('开头没有读出来');
});

it('shows the opening as text', () => {
  const opening = ['<b>开头</b>'];
  const { card } = draw({ kind: 'unread' }, undefined, { opening });
  expect(card.querySelector('.opening')?.textContent).toBe('<b>开头</b>');
});

describe('稍后读', () => {
  it('is offered for an unread post, and for no other', () => {
    expect(draw({ kind: 'unread' }).buttons()).toEqual(['稍后读', '加入计划']);
    expect(draw({ kind: 'later' }).buttons()).toEqual(['加入计划']);
    expect(draw({ kind: 'read', at: 0, by: 'hand' }).buttons()).toEqual(['加入计划']);
  });

  const acts: string[] = [];
  const told = (what: string) => () => acts.push(what);

  it('can be taken back once it is stored', () => {
    const { buttons, press } = draw(
      { kind: 'later' },
      {
        kind: 'marked',
        post: 1,
        title: '',
        mark: { kind: 'later' },
        action: { kind: 'undo', run: told('undo') },
      },
    );
    expect(buttons()).toEqual(['撤销', '加入计划']);
    press('撤销');
    expect(acts.splice(0)).toEqual(['undo']);
  });

  it('is offered again when it was taken back', () => {
    const { buttons } = draw({ kind: 'unread' }, { kind: 'undone', posts: 1, left: 0 });
    expect(buttons()).toEqual(['稍后读', '加入计划']);
  });

  it('says why it is not stored, and can be tried again', () => {
    const { card, buttons, press } = draw(
      { kind: 'unread' },
      { kind: 'failed', why: 'full', action: { kind: 'retry', run: told('retry') } },
    );
    expect(card.querySelector('.failure')?.textContent).toBe(words.notSaved.full);
    expect(buttons()).toEqual(['再试', '加入计划']);
    press('再试');
    expect(acts.splice(0)).toEqual(['retry']);
  });

  it('and 加入计划 do what they say when they are pressed', () => {
    const { press, done } = draw({ kind: 'unread' });
    press('稍后读');
    press('加入计划');
    expect(done).toEqual(['later', 'plan']);
  });
});
