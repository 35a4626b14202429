/** One token of JSON after blanks: a text, another scalar, or a mark. Source: RFC 8259. */
const TOKEN =
  // eslint-disable-next-line no-control-regex -- JSON has none of them in a text
  /[ \t\n\r]*(?:("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y;

const BLANKS = /[ \t\n\r]*/y;

/** What may come next. */
type Next = 'value' | 'first item' | 'key' | 'first key' | 'colon' | 'comma or end';

/**
 * Where a text stops being JSON; undefined when it is JSON. The engine's parser says of most faults
 * only what they are.
 */
export function faultIn(text: string): number | undefined {
  if (parses(text)) return undefined;
  const open: ('{' | '[')[] = [];
  let next: Next = 'value';
  for (let at = 0; ;) {
    const start = endOf(BLANKS, text, at);
    TOKEN.lastIndex = at;
    const [, string, scalar, mark] = TOKEN.exec(text) ?? [];
    const after = nextAfter(next, string === undefined ? (mark ?? scalar) : 'text', open);
    if (after === undefined) return start;
    next = after;
    at = TOKEN.lastIndex;
  }
}

/** What may come after a token; undefined where the token cannot stand. */
function nextAfter(next: Next, token: string | undefined, open: ('{' | '[')[]): Next | undefined {
  const isClosing =
    (token === '}' && open.at(-1) === '{' && (next === 'first key' || next === 'comma or end')) ||
    (token === ']' && open.at(-1) === '[' && (next === 'first item' || next === 'comma or end'));
  if (isClosing) {
    open.pop();
    return 'comma or end';
  }
  if (next === 'key' || next === 'first key') return token === 'text' ? 'colon' : undefined;
  if (next === 'colon') return token === ':' ? 'value' : undefined;
  if (next === 'comma or end') {
    if (token !== ',' || open.length === 0) return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'first key' : 'first item';
  }
  const isScalar = token !== undefined && !['}', ']', ',', ':'].includes(token);
  return isScalar ? 'comma or end' : undefined;
}

function endOf(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  pattern.exec(text);
  return pattern.lastIndex;
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
