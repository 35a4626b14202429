import { expect, it } from '@jest/globals';
import { needsOf } from '../../src/domain/needs.js';
import { missingProviders } from '../../src/worker/missingProviders.js';
import { ANALYSIS, plan, targetPlan } from '../support/plans.js';

const watched = plan([targetPlan('prod', { afterDeployment: [ANALYSIS] })]);

it('a plan may ask the providers that the worker has', () => {
  expect(missingProviders(needsOf(watched), ['cloudwatch', 'prometheus'])).toEqual([]);
});

it.each([
  [['cloudwatch', 'grafana'], 'they have cloudwatch, grafana'],
  [[], 'they have none'],
])('a plan that asks another one than %j is told which there are', (known, there) => {
  expect(missingProviders(needsOf(watched), known)).toEqual([
    `The query errors asks the metric provider prometheus, which the worker's settings do not have: ${there}.`,
  ]);
});
