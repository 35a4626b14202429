import { describe, expect, it } from '@jest/globals';
import { ServiceError } from '@temporalio/client';
import { translate } from '../../src/client/requests.js';

const settings = { address: 'here:7233', namespace: 'n', connection: { address: 'here:7233' } };

/** What the SDK throws when a request ends with a gRPC status. */
function failed(code: number, details: string): Error {
  const cause = Object.assign(new Error(details), { code, details, metadata: {} });
  return new ServiceError('Failed to describe workflow', { cause });
}

describe('an error of the SDK', () => {
  it.each<[number, string]>([
    [14, 'the connection failed'],
    [7, 'it does not permit this'],
    [1, 'it does not answer as Temporal does (gRPC status 1: "stopping")'],
    [13, 'it does not answer as Temporal does (gRPC status 13: "stopping")'],
  ])('with status %d says that Temporal cannot be reached', (code, expected) => {
    expect(translate(settings, failed(code, 'stopping'))).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(`cannot be reached at here:7233: ${expected}`),
    });
  });

  it.each([3, 5, 6, 9, 11])('with status %d stays, because Temporal answered', (code) => {
    const error = failed(code, 'no such thing');
    expect(translate(settings, error)).toBe(error);
  });
});
