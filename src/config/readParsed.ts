import { isMapping } from '../domain/isMapping.js';
import type { Plan } from '../domain/plan.js';
import type { Problem } from './diagnostics.js';
import { atKey, type Finding } from './findings.js';
import { type Path, pathText } from './path.js';
import { printable } from '../domain/printable.js';
import { type ReadOptions, meaningOf } from './meaningOf.js';
import { plainData } from './plainData.js';
import { places } from './written/places.js';

/** A problem of a deployment that has no text: it has a path instead of a line. */
export interface ParsedProblem extends Problem {
  /** Where the value is, such as `targets.prod.region`. Absent when it is about the whole. */
  path?: string;
}

/** A plan, perhaps with warnings, or the errors that keep the object from being one. */
export interface ReadParsed {
  plan: Plan | undefined;
  problems: ParsedProblem[];
}

/**
 * Turns a deployment that was parsed already into a plan: what a YAML or JSON parser gives for a
 * deployment file. It never throws, whatever the value is.
 */
export function readParsed(value: unknown, options: ReadOptions): ReadParsed {
  const plain = plainData(value);
  if ('findings' in plain) return { plan: undefined, problems: problemsOf(plain.findings) };
  const data = asWritten(plain.data, []);
  if (isMapping(data) && data['include'] !== undefined)
    return { plan: undefined, problems: problemsOf([INCLUDES]) };
  const { plan, findings } = meaningOf({ data, targetNames: targetNames(data) }, options);
  return { plan, problems: problemsOf(findings) };
}

/** An object has no folder, and its files have no positions. */
const INCLUDES: Finding = {
  code: 'include-unreadable',
  severity: 'error',
  ...atKey(
    ['include'],
    'A deployment that was parsed already has no folder from which it could include files.',
    'Name the file, or hand over its text and the texts of the included files.',
  ),
};

/**
 * As a file would have it: without the keys at the top that may hold whatever the writer likes, and
 * with text where text is meant. A fraction stays a number, which is refused: 1.10 has lost a digit.
 */
function asWritten(value: unknown, path: Path): unknown {
  if (Array.isArray(value)) return value.map((item, index) => asWritten(item, [...path, index]));
  if (!isMapping(value)) return isPlain(value) && places.isText(path) ? String(value) : value;
  const own = Object.entries(value).filter(([key]) => !places.isFree([...path, key]));
  return Object.fromEntries(own.map(([key, inner]) => [key, asWritten(inner, [...path, key])]));
}

function isPlain(value: unknown): boolean {
  return typeof value === 'boolean' || Number.isSafeInteger(value);
}

function targetNames(data: unknown): string[] {
  const targets = isMapping(data) ? data['targets'] : undefined;
  return isMapping(targets) ? Object.keys(targets) : [];
}

/** Each thing is said once. */
function problemsOf(findings: readonly Finding[]): ParsedProblem[] {
  const problems = findings.map(problemOf);
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

function problemOf({ code, severity, message, remedy, place: { path } }: Finding): ParsedProblem {
  return {
    code,
    severity,
    message: printable(message),
    remedy: printable(remedy),
    ...(path.length > 0 && { path: printable(pathText(path)) }),
  };
}
