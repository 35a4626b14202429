import { isMapping } from '../domain/isMapping.js';

/** What a callback says. */
export interface CallbackBody {
  success: boolean;
  /** Markdown, as it came. */
  mdMessage?: string;
}

const EXAMPLE = 'Send {"success": true} or false, and a text as "mdMessage" if there is one.';

/**
 * Reads a callback's body. Fields that it does not know are no fault.
 *
 * @param bytes - undefined when there was no body
 * @returns what it says, or a problem in a sentence or two
 */
export function readBody(bytes: Uint8Array | undefined): CallbackBody | { problem: string } {
  const text = textOf(bytes ?? new Uint8Array());
  if (text === undefined) return { problem: 'The body is not UTF-8.' };
  const body = parsed(text);
  if (body === undefined) return { problem: `The body is not a JSON object. ${EXAMPLE}` };
  if (hasFieldTwice(text)) return { problem: `The body has a field twice. ${EXAMPLE}` };
  const { success, mdMessage } = body;
  if (typeof success !== 'boolean') {
    return { problem: `The body's "success" is neither true nor false. ${EXAMPLE}` };
  }
  if (mdMessage === undefined || mdMessage === null) return { success };
  if (typeof mdMessage !== 'string') {
    return { problem: `The body's "mdMessage" is not a text. ${EXAMPLE}` };
  }
  return { success, mdMessage };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMapping(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What says success and failure at once says nothing. The parser would take the last. */
function hasFieldTwice(json: string): boolean {
  const names = new Set<unknown>();
  let depth = 0;
  for (const [token, text, colon] of json.matchAll(/("(?:[^"\\]|\\.)*"?)(\s*:)?|[{}[\]]/g)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (text === undefined || colon === undefined || depth !== 1) continue;
    const name: unknown = JSON.parse(text);
    if (names.has(name)) return true;
    names.add(name);
  }
  return false;
}
