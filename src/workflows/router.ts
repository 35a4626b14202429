import { CancellationScope, condition } from '@temporalio/workflow';
import {
  decisionText,
  GATE_KIND_OF,
  type GateVerb,
  NOTHING,
  targetOfGate,
} from '../domain/gates.js';
import { asComment, type OperatorRequest } from '../domain/requests.js';
import type { DeploymentRun } from './deploymentRun.js';
import { decided } from './gates.js';
import { severalOpen, unclearReason } from './refusals.js';

/** A message, and the target that it is for. */
interface Letter {
  target: string;
  request: OperatorRequest;
}

/** `forAll`: everything that has not ended is meant. */
export type Route = { letters: Letter[]; forAll?: true } | { ignored: string };

/**
 * Takes messages to the deployment to the targets that they are for. It never throws: that a target
 * has ended meanwhile is a fact, which the status tells.
 */
export class Router {
  #underWay = 0;

  constructor(private readonly run: DeploymentRun) {}

  take(request: OperatorRequest): void {
    const route = routeOf(this.run, request);
    if ('ignored' in route) {
      this.run.ignore(request.verb, route.ignored);
      return;
    }
    this.#send(route.letters);
    if (route.forAll === true) this.run.enter('rollingBack');
  }

  /** A target that starts in the moment in which everything is to go back hears of it at once. */
  started(target: string): void {
    const stop = this.run.stopped.get(target);
    if (stop !== undefined) this.#send([{ target, request: stop.request }]);
  }

  /** Resolves when everything that was under way has been delivered. */
  async settled(): Promise<void> {
    await condition(() => this.#underWay === 0);
  }

  #send(letters: readonly Letter[]): void {
    for (const letter of letters) {
      if (letter.request.verb === 'rollback') this.#stop(letter);
      void this.#deliver(letter);
    }
  }

  /** A target that has not started must not do so any more. */
  #stop({ target, request }: Letter): void {
    const reason = decisionText(decided('rollback', request));
    const message = `${reason}, before ${target} started.`;
    this.run.stopped.set(target, {
      request,
      failure: { code: 'rollbackRequested', message, target },
    });
  }

  async #deliver({ target, request }: Letter): Promise<void> {
    const handle = this.run.running.get(target);
    if (handle === undefined) return;
    const { verb, loose: _, ...message } = request;
    this.#underWay += 1;
    try {
      // An operator reaches a stuck rollback of a cancelled deployment as well.
      await CancellationScope.nonCancellable(() => handle.signal(verb, message));
    } catch {
      this.run.ignore(verb, `${target} had ended when the message reached it.`);
    } finally {
      this.#underWay -= 1;
    }
  }
}

/** Where a message goes, or why it goes nowhere. */
export function routeOf(run: DeploymentRun, request: OperatorRequest): Route {
  const { verb, gate } = request;
  const ignored = unclearReason(request);
  if (ignored !== undefined) return { ignored };
  const target = request.target ?? (gate === undefined ? undefined : targetOfGate(gate));
  // Whoever wants to stop it writes down why in any words.
  const isReason = request.loose === true && target !== undefined && !run.has(target);
  if (isReason) return routeOf(run, asComment(request));
  if (gate !== undefined && target === undefined) return { ignored: `${gate} is no gate.` };
  if (target !== undefined) return routeTo(run, target, request);
  return verb === 'rollback' ? toAllLeft(run, request) : toWhoWaits(run, request);
}

function routeTo(run: DeploymentRun, target: string, request: OperatorRequest): Route {
  if (!run.has(target)) return { ignored: `There is no target ${target}.` };
  if (run.outcomes.has(target)) return { ignored: `${target} has ended.` };
  if (run.running.has(target) || request.verb === 'rollback') {
    return { letters: [{ target, request }] };
  }
  return { ignored: `${target} has not started.` };
}

function toAllLeft(run: DeploymentRun, request: OperatorRequest): Route {
  const left = run.plan.targets.filter(({ name }) => !run.outcomes.has(name));
  if (left.length === 0) return { ignored: 'Every target has ended.' };
  return { letters: left.map(({ name }) => ({ target: name, request })), forAll: true };
}

/** With one gate open no name is needed. A rejection is for everything that could be meant. */
function toWhoWaits(run: DeploymentRun, request: OperatorRequest): Route {
  const verb = request.verb as GateVerb;
  const open = run.gates.filter(({ kind }) => kind === GATE_KIND_OF[verb]);
  if (open.length === 1 || (open.length > 1 && verb === 'reject')) {
    return {
      letters: open.flatMap(({ id }) => {
        const target = targetOfGate(id);
        return target === undefined ? [] : [{ target, request: { ...request, gate: id } }];
      }),
    };
  }
  if (open.length > 1) return { ignored: severalOpen(open) };
  // The only target that runs knows best, also about what has not been announced yet.
  const [only, ...others] = run.running.keys();
  if (only !== undefined && others.length === 0) return { letters: [{ target: only, request }] };
  return {
    ignored: run.knowsGates ? `${NOTHING[verb]}.` : 'Name the gate: its id begins with the target.',
  };
}
