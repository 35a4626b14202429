import type { Path } from '../path.js';

/** What is left of a value of which parts could not be read. */
export type Draft<Value> = Value extends readonly (infer Item)[]
  ? (Draft<Item> | undefined)[]
  : Value extends object
    ? { [Key in keyof Value]?: Draft<Value[Key]> | undefined }
    : Value;

/**
 * Makes every value that a schema refused undefined, in place, so that the rules can look at the
 * rest: a mistake in one place does not hide those in others.
 */
export function withoutRefused(data: unknown, refused: readonly Path[]): unknown {
  if (refused.some((path) => path.length === 0)) return {};
  for (const path of refused) clear(data, path);
  return data;
}

function clear(data: unknown, path: Path): void {
  let holder = data as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) {
    const next = holder[key];
    if (typeof next !== 'object' || next === null) return;
    holder = next as typeof holder;
  }
  holder[path.at(-1) ?? ''] = undefined;
}
