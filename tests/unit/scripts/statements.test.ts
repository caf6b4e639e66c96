/** What check-live.ts says of the blog, and when it fails. */
import { expect, it } from 'vitest';
import { conclude, PAGES } from '../../../scripts/statements.ts';

it('check-live succeeds only if every statement holds on every page', () => {
  const pages = PAGES.length;
  expect(conclude({ pages, holds: 100, fails: 0 }).status).toBe(0);
  expect(conclude({ pages, holds: 99, fails: 1 }).status).toBe(1);
});

it('check-live fails if it ended before the last page, and says how many pages it opened', () => {
  expect(conclude({ pages: 2, holds: 40, fails: 0 })).toEqual({
    says: '2 of 9 pages: 40 statements hold, 0 do not.',
    status: 1,
  });
});
