// @vitest-environment jsdom
/** The `title` of a link is removed while a preview may come, and restored if it is still right. */
import { expect, it } from 'vitest';
import { tooltips } from '../../../../src/content/preview/tooltip.ts';
import { h } from '../../../../src/ui/h.ts';

const link = (attributes: Record<string, string>) => h('a', { href: '/archives/1', ...attributes });
const MARKED = { title: '稍后读', 'aria-description': '稍后读' };

it('the title of a link comes back as it was', () => {
  for (const attributes of [{ title: '原文' }, MARKED]) {
    const element = link(attributes);
    const tooltip = tooltips();
    tooltip.take(element);
    expect(element.hasAttribute('title')).toBe(false);
    // After scrolling, the preview looks the link up again.
    tooltip.take(element);
    tooltip.giveBack(element);
    expect(element.title).toBe(attributes.title);
  }
});

it('no title is added to a link that had none', () => {
  const element = link({});
  const tooltip = tooltips();
  tooltip.take(element);
  tooltip.giveBack(element);
  expect(element.hasAttribute('title')).toBe(false);
});

it('the title does not come back if its mark was taken back meanwhile', () => {
  const element = link(MARKED);
  const tooltip = tooltips();
  tooltip.take(element);
  element.removeAttribute('aria-description');
  tooltip.giveBack(element);
  expect(element.hasAttribute('title')).toBe(false);
});

it('the old title does not replace a newer one', () => {
  const element = link(MARKED);
  const tooltip = tooltips();
  tooltip.take(element);
  element.title = '已读';
  tooltip.giveBack(element);
  expect(element.title).toBe('已读');
});
