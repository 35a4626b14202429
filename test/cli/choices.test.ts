import { describe, expect, it } from '@jest/globals';
import type { SeveralGatesError } from '../../src/client.js';
import {
  allMeant,
  leftText,
  noneNamed,
  nothingWaits,
  severalGates,
} from '../../src/cli/answering/choices.js';
import { runningRecord, waitingGate } from './waitingGates.js';

const deadline = '2026-05-04T12:00:00.000Z';
const approval = waitingGate('shop', 'prod/steps/2', { deadline, roles: ['sre', 'lead'] });
const other = waitingGate('payments', 'eu/before/1');
const pause = waitingGate('mails', 'prod/steps/1', { kind: 'pause', deadline });
const callback = waitingGate('search', 'prod/before/1', {
  kind: 'callback',
  about: 'the webhook load-test',
});
const stuck = waitingGate('images', 'prod/rollback', { kind: 'stuckRollback' });
const gates = [approval, pause, other, callback, stuck];
const approve = { command: 'approve' } as const;
const silent = { ...runningRecord('late'), gatesUnknown: 'noAnswer' } as const;
const large = { ...runningRecord('large'), gatesUnknown: 'manyTargets' } as const;

describe('an answer that names no deployment, where several run', () => {
  it('is told what it could be for, with the command for each, and nothing else', () => {
    const error = noneNamed({ gates, unknown: [] }, approve);
    expect(error.code).toBe('ambiguous');
    expect((error as SeveralGatesError).gates).toEqual([approval, other]);
    expect(error.message.split('\n')).toEqual([
      'Several deployments run. Name the gate you mean:',
      '  shop: prod/steps/2 waits for an approval by sre or lead until 2026-05-04T12:00:00Z',
      '    sluice deploy approve -n shop -i shop-1 --gate prod/steps/2 --role sre',
      '  payments: eu/before/1 waits for an approval',
      '    sluice deploy approve -n payments -i payments-1 --gate eu/before/1',
    ]);
  });

  it.each([
    [{ command: 'skip' }, ['sluice deploy skip -n mails -i mails-1 --gate prod/steps/1']],
    [{ command: 'retry' }, ['sluice deploy retry -n images -i images-1 --gate prod/rollback']],
    [
      { command: 'answer', success: false },
      ['sluice deploy answer -n search -i search-1 --gate prod/before/1 --failure'],
    ],
  ] as const)('is told its own gates: %j', (answering, commands) => {
    const lines = noneNamed({ gates, unknown: [] }, answering).message.split('\n');
    expect(lines.flatMap((line) => /sluice deploy .*/.exec(line) ?? [])).toEqual(commands);
  });

  it('is told what is open at the gate that it names', () => {
    const error = noneNamed({ gates, unknown: [] }, approve, 'eu/before/1');
    expect((error as SeveralGatesError).gates).toEqual([other]);
    expect(noneNamed({ gates, unknown: [] }, approve, 'us/steps/1')).toMatchObject({
      code: 'notAccepted',
      message: 'Nothing waits for an approval at us/steps/1.',
    });
  });

  it('is told of which deployments it is not known', () => {
    const { message } = noneNamed({ gates, unknown: [silent, large] }, approve);
    expect(message.split('\n').slice(-2)).toEqual([
      'It is not known where late waits: no worker answers.',
      'It is not known where large waits: it has more than 100 targets, which alone know.',
    ]);
  });

  it('is told of many gates the first, and how many more there are', () => {
    const many = Array.from({ length: 25 }, (_, index) => waitingGate('shop', `t${index}/steps/1`));
    const lines = noneNamed({ gates: many, unknown: [] }, approve).message.split('\n');
    expect([lines.length, lines.at(-1)]).toEqual([42, '  and 5 more']);
  });
});

it('several gates of one deployment are told with their commands', () => {
  const { message } = severalGates([approval, other], approve);
  expect(message.split('\n').slice(0, 3)).toEqual([
    'Several gates are open. Name the one you mean:',
    '  prod/steps/2 waits for an approval by sre or lead until 2026-05-04T12:00:00Z',
    '    sluice deploy approve -n shop -i shop-1 --gate prod/steps/2 --role sre',
  ]);
});

describe('where nothing waits', () => {
  it('that is said, and is no refusal where somebody did not say', () => {
    expect(nothingWaits([], approve)).toMatchObject({
      code: 'notAccepted',
      message: 'Nothing waits for an approval.',
    });
    expect(nothingWaits([large], approve).code).toBe('notAccepted');
    expect(nothingWaits([silent], approve)).toMatchObject({
      code: 'unanswered',
      message: expect.stringMatching(/^Nothing waits for an approval, as far as is known\.\n/),
    });
  });
});

describe('all that wait', () => {
  it.each([
    [undefined, [other], [approval]],
    ['lead', [approval, other], []],
    [' lead ', [approval, other], []],
    ['qa', [other], [approval]],
  ])('are for the role %j those that it may approve', (role, meant, left) => {
    expect(allMeant(approve, gates, role)).toEqual({ meant, left });
  });

  it('need no role where they are rejected', () => {
    const { meant } = allMeant({ command: 'reject' }, gates, undefined);
    expect(meant).toEqual([approval, other]);
  });

  it('name who else has to approve', () => {
    expect(leftText(approval)).toBe(
      'shop: prod/steps/2 is left. It has to be approved by the role sre or lead, which --role says.',
    );
  });
});
