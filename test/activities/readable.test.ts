import { describe, expect, it } from '@jest/globals';
import { assertReadable } from '../../src/activities/readable.js';
import { UNREADABLE } from '../../src/domain/functionSettings.js';
import { EMPTY } from '../support/memoryLambda.js';

const access = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
  function: 'orders',
};

/** What is said of an environment of which AWS gives an error instead. */
function said(code: string): { message: string; remedy: string } {
  const settings = { ...EMPTY, environmentHashes: { [UNREADABLE]: code } };
  const state = { revisionId: '1', codeSha256: '', settings };
  try {
    assertReadable(access, state, { environmentHashes: {} });
  } catch (error) {
    return (error as { details: [{ message: string; remedy: string }] }).details[0];
  }
  throw new Error('It counts as readable.');
}

describe('an environment that cannot be read, and so could not be put back', () => {
  it.each(['AccessDeniedException', 'KMSAccessDeniedException', ''])(
    'lacks a permission where AWS says %s',
    (code) => {
      expect(said(code).remedy).toContain('kms:Decrypt');
    },
  );

  it('has a key that is disabled or gone where AWS says so', () => {
    const { message, remedy } = said('KMSDisabledException');
    expect(message).toContain('AWS says KMSDisabledException of its key');
    expect(remedy).toContain('Enable the key');
  });
});
