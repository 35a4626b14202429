/** The items that have a key, by it, in their order. */
export function groupBy<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | undefined,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** One key for a target and a function of it. */
export function pairKey(target: string | undefined, functionName: string | undefined): string {
  return JSON.stringify([target, functionName]);
}
