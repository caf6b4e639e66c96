/** Reads stored values for an open page and follows their changes. */
import { load, onChanged, type StorageKey, type StoredValues } from '../platform/storage.ts';

/**
 * Reads stored values once, and follows their changes until `signal` is aborted.
 *
 * @param take is called with all values when they are read and at each change. If they cannot be read,
 * `isRead` is false and values are missing.
 */
export function followStored(
  keys: readonly StorageKey[],
  take: (stored: StoredValues, isRead: boolean) => void,
  signal: AbortSignal,
): void {
  let changes: StoredValues = {};
  let stored: StoredValues | undefined;
  onChanged((changed) => {
    if (!keys.some((key) => key in changed)) return;
    changes = { ...changes, ...changed };
    if (stored) take((stored = { ...stored, ...changed }), true);
  }, signal);
  const begin = (values: StoredValues, isRead: boolean) => {
    // Values that changed since the read began are newer than those that it returns.
    stored = { ...values, ...changes };
    if (!signal.aborted) take(stored, isRead);
  };
  load(keys).then(
    (values) => begin(values, true),
    () => begin({}, false),
  );
}
