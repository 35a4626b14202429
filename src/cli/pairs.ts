/** Names and values, or what is wrong with the text, in a sentence. */
export type Pairs = { pairs: Record<string, string> } | { problem: string };

/**
 * Reads `key=value,…`. A comma begins another pair only where a key and `=` follow, so values may
 * have commas.
 */
export function readPairs(text: string): Pairs {
  const pairs: Record<string, string> = {};
  for (const pair of text.split(/,(?=[^=,]+=)/)) {
    const [key = '', ...value] = pair.split('=');
    const name = key.trim();
    if (name === '' || value.length === 0)
      return { problem: 'Write each value as key=value, such as team=checkout.' };
    if (name === '__proto__') return { problem: 'The key "__proto__" cannot be used.' };
    pairs[name] = value.join('=');
  }
  return { pairs };
}
