/** Web Locks: at most one context of the extension does a thing at a time. */

interface Scope {
  navigator?: { locks?: Pick<LockManager, 'request'> };
}

/** Does work while no other context holds this lock. A context that ends gives its locks back. */
export async function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  const { locks } = (globalThis as Scope).navigator ?? {};
  return locks ? locks.request(name, work) : work();
}
