import { type Environment, variable } from '../settings/environment.js';

interface LinkedRun {
  namespace: string;
  workflowId: string;
  runId: string;
}

/** The address of a run in the Temporal UI, when it is known where that is. */
export function uiLink(environment: Environment, run: LinkedRun): string | undefined {
  const base = variable(environment, 'SLUICE_UI_URL')?.replace(/(?<!\/)\/+$/, '');
  if (base === undefined) return undefined;
  const parts = [run.namespace, 'workflows', run.workflowId, run.runId].map(encodeURIComponent);
  return `${base}/namespaces/${parts.join('/')}`;
}
