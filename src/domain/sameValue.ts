/** Whether the order of a list's items means something. */
export type ListOrder = 'ordered' | 'unordered';

/** Whether two values are the same as plain JSON, whatever the order of their keys. */
export function sameValue(a: unknown, b: unknown, lists: ListOrder): boolean {
  return textOf(a, lists) === textOf(b, lists);
}

/** One text for all values that are the same. */
function textOf(value: unknown, lists: ListOrder): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => textOf(item, lists));
    return `[${(lists === 'ordered' ? items : items.sort()).join()}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => `${JSON.stringify(key)}:${textOf(item, lists)}`);
  return `{${entries.sort().join()}}`;
}
