import { stringify } from 'yaml';
import type { AwsPlace } from './awsPlace.js';

/** What a file tells of a place. */
export type FilePlace = Pick<AwsPlace, 'deployRoleArn' | 'executionRoleArn' | 'region' | 'bucket'>;

export interface FileTarget<Place extends FilePlace = AwsPlace> {
  name: string;
  place: Place;
  functionName: string;
  /** Where its container image is; else it is a zip file in the bucket of the place. */
  image?: string;
  alias?: string;
  dependsOn?: string[];
  /** Whether it waits for an approval before it is deployed. */
  waits?: boolean;
  /** `allAtOnce` unless `canary`. */
  strategy?: string;
  /** More for the function's entry in providerOptions. */
  options?: Record<string, unknown>;
}

/** A deployment file as a person would write it. */
export function deploymentFile(
  application: string,
  targets: FileTarget<FilePlace>[],
  more: Record<string, unknown> = {},
): string {
  return stringify({
    version: 'v1',
    kind: 'lambda',
    application,
    targets: Object.fromEntries(targets.map((target) => [target.name, targetOf(target)])),
    strategies: strategiesOf(targets),
    artifacts: artifactsOf(targets),
    providerOptions: { lambda: targets.map(optionsOf) },
    ...trafficOf(targets),
    ...more,
  });
}

const STEPS: Record<string, unknown[]> = {
  allAtOnce: [{ setWeight: { weight: 100 } }],
  canary: [{ setWeight: { weight: 10 } }, { setWeight: { weight: 50 } }],
};

function strategiesOf(targets: FileTarget<FilePlace>[]): unknown {
  const used = targets.map(({ strategy = 'allAtOnce' }) => strategy);
  return Object.fromEntries(used.map((name) => [name, { canary: { steps: STEPS[name] } }]));
}

function targetOf({
  place,
  dependsOn,
  waits = false,
  strategy = 'allAtOnce',
}: FileTarget<FilePlace>): unknown {
  const constraints = {
    ...(dependsOn !== undefined && { dependsOn }),
    ...(waits && { beforeDeployment: [{ pause: { untilApproved: true } }] }),
  };
  return {
    account: 'test',
    deployAsIamRole: place.deployRoleArn,
    region: place.region,
    strategy,
    ...(Object.keys(constraints).length > 0 && { constraints }),
  };
}

function artifactsOf(targets: FileTarget<FilePlace>[]): unknown[] {
  return [...new Map(targets.map((target) => [target.functionName, target])).values()].map(
    ({ functionName, place, image }) =>
      image === undefined
        ? { functionName, path: `s3://${place.bucket}/${functionName}.zip`, type: 'zipFile' }
        : { functionName, path: image, type: 'image' },
  );
}

function optionsOf({ name, functionName, place, image, options }: FileTarget<FilePlace>): unknown {
  return {
    target: name,
    name: functionName,
    runAsIamRole: place.executionRoleArn,
    ...(image === undefined && { handler: 'index.handler', runtime: 'nodejs24.x' }),
    ...options,
  };
}

function trafficOf(targets: FileTarget<FilePlace>[]): object {
  const withAlias = targets.filter(({ alias }) => alias !== undefined);
  if (withAlias.length === 0) return {};
  return {
    trafficManagement: withAlias.map(({ name, functionName, alias }) => ({
      targets: [name],
      alias: [{ functionName, aliasName: alias }],
    })),
  };
}
