import { isCancellation } from '@temporalio/workflow';
import type { PlaceFindings } from '../../activities/preflight/inspectPlace.js';
import { accountOf } from '../../domain/arns.js';
import type { Failure } from '../../domain/failures.js';
import type { Plan, TargetPlan } from '../../domain/plan.js';
import type {
  Findings,
  FunctionPreflight,
  PreflightOptions,
  TargetPreflight,
} from '../../domain/preflight.js';
import { wouldLeaveOutPauses } from '../../domain/firstDeployment.js';
import { roomFor } from '../../domain/roomForCode.js';
import { noConcurrency } from '../../domain/roomForConcurrency.js';
import { strategySteps } from '../../domain/steps.js';
import type { TargetAccess } from '../../domain/target.js';
import { pinAll, type PinnedPackages } from '../sources/pinnedPackages.js';
import { looking } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';
import { FunctionLook, notLookedAt } from './function.js';

/** Looks at every target of a plan, each for itself. */
export async function preflightTargets(
  plan: Plan,
  options: PreflightOptions,
): Promise<TargetPreflight[]> {
  const pinned = pinAll(plan, looking);
  return Promise.all(plan.targets.map((target) => preflightTarget(plan, target, pinned, options)));
}

async function preflightTarget(
  plan: Plan,
  target: TargetPlan,
  pinned: PinnedPackages,
  options: PreflightOptions,
): Promise<TargetPreflight> {
  const access = accessOf(plan, target);
  const place = await lookAtPlace(access);
  if ('failure' in place) {
    const functions = target.functions.map(({ name }) => notLookedAt(name, []));
    return described(target, functions, { problems: [place.failure], warnings: [] });
  }
  const steps = strategySteps(plan, target);
  const looks = target.functions.map(
    (one) => new FunctionLook({ plan: one, access, target, steps, options }),
  );
  const functions = await Promise.all(looks.map((look) => look.at(pinned)));
  const bytes = looks.reduce((sum, { codeBytes }) => sum + codeBytes, 0);
  const room = roomFor(bytes, place.roomForCode, target);
  const more = looks.reduce((sum, look) => sum + look.reservedMore, 0);
  const concurrency = noConcurrency(more, place.concurrency, target);
  const looked = described(target, functions, {
    problems: [
      ...place.findings.problems,
      ...room.problems,
      ...(concurrency === undefined ? [] : [concurrency]),
    ],
    warnings: [...place.findings.warnings, ...room.warnings],
  });
  return wouldLeaveOutPauses(functions, steps) ? { ...looked, leavesOutPauses: true } : looked;
}

/** Without the role there is nothing to be seen of a target. */
async function lookAtPlace(access: TargetAccess): Promise<PlaceFindings | { failure: Failure }> {
  try {
    return await looking(`look at ${access.target}`).inspectPlace({ ...access, preflight: true });
  } catch (error) {
    if (isCancellation(error)) throw error;
    return { failure: { target: access.target, ...toFailure(error) } };
  }
}

function accessOf(plan: Plan, { name, deployRoleArn, region }: TargetPlan): TargetAccess {
  const { application, deploymentId } = plan;
  return { application, deploymentId, target: name, deployRoleArn, region };
}

function described(
  { name, region, deployRoleArn, dependsOn }: TargetPlan,
  functions: FunctionPreflight[],
  { problems, warnings }: Findings,
): TargetPreflight {
  const accountId = accountOf(deployRoleArn);
  return { target: name, region, accountId, dependsOn, problems, warnings, functions };
}
