import { MAX_DIAGNOSTICS } from '../diagnostics.js';
import { atKey, type Finding } from '../findings.js';
import { pathText, valueAt, type Path } from '../path.js';
import { quoted } from '../quoted.js';
import type { ShapeIssue } from './issues.js';
import { nearest } from './nearest.js';
import { keysAt } from './schemaAt.js';
import { placeText, type Shape } from './shape.js';
import { oneOf } from './wording.js';

/** As many as are put into words, and a few more. */
const MAX_FOUND = 2 * MAX_DIAGNOSTICS;

export interface UnknownKeys {
  findings: Finding[];
  /** The paths of the keys that were probably meant, by their texts. */
  meant: Map<string, Path>;
}

export function unknownKeys(issues: readonly ShapeIssue[], shape: Shape): UnknownKeys {
  const found: UnknownKeys = { findings: [], meant: new Map() };
  let left = MAX_FOUND;
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    for (const key of issue.keys.slice(0, left)) addKey(issue.path, key, shape, found);
    left = Math.max(0, left - issue.keys.length);
  }
  return found;
}

function addKey(parent: Path, key: string, shape: Shape, found: UnknownKeys): void {
  const path = [...parent, key];
  const known = keysAt(shape.schema, parent);
  const near = nearest(key, known);
  const isThere = near !== undefined && valueAt(shape.data, [...parent, near]) !== undefined;
  if (near !== undefined && !isThere) {
    const meant = [...parent, near];
    found.meant.set(pathText(meant), meant);
  }
  const remedy = near === undefined ? `Use ${oneOf(known)}.` : `Did you mean ${quoted(near)}?`;
  const message = `${quoted(key)} is not a key of ${placeText(parent)}.`;
  found.findings.push({ code: 'unknown-key', severity: 'error', ...atKey(path, message, remedy) });
}
