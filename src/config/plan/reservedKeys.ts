import { atKey, type Finding } from '../findings.js';
import type { Path } from '../path.js';

/** Finds keys that the schema passes over in silence, because plain data cannot hold them safely. */
export function reservedKeys(value: unknown, path: Path = []): Finding[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, inner]) =>
    key === '__proto__' ? [reservedKey([...path, key])] : reservedKeys(inner, [...path, key]),
  );
}

function reservedKey(path: Path): Finding {
  const breach = atKey(path, 'The key "__proto__" cannot be used.', 'Choose another name.');
  return { code: 'reserved-key', severity: 'error', ...breach };
}
