import { ApplicationFailure } from '@temporalio/common';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import {
  createActivities,
  type Activities,
  type ActivityDependencies,
} from '../../src/activities/createActivities.js';
import { workerAwsEnvironment } from './awsPlace.js';

/** What activities are made with that need no Temporal and no settings. */
export const DEPENDENCIES: ActivityDependencies = {
  access: { externalId: () => undefined, mayUse: () => true },
  requestsPerSecond: 100,
  confirmCurrent: () => Promise.resolve(),
  awaitClosed: () => Promise.resolve(),
  latestRun: () => Promise.resolve(undefined),
  pastRuns: () => Promise.resolve({ rememberedMs: 0, versions: [] }),
  checkPlan: () => [],
  secrets: {
    get: (_, name) => Promise.reject(new Error(`nobody knows the secret ${name}`)),
    versionOf: (_, name) => Promise.reject(new Error(`nobody knows the secret ${name}`)),
  },
  allowedAddresses: () => [],
  serves: () => true,
  version: '1.2.3',
  metricProviders: new Map(),
  mayAsk: () => true,
};

const logger = new DefaultLogger('ERROR');

/**
 * The activities against the emulator, each run as the first attempt unless told otherwise. What is
 * throttled is run again, as Temporal would: each bench counts its own requests, and AWS counts all.
 */
export function activityBench(dependencies: Partial<ActivityDependencies> = {}) {
  Object.assign(process.env, workerAwsEnvironment());
  const activities = createActivities({ ...DEPENDENCIES, ...dependencies });
  return <Name extends keyof Activities>(
    name: Name,
    input: Parameters<Activities[Name]>[0],
    attempt = 1,
  ): Promise<Awaited<ReturnType<Activities[Name]>>> => {
    const activity = activities[name] as (given: unknown) => Promise<unknown>;
    const environment = new MockActivityEnvironment({ attempt }, { logger });
    const once = () =>
      environment.run<[unknown], unknown, typeof activity>(activity, input) as Promise<
        Awaited<ReturnType<Activities[Name]>>
      >;
    const again = (error: unknown): ReturnType<typeof once> => {
      if (error instanceof ApplicationFailure && error.type === 'throttled') {
        return once().catch(again);
      }
      throw error;
    };
    return once().catch(again);
  };
}

export type Run = ReturnType<typeof activityBench>;
