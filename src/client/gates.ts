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
    return gates.map((gate) => ({
      ...gate,
      target: name,
      answers: answersOf(gate, deployment),
    }));
  });
}

function answersOf(gate: OpenGate, deployment: WaitingRun): GateAnswer[] {
  const { application, deploymentId } = deployment;
  return answersTo(gate, deployment).map((answer) => {
    if (deploymentId === undefined) return answer;
    const sluice = sluiceCommand({ application, deploymentId }, gate, answer.signal);
    return { ...answer, ...defined({ sluice }) };
  });
}
