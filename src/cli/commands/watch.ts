import type { DeploymentReport } from '../../client.js';
import { defined } from '../../domain/defined.js';
import type { Console } from '../console.js';
import { type ExitReason, exitReasonOf } from '../exitCodes.js';
import { answererOf } from '../origin/answerer.js';
import { Approvals } from '../prompt/approvals.js';
import { reportsUntil } from '../reportsUntil.js';
import type { Connected } from './connected.js';
import { untilInterrupted } from './interruption.js';

interface WatchedRun {
  application: string;
  runId?: string;
}

/**
 * Shows a deployment until it has ended, its rollback is stuck, or somebody presses Ctrl-C, which
 * leaves the deployment alone. Where somebody sits at the terminal, they are asked for approvals.
 */
export async function watch(
  connected: Connected,
  { application, runId }: WatchedRun,
  console: Console,
): Promise<ExitReason> {
  const { sluice, presenter } = connected;
  const approvals = approvalsOf(connected, application, console);
  try {
    const reason = await untilInterrupted((signal) => {
      const reports = sluice.watch(application, { ...defined({ runId }), signal });
      return showUntilEnd(reportsUntil(signal, reports), connected, approvals);
    });
    if (reason !== undefined) return reason;
    approvals?.close();
    presenter.detached({ application });
    return 'detached';
  } finally {
    approvals?.close();
  }
}

function approvalsOf(
  { sluice, presenter }: Connected,
  application: string,
  console: Console,
): Approvals | undefined {
  const { keyboard, environment } = console;
  if (keyboard === undefined || !presenter.asks) return undefined;
  const by = answererOf(undefined, environment);
  return new Approvals({
    keyboard,
    show: (text) => presenter.question(text),
    now: () => console.now(),
    approve: async ({ id: gate, roles }, runId) => {
      const [role] = roles ?? [];
      const said = defined({ by, role });
      return (await sluice.approve(application, { runId, gate, ...said })).done;
    },
  });
}

async function showUntilEnd(
  reports: AsyncGenerator<DeploymentReport, void>,
  { presenter }: Connected,
  approvals: Approvals | undefined,
): Promise<ExitReason | undefined> {
  for await (const report of reports) {
    const reason = exitReasonOf(report);
    if (reason === undefined) {
      presenter.changed(report);
      approvals?.update(report);
    } else {
      approvals?.close();
      presenter.ended(report);
      return reason;
    }
  }
  return undefined;
}
