import { CancellationScope, condition } from '@temporalio/workflow';
import { decisionText } from '../../domain/gates.js';
import type { OperatorRequest } from '../../domain/requests.js';
import { decided } from '../state/gates.js';
import type { DeploymentState } from './deploymentState.js';
import { type Delivery, routeOf } from './route.js';

/**
 * Takes messages to the deployment to the targets that they are for. It never throws: that a target
 * has ended meanwhile is a fact, which the status tells.
 */
export class Router {
  #underWay = 0;

  constructor(private readonly deployment: DeploymentState) {}

  take(request: OperatorRequest): void {
    const route = routeOf(this.deployment, request);
    if ('ignored' in route) {
      this.deployment.ignore(request.verb, route.ignored);
      return;
    }
    this.#send(route.deliveries);
    if (route.forAll !== true) return;
    this.deployment.course.asked(decided('rollback', request));
    this.deployment.course.enter('rollingBack');
  }

  /** A target that starts in the moment in which everything is to go back hears of it at once. */
  started(target: string): void {
    const stop = this.deployment.stopped.get(target);
    if (stop !== undefined) this.#send([{ target, request: stop.request }]);
  }

  /** Resolves when everything that was under way has been delivered. */
  async settled(): Promise<void> {
    await condition(() => this.#underWay === 0);
  }

  #send(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      if (delivery.request.verb === 'rollback') this.#stop(delivery);
      void this.#deliver(delivery);
    }
  }

  /** A target that has not started must not do so any more. */
  #stop({ target, request }: Delivery): void {
    const reason = decisionText(decided('rollback', request));
    const message = `${reason}, before ${target} started.`;
    this.deployment.stopped.set(target, {
      request,
      failure: { code: 'rollbackRequested', message, target },
    });
  }

  async #deliver({ target, request }: Delivery): Promise<void> {
    const handle = this.deployment.running.get(target);
    if (handle === undefined) return;
    const { verb, loose: _, ...message } = request;
    this.#underWay += 1;
    try {
      // An operator reaches a stuck rollback of a cancelled deployment as well.
      await CancellationScope.nonCancellable(() => handle.signal(verb, message));
    } catch {
      this.deployment.ignore(verb, `${target} had ended when the message reached it.`);
    } finally {
      this.#underWay -= 1;
    }
  }
}
