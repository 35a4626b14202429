/** An object in which what may be undefined may be missing instead. */
export type Defined<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * The object without what is undefined, its keys in the same order: for optional fields, which may
 * be missing but not undefined.
 *
 * @example
 * return { application, ...defined({ commit, startedBy: person?.name }) };
 */
export function defined<T extends object>(object: T): Defined<T> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
