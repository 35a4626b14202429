import { afterAll, beforeAll } from '@jest/globals';
import { connect, type Sluice } from '../../src/client.js';
import { makeNamespace } from '../support/namespace.js';
import { endAll } from './direct.js';
import type { MemoryLambda } from '../support/memoryLambda.js';
import { shared } from '../support/shared.js';
import { LocalWorkers } from './localWorker.js';

/** What the tests of a file share. It is there while they run, and not before. */
export interface ClientScene {
  readonly namespace: string;
  readonly sluice: Sluice;
  readonly workers: LocalWorkers;
}

/**
 * A namespace that only this file's tests use, a client in it, and workers that can be run there. At
 * the end, what still runs there is ended.
 */
export function clientScene(): ClientScene {
  const scene = {} as { -readonly [Part in keyof ClientScene]: ClientScene[Part] };
  beforeAll(async () => {
    scene.namespace = await makeNamespace();
    scene.sluice = await connect({
      address: shared.temporalAddress,
      namespace: scene.namespace,
    });
    scene.workers = await LocalWorkers.in(scene.namespace);
  });
  afterAll(async () => {
    await endAll(scene.namespace);
    await scene.sluice.close();
    await scene.workers.close();
  });
  return scene;
}

/** A worker runs as long as the tests of this group do. */
export function workerThroughout(scene: ClientScene, lambda: () => MemoryLambda): void {
  let worker: Promise<void>;
  let stop = () => {};
  beforeAll(() => {
    worker = scene.workers.with(lambda(), () => new Promise<void>((resolve) => (stop = resolve)));
  });
  afterAll(async () => {
    stop();
    await worker;
  });
}
