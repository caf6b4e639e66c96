/**
 * Opens the library at a fragment of its address. An open library shows it; only if there is none, a tab is opened.
 * Requests are carried out one after the other, and each waits until the tab that it opened answers, so that no
 * page can fill the window with tabs.
 */
import { LIBRARY_LOCK, type LibraryMessages } from '../app/messages.ts';
import { createLibraryTab } from '../platform/browser.ts';
import { isLockHeld } from '../platform/locks.ts';
import { sendToOwnParts } from '../platform/messaging.ts';
import { queue } from './queue.ts';

/** The longest wait for an open library, which may hang. */
const ANSWER_PATIENCE_MS = 4_000;
/** A new tab takes about a second to load; one that the reader closes meanwhile never does. */
const OPENING_PATIENCE_MS = 5_000;
const PAUSE_MS = 100;

const inTurn = queue();

/** @param fragment of its address, such as `#record` */
export function openLibrary(fragment: string): Promise<void> {
  return inTurn(() => open(fragment));
}

async function open(fragment: string): Promise<void> {
  if (await isShownBySome(fragment)) return;
  await createLibraryTab(fragment);
  const patience = performance.now() + OPENING_PATIENCE_MS;
  while (performance.now() < patience && (await isLockHeld(LIBRARY_LOCK)) === false)
    await pause(PAUSE_MS);
}

async function isShownBySome(fragment: string): Promise<boolean> {
  const sent: LibraryMessages['showLibrary']['sent'] = { fragment };
  const answer = sendToOwnParts({ type: 'showLibrary', ...sent }).catch(() => undefined);
  return (await Promise.race([answer, pause(ANSWER_PATIENCE_MS)])) === true;
}

function pause(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms));
}
