/**
 * Whether a text fits a pattern, in which `*` stands for any number of characters and everything
 * else for itself.
 */
export function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first)) return false;
  const position = rest.reduce(
    (at, part) => (at < 0 ? at : afterNext(text, part, at)),
    first.length,
  );
  return position >= 0 && text.length - last.length >= position && text.endsWith(last);
}

/** Just behind the next occurrence of the part, or -1. */
function afterNext(text: string, part: string, from: number): number {
  const found = text.indexOf(part, from);
  return found < 0 ? -1 : found + part.length;
}
