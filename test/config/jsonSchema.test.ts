import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { jsonSchema } from '../../dev/generate/jsonSchema.js';
import { root } from '../../dev/setup/paths.js';
import { CATALOG } from '../../src/config/index.js';
import { TEXT_KINDS } from '../../src/config/source/kinds.js';
import { exampleFile } from './examples.js';
import { diagnose, SHOP } from './support.js';
import { wrongFiles } from './wrongFiles.js';

const committed = readFileSync(join(root, 'schema/deployment.schema.json'), 'utf8');
const accepts = new Ajv({ strict: false }).compile(JSON.parse(committed) as object);

const inEditor = new Set(CATALOG.flatMap(({ code, inEditor }) => (inEditor ? code : [])));
const ofText = new Set(TEXT_KINDS.map(({ code }) => code));

/** Every file that there is, wrong or right. */
const corpus: [name: string, source: string | Uint8Array][] = [
  ...wrongFiles().map(({ name, bytes }) => [`wrong: ${name}`, bytes] as [string, Uint8Array]),
  ...CATALOG.filter(({ abridged }) => !abridged).flatMap((kind): [string, string][] => [
    [`wrong example: ${kind.code}`, exampleFile(kind, kind.wrong)],
    [`right example: ${kind.code}`, exampleFile(kind, kind.right)],
  ]),
  ...readdirSync(join(root, 'examples'))
    .filter((file) => file.endsWith('.yaml') && file !== 'settings.yaml')
    .map((file): [string, string] => [file, readFileSync(join(root, 'examples', file), 'utf8')]),
  ['with every key', SHOP],
];

/** An editor does not ask a schema about a text that is no YAML. */
const asked = corpus.filter(
  ([, source]) =>
    !diagnose(source).some(({ code, severity }) => severity === 'error' && ofText.has(code)),
);

describe('the JSON Schema', () => {
  it('is current', () => {
    expect(committed).toBe(jsonSchema());
  });

  it.each(asked)('refuses what the code refuses and a schema can express: %s', (_name, source) => {
    const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
    const data: unknown = parseDocument(text, { merge: true }).toJS({ maxAliasCount: -1 });
    const errors = diagnose(source).filter(({ severity }) => severity === 'error');
    const expressible = errors.filter(({ code }) => inEditor.has(code));
    const isAccepted = expressible.length === 0;
    expect({ accepted: accepts(data), errors: accepts.errors }).toEqual({
      accepted: isAccepted,
      errors: isAccepted ? null : expect.anything(),
    });
  });

  it('is asked about most of the files', () => {
    expect(asked.length).toBeGreaterThan(250);
  });
});
