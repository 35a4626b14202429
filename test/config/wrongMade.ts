type Values = Record<string, string | number>;

/**
 * What the `<…>` stand for in cases that are too long to be written out, or have a character that
 * nobody sees. A line with one is repeated for each of its values.
 */
const VALUES: Record<string, Values[]> = {
  'control-character': [{ bell: '\u0007' }],
  'deep-brackets': [{ brackets: '['.repeat(200) }],
  'environment-size': [{ long: 'x'.repeat(4096) }],
  'image-config': [{ folders: '/orders'.repeat(150) }],
  'package-key': [{ folders: 'orders/'.repeat(150) }],
  'plan-too-large': ['t', 'u', 'v'].flatMap((letter, index) =>
    numbers(1, 99).map((n) => ({
      long: 'x'.repeat(4000),
      name: `${letter}${n}`,
      account: (index + 1) * 1e11 + n,
    })),
  ),
  'too-many-functions': numbers(1, 101).map((n) => ({ n })),
  'too-many-steps': numbers(1, 101).map((n) => ({ n })),
  'too-many-tags': numbers(1, 50).map((n) => ({ n })),
  'too-many-targets': numbers(0, 2000).map((n) => ({ n, region: region(n) })),
};

/** How the cases become bytes that are about bytes, or about a file as a whole. */
const BYTES: Record<string, (text: string) => Uint8Array> = {
  'byte-order-mark-and-windows': (text) => Buffer.from(`\ufeff${text.replaceAll('\n', '\r\n')}`),
  'latin-1': (text) => Buffer.from(text, 'latin1'),
  'several-documents': (text) => Buffer.from(`${text}---\n${text}`),
  'utf-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  zip: () => Buffer.from('504b03041400000008000102fffe', 'hex'),
};

/** The cases that need more than their text. */
export const MADE = new Set([...Object.keys(VALUES), ...Object.keys(BYTES)]);

/** The file of a case. */
export function made(name: string, text: string): Uint8Array {
  const values = VALUES[name];
  const whole = values === undefined ? text : filled(text, values);
  return BYTES[name]?.(whole) ?? Buffer.from(whole);
}

function filled(text: string, values: readonly Values[]): string {
  const lines = text.split('\n').flatMap((line) => [...new Set(values.map(lineWith(line)))]);
  return lines.join('\n');
}

function lineWith(line: string): (values: Values) => string {
  return (values) => line.replaceAll(/<(\w+)>/g, (_, key: string) => String(values[key]));
}

/** Regions that nobody has: zz-aa-1, zz-aa-2, zz-aa-3, zz-ab-1, and so on. */
function region(n: number): string {
  const pair = Math.floor(n / 3);
  const letters = String.fromCharCode(97 + Math.floor(pair / 26), 97 + (pair % 26));
  return `zz-${letters}-${(n % 3) + 1}`;
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
