import { isPrintable } from '../../domain/printable.js';
import { terminal, TerminalText } from '../../domain/terminalText.js';
import type { StreamFormat } from '../outputFormat.js';

/** An object as it is written to a stream, with its end of line. */
export type Encode = (object: object) => TerminalText;

/** One line of JSON for each object, or one document of YAML. YAML is loaded only for YAML. */
export async function encodingOf(format: StreamFormat): Promise<Encode> {
  if (format === 'json') return (object) => terminal`${TerminalText.json(object)}\n`;
  const { Document, visit } = await import('yaml');
  return (object) => {
    // Without anchors for what occurs twice, and without lines that are folded.
    const document = new Document(object, { aliasDuplicateObjects: false });
    visit(document, {
      Scalar: (_, scalar) => {
        if (needsEscapes(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
      },
    });
    return terminal`---\n${TerminalText.yaml(document.toString({ lineWidth: 0 }))}`;
  };
}

/** Line breaks need none: YAML has forms for texts of several lines. */
function needsEscapes(value: unknown): boolean {
  return typeof value === 'string' && !isPrintable(value.replaceAll('\n', ''));
}
