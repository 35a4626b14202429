import { expect } from '@jest/globals';
import { targetWorkflowId } from '../../src/domain/names.js';
import type { Received } from '../activities/webhooks/receiver.js';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { uniqueName } from '../support/names.js';
import type { Ran } from '../cli/inProcess.js';
import { until } from '../support/until.js';
import type { Outside } from './outside.js';

/** Where the canary waits for the webhook. */
export const GATE = 'prod/steps/2';

/** A function whose second version gets a quarter, and then a webhook decides. */
export class Canary {
  readonly application = uniqueName('shop');
  readonly name = uniqueName('orders');

  private constructor(
    private readonly outside: Outside,
    readonly place: AwsPlace,
  ) {}

  static async make(outside: Outside): Promise<Canary> {
    const canary = new Canary(outside, await AwsPlace.make());
    await canary.place.put(`${canary.name}.zip`, 'first');
    const { exitCode } = await outside.system.deploy(canary.#file({ strategies: ALL_AT_ONCE }));
    expect(exitCode).toBe(0);
    await canary.place.put(`${canary.name}.zip`, 'second');
    return canary;
  }

  /** @param webhook - what is different about it */
  deploy(webhook: object = {}): Promise<Ran> {
    return this.outside.system.deploy(this.#file({ ...this.#decided(webhook) }));
  }

  get target() {
    const id = targetWorkflowId(this.application, 'prod');
    return this.outside.system.client.workflow.getHandle(id);
  }

  async alias() {
    return (await this.place.holds(this.name, 'live'))?.alias;
  }

  #file(more: Record<string, unknown>): string {
    const { application, place, name } = this;
    const target = { name: 'prod', place, functionName: name, alias: 'live', strategy: 'canary' };
    return deploymentFile(application, [target], more);
  }

  #decided(webhook: object): Record<string, unknown> {
    const steps = [{ setWeight: { weight: 25 } }, { runWebhook: { name: 'tests' } }];
    return {
      strategies: { canary: { canary: { steps } } },
      webhooks: [
        {
          name: 'tests',
          method: 'POST',
          uriTemplate: `${this.outside.receiver.url}/runs`,
          networkMode: 'direct',
          headers: [{ key: 'Authorization', value: 'Bearer {{secrets.ci-token}}' }],
          bodyTemplate: {
            inline:
              '{"version": "{{armory.version}}", "callback": "{{armory.callbackUri}}/callback"}',
          },
          retryCount: 3,
          ...webhook,
        },
      ],
    };
  }
}

const ALL_AT_ONCE = { canary: { canary: { steps: [{ setWeight: { weight: 100 } }] } } };

/** The n-th call that the receiver got. */
export const called = (outside: Outside, count = 1): Promise<Received> =>
  until(`call ${count} came`, () => outside.receiver.received[count - 1]);

export const callbackOf = ({ body }: Received): string =>
  (JSON.parse(body) as { callback: string }).callback;

/** As a system does that wants to be heard: again, while nobody takes it. */
export async function callBack(url: string, body: object): Promise<number> {
  return until('the callback was taken', async () => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }).catch(() => undefined);
    return answer === undefined || answer.status === 503 ? undefined : answer.status;
  });
}

export const isAtQuarter = { version: '1', weights: { 2: 0.25 } };
export const isPromoted = { version: '2', weights: {} };
export const isBack = { version: '1', weights: {} };
