import type { Finding } from '../findings.js';
import { shapeFindings } from '../shape/findings.js';
import { issuesOf } from '../shape/issues.js';
import { withoutRefused, type Draft } from './draft.js';
import { notYet } from './places.js';
import { writtenDeployment, type WrittenDeployment } from './schema.js';

export interface Reading {
  /** Absent when something in the file has not the shape that the language gives it. */
  written?: WrittenDeployment;
  /** What could be read. */
  draft: Draft<WrittenDeployment>;
  findings: Finding[];
}

/** @param data - loses what cannot be read */
export function readWritten(data: unknown): Reading {
  const result = writtenDeployment.safeParse(data);
  if (result.success) return { written: result.data, draft: result.data, findings: [] };
  const issues = issuesOf(result.error);
  const findings = shapeFindings(issues, { schema: writtenDeployment, data, notYet });
  const refused = issues.filter((issue) => issue.code !== 'unrecognized_keys');
  const draft = withoutRefused(
    data,
    refused.map((issue) => issue.path),
  );
  return { draft: draft as Draft<WrittenDeployment>, findings };
}
