import { answersTo, type Addressee, type GateAnswer, sluiceCommand } from '../domain/commands.js';
import { defined } from '../domain/defined.js';
import { targetOfGate, type OpenGate } from '../domain/gates.js';
import type { DeploymentFacts, GateReport, TargetReport } from './report.js';

type WaitingRun = Addressee & Pick<DeploymentFacts, 'application' | 'deploymentId'>;

/**
 * Where the targets of a running deployment wait, in their order.
 *
 * @param announced - what the deployment has heard. A target knows sooner, but may not answer.
 */
export function openGates(
  targets: readonly TargetReport[],
  announced: readonly OpenGate[] = [],
  deployment: WaitingRun,
): GateReport[] {
  return targets.flatMap(({ name, progress }) => {
    const gates = progress?.gates ?? announced.filter(({ id }) => targetOfGate(id) === name);
    return gates.map((gate) => gateReport(gate, name, deployment));
  });
}

/** What a deployment itself has heard of where its targets wait. */
export function announcedGates(
  announced: readonly OpenGate[],
  deployment: WaitingRun,
): GateReport[] {
  return announced.flatMap((gate) => {
    const target = targetOfGate(gate.id);
    return target === undefined ? [] : [gateReport(gate, target, deployment)];
  });
}

function gateReport(gate: OpenGate, target: string, deployment: WaitingRun): GateReport {
  return { ...gate, target, answers: answersOf(gate, deployment) };
}

function answersOf(gate: OpenGate, deployment: WaitingRun): GateAnswer[] {
  const { application, deploymentId } = deployment;
  return answersTo(gate, deployment).map((answer) => {
    if (deploymentId === undefined) return answer;
    const { signal, success } = answer;
    const sluice = sluiceCommand({ application, deploymentId }, gate, signal, success);
    return { ...answer, ...defined({ sluice }) };
  });
}
