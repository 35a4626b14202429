/**
 * The keys of a context; undefined when it is written but could not be read.
 *
 * @param isWritten - whether the file has it
 */
export function contextKeys(
  context: object | undefined,
  isWritten: boolean,
): ReadonlySet<string> | undefined {
  if (context === undefined && isWritten) return undefined;
  return new Set(Object.keys(context ?? {}));
}
