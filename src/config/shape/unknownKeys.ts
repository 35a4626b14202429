import { atKey, type Finding } from '../findings.js';
import { pathText, valueAt, type Path } from '../path.js';
import { quoted } from '../printable.js';
import type { ShapeIssue } from './issues.js';
import { nearest } from './nearest.js';
import { keysAt } from './schemaAt.js';
import { placeText, type Shape } from './shape.js';
import { oneOf } from './wording.js';

export interface UnknownKeys {
  findings: Finding[];
  /** The paths of the keys that were probably meant, by their texts. */
  meant: Map<string, Path>;
}

export function unknownKeys(issues: readonly ShapeIssue[], shape: Shape): UnknownKeys {
  const found: UnknownKeys = { findings: [], meant: new Map() };
  for (const issue of issues)
    if (issue.code === 'unrecognized_keys')
      for (const key of issue.keys) addKey(issue.path, key, shape, found);
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
