import { stringify } from 'yaml';

const functionOf = (name: string, target: string) => ({
  target,
  name,
  runAsIamRole: 'arn:aws:iam::111111111111:role/Run',
  handler: 'index.handler',
  runtime: 'nodejs24.x',
});

const ERRORS =
  'sum(errors{function="{{armory.functionName}}",version="{{armory.version}}"})\n' +
  '/ sum(invocations{team="{{context.team}}"}[{{armory.promQlStepInterval}}])';

/** What differs from one query about one function at one target. */
export interface Watched {
  query?: object;
  targets?: string[];
  functions?: string[];
}

/** A deployment file whose strategy has an analysis. */
export function watched({
  query = {},
  targets = ['prod'],
  functions = ['orders'],
}: Watched): string {
  const queries = [{ name: 'errors', queryTemplate: ERRORS, upperLimit: 0.01, ...query }];
  const analysis = { interval: 2, units: 'minutes', numberOfJudgmentRuns: 1, queries: ['errors'] };
  const step = { analysis: { ...analysis, context: { team: 'ops' } } };
  return stringify({
    version: 'v1',
    kind: 'lambda',
    application: 'shop',
    targets: Object.fromEntries(
      targets.map((name) => {
        const deployAsIamRole = 'arn:aws:iam::111111111111:role/Deploy';
        return [name, { account: 'a', deployAsIamRole, region: 'eu-west-1', strategy: 'watched' }];
      }),
    ),
    strategies: { watched: { canary: { steps: [{ setWeight: { weight: 25 } }, step] } } },
    analysis: { defaultMetricProviderName: 'prometheus', queries },
    artifacts: functions.map((functionName) => {
      return { functionName, path: `s3://packages/${functionName}.zip`, type: 'zipFile' };
    }),
    providerOptions: {
      lambda: targets.flatMap((target) => functions.map((name) => functionOf(name, target))),
    },
  });
}
