import { expect, it } from '@jest/globals';
import { needsOf } from '../../src/domain/needs.js';
import { missingProviders } from '../../src/worker/missingProviders.js';
import { ANALYSIS, plan, targetPlan } from '../support/plans.js';

const watched = plan([targetPlan('prod', { afterDeployment: [ANALYSIS] })]);

const having = (names: string[]) => ({ names, mayAsk: () => true });

it('a plan may ask the providers that the worker has', () => {
  const known = having(['cloudwatch', 'prometheus']);
  expect(missingProviders(needsOf(watched), 'shop', known)).toEqual([]);
});

it('a plan may not ask a provider that the worker has for other applications', () => {
  const mayAsk = (application: string, name: string) =>
    application === 'bank' || name === 'cloudwatch';
  const known = { names: ['cloudwatch', 'prometheus'], mayAsk };
  expect(missingProviders(needsOf(watched), 'bank', known)).toEqual([]);
  expect(missingProviders(needsOf(watched), 'shop', known)).toEqual([
    "The query errors asks the metric provider prometheus, which the worker's settings do not have for shop: they have cloudwatch.",
  ]);
});

it.each([
  [['cloudwatch', 'grafana'], 'they have cloudwatch, grafana'],
  [[], 'they have none'],
])('a plan that asks another one than %j is told which there are', (known, there) => {
  expect(missingProviders(needsOf(watched), 'shop', having(known))).toEqual([
    `The query errors asks the metric provider prometheus, which the worker's settings do not have for shop: ${there}.`,
  ]);
});
