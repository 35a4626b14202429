import { createHmac } from 'node:crypto';
import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningProgram } from '../../src/local/processes.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import { everythingStored } from '../support/stored.js';
import { System } from '../support/system.js';

let system: System;
let worker: RunningProgram;
beforeAll(async () => {
  system = await System.start();
  worker = await system.startWorker();
});
afterAll(async () => {
  await system.stop();
});

const SECRET = 'hunter2-that-nobody-may-read';

/** Values that somebody who wants to know them would try first. */
const GUESSABLE = { DOOR_PIN: '4711', DB_PASSWORD: 'sunshine7', FEATURE_X: 'on' };

/** Every text of a hash, or of an id, that stands in what Temporal has stored. */
function wordsOf(stored: string): Set<string> {
  return new Set(stored.match(/[\w.-]{8,}/g));
}

describe("a function's environment", () => {
  it('cannot be guessed from what Temporal has stored of deployments', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target = { name: 'prod', place, functionName: name };
    await place.put(`${name}.zip`, 'first');
    await system.deploy(deploymentFile(application, [target]));
    await place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        Environment: { Variables: GUESSABLE },
      }),
    );
    await place.put(`${name}.zip`, 'second');
    for (const options of [{}, { environment: { FEATURE_X: 'off' } }]) {
      const ran = await system.deploy(deploymentFile(application, [{ ...target, options }]));
      expect(ran.exitCode).toBe(0);
    }
    const stored = await everythingStored(system.client);
    const words = wordsOf(stored);
    const hashed = new Set(
      [...words].flatMap((key) =>
        Object.entries(GUESSABLE).map(([variable, value]) =>
          createHmac('sha256', key).update(`${variable}\0${value}`).digest('hex').slice(0, 16),
        ),
      ),
    );
    expect(stored).toContain('"DOOR_PIN":"(before)"');
    expect([...words].filter((word) => hashed.has(word))).toEqual([]);
  });

  it('is restored by a rollback without ever being told to Temporal, or to whoever watches', async () => {
    const place = await AwsPlace.make();
    const [application, name] = [uniqueName('shop'), uniqueName('orders')];
    const target = { name: 'prod', place, functionName: name };
    await place.put(`${name}.zip`, 'first');
    await system.deploy(deploymentFile(application, [target]));
    await place.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: name,
        Environment: { Variables: { PASSWORD: SECRET } },
      }),
    );
    await place.putBytes(`${name}.zip`, new TextEncoder().encode('no zip file'));
    const options = { environment: { OTHER: 'value' } };
    const ran = await system.deploy(deploymentFile(application, [{ ...target, options }]));
    expect(ran.exitCode).toBe(4);
    expect((await place.holds(name))?.settings['environment']).toEqual({ PASSWORD: SECRET });
    const stored = await everythingStored(system.client);
    expect(stored).toContain(name);
    expect(stored).not.toContain(SECRET);
    expect(ran.stdout + ran.stderr).not.toContain(SECRET);
    expect(worker.printed()).not.toBe('');
    expect(worker.printed()).not.toContain(SECRET);
  });
});
