import { afterAll, beforeAll } from '@jest/globals';
import { FaultProxy } from '../support/faultProxy.js';
import { shared } from '../support/shared.js';
import { Stage } from './stage.js';

/** What the rows of a table about the network share. It is there while they run. */
export interface FaultyStage {
  readonly stage: Stage;
  /** What stands between the stage's worker and AWS. */
  readonly proxy: FaultProxy;
}

export function faultyStage(): FaultyStage {
  const faulty = {} as { -readonly [Part in keyof FaultyStage]: FaultyStage[Part] };
  beforeAll(async () => {
    faulty.proxy = await FaultProxy.start(shared.awsEndpoint);
    faulty.stage = await Stage.withWorker({ awsEndpoint: faulty.proxy.endpoint });
  });
  afterAll(async () => {
    await faulty.stage.strike();
    await faulty.proxy.stop();
  });
  return faulty;
}
