import { expect, it } from 'vitest';
import { readingMinutes, readingSeconds } from '../../../src/record/reading-time.ts';

const nothing = { chars: 0, words: 0, inlineFormulas: 0, displayFormulas: 0, codeLines: 0 };

it.each([
  ['nothing', {}, 0, 1],
  ['a minute of Chinese', { chars: 300 }, 60, 1],
  ['a character more', { chars: 301 }, 60.2, 2],
  ['a minute of English', { words: 238 }, 60, 1],
  // Computed by hand: 2,079 / 5 = 415.8; 356 × 60 / 238 = 89.75; 34 × 4 = 136; 9 × 30 = 270.
  ['post 9708', { chars: 2_079, words: 356, inlineFormulas: 34, displayFormulas: 9 }, 911.55, 16],
  ['code', { codeLines: 20 }, 60, 1],
])('%s takes its time', (_, length, seconds, minutes) => {
  expect(readingSeconds({ ...nothing, ...length })).toBeCloseTo(seconds, 1);
  expect(readingMinutes({ ...nothing, ...length })).toBe(minutes);
});
