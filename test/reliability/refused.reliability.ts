import { describe, expect, it } from '@jest/globals';
import type { Refusal } from '../support/faultProxy.js';
import { uniqueName } from '../support/names.js';
import { faultyStage } from './faultyStage.js';
import { Scene } from './scene.js';
import { CANARY, expectEnd, UNTIL_APPROVED } from './stage.js';
import { row } from './table.js';

const conflict = (message: string): Refusal => ({
  status: 409,
  exception: 'ResourceConflictException',
  message,
});

const invalid = (message: string): Refusal => ({
  status: 400,
  exception: 'InvalidParameterValueException',
  message,
});

/** What AWS refuses with and takes moments later, in its own words. */
const REFUSALS: Readonly<Record<string, { refusal: Refusal; operations: readonly string[] }>> = {
  'a concurrent update': {
    refusal: conflict('The function could not be updated due to a concurrent update operation.'),
    operations: ['UpdateFunctionConfiguration', 'UpdateFunctionCode', 'PublishVersion'],
  },
  'concurrent requests': {
    refusal: conflict(
      'Conflict due to concurrent requests on this function. Please try this request again.',
    ),
    operations: ['UpdateFunctionCode', 'UpdateAlias', 'CreateAlias'],
  },
  'a conflict in words that nobody knows': {
    refusal: conflict('Not now.'),
    operations: ['UpdateAlias', 'CreateFunction'],
  },
  'an execution role that Lambda does not know yet': {
    refusal: invalid('The role defined for the function cannot be assumed by Lambda.'),
    operations: ['UpdateFunctionConfiguration', 'CreateFunction'],
  },
  'a grant that KMS does not know yet': {
    refusal: invalid(
      'Lambda was unable to configure access to your environment variables because the KMS key is invalid for CreateGrant. KMS Exception: InvalidArnException KMS Message: ARN does not refer to a valid principal',
    ),
    operations: ['UpdateFunctionConfiguration', 'CreateFunction'],
  },
  'an error inside S3': {
    refusal: invalid(
      'Error occurred while GetObject. S3 Error Code: InternalError. S3 Error Message: We encountered an internal error. Please try again.',
    ),
    operations: ['UpdateFunctionCode', 'CreateFunction'],
  },
  'the rate of EC2': {
    refusal: invalid(
      'Your request has been throttled by EC2, please make sure you have enough API rate limit. EC2 Error Code: RequestLimitExceeded. EC2 Error Message: Request limit exceeded.',
    ),
    operations: ['UpdateFunctionConfiguration', 'CreateFunction'],
  },
};

/** Which calls there are on the way back as well; nothing is created there. */
const ways = (operation: string) =>
  operation.startsWith('Create') ? (['forward'] as const) : (['forward', 'back'] as const);

const ROWS = Object.entries(REFUSALS).flatMap(([because, { refusal, operations }]) =>
  operations.flatMap((operation) =>
    ways(operation).map((way) => ({ because, refusal, operation, way })),
  ),
);

const TIMES = 3;

const shared = faultyStage();

describe('AWS refuses what it takes later', () => {
  it.concurrent.each(ROWS)('$because, $operation, $way', async (one) => {
    const { because, refusal, operation, way } = one;
    const { stage, proxy } = shared;
    row({
      'AWS refuses because of': because,
      Call: `\`${operation}\``,
      'Three times': way === 'forward' ? 'on the way forward' : 'on the way back',
      'Final state': way === 'forward' ? 'exactly the new one' : 'exactly the one before',
    });
    const stem = uniqueName('refused');
    const scene = await Scene.make('several functions', stem);
    const plan = scene.plan(UNTIL_APPROVED, CANARY);
    if (way === 'forward') proxy.strike(refusal, operation, stem, TIMES);
    await stage.start(plan);
    await stage.untilPromoted(plan);
    if (way === 'back') proxy.strike(refusal, operation, stem, TIMES);
    await stage.answer(plan, way);
    await expectEnd(scene, await stage.ended(plan), way);
    expect(proxy.struck.get(stem)).toBe(TIMES);
  });
});
