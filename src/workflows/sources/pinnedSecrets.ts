import type { PinnedSecret } from '../../activities/pinSecrets.js';
import { secretNamesOf } from '../../domain/environmentTemplates.js';
import type { Failure } from '../../domain/failures.js';
import type { Plan, TargetPlan } from '../../domain/plan.js';
import { reading } from '../temporal/activities.js';
import { toFailure } from '../temporal/failure.js';

/** The versions of secrets by their names, those that have any; or why one cannot be had. */
export type SecretVersions = { versions: Record<string, string> } | { failure: Failure };

/** The secrets that the environments of a plan are filled in from, as they were when it started. */
export interface PinnedSecrets {
  of(target: TargetPlan): Promise<SecretVersions>;
}

/**
 * Fixes the secrets of a plan to the values they have now: one that is replaced while the deployment
 * runs gives no function another value than the one before. A plan without secrets asks nothing.
 */
export function pinSecrets({ application, targets }: Plan): PinnedSecrets {
  const names = [...new Set(targets.flatMap(secretsOf))];
  const pinned = names.length === 0 ? Promise.resolve([]) : ask(application, names);
  return {
    async of(target) {
      const all = await pinned;
      const found = secretsOf(target).map((name) => [name, all[names.indexOf(name)]] as const);
      const versions: Record<string, string> = {};
      for (const [name, one = {}] of found) {
        if ('failure' in one) return { failure: { ...one.failure, target: target.name } };
        if (one.version !== undefined) versions[name] = one.version;
      }
      return { versions };
    },
  };
}

/** The secrets that a target's environments are filled in from, each once. */
export function secretsOf({ functions }: TargetPlan): string[] {
  const names = functions.flatMap(({ settings }) => secretNamesOf(settings.environment));
  return [...new Set(names)];
}

async function ask(application: string, names: string[]): Promise<PinnedSecret[]> {
  try {
    return await reading(`fix the values of ${names.length} secrets`).pinSecrets({
      application,
      names,
    });
  } catch (error) {
    const failure = toFailure(error);
    return names.map(() => ({ failure }));
  }
}
