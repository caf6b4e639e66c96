/** Web Locks: at most one context of the extension does a thing at a time. */

interface Scope {
  navigator?: { locks?: Pick<LockManager, 'request'> };
}

/** Runs work while no other context has this lock. A context that ends releases its locks. */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const { locks } = (globalThis as Scope).navigator ?? {};
  return locks ? locks.request(name, work) : work();
}
