import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { loadDeploymentFile, readDeployment } from '../../src/config/index.js';
import type { Plan } from '../../src/domain/plan.js';
import { readSettings } from '../../src/settings/settings.js';
import { root } from '../setup/paths.js';
import { seedAccounts } from './accounts.js';
import { SETTINGS } from './stackSettings.js';

/** The example deployments, and whether their buckets keep every version of a package. */
const EXAMPLES = [
  { file: 'basic.yaml', versioned: false },
  { file: 'multi-region.yaml', versioned: true },
  { file: 'five-accounts.yaml', versioned: false },
  { file: 'analysis.yaml', versioned: true },
  { file: 'container-image.yaml', versioned: false },
];

/** Makes the accounts that the example deployments are for. */
export async function seedExamples(awsEndpoint: string): Promise<void> {
  const { externalIds } = await readSettings({ SLUICE_SETTINGS: SETTINGS });
  for (const { file, versioned } of EXAMPLES) {
    await seedAccounts(await examplePlan(file), { awsEndpoint, externalIds, versioned });
  }
}

/** What all the example deployments mean. */
export function examplePlans(): Promise<Plan[]> {
  return Promise.all(EXAMPLES.map(({ file }) => examplePlan(file)));
}

/** What a file of examples/ means. */
export async function examplePlan(file: string): Promise<Plan> {
  const source = await loadDeploymentFile(examplePath(file));
  const { plan, diagnostics } = readDeployment(source, { deploymentId: randomUUID() });
  if (plan) return plan;
  const messages = diagnostics.map(({ line, message }) => `line ${line}: ${message}`);
  throw new Error(`examples/${file} has errors.\n${messages.join('\n')}`);
}

function examplePath(file: string): string {
  return join(root, 'examples', file);
}
