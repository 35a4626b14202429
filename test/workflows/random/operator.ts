import { defaultPayloadConverter } from '@temporalio/common';
import { isGrpcServiceError, type WorkflowClient } from '@temporalio/client';
import type { OpenGate } from '../../../src/domain/gates.js';
import { deploymentWorkflowId, GATES_SIGNAL, targetWorkflowId } from '../../../src/domain/names.js';
import type { Plan } from '../../../src/domain/plan.js';
import { payloadsOf } from './payloads.js';
import type { Act, LastWord } from './scenario.js';
import { sendRaw } from './sendRaw.js';

const NOT_FOUND = 5;
/** In milliseconds of the machine's time. */
const AGAIN_AFTER_MS = 1000;
/** So that what comes by itself, or with the scenario, may come first. */
const ANSWERS_AFTER_MS = 500;

/** The people who answer what waits for them, and send whatever else the scenario has. */
export class Operator {
  readonly #seen = new Map<string, number>();
  readonly #answered = new Map<string, number>();
  #answers = 0;

  constructor(
    private readonly client: WorkflowClient,
    private readonly plan: Plan,
    private readonly lastWord: LastWord,
  ) {}

  async act({ to, message }: Act): Promise<void> {
    const { application } = this.plan;
    const workflowId =
      to === undefined ? deploymentWorkflowId(application) : targetWorkflowId(application, to);
    await ifThere(async () => {
      if (message === 'cancel') await this.client.getHandle(workflowId).cancel();
      else await sendRaw(this.client, workflowId, message.signal, payloadsOf(message.input));
    });
  }

  /** Looks once at every target, and answers what waits. */
  async lookAround(): Promise<void> {
    for (const { name } of this.plan.targets) {
      const gates = await this.#openGates(targetWorkflowId(this.plan.application, name));
      for (const gate of gates) await this.#answer(name, gate);
    }
  }

  async #answer(target: string, { id, kind }: OpenGate): Promise<void> {
    const now = Date.now();
    const seen = this.#seen.get(id) ?? now;
    this.#seen.set(id, seen);
    if (now - (this.#answered.get(id) ?? 0) < AGAIN_AFTER_MS) return;
    if (now - seen < ANSWERS_AFTER_MS) return;
    const verb = this.#verbFor(kind);
    this.#answered.set(id, now);
    const success = verb === 'webhookCallback' && this.#nextAnswer() === 'approve';
    const json = { gate: id, by: 'the operator', role: 'sre', success };
    await this.act({
      moment: { afterMs: 0 },
      to: target,
      message: { signal: verb, input: { json } },
    });
  }

  #verbFor(kind: OpenGate['kind']): string {
    if (kind === 'approval') return this.#nextAnswer();
    if (kind === 'pause') return 'skipPause';
    if (kind === 'callback') return 'webhookCallback';
    return this.lastWord.abandons ? 'abandon' : 'retry';
  }

  #nextAnswer(): string {
    const { approvals } = this.lastWord;
    return approvals[this.#answers++ % approvals.length] ?? 'approve';
  }

  /** From the history: what a target tells its deployment. */
  async #openGates(workflowId: string): Promise<OpenGate[]> {
    let gates: OpenGate[] = [];
    await ifThere(async () => {
      const { events } = await this.client.getHandle(workflowId).fetchHistory();
      const told = events?.findLast(
        (event) =>
          event.signalExternalWorkflowExecutionInitiatedEventAttributes?.signalName ===
          GATES_SIGNAL,
      );
      const input = told?.signalExternalWorkflowExecutionInitiatedEventAttributes?.input;
      const [payload] = input?.payloads ?? [];
      const ended = events?.at(-1)?.workflowExecutionCompletedEventAttributes;
      if (payload == null || ended != null) return;
      ({ gates } = defaultPayloadConverter.fromPayload<{ gates: OpenGate[] }>(payload));
    });
    return gates;
  }
}

/** Whoever is addressed may not have started, or have ended. */
async function ifThere(send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    const { cause = error } = error as { cause?: unknown };
    const isGone = isGrpcServiceError(cause) && Number(cause.code) === NOT_FOUND;
    if (!isGone && (error as Error).name !== 'WorkflowNotFoundError') throw error;
  }
}
