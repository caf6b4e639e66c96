/** Web Locks: at most one context of the extension does a thing at a time. */

interface Scope {
  navigator?: { locks?: Pick<LockManager, 'request' | 'query'> };
}

/** Runs work while no other context has this lock. A context that ends releases its locks. */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const { locks } = (globalThis as Scope).navigator ?? {};
  return locks ? locks.request(name, work) : work();
}

/** Whether some context of the extension has this lock; undefined where the browser has no locks. */
export async function isLockHeld(name: string): Promise<boolean | undefined> {
  const { locks } = (globalThis as Scope).navigator ?? {};
  const held = (await locks?.query())?.held;
  return held?.some((lock) => lock.name === name);
}
