import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AwsPlace } from '../support/awsPlace.js';
import { deploymentFile } from '../support/deploymentFile.js';
import { MetricsEndpoint } from '../support/metricsEndpoint.js';
import { uniqueName } from '../support/names.js';
import { hasPrometheus, Prometheus, WITHOUT_PROMETHEUS } from '../support/prometheus.js';
import type { Ran } from '../cli/inProcess.js';
import { System } from '../support/system.js';

const ALL_AT_ONCE = { canary: { canary: { steps: [{ setWeight: { weight: 100 } }] } } };

/** How much worse the canary is than what it replaces: the difference of their error rates. */
const errorRate = (version: string): string =>
  ['errors', 'invocations']
    .map((what) => `lambda_${what}_total{function="{{armory.functionName}}",version="${version}"}`)
    .map((series) => `sum(increase(${series}[{{armory.promQlStepInterval}}]))`)
    .join(' / ');
const WORSE = `${errorRate('{{armory.version}}')} - ${errorRate('{{armory.previousVersion}}')}`;

const ANALYSED = {
  strategies: {
    canary: {
      canary: {
        steps: [
          { setWeight: { weight: 25 } },
          {
            analysis: {
              interval: 4,
              units: 'seconds',
              numberOfJudgmentRuns: 2,
              queries: ['worse'],
              lookbackMethod: 'growing',
            },
          },
        ],
      },
    },
  },
  analysis: {
    defaultMetricProviderName: 'prometheus',
    queries: [{ name: 'worse', queryTemplate: WORSE, upperLimit: 0.05 }],
  },
};

(hasPrometheus ? describe : describe.skip)(
  `a canary that numbers decide about${WITHOUT_PROMETHEUS}`,
  () => {
    let system: System;
    let metrics: MetricsEndpoint;
    let prometheus: Prometheus | undefined;
    const traffic: NodeJS.Timeout[] = [];
    beforeAll(async () => {
      metrics = await MetricsEndpoint.start();
      prometheus = await Prometheus.start([metrics.address]);
      system = await System.start();
      const settings = `metricProviders: { prometheus: { type: prometheus, url: ${prometheus.url} } }`;
      await system.startWorker({ settings });
    });
    afterAll(async () => {
      traffic.forEach((timer) => clearInterval(timer));
      await system.stop();
      await prometheus?.stop();
      await metrics.stop();
    });

    /** What calls the function and counts what happens, as its users and its metrics do. */
    function startTraffic(name: string, canaryErrors: number): void {
      const count = (version: string, errors: number): void => {
        metrics.count('lambda_invocations_total', { function: name, version }, 10);
        metrics.count('lambda_errors_total', { function: name, version }, errors);
      };
      traffic.push(
        setInterval(() => {
          count('1', 0.1);
          count('2', canaryErrors);
        }, 200),
      );
    }

    async function deployCanary(canaryErrors: number): Promise<{ ran: Ran; alias: unknown }> {
      const place = await AwsPlace.make();
      const [application, name] = [uniqueName('shop'), uniqueName('orders')];
      const target = { name: 'prod', place, functionName: name, alias: 'live', strategy: 'canary' };
      const file = (more: object): string => deploymentFile(application, [target], { ...more });
      await place.put(`${name}.zip`, 'first');
      await system.deploy(file({ strategies: ALL_AT_ONCE }));
      await place.put(`${name}.zip`, 'second');
      startTraffic(name, canaryErrors);
      await prometheus?.knows(`lambda_invocations_total{function="${name}",version="2"}`);
      const ran = await system.deploy(file(ANALYSED));
      return { ran, alias: (await place.holds(name, 'live'))?.alias };
    }

    it('is promoted when it is no worse than the version before', async () => {
      const { ran, alias } = await deployCanary(0.2);
      expect(ran.stdout).toMatch(
        /prod\/steps\/2, run 2 of 2: worse: -?0\.\d+ on average, within the limit/,
      );
      expect([ran.exitCode, alias]).toEqual([0, { version: '2', weights: {} }]);
    });

    it('is taken back when it is, and the numbers say why', async () => {
      const { ran, alias } = await deployCanary(4);
      expect([ran.exitCode, alias]).toEqual([4, { version: '1', weights: {} }]);
      expect(ran.stdout).toMatch(
        /The analysis at prod\/steps\/2 failed: worse: 0\.\d+ on average, not within the limit of at most 0\.05\./,
      );
    });
  },
);
