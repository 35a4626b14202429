import { z } from 'zod';
import type { Path } from '../path.js';
import { issuesOf, type ShapeIssue } from './issues.js';
import { required } from './schemaAt.js';

type Schema = z.core.$ZodType;
type Mapping = Record<string, unknown>;

/** What has no more values than this is held against its schema as a whole. */
const SMALL = 1000;

/**
 * What a schema does not accept of a value, up to so many mistakes. A large value is looked at part
 * by part, and no further: with a million mistakes it costs no more than with as many as are told.
 */
export function firstIssues(schema: Schema, data: unknown, most: number): ShapeIssue[] {
  const found = new Found(most);
  visit(schema, data, [], found);
  return found.issues;
}

/** The issues so far. A key that is unknown is a mistake of its own. */
class Found {
  readonly issues: ShapeIssue[] = [];

  constructor(private left: number) {}

  get isEnough(): boolean {
    return this.left <= 0;
  }

  add(issue: ShapeIssue): void {
    if (this.isEnough) return;
    const keys = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, this.left) : undefined;
    this.issues.push(keys === undefined ? issue : ({ ...issue, keys } as ShapeIssue));
    this.left -= keys?.length ?? 1;
  }
}

function visit(schema: Schema, value: unknown, path: Path, found: Found): void {
  const at = required(schema);
  if (found.isEnough || at === undefined) return;
  if (!hasMoreValues(value, SMALL)) {
    held(schema, value, path, found);
  } else if (Array.isArray(value)) {
    if (!(at instanceof z.ZodArray)) held(at, [], path, found);
    else
      for (const [index, item] of value.entries()) {
        if (found.isEnough) return;
        visit(at.element, item, [...path, index], found);
      }
  } else visitMapping(at, value as Mapping, path, found);
}

function visitMapping(schema: Schema, value: Mapping, path: Path, found: Found): void {
  const at = schema instanceof z.ZodDiscriminatedUnion ? optionFor(schema, value) : schema;
  if (at instanceof z.ZodRecord) {
    for (const [key, inner] of Object.entries(value))
      visit(at.valueType, inner, [...path, key], found);
  } else if (at instanceof z.ZodObject) {
    const shape: Record<string, Schema> = at.shape;
    // What is there under no key of the schema is found beside values that are missing.
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
    const others = Object.fromEntries(unknown.map((key) => [key, null]));
    if (unknown.length > 0) held(z.strictObject({}), others, path, found);
    for (const [key, inner] of Object.entries(shape))
      if (Object.hasOwn(value, key) || required(inner) === inner)
        visit(inner, value[key], [...path, key], found);
  } else held(at, {}, path, found);
}

/** The form of a step, say, that its `type` names; where it names none, the union itself. */
function optionFor(union: z.ZodDiscriminatedUnion, value: Mapping): Schema {
  const { discriminator } = union.def;
  const found = union.options.find(
    (option) =>
      option instanceof z.ZodObject &&
      z.safeParse(option.shape[discriminator] as Schema, value[discriminator]).success,
  );
  return found ?? union;
}

function held(schema: Schema, value: unknown, path: Path, found: Found): void {
  const { error } = z.safeParse(schema, value);
  if (error !== undefined) for (const issue of issuesOf(error, path)) found.add(issue);
}

/** Whether there are more values in one than so many; it looks at no more of them. */
export function hasMoreValues(data: unknown, most: number): boolean {
  const left = [data];
  for (let count = 0; left.length > 0; count++) {
    if (count === most) return true;
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    const inside: unknown[] = Array.isArray(value) ? value : Object.values(value);
    if (count + inside.length > most) return true;
    for (const inner of inside) left.push(inner);
  }
  return false;
}
