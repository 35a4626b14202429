import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activityBench, type Run } from '../support/activityBench.js';
import { ExistingFunction } from '../support/existingFunction.js';
import { FailingUpdates } from '../support/failingUpdates.js';
import { shared } from '../support/shared.js';

let failing: FailingUpdates;
beforeAll(async () => {
  failing = await FailingUpdates.start(shared.awsEndpoint);
});
afterAll(() => failing.stop());

/** A function whose next update fails for a reason, after AWS has accepted it. */
async function updating(reason: string) {
  const existing = await ExistingFunction.make();
  const run: Run = activityBench();
  process.env['AWS_ENDPOINT_URL'] = failing.endpoint;
  failing.reason = reason;
  const { access, latest } = existing;
  const { revisionId } = latest;
  const input = {
    ...access,
    deploymentId: `fails-${reason}`,
    revisionId,
    settings: { memorySize: 256 },
  };
  return { existing, update: (attempt: number) => run('updateSettings', input, attempt) };
}

describe('an update that AWS has accepted and then failed to carry out', () => {
  it.each(['InternalError', 'EC2RequestLimitExceeded', 'EniLimitExceeded', 'ImageAccessDenied'])(
    'is sent again where the reason passes: %s',
    async (reason) => {
      const { existing, update } = await updating(reason);
      await expect(update(1)).rejects.toMatchObject({ type: 'updateFailed', nonRetryable: false });
      expect(await update(2)).toMatchObject({
        result: 'done',
        state: { settings: { memorySize: 256 } },
      });
      const writes = await existing.place.writes();
      expect(writes.filter((one) => one === 'UpdateFunctionConfiguration')).toHaveLength(2);
    },
  );

  it.each(['InvalidConfiguration', 'InvalidZipFileException', 'InvalidImage', 'SomethingNew'])(
    'has failed for good where it does not: %s',
    async (reason) => {
      const { update } = await updating(reason);
      await expect(update(1)).rejects.toMatchObject({
        type: 'updateFailed',
        nonRetryable: true,
        message: expect.stringContaining('It went wrong.'),
      });
    },
  );

  it('has failed for good when it has been tried for as long as the reason lasts', async () => {
    const { update } = await updating('InternalError');
    await expect(update(100)).rejects.toMatchObject({ type: 'updateFailed', nonRetryable: true });
  });
});
