import type { Inspection } from '../activities/inspect.js';
import type { FunctionAccess } from '../activities/access.js';
import type {
  AliasState,
  FunctionSnapshot,
  FunctionState,
  SettingName,
} from '../domain/functions.js';
import type { TargetFunction, TargetInput } from '../domain/target.js';

/**
 * What the deployment knows of one function, and what it may have written: the ledger that the
 * rollback goes by. An entry is made before the request is sent, because a request whose answer is
 * lost may have been carried out.
 */
export class FunctionRun {
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
  /** Percent of the traffic on the new version. */
  weight = 0;
  /** Nothing about the function differs from the plan. */
  unchanged = false;

  readonly touched = {
    created: false,
    settings: [] as SettingName[],
    code: false,
    alias: false,
    aliasCreated: false,
  };

  constructor(
    readonly target: TargetInput,
    readonly given: TargetFunction,
  ) {}

  get name(): string {
    return this.given.plan.name;
  }

  get snapshot(): FunctionSnapshot {
    return this.inspection.snapshot;
  }

  get access(): FunctionAccess {
    const { application, deploymentId, target, deployRoleArn, region } = this.target;
    return { application, deploymentId, target, deployRoleArn, region, function: this.name };
  }

  /** Whether an alias that existed before carries the traffic, so that it can be shifted. */
  get shiftable(): boolean {
    return this.snapshot.alias !== undefined;
  }

  /** Whether the deployment may have written anything to the function. */
  get written(): boolean {
    const { created, settings, code, alias, aliasCreated } = this.touched;
    return created || settings.length > 0 || code || alias || aliasCreated;
  }
}
