/** Reads stored values for an open page and follows their changes. */
import { load, onChanged, type StorageKey, type StoredValues } from '../platform/storage.ts';

/**
 * Reads stored values once, and follows their changes until `signal` is aborted; without one, as long as
 * the page lives.
 *
 * @param take is called with all values when they are read and at each change. If they cannot be read,
 * `isRead` is false and there are no values; they are read again at the next change.
 */
export function followStored(
  keys: readonly StorageKey[],
  take: (stored: StoredValues, isRead: boolean) => void,
  signal?: AbortSignal,
): void {
  let changes: StoredValues = {};
  let stored: StoredValues | undefined;
  let isReading = false;
  const read = async () => {
    isReading = true;
    const values = await load(keys).catch(() => undefined);
    isReading = false;
    // Values that changed since the read began are newer than those that it returns.
    stored = values && { ...values, ...changes };
    if (!signal?.aborted) take(stored ?? {}, stored !== undefined);
  };
  onChanged((changed) => {
    if (!keys.some((key) => key in changed)) return;
    changes = { ...changes, ...changed };
    if (stored) take((stored = { ...stored, ...changed }), true);
    else if (!isReading) void read();
  }, signal);
  void read();
}
