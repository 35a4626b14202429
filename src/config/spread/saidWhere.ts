import { normalName } from '../../domain/naming.js';
import type { Plan } from '../../domain/plan.js';
import { groupBy, pairKey } from '../grouping.js';
import { valueAt, type Path } from '../path.js';
import type { WrittenDeployment } from '../written/schema.js';
import { LIST_PATHS, type Origins } from './origins.js';

/** A value that a target or a function at it has, and where the file says so. */
export interface SaidWhere {
  target: string;
  /** Absent for what is the target's own. */
  functionName?: string;
  /** As the file calls it, such as `memorySize` or `environment.LOG_LEVEL`. */
  name: string;
  value: unknown;
  /** Where it stands in the file. */
  path: Path;
  /** What stands there, where that was filled in. */
  template?: string;
}

/** A file as it was written and as it is for its targets, and the plan that it means. */
interface Explained {
  written: unknown;
  file: WrittenDeployment;
  origins: Origins;
  plan: Plan;
}

/** Every value of the plan's targets and of their functions, with where it comes from. */
export function saidWhere(explained: Explained): SaidWhere[] {
  const { written, file, origins, plan } = explained;
  const byTarget = groupBy([...valuesIn(file)], ({ target }) => target);
  const found = plan.targets.flatMap(({ name }) => byTarget.get(name) ?? []);
  return found.map(({ at, ...said }) => {
    const { path } = origins.inFile({ path: at, part: 'value' });
    const template = valueAt(written, path);
    const isFilled = typeof template === 'string' && template !== said.value;
    return { ...said, path, ...(isFilled && { template }) };
  });
}

/** A value, and where it is in the file that was written out. */
type Found = Omit<SaidWhere, 'path' | 'template'> & { at: Path };

/** Those of targets, then those of each function, which begin with its package. */
function* valuesIn(file: WrittenDeployment): Generator<Found> {
  for (const [key, target] of Object.entries(file.targets)) {
    const { account, deployAsIamRole, region, strategy } = target;
    for (const [name, value] of Object.entries({ account, deployAsIamRole, region, strategy }))
      yield { target: normalName(key), name, value, at: ['targets', key, name] };
  }
  const artifacts = indexed(file.artifacts, ({ targets, functionName }) =>
    (targets ?? [undefined]).map((target) => functionKey(target, functionName)),
  );
  const aliases = indexed(file.trafficManagement ?? [], ({ targets = [], alias }) =>
    targets.flatMap((target) => alias.map(({ functionName }) => functionKey(target, functionName))),
  );
  for (const [index, option] of file.providerOptions.lambda.entries()) {
    const { target = '', targets: _, name: functionName, ...settings } = option;
    const of = { target: normalName(target), functionName };
    const [here, everywhere] = [target, undefined].map((one) => functionKey(one, functionName));
    yield* packageValues(of, artifacts.get(here ?? '') ?? artifacts.get(everywhere ?? ''));
    for (const [name, value] of Object.entries(settings))
      yield* settingValues(of, name, value, [...LIST_PATHS.lambda, index, name]);
    yield* aliasValues(of, aliases.get(here ?? ''));
  }
}

/** The function at its target. */
type Owner = Required<Pick<Found, 'target' | 'functionName'>>;

/** An entry of a list, with its index. */
type Indexed<Entry> = readonly [index: number, entry: Entry] | undefined;

function* packageValues(
  of: Owner,
  artifact: Indexed<WrittenDeployment['artifacts'][number]>,
): Generator<Found> {
  if (artifact === undefined) return;
  const [index, { path, replacedCode }] = artifact;
  for (const [name, value] of Object.entries({ path, replacedCode }))
    if (value !== undefined)
      yield { ...of, name, value, at: [...LIST_PATHS.artifacts, index, name] };
}

function* settingValues(of: Owner, name: string, value: unknown, at: Path): Generator<Found> {
  const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
  const parts = isMapping ? Object.entries(value) : [];
  // An empty mapping says something, too: what is there is taken away.
  if (parts.length === 0) yield { ...of, name, value, at };
  for (const [key, inner] of parts)
    yield { ...of, name: `${name}.${key}`, value: inner, at: [...at, key] };
}

type Traffic = NonNullable<WrittenDeployment['trafficManagement']>[number];

function* aliasValues(of: Owner, traffic: Indexed<Traffic>): Generator<Found> {
  if (traffic === undefined) return;
  const [index, { alias }] = traffic;
  for (const [position, { functionName, aliasName }] of alias.entries())
    if (functionName === of.functionName)
      yield {
        ...of,
        name: 'aliasName',
        value: aliasName,
        at: [...LIST_PATHS.trafficManagement, index, 'alias', position, 'aliasName'],
      };
}

function functionKey(target: string | undefined, functionName: string): string {
  return pairKey(target === undefined ? undefined : normalName(target), functionName);
}

function indexed<Entry>(
  entries: readonly Entry[],
  keysOf: (entry: Entry) => readonly string[],
): ReadonlyMap<string, NonNullable<Indexed<Entry>>> {
  return new Map(
    [...entries.entries()].flatMap((each) => keysOf(each[1]).map((key) => [key, each] as const)),
  );
}
