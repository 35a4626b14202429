/**
 * What a terminal would obey instead of show, what changes in which direction the text after it is
 * read, what nobody sees, and half characters, which cannot be sent as UTF-8. The two joiners stay:
 * Persian words and family emoji are made with them.
 */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with a visible sign in the place of each unprintable character. */
export function printable(text: string): string {
  return text.replaceAll(UNPRINTABLE, visibleSign);
}

const RUNS = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}])+/gu;

/** The text without half characters, and with a blank in the place of other unprintable ones. */
export function withoutUnprintable(text: string): string {
  return text.replaceAll(/\p{Cs}/gu, '').replaceAll(RUNS, ' ');
}

/**
 * JSON, or a line of it, with an escape in the place of each unprintable character: it says the
 * same.
 */
export function escapedJson(json: string): string {
  return json.replaceAll(UNPRINTABLE, (one) =>
    Array.from({ length: one.length }, (_, index) => escapeOf(one.charCodeAt(index))).join(''),
  );
}

/** The same for YAML, where unprintable characters stand within double quotes alone. */
export function escapedYaml(yaml: string): string {
  return yaml.replaceAll(UNPRINTABLE, (one) => {
    const code = one.codePointAt(0) ?? 0;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : escapeOf(code);
  });
}

export function isPrintable(text: string): boolean {
  return text.search(UNPRINTABLE) < 0;
}

function escapeOf(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

function visibleSign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
