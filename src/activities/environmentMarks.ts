import { defined } from '../domain/defined.js';
import { templatesOf } from '../domain/environmentTemplates.js';
import type { VersionState } from '../domain/functions.js';
import { UNREADABLE, type ObservedSettings } from '../domain/functionSettings.js';
import type { FunctionPlan, FunctionSettings, RestorePlan } from '../domain/plan.js';
import type { EnvironmentBases, FunctionAccess } from './access.js';
import { EnvironmentFilling } from './environmentFilling.js';
import { functionState, hashEnvironment } from './functionState.js';
import type { LambdaApi } from './lambdaApi.js';
import { findSettledFunction } from './reading.js';
import type { Tools } from './tools.js';

/** The value is the one that the version to be restored has, or the secrets that the plan names. */
const WANTED = '(wanted)';

/** The value is what it was before the deployment wrote anything. */
const BEFORE = '(before)';

/** The value is neither. */
const OTHER = '(other)';

type Hashes = ObservedSettings['environmentHashes'];
type Input = FunctionAccess & {
  plan?: FunctionPlan | RestorePlan;
  settings?: Partial<FunctionSettings>;
};
type Activity = (input: never) => Promise<unknown>;

/**
 * Activities that have the environment of a plan with its secrets filled in, and whose answers tell
 * nothing of environment values. Inside of an activity a hash stands
 * for each value. In a history it could be guessed from, because everything that goes into it is
 * there too: so there a word stands for it, which says what the value is the same as. Only the
 * hash of a value that the plan itself names stays, unless it is filled in.
 */
export function marking<Activities extends Record<string, Activity>>(
  tools: Tools,
  activities: Activities,
): Activities {
  const entries = Object.entries(activities).map(([name, activity]) => {
    const run = activity as (input: Input) => Promise<unknown>;
    const marked = async (input: Input) => {
      const filling = new EnvironmentFilling(tools.secrets, input);
      const output = await run(await filledIn(input, filling));
      const bases = publishedBases(input, output) ?? basesOf(input);
      return new EnvironmentMarks(tools.lambda(input), bases, filling).everywhereIn(output);
    };
    return [name, marked] as const;
  });
  return Object.fromEntries(entries) as unknown as Activities;
}

/** The settings in the form that histories have, to be compared with what a workflow expects. */
export function markedSettings(
  tools: Tools,
  access: FunctionAccess,
  settings: ObservedSettings,
): Promise<ObservedSettings> {
  const filling = new EnvironmentFilling(tools.secrets, access);
  const { environmentBases = {} } = access;
  return new EnvironmentMarks(tools.lambda(access), environmentBases, filling).everywhereIn(
    settings,
  );
}

/** What the activity is to write or to compare with; what it only tells is filled in when it is needed. */
async function filledIn(input: Input, filling: EnvironmentFilling): Promise<Input> {
  const { plan, settings } = input;
  const named = plan !== undefined && 'settings' in plan ? plan.settings : settings;
  if (Object.keys(templatesOf(named?.environment)).length === 0) return input;
  const environment = await filling.whole(named?.environment ?? {});
  const { hidden } = filling;
  return plan !== undefined && 'settings' in plan
    ? { ...input, plan: { ...plan, settings: { ...plan.settings, environment } }, hidden }
    : { ...input, settings: { ...settings, environment }, hidden };
}

/**
 * A version that has been published as the plan wants it holds the values that were filled in: from
 * then on they count, whatever becomes of the secrets.
 */
function publishedBases(
  { environmentBases = {}, ...input }: Input & { isWanted?: true },
  output: unknown,
): EnvironmentBases | undefined {
  const { state } = (output ?? {}) as { state?: { version?: VersionState } };
  if (input.isWanted !== true || state?.version === undefined) return undefined;
  const { templates: _, ...bases } = environmentBases;
  return { ...bases, wantedVersion: state.version.version };
}

/** An activity that has the plan looks before the first write, or makes what was not there. */
function basesOf({ plan, environmentBases = {}, deploymentId }: Input): EnvironmentBases {
  if (plan === undefined) return environmentBases;
  if ('settings' in plan) {
    const { environment } = plan.settings;
    const wanted = hashEnvironment(environment ?? {}, deploymentId);
    return { wanted, templates: templatesOf(environment) };
  }
  return defined({ wantedVersion: plan.alias === undefined ? plan.version : undefined });
}

class EnvironmentMarks {
  readonly #versions = new Map<string, Promise<Hashes>>();
  #filled: Promise<Hashes> | undefined;

  constructor(
    private readonly api: LambdaApi,
    private readonly bases: EnvironmentBases,
    private readonly filling: EnvironmentFilling,
  ) {}

  async everywhereIn<Value>(value: Value): Promise<Value> {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      return (await Promise.all(value.map((one) => this.everywhereIn<unknown>(one)))) as Value;
    }
    const entries = Object.entries(value as Record<string, unknown>).map(
      async ([name, one]) =>
        [
          name,
          // A tag may have this name.
          name === 'environmentHashes' && typeof one === 'object'
            ? await this.#marksOf(one as Hashes)
            : await this.everywhereIn(one),
        ] as const,
    );
    return Object.fromEntries(await Promise.all(entries)) as Value;
  }

  async #marksOf(hashes: Hashes): Promise<Hashes> {
    if (UNREADABLE in hashes) return hashes;
    const marks = Object.entries(hashes).map(
      async ([name, hash]) => [name, await this.#markOf(name, hash)] as const,
    );
    return Object.fromEntries(await Promise.all(marks));
  }

  /** Before the first write there is no version yet of what was before: then it is what is there. */
  async #markOf(name: string, hash: string): Promise<string> {
    const { wanted, templates = {}, wantedVersion, versionBefore } = this.bases;
    if (Object.hasOwn(templates, name)) {
      if ((await this.#filledIn())[name] === hash) return WANTED;
    } else if (wanted?.[name] === hash) return hash;
    if (await this.#isIn(wantedVersion, name, hash)) return WANTED;
    if (versionBefore === undefined) return BEFORE;
    return (await this.#isIn(versionBefore, name, hash)) ? BEFORE : OTHER;
  }

  #filledIn(): Promise<Hashes> {
    const { deploymentId } = this.api.access;
    this.#filled ??= this.filling
      .values(this.bases.templates ?? {})
      .then((environment) => hashEnvironment(environment, deploymentId));
    return this.#filled;
  }

  async #isIn(version: string | undefined, name: string, hash: string): Promise<boolean> {
    if (version === undefined) return false;
    const known = this.#versions.get(version) ?? this.#read(version);
    this.#versions.set(version, known);
    return (await known)[name] === hash;
  }

  /** Of a version that somebody has deleted nothing is known. */
  async #read(version: string): Promise<Hashes> {
    const found = await findSettledFunction(this.api, version);
    if (found === undefined) return {};
    return functionState(found, this.api.access.deploymentId).settings.environmentHashes;
  }
}
