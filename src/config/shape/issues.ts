import type { z } from 'zod';
import type { Path } from '../path.js';

/** What the zod schema did not accept, with paths of JSON only. */
export type ShapeIssue = z.core.$ZodIssue & { path: (string | number)[] };

/**
 * The issues of an error; where a union was refused, those of the form that was meant.
 *
 * @param above - the path of what was held against the schema
 */
export function issuesOf(error: z.core.$ZodError, above: Path = []): ShapeIssue[] {
  return error.issues.flatMap((issue) => meant(issue, above));
}

function meant(issue: z.core.$ZodIssue, above: Path): ShapeIssue[] {
  const path = [...above, ...issue.path].map((key) =>
    typeof key === 'number' ? key : String(key),
  );
  const forms = issue.code === 'invalid_union' ? issue.errors.filter(isInside) : [];
  // Of several that it may be, the one from which it differs least.
  const [form] = forms.toSorted((a, b) => mistakesIn(a) - mistakesIn(b));
  if (form !== undefined) return form.flatMap((inner) => meant(inner, path));
  return [{ ...issue, path }];
}

/** Every key that a form does not have is a mistake of its own. */
function mistakesIn(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1),
    0,
  );
}

/** Whether a form was refused for what is inside the value, so that the value is of this form. */
function isInside(issues: readonly z.core.$ZodIssue[]): boolean {
  return issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys');
}
