import { wantedSettings } from '../../../src/activities/functionState.js';
import {
  LATEST,
  sameShape,
  type AliasShape,
  type AliasState,
  type FunctionState,
} from '../../../src/domain/functions.js';
import { differingSettings } from '../../../src/domain/settingSelection.js';
import { readMark } from '../../../src/domain/marks.js';
import type { TargetStatus } from '../../../src/domain/outcomes.js';
import type { FunctionPlan, TargetPlan } from '../../../src/domain/plan.js';
import type { MemoryFunction } from '../../support/memoryFunction.js';
import { hash } from '../../support/memoryLambda.js';
import { servedBy } from '../../support/memoryRules.js';
import type { Played } from './stage.js';

/** What one target's outcome claims of one of its functions. */
interface Claim {
  played: Played;
  target: TargetPlan;
  plan: FunctionPlan;
  status: TargetStatus;
  before: MemoryFunction | undefined;
  after: MemoryFunction | undefined;
}

/** Where what AWS holds in the end is not what the outcomes say. */
export function wrongEffects(played: Played): string[] {
  const { plan } = played.scenario;
  return plan.targets.flatMap((target) => {
    const status = played.summaries.find(({ name }) => name === target.name)?.status;
    if (status === undefined) return [`${target.name} has no status`];
    return target.functions.flatMap((one) => {
      const before = played.before.get(one.name);
      const after = played.after.get(one.name);
      const claim = { played, target, plan: one, status, before, after };
      return problemsOf(claim).map((text) => `${one.name} of ${target.name} (${status}): ${text}`);
    });
  });
}

function problemsOf(claim: Claim): string[] {
  const problems = [...lostVersions(claim), ...wrongReport(claim)];
  switch (claim.status) {
    case 'deployed':
    case 'unchanged':
      return [...problems, ...notAsPlanned(claim)];
    case 'rollbackFailed':
      return problems;
    default:
      return [...problems, ...notAsBefore(claim)];
  }
}

function notAsPlanned(claim: Claim): string[] {
  const { plan, status, before, after } = claim;
  if (after === undefined) return ['it does not exist'];
  if (plan.alias === undefined) {
    return isPlanned(claim, after.latest) ? [] : ['$LATEST is not what the plan says'];
  }
  const alias = after.aliases.get(plan.alias);
  const served = alias && servedBy(after, alias);
  if (alias === undefined || served === undefined) return ['its alias does not exist'];
  const isMade = before?.aliases.has(plan.alias) !== true;
  return [
    ...(isPlanned(claim, served) ? [] : ['its alias does not serve what the plan says']),
    ...(Object.keys(alias.weights).length === 0 ? [] : ['its alias still has weights']),
    ...stillHeld(alias),
    ...(isMade && readMark(alias.description) === undefined ? ['its new alias has no mark'] : []),
    ...(status === 'unchanged' && isMade ? ['it is said to be unchanged'] : []),
  ];
}

function notAsBefore(claim: Claim): string[] {
  return [...latestNotAsBefore(claim), ...aliasNotAsBefore(claim), ...lastVersion(claim)];
}

function latestNotAsBefore(claim: Claim): string[] {
  const { before, after, plan } = claim;
  if (isWrittenByOthers(claim) || isToldNotRestored(claim)) return [];
  if (before === undefined) return after === undefined ? [] : ['it was made, and still exists'];
  if (after === undefined) return ['it no longer exists'];
  return sameContent(before.latest, after.latest)
    ? []
    : [`$LATEST is not as it was before (alias ${plan.alias ?? 'none'})`];
}

function stillHeld({ holder }: AliasState): string[] {
  return holder === undefined ? [] : ['its alias still says whose split it was'];
}

function aliasNotAsBefore(claim: Claim): string[] {
  const { plan, before, after } = claim;
  if (plan.alias === undefined) return [];
  const was = before?.aliases.get(plan.alias);
  const is = after?.aliases.get(plan.alias);
  if (was === undefined || is === undefined) {
    return was === is ? [] : [`its alias ${was === undefined ? 'was made' : 'is gone'}`];
  }
  if (sameShape(was, is)) return stillHeld(is);
  const cleared = sameShape(is, { version: was.version, weights: {} });
  const leftBehind = before?.versions.some(
    ({ version, description }) => version in was.weights && readMark(description) !== undefined,
  );
  if (cleared && leftBehind === true) return stillHeld(is);
  if (staysPinned(claim, was, is)) return stillHeld(is);
  return [`its alias is ${JSON.stringify(is)}, and was ${JSON.stringify(was)}`];
}

/** An alias that served `$LATEST` stays at a version of then, where `$LATEST` could not be put back. */
function staysPinned(claim: Claim, was: AliasShape, is: AliasShape): boolean {
  const { before, after } = claim;
  if (was.version !== LATEST || before === undefined || after === undefined) return false;
  const served = servedBy(after, is);
  return isTold(claim) && served !== undefined && sameContent(served, before.latest);
}

/** Whoever invokes the newest version of a function without an alias gets what was before. */
function lastVersion(claim: Claim): string[] {
  const { played, target, plan, before, after, status } = claim;
  if (plan.alias !== undefined || before === undefined || status !== 'rolledBack') return [];
  const isWritten = played.calls.some(
    ({ activity, input }) =>
      input.target === target.name &&
      input.function === plan.name &&
      (activity === 'updateCode' || activity === 'updateSettings'),
  );
  const last = after?.versions.at(-1);
  if (!isWritten || (last !== undefined && sameContent(last, before.latest))) return [];
  return ['its newest version is not what was before'];
}

/** A version can be what an alias somewhere goes back to. */
function lostVersions({ before, after }: Claim): string[] {
  if (before === undefined) return [];
  const kept = after?.versions.map((one) => JSON.stringify(one)) ?? [];
  return before.versions
    .filter((one) => !kept.includes(JSON.stringify(one)))
    .map(({ version }) => `version ${version} is lost`);
}

/** What the outcome says is live. */
function wrongReport({ played, target, plan, status, after }: Claim): string[] {
  const outcome = played.outcomes.get(target.name);
  const report = outcome?.functions.find(({ name }) => name === plan.name);
  if (outcome !== undefined && report === undefined) return ['the outcome does not name it'];
  if (report === undefined || status === 'rollbackFailed') return [];
  const alias = after?.aliases.get(plan.alias ?? '');
  if (report.version !== undefined && alias !== undefined && report.version !== alias.version) {
    return [`the outcome says that version ${report.version} is live`];
  }
  const served = alias && after && servedBy(after, alias);
  const live = plan.alias === undefined ? after?.latest : served;
  if (report.codeSha256 === undefined || live === undefined) return [];
  return report.codeSha256 === live.codeSha256 ? [] : ['the outcome names other code'];
}

/** A target that released the same function for another alias. */
function isWrittenByOthers({ played, target, plan }: Claim): boolean {
  return played.scenario.plan.targets.some(
    (other) =>
      other.name !== target.name &&
      other.functions.some(({ name }) => name === plan.name) &&
      played.summaries.some(
        ({ name, status }) =>
          name === other.name && (status === 'deployed' || status === 'rollbackFailed'),
      ),
  );
}

/**
 * Where the traffic is back, a refusal to restore `$LATEST` is told and does not count. What one target
 * could not restore, the next one that releases the function finds.
 */
function isToldNotRestored({ played, plan }: Claim): boolean {
  const isRefused = played.scenario.faults.some(
    ({ activity, of, kind }) =>
      (activity === 'restoreCode' || activity === 'restoreSettings') &&
      of === plan.name &&
      kind === 'refused',
  );
  return isRefused && plan.alias !== undefined && isTold({ played, plan });
}

function isTold({ played, plan }: Pick<Claim, 'played' | 'plan'>): boolean {
  const warnings = [...played.outcomes.values()].flatMap((outcome) => outcome.warnings);
  return warnings.some(({ code, function: name }) => code === 'notRestored' && name === plan.name);
}

function isPlanned({ played, plan }: Claim, state: FunctionState): boolean {
  const { deploymentId } = played.scenario.plan;
  const wanted = wantedSettings(plan.settings, { deploymentId, function: plan.name });
  return (
    state.codeSha256 === hash('first') && differingSettings(state.settings, wanted).length === 0
  );
}

function sameContent(a: FunctionState, b: FunctionState): boolean {
  return a.codeSha256 === b.codeSha256 && differingSettings(a.settings, b.settings).length === 0;
}
