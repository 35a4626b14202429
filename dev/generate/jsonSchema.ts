import { z } from 'zod';
import { writtenDeployment } from '../../src/config/written/schema.js';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of deployment files, made from the definitions that read them. It is of draft 7,
 * because editors know no newer one for YAML.
 */
export function jsonSchema(): string {
  const schema = z.toJSONSchema(writtenDeployment, {
    target: 'draft-7',
    override: ({ jsonSchema }) => finish(jsonSchema as JsonSchema),
  }) as JsonSchema;
  const { $schema, ...rest } = schema;
  const named = { $schema, title: 'A deployment of AWS Lambda functions with Sluice', ...rest };
  return `${JSON.stringify(named, undefined, 2)}\n`;
}

/** Turns the words of a type into a description, and adds what only the schema says. */
function finish(schema: JsonSchema): void {
  const { write, help, editor } = schema as { write?: string; help?: string; editor?: object };
  for (const key of ['write', 'help', 'editor']) Reflect.deleteProperty(schema, key);
  Object.assign(schema, editor);
  const description = help ?? (write === undefined ? undefined : `Write ${write}.`);
  if (description !== undefined) schema['description'] = description;
  // The bounds of whole numbers in JavaScript are no part of the language.
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  // Keys are text in any case.
  if (isPlainText(schema['propertyNames'])) delete schema['propertyNames'];
}

function isPlainText(schema: unknown): boolean {
  return JSON.stringify(schema) === '{"type":"string"}';
}
