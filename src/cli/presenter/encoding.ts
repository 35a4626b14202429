import type { StreamFormat } from '../outputFormat.js';

/** An object as it is written to a stream, with its end of line. */
export type Encode = (object: object) => string;

/** One line of JSON for each object, or one document of YAML. YAML is loaded only for YAML. */
export async function encodingOf(format: StreamFormat): Promise<Encode> {
  if (format === 'json') return (object) => `${JSON.stringify(object)}\n`;
  const { stringify } = await import('yaml');
  // Without anchors for what occurs twice, and without lines that are folded.
  const options = { aliasDuplicateObjects: false, lineWidth: 0 };
  return (object) => `---\n${stringify(object, options)}`;
}
