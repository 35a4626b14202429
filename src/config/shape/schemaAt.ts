import { z } from 'zod';
import type { Path } from '../path.js';

type Schema = z.core.$ZodType;

/** The keys that a schema knows at a path. */
export function keysAt(schema: Schema, path: Path): string[] {
  return [...new Set(keysOf(schemaAt(schema, path)))];
}

/** What to write at a path: the end of a sentence. */
export function wordsAt(schema: Schema, path: Path): string | undefined {
  const at = schemaAt(schema, path);
  return at instanceof z.ZodType ? at.meta()?.write : undefined;
}

/** Whether a schema takes text at a path, and nothing that may look like it. */
export function isTextAt(schema: Schema, path: Path): boolean {
  return takesText(schemaAt(schema, path));
}

function takesText(schema: Schema | undefined): boolean {
  if (!(schema instanceof z.ZodUnion)) return schema instanceof z.ZodString;
  return schema.options.some(takesText) && !schema.options.some(takesPlain);
}

/** Whether it takes what a text may look like. */
function takesPlain(schema: Schema): boolean {
  return schema instanceof z.ZodNumber || schema instanceof z.ZodBoolean;
}

function schemaAt(schema: Schema, path: Path): Schema | undefined {
  let at: Schema | undefined = schema;
  for (const segment of path) at = at && required(childOf(at, segment));
  return at;
}

function keysOf(schema: Schema | undefined): string[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(keysOf);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

function childOf(schema: Schema, segment: string | number): Schema | undefined {
  if (schema instanceof z.ZodUnion) {
    const children = schema.options.map((option) => childOf(option, segment));
    return children.find((child) => child !== undefined);
  }
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, Schema> = schema.shape;
    return Object.hasOwn(shape, segment) ? shape[segment] : undefined;
  }
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** A schema without what makes it optional. */
export function required(schema: Schema | undefined): Schema | undefined {
  const isOptional = schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional;
  return isOptional ? schema.unwrap() : schema;
}
