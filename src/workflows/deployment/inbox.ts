import { ApplicationFailure, type CancellationScope } from '@temporalio/workflow';
import { type Decision, GATE_KINDS, type OpenGate } from '../../domain/gates.js';
import { asComment, type OperatorRequest } from '../../domain/requests.js';
import type { DeploymentProgress } from '../../domain/status.js';
import { decided } from '../state/gates.js';
import type { UpdateResult } from '../temporal/messages.js';
import { progressBeforePlan, type DeploymentState } from './deploymentState.js';
import { routeOf } from './route.js';
import { Router } from './router.js';

/** How many targets an answer names. */
const MAX_NAMED = 10;

/** Takes what reaches a deployment from outside, from its first moment on. */
export class Inbox {
  #known: { deployment: DeploymentState; router: Router } | undefined;
  /** What came before there was a plan. */
  readonly #early: OperatorRequest[] = [];
  /** Who cancelled it before there was a plan. */
  #cancelled: Decision | undefined;

  /** @param scope - of everything that the deployment does */
  constructor(private readonly scope: CancellationScope) {}

  /** From now on it is known which targets there are. */
  open(deployment: DeploymentState): Router {
    const router = new Router(deployment);
    this.#known = { deployment, router };
    if (this.#cancelled !== undefined) deployment.course.asked(this.#cancelled);
    for (const request of this.#early.splice(0)) this.take(request);
    return router;
  }

  take(request: OperatorRequest): void {
    if (this.#known === undefined) this.#early.push(request);
    else this.#known.router.take(request);
  }

  /** Its form is that of a rollback of everything. */
  cancel(request: OperatorRequest): void {
    const { deployment } = this.#known ?? {};
    if (request.target !== undefined) {
      deployment?.ignore('cancel', 'It is for the whole deployment: send rollback for one target.');
      return;
    }
    if (this.scope.consideredCancelled) {
      deployment?.ignore('cancel', 'The deployment is cancelled already.');
      return;
    }
    const decision = decided('cancelled', asComment(request));
    if (deployment === undefined) this.#cancelled = decision;
    else deployment.course.asked(decision);
    this.scope.cancel();
  }

  /** @throws ApplicationFailure `notAccepted` when there is nothing left to roll back */
  assertCanRollBack(request: OperatorRequest): void {
    const route = this.#known === undefined ? undefined : routeOf(this.#known.deployment, request);
    if (route === undefined || 'deliveries' in route) return;
    throw ApplicationFailure.nonRetryable(route.ignored, 'notAccepted');
  }

  /** A target tells where it waits. What is not of the expected form is somebody else's message. */
  announced(message: unknown): void {
    const { target, gates, goesBack } = (message ?? {}) as Record<string, unknown>;
    if (typeof target !== 'string' || !Array.isArray(gates) || !gates.every(isGate)) return;
    this.#known?.deployment.announced(target, gates, goesBack === true);
  }

  rollBack(request: OperatorRequest): UpdateResult {
    const { deployment } = this.#known ?? {};
    const route = deployment && routeOf(deployment, request);
    this.take(request);
    if (route !== undefined && 'deliveries' in route && route.forAll !== true) {
      return { done: `${namesOf(route.deliveries.map(({ target }) => target))} is rolled back.` };
    }
    const stays = namesOf(deployment?.deployed ?? []);
    const more = stays === '' ? '' : ` Deployed before, and stays so: ${stays}.`;
    return { done: `What has not ended is rolled back.${more}` };
  }

  progress(page: unknown): DeploymentProgress {
    return this.#known?.deployment.progress(offsetOf(page)) ?? progressBeforePlan();
  }
}

function namesOf(targets: readonly string[]): string {
  const more = targets.length > MAX_NAMED ? ` and ${targets.length - MAX_NAMED} more` : '';
  return `${targets.slice(0, MAX_NAMED).join(', ')}${more}`;
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
