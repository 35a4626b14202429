import type { Plan } from '../../domain/plan.js';
import { atValue, type Finding } from '../findings.js';
import { quoted } from '../printable.js';

/** Only plans have ids. AWS is told it when the deploy role is assumed, and takes little else there. */
export function deploymentId({ deploymentId: id }: Plan): Finding[] {
  if (/^[A-Za-z0-9-]{1,64}$/.test(id)) return [];
  const breach = atValue(
    ['deploymentId'],
    `The deployment id ${quoted(id)} is not 1 to 64 letters, digits and hyphens.`,
    'Make a new UUID for each deployment.',
  );
  return [{ code: 'deployment-id', severity: 'error', ...breach }];
}
