import { describe, expect, it } from '@jest/globals';
import { shifts } from '../../dev/demo/shifts.js';
import type { RecordedRequest } from '../../dev/stack/emulator.js';

const PLACE = { region: 'eu-west-1', functionName: 'checkout', alias: 'live' };

function request(
  parameters: Record<string, unknown>,
  changes: Partial<RecordedRequest> = {},
): RecordedRequest {
  return {
    ...{ seq: 1, at: 0, service: 'lambda', mutation: true, account: '111111111111', status: 200 },
    ...{ operation: 'UpdateAlias', region: PLACE.region, error: null, parameters },
    ...{ resource: PLACE.functionName, qualifier: PLACE.alias, ...changes },
  };
}

const shifted = (weight: number) =>
  request({ FunctionVersion: '1', RoutingConfig: { AdditionalVersionWeights: { 2: weight } } });
const promoted = request({
  FunctionVersion: '2',
  RoutingConfig: { AdditionalVersionWeights: {} },
});

describe('the shifts that the demo tells of', () => {
  it('are what reached the API, in order', () => {
    expect(shifts(PLACE, [shifted(0.1), shifted(0.5), promoted])).toBe(
      'alias live gave version 2  10 % → 50 % → 100 %',
    );
  });

  it('are those of one alias, and only what AWS took', () => {
    const others = [
      request({ FunctionVersion: '7' }, { region: 'us-east-1' }),
      request({ FunctionVersion: '7' }, { resource: 'cart' }),
      request({ FunctionVersion: '7' }, { qualifier: 'beta' }),
      request({ FunctionVersion: '7' }, { error: 'TooManyRequestsException' }),
      request({ FunctionVersion: '7' }, { operation: 'GetAlias' }),
    ];
    expect(shifts(PLACE, [promoted, ...others])).toBe('alias live gave version 2  100 %');
  });
});
