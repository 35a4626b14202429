import { z } from 'zod';
import { writtenDeployment } from '../../src/config/written/schema.js';

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of deployment files, made from the definitions that read them. It is of draft 7,
 * because editors know no newer one for YAML.
 */
export function jsonSchema(): string {
  const { required, ...schema } = schemaOfLanguage();
  // What is missing may be in a file that is included.
  const whole = { if: { required: ['include'] }, then: {}, else: { required } };
  return titled('A deployment of AWS Lambda functions with Sluice', { ...schema, ...whole });
}

/** The JSON Schema of files that others include: the same language, with nothing that must be there. */
export function jsonSchemaOfParts(): string {
  const title = 'A part of a deployment of AWS Lambda functions with Sluice';
  return titled(title, partOf(schemaOfLanguage()));
}

function schemaOfLanguage(): JsonSchema {
  return z.toJSONSchema(writtenDeployment, {
    target: 'draft-7',
    override: ({ jsonSchema }) => finish(jsonSchema as JsonSchema),
  });
}

function titled(title: string, { $schema, ...rest }: JsonSchema): string {
  return `${JSON.stringify({ $schema, title, ...rest }, undefined, 2)}\n`;
}

/** Mappings are merged with those of other files; the items of lists are whole. */
function partOf({ required: _, minProperties: __, ...schema }: JsonSchema): JsonSchema {
  const { properties, additionalProperties } = schema;
  const parts = Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(
    ([key, inner]) => [key, partOf(inner)] as const,
  );
  return {
    ...schema,
    ...(properties !== undefined && { properties: Object.fromEntries(parts) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: partOf(additionalProperties as JsonSchema),
    }),
  };
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
