import { MAX_DIAGNOSTICS } from '../diagnostics.js';
import { atKey, atValue, type Breach, type Finding } from '../findings.js';
import { pathText, valueAt, type Path } from '../path.js';
import { quoted } from '../quoted.js';
import type { ShapeIssue } from './issues.js';
import { wordsAt } from './schemaAt.js';
import { placeText, type Shape } from './shape.js';
import { unknownKeys } from './unknownKeys.js';
import { actualText, kindText, oneOf } from './wording.js';

/** More are not put into words, since no more than half of them is shown. */
const MAX_FOUND = 2 * MAX_DIAGNOSTICS;

export interface ShapeFindings {
  findings: Finding[];
  /** The keys that are probably there under a misspelt name, and so cannot be read. */
  meant: Path[];
}

/** What is wrong with the shape of the data, in words. */
export function shapeFindings(issues: readonly ShapeIssue[], shape: Shape): ShapeFindings {
  const { findings, meant } = unknownKeys(issues, shape);
  const others = issues.filter((issue) => issue.code !== 'unrecognized_keys');
  // A key that is there under a misspelt name is not missing as well.
  const refused = others
    .slice(0, MAX_FOUND)
    .filter((issue) => meant.size === 0 || !meant.has(pathText(issue.path)));
  return {
    findings: [...findings, ...refused.map((issue) => refusal(issue, shape))],
    meant: [...meant.values()],
  };
}

function refusal(issue: ShapeIssue, { data, schema }: Shape): Finding {
  const value = valueAt(data, issue.path);
  const description = wordsAt(schema, issue.path);
  if (value === undefined) return finding('missing-key', missing(issue.path, description));
  const isType = issue.code === 'invalid_type' || issue.code === 'invalid_union';
  const expected = expectation(issue) ?? description ?? 'something else';
  return finding(
    isType ? 'wrong-type' : 'wrong-value',
    wrong(issue.path, value, expected, description),
  );
}

function finding(code: string, breach: Breach): Finding {
  return { code, severity: 'error', ...breach };
}

function missing(path: Path, description: string | undefined): Breach {
  const key = quoted(String(path.at(-1) ?? ''));
  const message = `${key} is missing from ${placeText(path.slice(0, -1))}.`;
  const remedy = description === undefined ? `Add ${key}.` : `Add ${key}: ${description}.`;
  return atKey(path.slice(0, -1), message, remedy);
}

function wrong(path: Path, value: unknown, expected: string, description = expected): Breach {
  const subject = path.length === 0 ? 'The deployment' : placeText(path);
  const inQuotes = typeof value === 'string' && /^[0-9.]+$/.test(value);
  const remedy = `Write ${description}${inQuotes ? ', without quotes' : ''}.`;
  if (value === null) return atKey(path, `${subject} has no value.`, remedy);
  const message = `${subject} must be ${expected}, not ${actualText(value)}.`;
  return atValue(path, message, remedy);
}

/** What the issue itself knows to be right. */
function expectation(issue: ShapeIssue): string | undefined {
  if (issue.code === 'invalid_type') return kindText(issue.expected);
  if (issue.code === 'invalid_value') return oneOf(issue.values.map(String));
  // A union that goes by one key says what that key may be.
  return 'options' in issue && issue.options ? oneOf(issue.options.map(String)) : undefined;
}
