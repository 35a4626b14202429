import { expect, it } from '@jest/globals';
import { readGoingBack } from '../../src/domain/goingBack.js';

it('what goes back is read from a memo only as it was written', () => {
  const whole = { to: 'before', deploymentId: '6d1f0c1e', comment: 'wrong release' };
  expect(readGoingBack({ ...whole, more: 1 })).toEqual(whole);
  expect(readGoingBack({ ...whole, comment: 'why\u001b[2J' })?.comment).toBe('why [2J');
  expect(readGoingBack({ to: 'again', deploymentId: 'x', comment: 7 })).toEqual({
    to: 'again',
    deploymentId: 'x',
  });
  for (const other of [
    undefined,
    null,
    'before',
    {},
    { to: 'toString', deploymentId: 'x' },
    { to: 'after' },
  ]) {
    expect(readGoingBack(other)).toBeUndefined();
  }
});
