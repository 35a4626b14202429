import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

type Schema = Record<string, unknown>;

const url = new URL('../../schema/output.schema.json', import.meta.url);

/** The schema of what commands write for scripts, in which a field that it does not name is wrong. */
const strict = closed(JSON.parse(readFileSync(url, 'utf8')) as Schema) as Schema;

const validate = new Ajv({
  allErrors: true,
  discriminator: false,
  formats: { 'date-time': true },
}).compile(strict);

/** What is wrong with an object of the stream, by the schema of its type; empty when nothing is. */
export function schemaProblems(object: unknown): string[] {
  if (validate(object)) return [];
  const index = typesOf(strict).indexOf((object as { type: string }).type);
  const errors = validate.errors ?? [];
  const own = errors.filter(
    ({ schemaPath }) =>
      !schemaPath.startsWith('#/oneOf') || schemaPath.startsWith(`#/oneOf/${index}/`),
  );
  return own.map(
    (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
  );
}

/** The types of objects that the schema knows. */
export function typesOf(schema: Schema = strict): string[] {
  const lines = schema['oneOf'] as { properties: { type: { const: string } } }[];
  return lines.map(({ properties }) => properties.type.const);
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  const isClosed = 'properties' in schema && (schema as Schema)['type'] === 'object';
  return { ...Object.fromEntries(entries), ...(isClosed && { additionalProperties: false }) };
}
