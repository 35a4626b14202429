import type { EnvironmentBases, FunctionAccess } from '../../activities/access.js';
import type { Inspection } from '../../activities/inspect.js';
import { defined } from '../../domain/defined.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type {
  AliasShape,
  AliasState,
  FunctionSnapshot,
  FunctionState,
} from '../../domain/functions.js';
import type { FunctionProgress, Restored } from '../../domain/status.js';
import type { TargetFunction, TargetInput } from '../../domain/target.js';
import type { ReleaseSource } from '../sources/source.js';
import { sourceOf } from '../sources/sourceOf.js';

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
  /** The published version that carries what was before. */
  baseline: string | undefined;
  /** `s3://…` of what was before, where its version says so. */
  baselinePackage: string | undefined;
  /** The version that carries what the plan says. */
  version: string | undefined;
  /** The hash of the code that was written: not the plan's when the package was overwritten. */
  writtenCode: string | undefined;
  /** Every shape that the alias was asked to have. */
  readonly shapes: AliasShape[] = [];
  /** Percent of the traffic on the new version, as it was confirmed. */
  weight = 0;
  /** Percent of the traffic that the new version is to have. */
  wantedWeight = 0;
  /** On the way back: what is as it was before. */
  readonly restored = new Set<Restored>();
  /** Nothing about the function differs from the plan. */
  unchanged = false;
  /** How many waits of the strategy there had been when it was looked at. */
  inspectedAfter = 0;

  readonly touched = {
    created: false,
    settings: [] as SettingName[],
    code: false,
    alias: false,
    aliasCreated: false,
  };

  /**
   * Requests whose answer never came: for `latest` and `alias` the revision that they carried;
   * `other` for a creation, which carries none. AWS may still carry them out, so a rollback moves the
   * revision (`fence` in function/write.ts), or waits.
   */
  readonly unanswered: { latest?: string; alias?: string; other?: true } = {};
  /** How long the longest of them may have been on its way, in milliseconds. */
  unansweredForMs = 0;
  /** On the way back: what AWS did not take, although an alias carries the traffic. */
  readonly left = new Set<'settings' | 'code'>();

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
    const { environmentBases } = this;
    return { ...access, function: this.name, ...defined({ environmentBases }) };
  }

  /** What tells apart the values of an environment that the plan names; others are not compared. */
  private get environmentBases(): EnvironmentBases | undefined {
    const wanted = this.source.wantedEnvironment(this.inspection);
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
      restored: [...this.restored],
    };
  }

  /** The hash of the code that it is to have; empty as long as it is not known. */
  get wantedCode(): string {
    return this.source.wantedCode(this.inspection);
  }

  /** The version that served the traffic before, where one did. */
  get servedVersion(): string | undefined {
    return this.snapshot.alias?.version ?? this.baseline;
  }

  /** Whether an alias that existed before carries the traffic, so that it can be shifted. */
  get shiftable(): boolean {
    return this.snapshot.alias !== undefined;
  }

  /** What makes it impossible to split the alias's traffic, or undefined when it is possible. */
  get keepsFromSplitting(): string | undefined {
    return this.source.keepsFromSplitting(this.snapshot);
  }

  /** Whether the deployment may have written anything to the function. */
  get written(): boolean {
    const { created, settings, code, alias, aliasCreated } = this.touched;
    return created || settings.length > 0 || code || alias || aliasCreated;
  }
}
