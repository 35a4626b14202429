import type { EnvironmentBases, FunctionAccess } from '../../activities/access.js';
import type { Created } from '../../activities/answered.js';
import type { Inspection } from '../../activities/inspect.js';
import type { MutationResult } from '../../activities/results.js';
import type { Failure } from '../../domain/failures.js';
import type { SettingName } from '../../domain/functionSettings.js';
import type { FunctionSnapshot, FunctionState } from '../../domain/functions.js';
import type { FunctionWide } from '../../domain/functionWide.js';
import type { FunctionPlan, RestorePlan } from '../../domain/plan.js';

/** What a mutation carries beside its content: whose it is, and the revision that it is for. */
export interface MutationRequest extends FunctionAccess {
  revisionId: string;
}

/**
 * What a function is to become, and where that comes from: a package, or one of its own earlier
 * versions. Everything that differs between the two is asked of it.
 */
export interface ReleaseSource {
  readonly plan: FunctionPlan | RestorePlan;

  /** What it says of the function as a whole; a version says nothing of that. */
  readonly functionWide: FunctionWide;

  /** How many of the newest published versions are kept; undefined where none is deleted. */
  readonly keepVersions: number | undefined;

  /** Compares the function, as it is in AWS, with the plan. */
  inspect(access: FunctionAccess): Promise<Inspection>;

  /**
   * The environment that the plan wants, where it wants one: activities compare with it.
   *
   * @param version - the one that was published of it, once there is one
   */
  wantedEnvironment(
    inspection: Inspection,
    version: string | undefined,
  ): EnvironmentBases | undefined;

  /** Whether the environment is filled in from secrets: only its version keeps what it became. */
  readonly isFilledIn: boolean;

  /** The hash of the code that the function is to have; empty as long as it is not known. */
  wantedCode(inspection: Inspection): string;

  /** What makes it impossible to split the alias's traffic, or undefined when it is possible. */
  keepsFromSplitting(snapshot: FunctionSnapshot): string | undefined;

  /** The version to serve, where it is there already and only the alias has to be changed. */
  readonly publishedVersion: string | undefined;

  /** `s3://…`, or an image by its digest, for the mark of the new version, where a package is known. */
  readonly packageUri: string | undefined;

  /** Makes the function; absent where there must be one already. */
  readonly create: ((access: FunctionAccess) => Promise<Created<FunctionState>>) | undefined;

  sendSettings(
    request: MutationRequest,
    names: SettingName[],
  ): Promise<MutationResult<FunctionState>>;

  sendCode(request: MutationRequest): Promise<MutationResult<FunctionState>>;

  /** How long a request of {@link sendCode} may be on its way, in milliseconds. */
  codeTimeoutMs(inspection: Inspection): number;

  /** Of the code of a version that is made, in bytes; 0 where it is not known, or none is made. */
  codeBytes(inspection: Inspection): number;

  /** The failure when the code that was written is not that of the deployment's start. */
  overwritten(
    codeSha256: string | undefined,
    access: FunctionAccess,
    inspection: Inspection,
  ): Failure | undefined;
}
