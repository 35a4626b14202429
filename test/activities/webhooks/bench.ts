import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { activityFailure } from '../../../src/activities/awsFailure.js';
import type { CallResult, WebhookInput } from '../../../src/activities/deciding.js';
import type { SecretStore } from '../../../src/activities/secrets/secretStore.js';
import { AddressGuard } from '../../../src/activities/webhooks/addresses.js';
import {
  callWebhook,
  type WebhookDependencies,
} from '../../../src/activities/webhooks/callWebhook.js';
import type { Webhook } from '../../../src/domain/plan.js';
import { WEBHOOK } from '../../support/plans.js';

const logger = new DefaultLogger('ERROR');

/** What the tests' worker knows. */
export const SECRETS: SecretStore = {
  get: (_, name) =>
    name === 'token'
      ? Promise.resolve('s3cr3t/tok"en')
      : Promise.reject(
          activityFailure(
            { code: 'secretNotFound', message: `There is no secret ${name}.` },
            { retryable: false },
          ),
        ),
};

export const EXPIRES_AT = '2030-01-01T00:00:00.000Z';

/** A call of a webhook of the application shop. */
export function callOf(webhook: Partial<Webhook>, more: Partial<WebhookInput> = {}): WebhookInput {
  return {
    application: 'shop',
    deploymentId: '6f1b4e0a-0000-4000-8000-000000000000',
    target: 'prod',
    deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
    region: 'us-east-1',
    gate: 'prod/after/1',
    name: 'tests',
    webhook: { ...WEBHOOK, ...webhook },
    context: { team: 'ops "1"', path: 'a/b c', base: 'http://127.0.0.1' },
    variables: { environmentName: 'prod', version: '7' },
    ...more,
  };
}

/** Runs the activity once, in a process that may call this machine. */
export async function call(
  input: WebhookInput,
  dependencies: Partial<WebhookDependencies> = {},
  environment = new MockActivityEnvironment({}, { logger }),
): Promise<CallResult> {
  const activity = callWebhook({
    secrets: SECRETS,
    guardFor: () => new AddressGuard(['127.0.0.0/8', '::1']),
    serves: () => true,
    version: '1.2.3',
    issueCallback: ({ gate, runId }) =>
      Promise.resolve(`https://sluice.example.com/callbacks/${runId}/${encodeURIComponent(gate)}`),
    ...dependencies,
  });
  return environment.run(activity, input);
}
