import { WorkflowNotFoundError } from '@temporalio/client';
import { defined } from '../../domain/defined.js';
import { targetOfGate } from '../../domain/gates.js';
import { targetWorkflowId } from '../../domain/names.js';
import { gatesMeant, type GateVerb, VERB_RECORDS } from '../../domain/verbs.js';
import { SluiceError } from '../../errors.js';
import { SeveralGatesError } from '../errors.js';
import type { Link } from '../link.js';
import type { WorkflowRun } from '../query.js';
import {
  type DeploymentFacts,
  type DeploymentReport,
  type GateReport,
  MAX_DETAILED_TARGETS,
} from '../report.js';
import { ask } from '../requests.js';
import { readReport } from '../status.js';
import {
  ANSWER_TIMEOUT_MS,
  type Answered,
  answered,
  type AnsweredRun,
  type Answerer,
  notAccepted,
  runToAnswer,
} from './answer.js';
import { assertPolled, sendUpdate } from './update.js';

/** An answer to a gate. */
export interface GateOptions extends Answerer, AnsweredRun {
  /**
   * The gate's id, such as `prod/steps/2`.
   *
   * @default the only one that is open of the kind that is answered
   */
  gate?: string;
}

/** What is sent, and to which target. */
interface Delivery {
  target: string;
  /** The gates that it answers. */
  gates: string[];
  /** Absent where all of them are meant. */
  gate?: string;
}

/**
 * Answers a gate of a running deployment. The target itself is asked, because it knows best.
 *
 * @param more - what the verb takes beside the common texts
 * @throws SeveralGatesError when several gates could be meant
 * @throws SluiceError `notAccepted`, `unanswered` or `notFound`
 */
export async function answerGate(
  link: Link,
  application: string,
  verb: GateVerb,
  { gate, runId, timeoutMs = ANSWER_TIMEOUT_MS, ...answerer }: GateOptions,
  more: object = {},
): Promise<Answered> {
  const run = await runToAnswer(link, application, runId);
  await assertPolled(link);
  const deliveries = gate === undefined ? await toWhoWaits(link, run, verb) : [deliveryTo(gate)];
  const said = { ...answerer, ...more };
  const results = await Promise.allSettled(
    deliveries.map((delivery) => deliver(link, run, delivery, { verb, said, timeoutMs })),
  );
  const done = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const reasons = results.flatMap((one): unknown[] =>
    one.status === 'rejected' ? [one.reason] : [],
  );
  if (done.length === 0) throw reasons[0];
  const unheard = reasons.find((reason) => !isRefusal(reason));
  if (unheard !== undefined) throw notAll(done, unheard);
  const gates = deliveries.flatMap((one, index) =>
    results[index]?.status === 'fulfilled' ? one.gates : [],
  );
  return answered(run, { verb, gates, done: done.join(', ') });
}

/** A target that refuses has answered: what it waited for is over. */
function isRefusal(reason: unknown): boolean {
  return reason instanceof SluiceError && reason.code === 'notAccepted';
}

/** Whoever rejects everything has to know that something may still wait. */
function notAll(done: readonly string[], reason: unknown): unknown {
  if (!(reason instanceof SluiceError)) return reason;
  const message = `Not every target was reached. Done: ${done.join(', ')}. Of the others: ${reason.message}`;
  return new SluiceError(reason.code, message, { cause: reason });
}

function deliveryTo(gate: string): Delivery {
  const target = targetOfGate(gate);
  if (target !== undefined) return { target, gate, gates: [gate] };
  throw notAccepted(`${gate} is no gate. A gate's id looks like this: prod/steps/2.`);
}

/** With one gate open no name is needed. A rejection is for everything that could be meant. */
async function toWhoWaits(link: Link, run: DeploymentFacts, verb: GateVerb): Promise<Delivery[]> {
  const report = await readReport(link, run.application, run.runId);
  if (report.targets.length > MAX_DETAILED_TARGETS) throw notAccepted(TOO_MANY);
  const found = gatesMeant(verb, report.gates);
  if ('several' in found) throw new SeveralGatesError(found.several);
  if ('none' in found) throw isSilent(report) ? unanswered() : notAccepted(`${found.none}.`);
  const [first] = found.meant;
  return VERB_RECORDS[verb].meansAll === true ? allOf(found.meant) : [deliveryTo(first.id)];
}

/** Whether somebody did not say where they wait: a gate may be open that nobody knows of. */
function isSilent({ answering, targets }: DeploymentReport): boolean {
  return !answering || targets.some((one) => one.phase === 'running' && one.progress === undefined);
}

function unanswered(): SluiceError {
  return new SluiceError(
    'unanswered',
    'No worker has told in time what the deployment waits for: they are busy, or gone. Nothing was ' +
      'sent. Try again, or name the gate with --gate.',
  );
}

const TOO_MANY =
  `In deployments to more than ${MAX_DETAILED_TARGETS} targets the gate has to be named. Its id ` +
  "begins with the target, such as prod/steps/2; the target's own status has it.";

function allOf(gates: readonly GateReport[]): Delivery[] {
  const targets = [...new Set(gates.map(({ target }) => target))];
  return targets.map((target) => ({
    target,
    gates: gates.filter((gate) => gate.target === target).map(({ id }) => id),
  }));
}

async function deliver(
  link: Link,
  deployment: DeploymentFacts,
  { target, gate }: Delivery,
  { verb, said, timeoutMs }: { verb: GateVerb; said: object; timeoutMs: number },
): Promise<string> {
  const run = await targetRun(link, deployment, target);
  const message = { ...defined({ gate }), ...said };
  return sendUpdate(link, run, { verb, message, timeoutMs, ended: `${target} has ended.` });
}

/** The target's own run in this deployment: an earlier or later one must not get the answer. */
async function targetRun(link: Link, run: DeploymentFacts, target: string): Promise<WorkflowRun> {
  const workflowId = targetWorkflowId(run.application, target);
  const describe = () => link.client.workflow.getHandle(workflowId).describe();
  const found = await ask(link, describe).catch((error: unknown) => {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  });
  if (found?.parentExecution?.runId !== run.runId) {
    throw notAccepted(`The deployment of "${run.application}" has started no target ${target}.`);
  }
  return { workflowId, runId: found.runId };
}
