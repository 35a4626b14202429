import { normalName } from '../../domain/naming.js';
import type { Finding } from '../findings.js';
import { pairKey } from '../grouping.js';
import { namesVariables } from '../rules/placeholders.js';
import { asks, type Adjustments } from '../written/adjustments.js';
import type { Draft } from '../written/draft.js';
import type { WrittenDeployment } from '../written/schema.js';
import { spreadArtifacts } from './artifacts.js';
import { Budget, TooLarge } from './budget.js';
import type { Spreading } from './entries.js';
import { Filling } from './filling.js';
import { deployedPairs, imageFunctions, spreadOptions } from './options.js';
import { Origins } from './origins.js';
import { BASES, scopeOfFile, scopeOfTarget, type Everywhere, type Scope } from './scope.js';
import { isPattern, TargetNames } from './targetNames.js';
import { spreadTraffic } from './traffic.js';

type File = Draft<WrittenDeployment>;
type Targets = NonNullable<File['targets']>;

/** A file in which every entry is for one target, with its texts filled in. */
export interface Spread {
  /** Absent where it would be too large for anything to be said of it. */
  file?: File;
  origins: Origins;
  findings: Finding[];
}

/**
 * Writes out what a file says once for many targets. Everything after it looks at the result, which
 * is a file that could have been written in this way; a file that is one already stays as it is.
 */
export function spread(file: File, adjustments: Adjustments): Spread {
  const asItIs = { file, origins: new Origins(), findings: [] };
  const everywhere = everywhereIn(file, adjustments);
  const budget = new Budget();
  const filling = new Filling(everywhere.context, budget);
  if (file.targets === undefined || isSpread(file, filling)) return asItIs;
  try {
    return writtenOut(file, file.targets, { everywhere, filling, budget, adjustments });
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    return { origins: new Origins(), findings: [error.finding] };
  }
}

interface Asked {
  everywhere: Everywhere;
  filling: Filling;
  budget: Budget;
  adjustments: Adjustments;
}

function writtenOut(
  file: File,
  writtenTargets: Targets,
  { everywhere, filling, budget, adjustments }: Asked,
): Spread {
  const isAsked = asks(file, adjustments);
  const targets: Targets = {};
  const scopes = new Map<string, Scope>();
  for (const [key, target] of Object.entries(writtenTargets)) {
    const name = normalName(key);
    if (!isAsked(name)) {
      targets[key] = target;
      continue;
    }
    const filled = filledTarget(key, target, everywhere, filling);
    targets[key] = filled;
    scopes.set(name, scopeOfTarget(everywhere, name, filled));
  }
  const names = new TargetNames(Object.keys(writtenTargets).map(normalName), budget);
  const spreading: Spreading = {
    filling,
    budget,
    names,
    scopeOfFile: scopeOfFile(everywhere),
    scopes,
  };
  const images = imageFunctions(file.artifacts ?? []);
  const lambda = spreadOptions(file.providerOptions?.lambda ?? [], images, spreading);
  const deployed = deployedPairs(lambda.entries);
  const artifacts = spreadArtifacts(file.artifacts ?? [], deployed, spreading);
  const traffic = spreadTraffic(file.trafficManagement ?? [], deployed, spreading);
  return {
    file: {
      ...file,
      targets,
      ...(file.artifacts && { artifacts: artifacts.entries }),
      ...(file.providerOptions?.lambda && {
        providerOptions: { ...file.providerOptions, lambda: lambda.entries },
      }),
      ...(file.trafficManagement && { trafficManagement: traffic.entries }),
    },
    origins: new Origins({
      artifacts: artifacts.origins,
      lambda: lambda.origins,
      trafficManagement: traffic.origins,
    }),
    findings: filling.findings,
  };
}

/** What a target's other texts are made of comes first. */
function filledTarget(
  key: string,
  target: Targets[string],
  everywhere: Everywhere,
  filling: Filling,
): Targets[string] {
  if (target === undefined || !filling.hasTemplates(target)) return target;
  const path = ['targets', key];
  const name = normalName(key);
  const filled = { ...target };
  for (const basis of BASES)
    if (basis in filled)
      filled[basis] = filling.filled(
        filled[basis],
        [...path, basis],
        scopeOfTarget(everywhere, name, filled, basis),
      );
  const scope = scopeOfTarget(everywhere, name, filled);
  const { account, region, deployAsIamRole, ...rest } = filled;
  return { ...filling.filled(rest, path, scope), account, region, deployAsIamRole };
}

function everywhereIn(file: File, adjustments: Adjustments): Everywhere {
  const { contextOverrides: overrides } = file;
  const application = adjustments.application ?? file.application;
  const isUnreadable = (['context', 'contextOverrides'] as const).some(
    (key) => key in file && file[key] === undefined,
  );
  const written = Object.entries({ ...file.context, ...overrides });
  // A value with variables of its own is told where it stands, and not once more where it is filled in.
  const plain = written.map(([key, value]): [string, string | undefined] => [
    key,
    value === undefined || namesVariables(value) ? undefined : value,
  ]);
  return {
    application: application === undefined ? undefined : normalName(application),
    context: isUnreadable ? undefined : { ...Object.fromEntries(plain), ...adjustments.context },
  };
}

/** Whether every entry names one target, or all for which it is, and nothing is to be filled in. */
function isSpread(file: File, filling: Filling): boolean {
  const { targets, artifacts = [], providerOptions, trafficManagement = [] } = file;
  const options = providerOptions?.lambda ?? [];
  const pairs = options.flatMap((option) =>
    option === undefined ? [] : pairKey(option.target && normalName(option.target), option.name),
  );
  return (
    ![targets, artifacts, options, trafficManagement].some((part) => filling.hasTemplates(part)) &&
    artifacts.every((artifact) => artifact === undefined || !('targets' in artifact)) &&
    options.every(
      (option) => option === undefined || ('target' in option && !('targets' in option)),
    ) &&
    options.every((option) => !isPattern(option?.target ?? '')) &&
    new Set(pairs).size === pairs.length &&
    trafficManagement.every(
      (traffic) =>
        traffic === undefined ||
        ('targets' in traffic && !(traffic.targets ?? []).some((item) => isPattern(item ?? ''))),
    )
  );
}
