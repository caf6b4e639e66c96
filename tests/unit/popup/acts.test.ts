import { expect, it } from 'vitest';
import type { Answer, Change } from '../../../src/platform/protocol.ts';
import { Acts, type Notice } from '../../../src/popup/acts.ts';
import { type Mark, UNREAD } from '../../../src/reading/marks.ts';

const READ: Mark = { kind: 'read', at: 1_600_000_000_000, by: 'hand' };
const HALF: Mark = { kind: 'reading', fraction: 0.4 };

function set(answers: Answer[] = []) {
  const changes: Change[] = [];
  const notices: Notice[] = [];
  const acts = new Acts(
    async (change) => {
      changes.push(change);
      await Promise.resolve();
      return answers.shift() ?? { ok: true };
    },
    (notice) => notices.push(notice),
  );
  return { acts, changes, notices };
}
const act = (post: number, from: Mark, to: Mark) => ({ post, title: `${post}`, from, to });

it('stores, says so, and takes back in turn what was done', async () => {
  const { acts, changes, notices } = set();
  await acts.mark(act(1, HALF, READ));
  await acts.mark(act(2, UNREAD, READ));
  await acts.undo();
  await acts.undo();
  await acts.undo();
  expect(changes).toEqual([
    { post: 1, mark: READ },
    { post: 2, mark: READ },
    { post: 2, mark: UNREAD },
    { post: 1, mark: HALF },
  ]);
  expect(notices.map((notice) => notice.kind === 'marked' && Boolean(notice.undo))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('says why something was not stored, and tries again', async () => {
  const { acts, changes, notices } = set([{ ok: false, why: 'full' }]);
  await acts.mark(act(1, UNREAD, READ));
  expect(notices).toMatchObject([{ kind: 'failed', why: 'full' }]);
  await acts.undo();
  expect(changes).toHaveLength(1);
  if (notices[0]?.kind === 'failed') notices[0].retry();
  await Promise.resolve().then(() => Promise.resolve());
  await new Promise((resolve) => setTimeout(resolve));
  expect(notices[1]).toMatchObject({ kind: 'marked', mark: READ });
});

it('keeps an act that could not be taken back', async () => {
  const { acts, notices } = set([{ ok: true }, { ok: false, why: 'failed' }]);
  await acts.mark(act(1, UNREAD, READ));
  await acts.undo();
  await acts.undo();
  expect(notices.map(({ kind }) => kind)).toEqual(['marked', 'failed', 'marked']);
});

it('asks nothing more of a post until it is answered', async () => {
  const { acts, changes } = set();
  await Promise.all([acts.mark(act(1, UNREAD, READ)), acts.mark(act(1, UNREAD, READ))]);
  expect(changes).toHaveLength(1);
});
