import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { defined } from '../domain/defined.js';
import { SluiceError } from '../errors.js';
import { untilClosed } from './closing.js';
import type { Link } from './link.js';
import type { DeploymentReport } from './report.js';
import { readReport } from './status.js';

/** How often a deployment is asked, in milliseconds. With many targets to ask, less often. */
const INTERVAL_MS = 1000;
const INTERVAL_PER_TARGET_MS = 30;

/** What to watch, and for how long. */
export interface WatchOptions {
  /** A run of the application. By default the newest. */
  runId?: string;
  /** Ends the watching; the deployment goes on. */
  signal?: AbortSignal;
}

/** Every change of a deployment, until and with its end. */
export async function* watchDeployment(
  link: Link,
  application: string,
  { runId, signal }: WatchOptions = {},
): AsyncGenerator<DeploymentReport, void, undefined> {
  const ended = new AbortController();
  const stop = signal === undefined ? ended.signal : AbortSignal.any([signal, ended.signal]);
  let report = await readReport(link, application, runId);
  yield report;
  const closed = untilClosed(link, report, stop);
  try {
    while (report.state === 'running') {
      await Promise.race([closed, pause(report, stop)]);
      if (stop.aborted) return;
      const next = await readNext(link, report);
      if (!isDeepStrictEqual(next, report)) yield next;
      report = next;
    }
  } finally {
    ended.abort();
  }
}

async function pause({ targets }: DeploymentReport, stop: AbortSignal): Promise<void> {
  const ms = INTERVAL_MS + INTERVAL_PER_TARGET_MS * targets.length;
  await sleep(ms, undefined, { signal: stop }).catch(() => undefined);
}

/** Where nothing answers, what was known stays. */
async function readNext(link: Link, last: DeploymentReport): Promise<DeploymentReport> {
  try {
    const next = await readReport(link, last.application, last.runId);
    const silent = next.state === 'running' && !next.answering && last.targets.length > 0;
    return silent ? { ...next, ...saidBy(last) } : next;
  } catch (error) {
    if (!(error instanceof SluiceError && error.code === 'unreachable')) throw error;
    return { ...last, answering: false, stale: true };
  }
}

/** What only the deployment and its targets can tell. */
function saidBy(report: DeploymentReport): Partial<DeploymentReport> {
  const { phase, decisions, gates, ignored, targets } = report;
  return { ...defined({ phase, decisions }), gates, ignored, targets };
}
