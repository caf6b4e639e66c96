/** Imports marks, discovered posts, plans and settings. All of it can be undone. */
import type { Actions, Notice } from '../../../app/actions.ts';
import type { Answer, Change } from '../../../app/messages.ts';
import type { Settings } from '../../../app/settings.ts';
import { write } from '../../../app/transport.ts';
import { encodeDiscovered } from '../../../catalogue/discovered/codec.ts';
import type { DiscoveredPosts } from '../../../catalogue/discovered/post.ts';
import type { SavedPlan } from '../../../catalogue/plans/planner.ts';
import type { ImportSource } from '../../../record/undo-steps.ts';
import type { LibraryContext } from '../../view.ts';

export interface Import {
  source: ImportSource;
  /** Entries with stamps of their own, as record/codec.ts writes them; or marks that are made now. */
  marks: { entries: string } | { changes: Change[] };
  discovered: DiscoveredPosts;
  plans?: readonly SavedPlan[];
  settings?: Partial<Settings>;
}

/**
 * Imports, and reports the result. If a part of it fails, all of it can be retried.
 *
 * @param done is called when everything is stored
 */
export function importMarks(context: LibraryContext, given: Import, done: () => void): void {
  const { actions } = context;
  const { source, marks, discovered, plans = [], settings = {} } = given;
  const id = crypto.randomUUID();
  const others = otherRequests({ discovered, plans, settings });
  const undoOthers = undoRequests(context, { discovered, plans, settings });
  const sendMarks = () =>
    'entries' in marks
      ? write('merge', { id, source, ...marks })
      : write('mark', { id, source, ...marks });
  const send = async (): Promise<Answer> => {
    const answer = await inOrder(others);
    return answer.ok ? sendMarks() : answer;
  };
  void actions.run(send, ({ step }) => {
    done();
    if (others.length === 0) return storedNotice(actions, 'imported', step);
    const undoId = crypto.randomUUID();
    const undoMarks = step === undefined ? [] : [() => write('undo', { id: undoId, step })];
    const undo = () =>
      void actions.run(
        () => inOrder([...undoMarks, ...undoOthers]),
        () => ({ kind: 'reverted' }),
      );
    return { kind: 'imported', action: { kind: 'undo', run: undo, isBeyondList: true } };
  });
}

type Request = () => Promise<Answer>;
type Others = Required<Pick<Import, 'discovered' | 'plans' | 'settings'>>;

/** The requests for everything besides the marks. */
function otherRequests({ discovered, plans, settings }: Others): Request[] {
  return [
    ...(discovered.size > 0 ? [() => mergeDiscovered(discovered)] : []),
    ...plans.map((plan) => () => write('plans', { change: { keep: plan } })),
    ...(Object.keys(settings).length > 0 ? [() => write('settings', { settings })] : []),
  ];
}

/** The requests that restore the current discovered posts, plans and settings. */
function undoRequests(context: LibraryContext, { discovered, plans, settings }: Others): Request[] {
  const ids = [...discovered.keys()];
  const known = [...context.discovered].filter(([id]) => discovered.has(id));
  const earlier = Object.keys(settings).map((name) => [
    name,
    context.live.settings[name as keyof Settings],
  ]);
  return [
    ...(ids.length > 0 ? [() => write('forgetDiscovered', { ids })] : []),
    ...otherRequests({
      discovered: new Map(known),
      plans: [],
      settings: Object.fromEntries(earlier) as Partial<Settings>,
    }),
    ...plans.map(({ goal }) => {
      const ours = context.plans.to(goal);
      return () => write('plans', { change: ours ? { keep: ours } : { drop: goal } });
    }),
  ];
}

function mergeDiscovered(discovered: DiscoveredPosts): Promise<Answer> {
  return write('mergeDiscovered', { discovered: encodeDiscovered(discovered) });
}

/** Sends requests in order until one fails; returns the last answer. */
async function inOrder(requests: readonly Request[]): Promise<Answer> {
  let answer: Answer = { ok: true };
  for (const request of requests) {
    answer = await request();
    if (!answer.ok) break;
  }
  return answer;
}

/** The notice of a stored request; `step` is the id to undo it by, if it changed anything. */
export function storedNotice(
  actions: Actions,
  kind: 'imported' | 'restored',
  step: string | undefined,
): Notice {
  return step === undefined
    ? { kind: 'nothing-changed' }
    : { kind, action: { kind: 'undo', run: () => void actions.undo(step) } };
}
