import stringWidth from 'string-width';

/** What a reader takes for one character, which may be several code points. */
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text with spaces up to a width in columns. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}

/** The text cut to a width in columns, with a mark where something is missing. */
export function cut(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let [kept, columns] = ['', 0];
  for (const { segment } of characters.segment(text)) {
    columns += stringWidth(segment);
    if (columns > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}
