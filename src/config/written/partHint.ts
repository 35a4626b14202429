import type { Finding } from '../findings.js';
import { valueAt } from '../path.js';

/** Keys that a file for itself begins with. */
const OWN_KEYS = ['application', 'targets'];

const HINT = 'Where this is a part of a deployment, validate the file that includes it.';

/** The findings; the first key that is missing from what may be a part says so. */
export function withPartHint(findings: readonly Finding[], data: unknown): Finding[] {
  const mayBePart = OWN_KEYS.every((key) => valueAt(data, [key]) === undefined);
  const first = findings.find(
    ({ code, place }) => code === 'missing-key' && place.path.length === 0,
  );
  if (!mayBePart || first === undefined) return [...findings];
  const hinted = { ...first, remedy: `${first.remedy} ${HINT}` };
  return findings.map((finding) => (finding === first ? hinted : finding));
}
