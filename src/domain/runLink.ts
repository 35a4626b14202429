/** A run of a workflow. */
export interface LinkedRun {
  namespace: string;
  workflowId: string;
  runId: string;
}

/**
 * The address of a run in the Temporal UI.
 *
 * @param uiUrl - the UI's, without a slash at its end
 */
export function runLink(uiUrl: string, { namespace, workflowId, runId }: LinkedRun): string {
  const parts = [namespace, 'workflows', workflowId, runId].map(encodeURIComponent);
  return `${uiUrl}/namespaces/${parts.join('/')}`;
}
