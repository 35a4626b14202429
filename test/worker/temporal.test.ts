import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClosingWait } from '../../src/worker/closing.js';
import { createConfirmation } from '../../src/worker/confirmations.js';
import { uniqueName } from '../support/names.js';
import { shared } from '../support/shared.js';
import { Attempt } from './taskToken.js';

let connection: NativeConnection;
let client: Client;
beforeAll(async () => {
  connection = await NativeConnection.connect({ address: shared.temporalAddress });
  client = new Client({ connection, namespace: shared.namespace });
});
afterAll(() => connection.close());

describe('the confirmation that an attempt is current', () => {
  it('comes while it is', async () => {
    const attempt = await Attempt.begin(client, uniqueName('attempt'));
    await expect(createConfirmation(client)(attempt.taskToken)).resolves.toBeUndefined();
  });

  it('does not come when it has been cancelled', async () => {
    const attempt = await Attempt.begin(client, uniqueName('attempt'));
    await attempt.cancel();
    await expect(createConfirmation(client)(attempt.taskToken)).rejects.toThrow('cancelled');
  });

  it('does not come when the workflow has ended', async () => {
    const name = uniqueName('attempt');
    const attempt = await Attempt.begin(client, name);
    await client.workflow.getHandle(name).terminate();
    await expect(createConfirmation(client)(attempt.taskToken)).rejects.toThrow('Not found');
  });
});

describe('waiting until a workflow id is free', () => {
  const wait = (id: string, signal = new AbortController().signal) =>
    createClosingWait(client)(id, signal);

  it('is over at once when nothing holds it', async () => {
    await expect(wait(uniqueName('free'))).resolves.toBeUndefined();
  });

  it('is over when its holder has ended, however it ends', async () => {
    const id = uniqueName('held');
    const handle = await client.workflow.start('any', { workflowId: id, taskQueue: id });
    let over = false;
    const waiting = wait(id).then(() => (over = true));
    expect(over).toBe(false);
    await handle.terminate();
    await waiting;
    expect(over).toBe(true);
    await expect(wait(id)).resolves.toBeUndefined();
  });

  it('can be given up', async () => {
    const id = uniqueName('held');
    const handle = await client.workflow.start('any', { workflowId: id, taskQueue: id });
    const stop = new AbortController();
    const waiting = wait(id, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toThrow();
    await handle.terminate();
  });
});
