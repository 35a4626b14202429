import { isCancellation } from '@temporalio/workflow';
import type { FunctionAccess } from '../../activities/access.js';
import type { ExamineInput } from '../../activities/preflight/examineFunction.js';
import { aliasWarnings } from '../../domain/aliasFindings.js';
import { defined } from '../../domain/defined.js';
import type { Failure } from '../../domain/failures.js';
import { keptByAlias } from '../../domain/keptByAlias.js';
import { heldByOther } from '../../domain/otherHolders.js';
import { MAX_DELETED_VERSIONS } from '../../domain/oldVersions.js';
import { storedBytes, type PinnedPackage } from '../../domain/packages.js';
import type { FunctionPlan, Step, TargetPlan } from '../../domain/plan.js';
import type {
  FunctionFindings,
  FunctionPreflight,
  PreflightOptions,
  PreflightWarning,
} from '../../domain/preflight.js';
import {
  isAsPlanned,
  isReleased,
  keepsFromSplitting,
  splitImpossible,
  splitsTraffic,
  stepsBeforePromotion,
} from '../../domain/release.js';
import { publishedBytes } from '../../domain/roomForCode.js';
import { reservedMore } from '../../domain/roomForConcurrency.js';
import { runtimeIsManual, runtimeProblem, runtimeWarnings } from '../../domain/runtimeFindings.js';
import type { TargetAccess } from '../../domain/target.js';
import { provisionedNeed, wouldChange, type FoundFunction } from '../../domain/wouldChange.js';
import type { PinnedPackages } from '../sources/pinnedPackages.js';
import { looking } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';
import { givenBy } from './given.js';

interface Given {
  plan: FunctionPlan;
  access: TargetAccess;
  target: TargetPlan;
  /** Of the target's strategy. */
  steps: readonly Step[];
  options: PreflightOptions;
}

/** What is found out about one function. It never throws, unless it is cancelled. */
export class FunctionLook {
  /** Of the version that would be made, in bytes; 0 where none, or where it is not known. */
  codeBytes = 0;
  /** How much more concurrency would be reserved. */
  reservedMore = 0;
  readonly #problems: Failure[] = [];
  #pinned: PinnedPackage | undefined;

  constructor(private readonly given: Given) {}

  async at(packages: PinnedPackages): Promise<FunctionPreflight> {
    const { plan, target, steps } = this.given;
    const result = await packages.of(target, plan);
    if ('pinned' in result) this.#pinned = result.pinned;
    else this.#problems.push(result.failure);
    const found = await this.#inspect();
    if (found === undefined) return notLookedAt(plan.name, this.#named);
    const would = wouldChange(found, plan, this.#pinned, steps);
    const [looked, old] = await Promise.all([
      this.#lookFurther(found, would),
      this.#oldVersions(found),
    ]);
    const { warnings, ...oldVersions } = old;
    return { ...looked, ...oldVersions, warnings: [...looked.warnings, ...warnings] };
  }

  async #lookFurther(found: FoundFunction, would: FunctionPreflight): Promise<FunctionPreflight> {
    const { plan } = this.given;
    // Of what stays as it is nothing can fail.
    if (would.change === 'unchanged') return would;
    this.reservedMore = reservedMore(would.functionWide);
    if (isReleased(found, plan)) return this.#release(found, would);
    if (!isAsPlanned(found, plan)) this.#findHolders(found);
    const findings = await this.#examine({ ...this.#access, ...this.#alone(found, would) });
    return {
      ...would,
      problems: [...this.#named, ...findings.problems],
      warnings: findings.warnings,
    };
  }

  async #release(found: FoundFunction, would: FunctionPreflight): Promise<FunctionPreflight> {
    const { plan } = this.given;
    this.codeBytes = publishedBytes(found, storedBytes(this.#pinned));
    this.#findProblems(found);
    const { problems, warnings, keptCode } = await this.#examine(this.#questions(found, would));
    return {
      ...would,
      ...defined({ keptCode }),
      problems: [...this.#named, ...problems],
      warnings: [
        ...aliasWarnings(found, plan),
        ...runtimeWarnings(found, plan),
        ...provisionedUnknown(found),
        ...warnings,
      ],
    };
  }

  /** Of what changes at the function as a whole, and of what a version has beside code and settings. */
  #alone(
    found: FoundFunction,
    { writes, provisionedConcurrency: change }: FunctionPreflight,
  ): Omit<ExamineInput, keyof FunctionAccess> {
    const nothing = { layers: [], layersBack: [], dryRunCode: false };
    const provisions = provisionedNeed(found, this.given.plan, change);
    return { exists: true, shiftable: false, writes, ...nothing, ...defined({ provisions }) };
  }

  /** Of a package that cannot be read, everything else can be compared all the same. */
  async #inspect(): Promise<FoundFunction | undefined> {
    const { plan } = this.given;
    const pinned = this.#pinned ?? { ...plan.package, codeSha256: '' };
    try {
      return await looking(`look at ${plan.name}`).inspectFunction({
        ...this.#access,
        plan,
        package: pinned,
      });
    } catch (error) {
      if (isCancellation(error)) throw error;
      this.#problems.push(toFailure(error));
      return undefined;
    }
  }

  /** A version that the deployment makes itself is not there yet. */
  async #oldVersions(
    found: FoundFunction,
  ): Promise<Pick<FunctionPreflight, 'oldVersions' | 'warnings'>> {
    const { name, keepVersions } = this.given.plan;
    const { snapshot } = found;
    if (keepVersions === undefined || snapshot.latest === undefined) return { warnings: [] };
    const isNew = isReleased(found, this.given.plan);
    const served = snapshot.alias?.version;
    try {
      const old = await looking(`find old versions of ${name}`).findOldVersions({
        ...this.#access,
        keep: keepVersions - (isNew ? 1 : 0),
        kept: served === undefined ? [] : [served],
        limit: MAX_DELETED_VERSIONS,
      });
      const { versions, warnings = [] } = old;
      return { ...(versions.length > 0 && { oldVersions: versions }), warnings };
    } catch (error) {
      if (isCancellation(error)) throw error;
      const message = `Which old versions would be deleted could not be seen. ${toFailure(error).message}`;
      return { warnings: [{ code: 'notChecked', check: 'oldVersions', message }] };
    }
  }

  /** That something could not be asked is no reason why a deployment should fail. */
  async #examine(input: ExamineInput): Promise<FunctionFindings> {
    try {
      return await looking(`see what ${input.function} needs`).examineFunction(input);
    } catch (error) {
      if (isCancellation(error)) throw error;
      const message = `What else may be wrong could not be checked. ${toFailure(error).message}`;
      return { problems: [], warnings: [{ code: 'notChecked', message }] };
    }
  }

  #questions(found: FoundFunction, would: FunctionPreflight): ExamineInput {
    const { snapshot, wanted, latest: changes } = found;
    const { plan, options } = this.given;
    const { latest } = snapshot;
    const before = latest?.settings.role;
    const passes = before !== wanted.role && wanted.role !== undefined;
    const writesCode = would.writes.some((one) =>
      /^(CreateFunction|UpdateFunctionCode)$/.test(one),
    );
    const replacesCode = latest !== undefined && would.writes.includes('UpdateFunctionCode');
    const replacedCode = replacesCode && latest.image !== true ? plan.replacedCode : undefined;
    const imageBack = replacesCode ? latest.imageUri : undefined;
    const sameLayers = JSON.stringify(latest?.settings.layers) === JSON.stringify(wanted.layers);
    return {
      ...this.#access,
      exists: latest !== undefined,
      shiftable: snapshot.alias !== undefined,
      writes: would.writes,
      layers: sameLayers ? [] : (wanted.layers ?? []),
      layersBack:
        changes?.settings.includes('layers') === true ? (latest?.settings.layers ?? []) : [],
      dryRunCode: options.dryRunCode === true,
      ...givenBy(found),
      ...defined({ alias: plan.alias, replacedCode, imageBack }),
      ...defined({ provisions: provisionedNeed(found, plan, would.provisionedConcurrency) }),
      ...(passes && { passesRole: wanted.role }),
      ...(passes && before !== undefined && { passesRoleBack: before }),
      ...(writesCode && this.#pinned !== undefined && { package: this.#pinned }),
    };
  }

  #findProblems(found: FoundFunction): void {
    const { plan, target, steps } = this.given;
    const runtime = runtimeProblem(found, plan);
    if (runtime !== undefined) this.#problems.push(runtime);
    const manual = runtimeIsManual(found, plan);
    if (manual !== undefined) this.#problems.push(manual);
    this.#findHolders(found);
    if (!splitsTraffic(stepsBeforePromotion(steps))) return;
    const what = keepsFromSplitting(found.snapshot, plan);
    if (what !== undefined) this.#problems.push(splitImpossible(what, target.name, plan.name));
  }

  /** Of an alias that is another deployment's, or has provisioned concurrency of its own. */
  #findHolders({ snapshot }: FoundFunction): void {
    const { plan, target, steps } = this.given;
    const { name, alias: aliasName } = plan;
    const fn = { name, aliasName, target: target.name, region: target.region };
    const held = heldByOther(snapshot, fn);
    if (held !== undefined) this.#problems.push(held);
    const kept = keptByAlias(snapshot, plan, steps, fn);
    if (kept !== undefined) this.#problems.push(kept);
  }

  get #access(): FunctionAccess {
    return { ...this.given.access, function: this.given.plan.name, preflight: true };
  }

  get #named(): Failure[] {
    const { plan, target } = this.given;
    return this.#problems.map((one) => ({ ...one, target: target.name, function: plan.name }));
  }
}

/** Where the plan names none, a role that may not see what there is keeps nobody. */
function provisionedUnknown({ snapshot }: FoundFunction): PreflightWarning[] {
  const { provisionedUnknown: message } = snapshot;
  if (message === undefined) return [];
  return [{ code: 'notChecked', message, check: 'provisionedConcurrency' }];
}

/** A function of which nothing is known. */
export function notLookedAt(name: string, problems: Failure[]): FunctionPreflight {
  return { name, change: 'unknown', settings: [], writes: [], problems, warnings: [] };
}
