import { TimeoutType } from '@temporalio/common';
import {
  ActivityFailure,
  CancellationScope,
  condition,
  sleep,
  TimeoutFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { CallResult, WebhookInput } from '../../activities/deciding.js';
import { MAX_CALLBACK_WAIT_MS } from '../../domain/callbacks.js';
import { agentCommand } from '../../domain/commands.js';
import { defined } from '../../domain/defined.js';
import { durationText } from '../../domain/durations.js';
import type { Failure } from '../../domain/failures.js';
import type { Decision } from '../../domain/gates.js';
import { inOneLine } from '../../domain/markdown.js';
import { summaryText } from '../../domain/markdownText.js';
import type { RunWebhookStep, Webhook } from '../../domain/plan.js';
import { templatesIn, uses, valuesUsed } from '../../domain/templateUses.js';
import { DEPLOYMENT_LINK } from '../../domain/variables.js';
import { expired, type Gate } from '../state/gates.js';
import type { TargetState } from '../state/targetState.js';
import { calling, callingFromAgent } from '../temporal/activities.js';
import { rejectIfCancelled } from '../temporal/cancellation.js';
import { FailureError, toFailure } from '../temporal/failure.js';
import { assertRoom } from '../temporal/historyRoom.js';
import { stepVariables, webhookVariables } from './variables.js';

/** Between two tries, in milliseconds: at first, and at most unless the called system asks for more. */
const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 60_000;

/** How long an agent is waited for that is not there, in milliseconds. */
const AGENT_PATIENCE_MS = 5 * 60_000;

/**
 * Calls a webhook and, unless it says otherwise, waits for its callback.
 *
 * @throws FailureError when the call fails, or the callback says no or does not come
 */
export async function runWebhook(
  target: TargetState,
  id: string,
  step: RunWebhookStep,
): Promise<void> {
  const webhook = target.input.webhooks[step.webhook];
  if (webhook === undefined) throw new Error(`there is no webhook ${step.webhook}`);
  const one = new WebhookCall(target, id, step, webhook);
  try {
    await (webhook.disableCallback ? one.call() : one.callAndWait());
  } finally {
    target.notice(id, undefined);
  }
}

class WebhookCall {
  constructor(
    private readonly target: TargetState,
    private readonly id: string,
    private readonly step: RunWebhookStep,
    private readonly webhook: Webhook,
  ) {}

  /** The gate is open before the call is made: who answers at once must find it. */
  async callAndWait(): Promise<void> {
    const deadlineMs = Date.now() + MAX_CALLBACK_WAIT_MS;
    const deadline = new Date(deadlineMs).toISOString();
    const about = `the callback of the webhook ${this.step.webhook}`;
    const gate = this.target.gates.enter({ id: this.id, kind: 'callback', deadline, about });
    try {
      await this.#callUnlessAnswered(gate, deadline);
      await this.target.clock.whileWaiting(() => this.#untilAnswered(gate, deadlineMs));
      await rejectIfCancelled();
      this.#conclude(gate.decision ?? expired(this.id));
    } finally {
      this.target.gates.leave(gate);
    }
  }

  /** Tries until the call is accepted, as often as the file says. */
  async call(callbackExpiresAt?: string): Promise<void> {
    const { retryCount } = this.webhook;
    for (let retried = 0; ; retried += 1) {
      assertRoom(this.target.name);
      const result = await this.#send(callbackExpiresAt);
      if (!('failure' in result)) break;
      if (!result.retryable || retried >= retryCount) throw new FailureError(result.failure);
      await this.#beforeRetry(retried, result);
    }
    this.target.notice(this.id, undefined);
  }

  /** An answer ends the step, even before the call itself has come to its end. */
  async #callUnlessAnswered(gate: Gate, deadline: string): Promise<void> {
    const scope = new CancellationScope();
    const ended = [
      scope.run(() => this.call(deadline)),
      scope.run(() => condition(() => gate.decision !== undefined)),
    ];
    try {
      await Promise.race(ended);
    } finally {
      scope.cancel();
      await Promise.allSettled(ended);
    }
  }

  async #untilAnswered(gate: Gate, deadlineMs: number): Promise<void> {
    if (gate.decision !== undefined) return;
    const leftMs = Math.max(1, deadlineMs - Date.now());
    await condition(() => gate.decision !== undefined, leftMs, {
      summary: summaryText(`${this.id}: callback of the webhook ${this.step.webhook}`),
    });
  }

  #conclude(decision: Decision): void {
    this.target.gates.record(decision);
    if (decision.decision === 'succeeded') return;
    throw new FailureError(this.#failure(this.#whyNot(decision)));
  }

  #whyNot({ decision, comment }: Decision): string {
    const name = this.step.webhook;
    if (decision === 'expired') {
      const limit = durationText(MAX_CALLBACK_WAIT_MS);
      return `No callback of the webhook ${name} came within ${limit}.`;
    }
    const why = comment === undefined ? '.' : `: ${inOneLine(comment, 300)}`;
    return `The callback of the webhook ${name} says that it failed${why}`;
  }

  #failure(message: string): Failure {
    return { code: 'webhookFailed', message, target: this.target.name };
  }

  async #beforeRetry(
    retried: number,
    { failure, retryAfterMs = 0 }: Extract<CallResult, { failure: Failure }>,
  ): Promise<void> {
    const delayMs = Math.max(
      Math.min(FIRST_DELAY_MS * 2 ** retried, LONGEST_DELAY_MS),
      retryAfterMs,
    );
    const retry = `retry ${retried + 1} of ${this.webhook.retryCount}`;
    const until = new Date(Date.now() + delayMs).toISOString();
    this.target.notice(this.id, `${failure.message} It is called again at ${until} (${retry}).`);
    await sleep(delayMs, { summary: summaryText(`${this.id}: ${retry} of the webhook`) });
  }

  async #send(callbackExpiresAt: string | undefined): Promise<CallResult> {
    const input = this.#input(callbackExpiresAt);
    const summary = `${this.id}: call the webhook ${this.step.webhook}`;
    const { networkMode, agentIdentifier } = this.webhook;
    try {
      if (networkMode === 'direct' || agentIdentifier === undefined) {
        return await calling(summary).callWebhook(input);
      }
      return await this.#sendFromAgent(agentIdentifier, summary, input);
    } catch (error) {
      if (timeoutOf(error) === undefined) throw error;
      return { failure: this.#noAnswer(error), retryable: true };
    }
  }

  /** An agent that is not there takes no work: that is said, and it is given some time to come. */
  async #sendFromAgent(agent: string, summary: string, input: WebhookInput): Promise<CallResult> {
    const giveUpAt = Date.now() + AGENT_PATIENCE_MS;
    for (;;) {
      try {
        return await callingFromAgent(agent, summary).callWebhook(input);
      } catch (error) {
        if (timeoutOf(error) !== TimeoutType.SCHEDULE_TO_START) throw error;
      }
      const missing = `No agent ${agent} takes the call of the webhook ${this.step.webhook}`;
      const remedy = `Start one inside the private network with \`${agentCommand(agent)}\`.`;
      if (Date.now() >= giveUpAt) {
        const message = `${missing}, for ${durationText(AGENT_PATIENCE_MS)}.`;
        return { failure: { ...this.#failure(message), remedy }, retryable: false };
      }
      this.target.notice(this.id, `${missing}. ${remedy}`);
    }
  }

  #input(callbackExpiresAt: string | undefined): WebhookInput {
    const { target, step, webhook } = this;
    const templates = templatesIn(webhook);
    return {
      ...target.access,
      gate: this.id,
      name: step.webhook,
      webhook,
      context: valuesUsed('context', templates, step.context, target.input.context),
      variables: valuesUsed(
        'sluice',
        templates,
        stepVariables(target),
        webhookVariables(target, this.id, !webhook.disableCallback),
      ),
      ...(uses(templates, DEPLOYMENT_LINK) && defined({ deployment: workflowInfo().parent })),
      ...defined({ callbackExpiresAt }),
    };
  }

  #noAnswer(error: unknown): Failure {
    const { code, message } = toFailure(error);
    const known = code === 'webhookFailed' ? message : undefined;
    return this.#failure(known ?? `The call of the webhook ${this.step.webhook} did not end.`);
  }
}

function timeoutOf(error: unknown): TimeoutFailure['timeoutType'] | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : undefined;
  return cause instanceof TimeoutFailure ? cause.timeoutType : undefined;
}
