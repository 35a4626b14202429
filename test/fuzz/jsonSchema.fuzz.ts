import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { jsonSchema } from '../../dev/generate/jsonSchema.js';
import { CATALOG } from '../../src/config/index.js';
import { TEXT_KINDS } from '../../src/config/source/kinds.js';
import { diagnose } from '../config/support.js';
import { validFiles } from '../config/validFiles.js';

const accepts = new Ajv({ strict: false }).compile(JSON.parse(jsonSchema()) as object);
const inEditor = new Set(CATALOG.flatMap(({ code, inEditor }) => (inEditor ? code : [])));
const ofText = new Set(TEXT_KINDS.map(({ code }) => code));

/** What may stand where something else should. */
const anything = fc.oneof(
  fc.constantFrom<unknown>('', ' ', 'a b', '25', 25, -1, 1.5, true, null, [], {}, ['a'], { a: 1 }),
  fc.constantFrom<unknown>('Minutes', 'manual', 's3://a/b', 'https://a.b', 'us-east-1', '{{a}}'),
);

/** The data with one value, anywhere in it, replaced. */
function replaced(data: unknown, at: number, value: unknown): unknown {
  let left = at % countOf(data);
  const go = (inner: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(inner)) return inner.map(go);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, go(each)]));
  };
  return go(data);
}

function countOf(data: unknown): number {
  if (typeof data !== 'object' || data === null) return 1;
  return Object.values(data).reduce((sum: number, each) => sum + countOf(each), 1);
}

describe('a deployment with one value replaced', () => {
  it('is refused by the JSON Schema when it should be, and accepted when nothing is wrong', () => {
    // A schema cannot know what a filter leaves out, so there is none.
    fc.assert(
      fc.property(validFiles, fc.nat(), anything, ({ targetFilters: _, ...file }, at, value) => {
        const text = stringify(replaced(file, at, value));
        const errors = diagnose(text).filter(({ severity }) => severity === 'error');
        fc.pre(!errors.some(({ code }) => ofText.has(code)));
        const expressible = errors.some(({ code }) => inEditor.has(code));
        const accepted = accepts(parse(text));
        const found = { text, errors, schemaErrors: accepts.errors, accepted };
        if (expressible) expect(found).toEqual({ ...found, accepted: false });
        if (errors.length === 0) expect(found).toEqual({ ...found, accepted: true });
      }),
      { numRuns: 3000, endOnFailure: true, seed: 1 },
    );
  });
});
