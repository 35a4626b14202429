import type { EnvironmentBases, FunctionAccess } from '../../activities/access.js';
import type { Inspection } from '../../activities/inspect.js';
import { defined } from '../../domain/defined.js';
import { secretNamesOf } from '../../domain/environmentTemplates.js';
import type { Failure } from '../../domain/failures.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type {
  AliasShape,
  AliasState,
  FunctionSnapshot,
  FunctionState,
} from '../../domain/functions.js';
import { isFirstDeployment } from '../../domain/firstDeployment.js';
import { keptByAlias } from '../../domain/keptByAlias.js';
import { heldByOther } from '../../domain/otherHolders.js';
import { wantedProvisioned } from '../../domain/provisioned.js';
import type { ReadBack } from '../../domain/readBack.js';
import {
  isPinnedFirst,
  isReservedLast,
  keptVersion,
  splitsTraffic,
  stepsBeforePromotion,
} from '../../domain/release.js';
import type { AliasLook, FunctionProgress, Restored } from '../../domain/status.js';
import type { TargetFunction, TargetInput } from '../../domain/target.js';
import {
  pickWide,
  wideByDefault,
  type WideName,
  type WideState,
} from '../../domain/wideSettings.js';
import type { ReleaseSource } from '../sources/source.js';
import { sourceOf } from '../sources/sourceOf.js';

/** The provisioned concurrency of one version. */
export interface AskedProvisioned {
  before: number;
  /** One after the other; the last is what it is to have. */
  asked: number[];
  /** AWS has taken the last, or it stays as it is, because somebody else has changed it or uses it. */
  became?: 'asked' | 'left';
}

/**
 * What the deployment knows of one function, and what it may have written: the ledger that the
 * rollback goes by. An entry is made before the request is sent, because a request whose answer is
 * lost may have been carried out.
 */
export class FunctionLedger {
  inspection: Inspection = { snapshot: {}, wanted: {} };
  /** `$LATEST` as it was last seen or written. */
  latest: FunctionState | undefined;
  /** The alias as it was last seen or written. */
  alias: AliasState | undefined;
  /** The alias as the last answer about it said, whoever had written it. */
  seen: AliasState | undefined;
  /** The published version that carries what was before. */
  baseline: string | undefined;
  /** `s3://…`, or an image by its digest: the code that was before, where a version or AWS says so. */
  baselinePackage: string | undefined;
  /** The hash of the code that was to be kept before it is replaced, once that was tried. */
  keptCode: string | undefined;
  /** `s3://…` of the code that was before, where AWS can fetch it by version. */
  recordedPackage: string | undefined;
  /** The version that carries what the plan says. */
  version: string | undefined;
  /** What versions were asked to have as provisioned concurrency. */
  readonly provisioned = new Map<string, AskedProvisioned>();
  /** The new version has the provisioned concurrency that it is to have. */
  isProvisioned = false;
  /** The hash of the code that was written: not the plan's when the package was overwritten. */
  writtenCode: string | undefined;
  /** Every shape that the alias was asked to have. */
  readonly shapes: AliasShape[] = [];
  /**
   * The traffic of an alias that served `$LATEST` and has been taken off it: on the baseline instead,
   * which is what it was before, also while `$LATEST` is something else.
   */
  pinned: AliasShape | undefined;
  /** On the way back: the alias stays on the baseline, because `$LATEST` is not what it was. */
  staysPinned = false;
  /** Percent of the traffic on the new version, as it was confirmed. */
  weight = 0;
  /** Percent of the traffic that the new version is to have. */
  wantedWeight = 0;
  /** What of `$LATEST` AWS has refused to take back so far; absent: nothing yet. */
  left: { settings: SettingName[]; code: boolean } | undefined;
  /** What of the whole function AWS has refused to take back so far; absent: nothing yet. */
  wideLeft: WideName[] | undefined;
  /** On the way back: some of that is somebody else's by now, and stays so. */
  isWideForeign = false;
  /** What the alias goes back to instead, where its version was deleted and has been made again. */
  madeAgain: AliasShape | undefined;
  /** The old versions that were deleted after the success. */
  readonly deletedVersions: string[] = [];
  /** As AWS said at the end that it is; absent as long as it has not been asked. */
  readBack: ReadBack | undefined;
  /** On the way back: what is as it was before. */
  readonly restored = new Set<Restored>();
  /** Neither code, settings nor traffic of the function differ from the plan. */
  unchanged = false;
  /** What the plan says of the function as a whole, and is to be written. */
  wideToChange: WideName[] = [];
  /** How many waits of the strategy there had been when it was looked at. */
  inspectedAfter = 0;
  isInspected = false;

  readonly touched = {
    created: false,
    settings: [] as SettingName[],
    code: false,
    alias: false,
    aliasCreated: false,
    wide: [] as WideName[],
  };

  /**
   * Requests whose answer never came: for `latest` and `alias` the revision that they carried;
   * `other` for a creation, which carries none. AWS may still carry them out, so a rollback moves the
   * revision (`fence` in function/write.ts), or waits.
   */
  readonly unanswered: { latest?: string; alias?: string; other?: true } = {};
  /** How long the longest of them may have been on its way, in milliseconds. */
  unansweredForMs = 0;
  /** On the way back: what is told and not tried again, because an alias carries the traffic. */
  readonly givenUp = new Set<SettingName | 'code'>();
  /** On the way back: a part of `$LATEST` is somebody else's by now, and stays so. */
  isForeign = false;

  /** What it is to become. */
  readonly source: ReleaseSource;

  constructor(
    private readonly input: TargetInput,
    planned: TargetFunction,
  ) {
    this.source = sourceOf(planned);
  }

  get name(): string {
    return this.source.plan.name;
  }

  /** The alias that the plan names. */
  get aliasName(): string | undefined {
    return this.source.plan.alias;
  }

  get snapshot(): FunctionSnapshot {
    return this.inspection.snapshot;
  }

  get access(): FunctionAccess {
    const { application, deploymentId, target, deployRoleArn, region } = this.input;
    const access = { application, deploymentId, target, deployRoleArn, region };
    const { environmentBases, secretVersions } = this;
    return { ...access, function: this.name, ...defined({ environmentBases, secretVersions }) };
  }

  /** Of the secrets that fill in its environment. */
  private get secretVersions(): Record<string, string> | undefined {
    const { secretVersions = {} } = this.input;
    const { plan } = this.source;
    const names = 'settings' in plan ? secretNamesOf(plan.settings.environment) : [];
    const pinned = names.flatMap((name) => {
      const version = secretVersions[name];
      return version === undefined ? [] : [[name, version] as const];
    });
    return pinned.length === 0 ? undefined : Object.fromEntries(pinned);
  }

  /** What tells apart the values of an environment that the plan names; others are not compared. */
  private get environmentBases(): EnvironmentBases | undefined {
    const wanted = this.source.wantedEnvironment(this.inspection, this.version);
    return wanted && { ...wanted, ...defined({ versionBefore: this.baseline }) };
  }

  get progress(): FunctionProgress {
    const { aliasName: alias } = this;
    const previousVersion = this.servedVersion;
    return {
      name: this.name,
      ...defined({ alias }),
      weight: this.weight,
      wantedWeight: this.wantedWeight,
      ...defined({ version: this.version, previousVersion }),
      ...(this.version !== undefined && this.isFirst && { first: true as const }),
      restored: [...this.restored],
      ...lookAt(this.seen),
    };
  }

  /** What the function was as a whole, of what the plan names. */
  get wideBefore(): WideState {
    return this.snapshot.wide ?? wideByDefault(this.source.functionWide);
  }

  /** What of that may have been written, as the plan wants it; absent where nothing was. */
  get wideTouched(): WideState | undefined {
    const { wide } = this.touched;
    return wide.length === 0 ? undefined : pickWide(this.source.functionWide, wide);
  }

  /** The hash of the code that it is to have; empty as long as it is not known. */
  get wantedCode(): string {
    return this.source.wantedCode(this.inspection);
  }

  /** The version that served the traffic before, where one did. */
  get servedVersion(): string | undefined {
    return this.primary ?? this.baseline;
  }

  /** The primary version of the alias until the promotion. */
  get primary(): string | undefined {
    return (this.pinned ?? this.snapshot.alias)?.version;
  }

  /**
   * Whether the alias has to be taken off `$LATEST`: before anything of that changes, or because its
   * traffic is to be split. Giving back a version needs neither, and so as few requests as can be.
   */
  get needsPinning(): boolean {
    if (this.pinned !== undefined || !isPinnedFirst(this.snapshot)) return false;
    const steps = stepsBeforePromotion(this.input.strategy.steps);
    return this.source.publishedVersion === undefined || splitsTraffic(steps);
  }

  /** Whether nothing served its traffic before; only known once it was looked at. */
  get isFirst(): boolean {
    return isFirstDeployment(this.snapshot, this.source.plan);
  }

  /** What the new version is to have as provisioned concurrency; undefined: it stays as it is. */
  get wantedProvisioned(): number | undefined {
    return wantedProvisioned(this.snapshot, this.source.plan);
  }

  /** The version that the alias serves already and that needs nothing else. */
  get keptVersion(): string | undefined {
    return keptVersion(this.inspection, this.source.plan);
  }

  /** Whether what is reserved for it is written when no old version has provisioned concurrency any more. */
  get isReservedLast(): boolean {
    const { functionWide, plan } = this.source;
    return isReservedLast(this.inspection, { ...plan, functionWide });
  }

  /** Why it may not be released, because its alias has provisioned concurrency of its own. */
  get keptByAlias(): Failure | undefined {
    const { name, aliasName } = this;
    const { target, region, strategy } = this.input;
    const fn = { name, aliasName, target, region };
    return keptByAlias(this.snapshot, this.source.plan, strategy.steps, fn);
  }

  /** Whether an alias that existed before carries the traffic, so that it can be shifted. */
  get shiftable(): boolean {
    return this.snapshot.alias !== undefined;
  }

  /** What makes it impossible to split the alias's traffic, or undefined when it is possible. */
  get keepsFromSplitting(): string | undefined {
    return this.keptVersion === undefined
      ? this.source.keepsFromSplitting(this.snapshot)
      : undefined;
  }

  /** What the alias goes back to; absent without one. */
  get trafficBefore(): AliasShape | undefined {
    const { alias, trafficBefore } = this.snapshot;
    return trafficBefore ?? alias;
  }

  /** What the alias is to be at a rollback's end. */
  get aliasGivenBack(): AliasShape | undefined {
    const { pinned, staysPinned, madeAgain, trafficBefore } = this;
    if (pinned === undefined) return madeAgain ?? trafficBefore;
    return staysPinned ? (madeAgain ?? pinned) : trafficBefore;
  }

  /** Why it may not be released, because another deployment splits the alias's traffic. */
  get heldByOther(): Failure | undefined {
    const { name, aliasName } = this;
    const { target, region } = this.input;
    return heldByOther(this.snapshot, { name, aliasName, target, region });
  }

  /** Whether the deployment may have written anything to the function. */
  get written(): boolean {
    const { created, settings, code, alias, aliasCreated, wide } = this.touched;
    const isReleased = created || settings.length > 0 || code || alias || aliasCreated;
    return isReleased || wide.length > 0 || this.provisioned.size > 0;
  }
}

/** Without when it was, it would say nothing. */
function lookAt(alias: AliasState | undefined): { seen?: AliasLook } {
  if (alias?.seenAt === undefined) return {};
  const { version, weights, seenAt: at } = alias;
  return { seen: { version, weights, at } };
}
