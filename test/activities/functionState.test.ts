import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { describe, expect, it } from '@jest/globals';
import { aliasState, functionState, hashEnvironment } from '../../src/activities/functionState.js';
import { assertReadable } from '../../src/activities/readable.js';

const access = {
  application: 'shop',
  deploymentId: 'd',
  target: 'prod',
  deployRoleArn: 'arn:aws:iam::111111111111:role/Deploy',
  region: 'eu-west-1',
  function: 'orders',
};

describe('an environment that the deploy role may not decrypt', () => {
  const Environment = { Error: { ErrorCode: 'AccessDeniedException', Message: 'kms:Decrypt' } };
  const state = functionState({ Configuration: { Environment } }, 'd');

  it('is not taken for an empty one', () => {
    expect(state.settings.environmentHashes).not.toEqual({});
    expect(functionState({ Configuration: {} }, 'd').settings.environmentHashes).toEqual({});
  });

  it('ends a deployment that would compare or restore it, with a sentence', () => {
    const wanted = { environmentHashes: hashEnvironment({ A: '1' }, 'd') };
    expect(() => {
      assertReadable(access, state, wanted);
    }).toThrow('may not decrypt the environment of orders');
    expect(() => {
      assertReadable(access, state, { memorySize: 256, kmsKeyArn: '' });
    }).not.toThrow();
  });

  it('ends a deployment that would give it another key, because it has to be sent again', () => {
    expect(() => {
      assertReadable(access, state, { kmsKeyArn: 'arn:aws:kms:…' });
    }).toThrow('may not decrypt the environment of orders');
  });
});

describe('a key of the code that the deploy role may not see', () => {
  const Error = { ErrorCode: 'AccessDeniedException', Message: 'kms:Decrypt' };
  const state = functionState({ Configuration: {}, Code: { Error } }, 'd');

  it('ends a deployment that would change it, with a sentence', () => {
    expect(() => {
      assertReadable(access, state, { sourceKmsKeyArn: '' });
    }).toThrow(
      'The deploy role may not see with which key the code of orders in eu-west-1 is encrypted.',
    );
    expect(() => {
      assertReadable(access, state, { memorySize: 256 });
    }).not.toThrow();
  });
});

describe('an alias that names no version', () => {
  it('serves what is not published', () => {
    expect(aliasState({ Name: 'live', RevisionId: 'r' }).version).toBe('$LATEST');
  });
});

const stateOf = (Configuration: FunctionConfiguration) => functionState({ Configuration }, 'd');

describe('an update that AWS accepted and failed to carry out', () => {
  it('is seen, of a function as of its update', () => {
    expect(stateOf({ LastUpdateStatus: 'Failed' }).failed).toBe(true);
    expect(stateOf({ State: 'Failed' }).failed).toBe(true);
    expect(stateOf({ LastUpdateStatus: 'Successful' }).failed).toBeUndefined();
  });
});

describe('the hash of an environment value', () => {
  it('is another in another deployment, and for another variable', () => {
    const hashes = [
      hashEnvironment({ A: 'secret' }, 'one')['A'],
      hashEnvironment({ A: 'secret' }, 'two')['A'],
      hashEnvironment({ B: 'secret' }, 'one')['B'],
    ];
    expect(new Set(hashes).size).toBe(3);
    expect(hashEnvironment({ A: 'secret' }, 'one')['A']).toBe(hashes[0]);
  });
});
