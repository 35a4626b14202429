import { MAX_DIAGNOSTICS } from '../diagnostics.js';
import type { Finding } from '../findings.js';
import { shapeFindings } from '../shape/findings.js';
import type { Path } from '../path.js';
import { firstIssues, hasMoreValues } from '../shape/firstIssues.js';
import { issuesOf, type ShapeIssue } from '../shape/issues.js';
import { withoutRefused, type Draft } from './draft.js';
import { foreign } from './foreign.js';
import { withPartHint } from './partHint.js';
import { writtenDeployment, type WrittenDeployment } from './schema.js';

export interface Reading {
  /** Absent when something in the file has not the shape that the language gives it. */
  written?: WrittenDeployment;
  /** What could be read; absent when nothing can be said of it. */
  draft?: Draft<WrittenDeployment>;
  findings: Finding[];
}

/** What an issue takes away: the value, or the keys that do not belong to it. */
function refusedPaths(issue: ShapeIssue): Path[] {
  if (issue.code !== 'unrecognized_keys') return [issue.path];
  return issue.keys.map((key) => [...issue.path, key]);
}

/** With more values than this a file may have more mistakes than the schema as a whole can hold. */
const MANY_VALUES = 20_000;

/** With far more mistakes than are told nothing else is said of a file. */
const VERY_MANY_MISTAKES = 2 * MAX_DIAGNOSTICS;

/** @param data - loses what cannot be read */
export function readWritten(data: unknown): Reading {
  const shape = { schema: writtenDeployment, data };
  if (hasMoreValues(data, MANY_VALUES)) {
    const first = firstIssues(writtenDeployment, data, VERY_MANY_MISTAKES);
    if (first.length === VERY_MANY_MISTAKES)
      return { findings: shapeFindings(first, shape).findings };
  }
  const result = writtenDeployment.safeParse(data);
  if (result.success) return { written: result.data, draft: result.data, findings: [] };
  const { findings, entirely } = foreign(data);
  if (entirely) return { findings };
  const told = new Set(findings.map(({ place }) => place.path[0]));
  const issues = issuesOf(result.error).filter(
    ({ path: [key, ...rest] }) => rest.length > 0 || key === undefined || !told.has(key),
  );
  const found = shapeFindings(issues, shape);
  const draft = withoutRefused(data, [...issues.flatMap(refusedPaths), ...found.meant]);
  return {
    draft: draft as Draft<WrittenDeployment>,
    findings: [...findings, ...withPartHint(found.findings, data)],
  };
}
