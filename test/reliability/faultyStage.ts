import { afterAll, beforeAll, inject } from 'vitest';
import { FaultProxy } from '../support/faultProxy.js';
import { Stage } from './stage.js';

/** What the rows of a table about the network share. It is there while they run. */
export interface FaultyStage {
  readonly stage: Stage;
  /** What stands between the stage's worker and AWS. */
  readonly proxy: FaultProxy;
}

export function faultyStage(): FaultyStage {
  const shared = {} as { -readonly [Part in keyof FaultyStage]: FaultyStage[Part] };
  beforeAll(async () => {
    shared.proxy = await FaultProxy.start(inject('awsEndpoint'));
    shared.stage = await Stage.set();
    await shared.stage.system.startWorker({ awsEndpoint: shared.proxy.endpoint });
  });
  afterAll(async () => {
    await shared.stage.strike();
    await shared.proxy.stop();
  });
  return shared;
}
