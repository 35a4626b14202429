/** What the tests of a run share; servers.ts has started and made it. */
export interface Shared {
  /** host:port of the Temporal server. */
  temporalAddress: string;
  namespace: string;
  /** The AWS emulator. */
  awsEndpoint: string;
  /** Path of the workflows' bundle. */
  workflowBundle: string;
}

/** The variable in which the processes that run the tests get it, as JSON. */
export const SHARED_VARIABLE = 'SLUICE_TESTS_SHARE';

/** Nothing of it is there for tests that need no servers. */
export const shared = JSON.parse(process.env[SHARED_VARIABLE] ?? '{}') as Shared;
