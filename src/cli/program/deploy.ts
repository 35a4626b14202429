import type { Command } from 'commander';
import type { Console } from '../console.js';
import { addDeployAbandon } from './deploy/abandon.js';
import { addDeployAnswer } from './deploy/answer.js';
import { addDeployApprove } from './deploy/approve.js';
import { addDeployCancel } from './deploy/cancel.js';
import { addDeployHistory } from './deploy/history.js';
import { addDeployList } from './deploy/list.js';
import { addDeployRedeploy } from './deploy/redeploy.js';
import { addDeployReject } from './deploy/reject.js';
import { addDeployRetry } from './deploy/retry.js';
import { addDeployRollback } from './deploy/rollback.js';
import { addDeploySkip } from './deploy/skip.js';
import { addDeployPlan } from './deploy/plan.js';
import { addDeployStart } from './deploy/start.js';
import { addDeployStatus } from './deploy/status.js';
import { addDeployWatch } from './deploy/watch.js';
import type { Runner } from './runner.js';

/** Each command has a file of its own; help lists them in this order. */
const COMMANDS = [
  addDeployPlan,
  addDeployStart,
  addDeployStatus,
  addDeployWatch,
  addDeployList,
  addDeployHistory,
  addDeployApprove,
  addDeployReject,
  addDeploySkip,
  addDeployAnswer,
  addDeployRollback,
  addDeployRedeploy,
  addDeployCancel,
  addDeployRetry,
  addDeployAbandon,
];

export function addDeploy(program: Command, console: Console, run: Runner): void {
  const deploy = program
    .command('deploy')
    .description('Start deployments, look at them, and answer those that wait.');
  for (const add of COMMANDS) add(deploy, console, run);
}
