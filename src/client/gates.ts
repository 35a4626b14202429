import { answersTo, type Addressee } from '../domain/commands.js';
import { targetOfGate, type OpenGate } from '../domain/gates.js';
import type { GateReport, TargetReport } from './report.js';

/**
 * Where the targets of a running deployment wait, in their order.
 *
 * @param announced - what the deployment has heard. A target knows sooner, but may not answer.
 */
export function openGates(
  targets: readonly TargetReport[],
  announced: readonly OpenGate[] = [],
  { namespace, workflowId, runId }: Addressee,
): GateReport[] {
  const deployment = { namespace, workflowId, runId };
  return targets.flatMap(({ name, progress }) => {
    const gates = progress?.gates ?? announced.filter(({ id }) => targetOfGate(id) === name);
    return gates.map((gate) => ({
      ...gate,
      target: name,
      answers: answersTo(gate, deployment),
    }));
  });
}
