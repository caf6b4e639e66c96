import { expect, it, vi } from 'vitest';
import { Followers } from '../../../src/content/followers.ts';

it('an error in one is reported, and the others are called', () => {
  const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { signal } = new AbortController();
  const called: string[] = [];
  const followers = new Followers<[value: string]>();
  followers.add(() => {
    throw new Error('broken');
  }, signal);
  followers.add((value) => called.push(value), signal);
  followers.tell('a');
  expect(called).toEqual(['a']);
  expect(report).toHaveBeenCalledWith('[科学空间伴读]', new Error('broken'));
});

it('those that have ended meanwhile or are new are not called', () => {
  const [controller, { signal }] = [new AbortController(), new AbortController()];
  const called: string[] = [];
  const followers = new Followers();
  followers.add(() => {
    called.push('first');
    controller.abort();
    followers.add(() => called.push('new'), signal);
  }, signal);
  followers.add(() => called.push('ended'), controller.signal);
  followers.tell();
  expect(called).toEqual(['first']);
});
