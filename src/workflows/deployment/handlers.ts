import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import { GATE_KINDS, type OpenGate } from '../../domain/gates.js';
import type { OperatorRequest } from '../../domain/requests.js';
import type { DeploymentProgress } from '../../domain/status.js';
import { VERB_RECORDS, VERBS } from '../../domain/verbs.js';
import {
  deploymentStatus,
  gatesChanged,
  signals,
  updates,
  type UpdateResult,
} from '../temporal/messages.js';
import { decodeRaw, requestOf } from '../temporal/raw.js';
import { progressBeforePlan, type DeploymentState } from './deploymentState.js';
import { routeOf } from './route.js';
import { Router } from './router.js';

/** Takes what reaches a deployment from outside, from its first moment on. */
export class Inbox {
  #known: { deployment: DeploymentState; router: Router } | undefined;
  /** What came before there was a plan. */
  readonly #early: OperatorRequest[] = [];

  /** From now on it is known which targets there are. */
  open(deployment: DeploymentState): Router {
    const router = new Router(deployment);
    this.#known = { deployment, router };
    for (const request of this.#early.splice(0)) this.take(request);
    return router;
  }

  take(request: OperatorRequest): void {
    if (this.#known === undefined) this.#early.push(request);
    else this.#known.router.take(request);
  }

  /** @throws ApplicationFailure `notAccepted` when there is nothing left to roll back */
  assertCanRollBack(request: OperatorRequest): void {
    const route = this.#known === undefined ? undefined : routeOf(this.#known.deployment, request);
    if (route === undefined || 'deliveries' in route) return;
    throw ApplicationFailure.nonRetryable(route.ignored, 'notAccepted');
  }

  /** A target tells where it waits. What is not of the expected form is somebody else's message. */
  announced(message: unknown): void {
    const { target, gates } = (message ?? {}) as { target?: unknown; gates?: unknown };
    if (typeof target !== 'string' || !Array.isArray(gates) || !gates.every(isGate)) return;
    this.#known?.deployment.announced(target, gates);
  }

  progress(page: unknown): DeploymentProgress {
    return this.#known?.deployment.progress(offsetOf(page)) ?? progressBeforePlan();
  }
}

/** A workflow hears only what it has handlers for: they have to be there from its first moment on. */
export function listen(inbox: Inbox): void {
  setHandler(deploymentStatus, (page) => inbox.progress(decodeRaw(page)), {
    description: 'Where each target is. Input: {"offset": n} for the targets from the n-th on.',
  });
  for (const verb of VERBS) {
    setHandler(signals[verb], (...raw) => inbox.take(requestOf(verb, raw)), {
      description: VERB_RECORDS[verb].descriptions.deployment,
    });
  }
  const rollBack = (request: OperatorRequest): UpdateResult => {
    inbox.take(request);
    return { done: 'What has not ended is rolled back.' };
  };
  setHandler(updates.rollback, (...raw) => rollBack(requestOf('rollback', raw)), {
    description: VERB_RECORDS.rollback.descriptions.deployment,
    validator: (...raw) => inbox.assertCanRollBack(requestOf('rollback', raw)),
  });
  setHandler(gatesChanged, (raw) => inbox.announced(decodeRaw(raw)), {
    description: 'Sent by the targets: where they wait.',
  });
}

/** Anybody can send such a message: what would break where it is shown is not taken. */
function isGate(value: unknown): value is OpenGate {
  const gate = (value ?? {}) as Partial<Record<keyof OpenGate, unknown>>;
  const { id, kind, openedAt, deadline = '', about = '', roles = [] } = gate;
  return (
    [id, openedAt, deadline, about].every(isText) &&
    GATE_KINDS.some((known) => known === kind) &&
    Array.isArray(roles) &&
    roles.every(isText)
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function offsetOf(page: unknown): number {
  const { offset } = (page ?? {}) as { offset?: unknown };
  return typeof offset === 'number' && offset > 0 ? Math.floor(offset) : 0;
}
