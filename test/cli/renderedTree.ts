import type { DeploymentReport } from '../../src/client.js';
import { deploymentView } from '../../src/cli/view/deploymentView.js';
import { plain } from '../../src/cli/view/paint.js';
import { shown } from '../../src/cli/view/text.js';
import { renderTree, type TreeOptions } from '../../src/cli/view/tree.js';

/** What is said when no worker polls. */
export const missing = { text: 'Nothing polls the task queue.', over: 'A worker polls it now.' };

/** A deployment as the tree of a terminal without limits, a minute and five seconds after its start. */
export function tree(of: DeploymentReport, options: Partial<TreeOptions> = {}): string {
  const limits = { paint: plain, width: Infinity, height: Infinity };
  const now = '2026-05-04T10:01:05.000Z';
  const lines = renderTree(shown(deploymentView(of, missing)), { ...limits, now, ...options });
  return lines.map(({ text }) => text).join('\n');
}
