import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { jsonSchema, jsonSchemaOfParts } from '../../dev/generate/jsonSchema.js';
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

/** With the codes of their errors. An editor does not ask a schema about a text that is no YAML. */
const asked = corpus
  .map(([name, source]) => {
    const errors = diagnose(source).filter(({ severity }) => severity === 'error');
    return [name, source, errors.map(({ code }) => code)] as const;
  })
  .filter(([, , errors]) => !errors.some((code) => ofText.has(code)));

describe('the JSON Schema', () => {
  it('is current', () => {
    expect(committed).toBe(jsonSchema());
  });

  it.each(asked)(
    'refuses what the code refuses and a schema can express: %s',
    (_name, source, errors) => {
      const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
      const data: unknown = parseDocument(text, { merge: true }).toJS({ maxAliasCount: -1 });
      const isAccepted = !errors.some((code) => inEditor.has(code));
      expect({ accepted: accepts(data), errors: accepts.errors }).toEqual({
        accepted: isAccepted,
        errors: isAccepted ? null : expect.anything(),
      });
    },
  );

  it('is asked about most of the files', () => {
    expect(asked.length).toBeGreaterThan(250);
  });
});

describe('the JSON Schema of parts', () => {
  const file = join(root, 'schema/deployment-part.schema.json');
  const text = readFileSync(file, 'utf8');
  const acceptsPart = new Ajv({ strict: false }).compile(JSON.parse(text) as object);

  it('is current', () => {
    expect(text).toBe(jsonSchemaOfParts());
  });

  it('accepts parts, and what a file with include leaves out', () => {
    const folder = join(root, 'examples/shared');
    const names = readdirSync(folder);
    expect(names).not.toEqual([]);
    for (const name of names) {
      const part: unknown = parseDocument(readFileSync(join(folder, name), 'utf8')).toJS();
      expect([name, acceptsPart(part), accepts(part)]).toEqual([name, true, false]);
      expect(accepts({ ...(part as object), include: 'rest.yaml' })).toBe(true);
    }
    const target = { targets: { production: { region: 'us-east-1' } }, include: 'rest.yaml' };
    expect([acceptsPart(target), accepts(target)]).toEqual([true, false]);
  });

  it.each([
    ['an unknown key', { webhook: [] }],
    ['an unknown key of a target', { targets: { production: { regoin: 'us-east-1' } } }],
    ['an item of a list that is not whole', { webhooks: [{ name: 'tests' }] }],
    ['a wrong type', { context: [] }],
    ['another version', { version: 'v2' }],
  ])('refuses %s', (_name, part) => {
    expect(acceptsPart(part)).toBe(false);
  });
});
