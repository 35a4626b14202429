import { describe, expect, it } from '@jest/globals';
import { ownerOf } from '../../src/activities/owner.js';
import { FUNCTION_TAG } from '../../src/domain/marks.js';
import { MockActivityEnvironment } from '@temporalio/testing';

const access = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'us-east-1',
  function: 'orders',
};

describe('who has created a function', () => {
  const answer = { $metadata: {} };

  it('is told by its tag', () => {
    expect(ownerOf({ ...answer, Tags: { [FUNCTION_TAG]: 'd' } }, access)).toBe('d');
    expect(ownerOf(answer, access)).toBeUndefined();
  });

  it('is not guessed when the role may not read the tags: it is said how to mend that', async () => {
    const TagsError = { ErrorCode: 'AccessDeniedException', Message: 'no lambda:ListTags' };
    const reading = new MockActivityEnvironment().run(() =>
      Promise.resolve().then(() => ownerOf({ ...answer, TagsError }, access)),
    );
    await expect(reading).rejects.toMatchObject({
      type: 'accessDenied',
      details: [{ remedy: expect.stringContaining('lambda:ListTags') }],
    });
  });
});
