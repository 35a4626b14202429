import { defined } from '../domain/defined.js';
import { MAX_ANNOUNCING_TARGETS } from '../domain/names.js';
import { sideBySide } from '../domain/sideBySide.js';
import type { DeploymentProgress } from '../domain/status.js';
import { announcedGates } from './gates.js';
import type { Link } from './link.js';
import { workersPolling } from './pollers.js';
import { QUERY_TIMEOUT_MS, queryStatus } from './query.js';
import type { DeploymentRecord } from './report.js';
import { ask } from './requests.js';
import { CONCURRENT_QUERIES } from './targets.js';

/** How long all of them together may take, in milliseconds, however many there are. */
const PATIENCE_MS = 10_000;

/** Beyond every target: a deployment answers with where it waits, and lists no target. */
const NO_TARGETS = { offset: Number.MAX_SAFE_INTEGER };

/** Asks deployments that run where they wait: each says so, or why it is not known. */
export async function askWhereTheyWait(
  link: Link,
  running: readonly DeploymentRecord[],
): Promise<DeploymentRecord[]> {
  if (running.length === 0) return [];
  // Nobody would answer, and waiting for that takes its time.
  const polled = await ask(link, () => workersPolling(link.client));
  if (!polled) return running.map((one) => ({ ...one, gatesUnknown: 'noWorker' }));
  const latest = Date.now() + PATIENCE_MS;
  return sideBySide(running, CONCURRENT_QUERIES, (one) => askOne(link, one, latest));
}

async function askOne(
  { client, settings }: Link,
  record: DeploymentRecord,
  latest: number,
): Promise<DeploymentRecord> {
  const deadline = Math.min(latest, Date.now() + QUERY_TIMEOUT_MS);
  const progress = await queryStatus<DeploymentProgress>(client, record, deadline, NO_TARGETS);
  if (progress === undefined) return { ...record, gatesUnknown: 'noAnswer' };
  const { phase, total, gates } = progress;
  const deploymentId = record.deploymentId ?? (progress.deploymentId || undefined);
  const known = { ...record, ...defined({ deploymentId }), phase };
  if (total > MAX_ANNOUNCING_TARGETS) return { ...known, gatesUnknown: 'manyTargets' };
  const { namespace } = settings;
  return { ...known, gates: announcedGates(gates, { ...known, namespace }) };
}
