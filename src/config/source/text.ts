import { textFault, type TextFault } from './faults.js';

/** The largest deployment file, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** The text of a file, and what keeps it from being one. */
export interface DecodedText {
  text: string;
  fault?: TextFault;
}

export function decodeText(source: string | Uint8Array): DecodedText {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  if (bytes.length > MAX_FILE_BYTES) return { text: '', fault: tooLarge(bytes.length) };
  const encoding = otherEncoding(bytes);
  if (encoding !== undefined) return { text: '', fault: encoded(encoding) };
  // Without `fatal`, so that the text up to the first bad byte is known.
  const text = new TextDecoder().decode(bytes);
  const fault = controlCharacter(text) ?? (isUtf8(bytes) ? undefined : badByte(bytes));
  return fault === undefined ? { text } : { text, fault };
}

/** The encoding that the first bytes of a file speak of, unless it is UTF-8. */
function otherEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe))
    return 'UTF-32';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'UTF-16';
  // Without a byte order mark, a first character of ASCII has one zero beside it.
  const isHalfZero = (a === 0 && b !== 0 && c === 0) || (a !== 0 && b === 0 && c !== 0 && d === 0);
  return bytes.length > 3 && isHalfZero ? 'UTF-16' : undefined;
}

function encoded(encoding: string): TextFault {
  return textFault(
    'not-text',
    { start: 0, end: 0 },
    `The file is encoded as ${encoding}, and a deployment file is UTF-8.`,
    'Save it as UTF-8 text.',
  );
}

function tooLarge(size: number): TextFault {
  return textFault(
    'file-too-large',
    { start: 0, end: 0 },
    `The file has ${size} bytes, and the most a deployment file may have is ${MAX_FILE_BYTES}.`,
    'Split the deployment into several files, or say what repeats once, with an anchor.',
  );
}

/** YAML is text: of the control characters it knows tabs and line breaks only. */
function controlCharacter(text: string): TextFault | undefined {
  const at = text.search(/(?![\t\n\r\u0080-\u009f])\p{Cc}/u);
  if (at < 0) return undefined;
  return textFault(
    'not-text',
    { start: at, end: at + 1 },
    'The file contains a control character, so it is not a text file.',
    'Check that this is the deployment file, and save it as UTF-8 text.',
  );
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The first bad byte is where the text, encoded again, differs from the bytes. */
function badByte(bytes: Uint8Array): TextFault {
  const again = new TextEncoder().encode(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  );
  const index = bytes.findIndex((byte, position) => byte !== again[position]);
  const start = new TextDecoder().decode(bytes.subarray(0, index)).length;
  return textFault(
    'not-text',
    { start, end: start + 1 },
    'The file is not UTF-8 from here on.',
    'Save it as UTF-8 text.',
  );
}
