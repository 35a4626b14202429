const LONGEST_QUOTE = 80;

/** Characters that a terminal would obey instead of show, or that change how the rest is read. */
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** The text with a visible sign in the place of each unprintable character. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, visibleSign);
}

/** A value of the file within a sentence: printable, in quotes, and not too long. */
export function quoted(text: string): string {
  const shown = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  return `"${printable(shown)}"`;
}

function visibleSign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
