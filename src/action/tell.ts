import type { ExitReason } from '../cli/exitCodes.js';
import { deploymentView } from '../cli/view/deploymentView.js';
import type { DeploymentView, Notice, TargetView } from '../cli/view/model.js';
import { oneLine, shown } from '../cli/view/text.js';
import { annotationOf } from '../config/index.js';
import { defined } from '../domain/defined.js';
import { writeOutputs, writeSummary } from './files.js';
import type { Job } from './job.js';
import type { Request } from './request.js';
import type { Accepted, Seen } from './show.js';
import { deploymentSummary } from './summary.js';

/** What the output RUN_RESULT can say. */
export type RunResult = 'SUCCEEDED' | 'CANCELLED' | 'FAILED' | 'UNKNOWN';

const RESULTS: Partial<Record<ExitReason, RunResult>> = {
  succeeded: 'SUCCEEDED',
  cancelled: 'CANCELLED',
  failed: 'FAILED',
  rollbackFailed: 'FAILED',
};

export interface Telling {
  started: Accepted;
  seen: Seen;
  request: Request;
  /** What there is to say while nothing polls the task queue. */
  missingWorker: Notice;
}

/** Tells what became of a deployment: the steps that follow, and whoever looks at the run. */
export async function tell(telling: Telling, { environment, log }: Job): Promise<void> {
  const { started, seen, request } = telling;
  const { reason, note } = seen;
  if (request.wait) {
    await writeOutputs(environment, { RUN_RESULT: RESULTS[reason] ?? 'UNKNOWN' });
  }
  const view = viewOf(telling);
  const link = started.state === 'started' ? started.link : seen.link;
  const told = { view, ...defined({ link }), ...(note && { note }) };
  await writeSummary(environment, deploymentSummary(told));
  if (reason !== 'succeeded') log.commands(annotationOf(annotationText(view, note)));
}

function viewOf({ started, seen, request, missingWorker }: Telling): DeploymentView {
  if (seen.report !== undefined) return shown(deploymentView(seen.report, missingWorker));
  const { startedBy, commit } = request;
  return {
    application: oneLine(started.application),
    state:
      started.state === 'started'
        ? { tone: 'active', text: 'started' }
        : { tone: 'held', text: 'queued' },
    facts: [
      `deployment ${started.deploymentId}`,
      ...(startedBy === undefined ? [] : [`started by ${oneLine(startedBy)}`]),
      ...(commit === undefined ? [] : [`commit ${oneLine(commit)}`]),
    ],
    startedAt: '',
    targets: [],
    notices: [],
  };
}

/** How many failures an annotation names. The summary has all. */
const MAX_FAILURES = 10;

function annotationText(
  { application, state, ending, targets }: DeploymentView,
  note = '',
): string {
  const failures = [...targets.flatMap(failuresOf), ...(ending?.failures ?? [])];
  const head = `${application}: ${ending?.summary ?? state.text}.`;
  const lines = [note === '' ? head : `${head} ${note}`, ...failures.slice(0, MAX_FAILURES)];
  return lines.join('\n');
}

function failuresOf({ name, remarks }: TargetView): string[] {
  return remarks.map((text) => `${name}: ${text}`);
}
