import { isS3Files } from '../../domain/settingParts.js';
import type { Breach } from '../findings.js';
import { exampleOption } from './exampleParts.js';
import type { Facts, FunctionFact, Said, SettingsFact } from './facts.js';
import { regionsByTarget } from './knownRegions.js';
import type { Rule } from './rule.js';
import { exactSettingTexts, fileSystemsOf, partOf, variablesOf } from './settingsFacts.js';

/** By https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
const SNAP_START_MEGABYTES = 512;
const SNAP_START_RUNTIMES: Readonly<Record<string, readonly [major: number, minor: number]>> = {
  java: [11, 0],
  python: [3, 12],
  dotnet: [8, 0],
};

const JAVA = 'runtime: java25';
const SNAPSHOTS = 'snapStart: {applyOn: PublishedVersions}';
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/1234abcd-12ab-34cd-56ef-1234567890ab';

function eachFunction(
  find: (settings: SettingsFact, packageType: FunctionFact['packageType']) => Breach[],
): (facts: Facts) => Breach[] {
  return ({ functions = [] }) =>
    functions.flatMap(({ settings, packageType }) => find(settings, packageType));
}

/** Where the versions of a function start from snapshots. */
function snapshotsOf({ snapStart }: SettingsFact): Said<string> | undefined {
  const applyOn = partOf(snapStart, 'applyOn');
  return applyOn?.value === 'PublishedVersions' ? applyOn : undefined;
}

export const snapStartRuntime: Rule = {
  code: 'snap-start-runtime',
  reason: 'AWS has SnapStart for Java 11, Python 3.12, .NET 8 and what came after them.',
  wrong: exampleOption('runtime: nodejs24.x', SNAPSHOTS),
  right: exampleOption(JAVA, SNAPSHOTS),
  breaches: eachFunction((settings) => {
    const snapshots = snapshotsOf(settings);
    const { runtime } = settings;
    if (snapshots === undefined || runtime === undefined || hasSnapStart(runtime.value)) return [];
    const message = `AWS has no SnapStart for ${runtime.value}.`;
    return [{ place: snapshots.place, message, remedy: 'Write None, or use another runtime.' }];
  }),
};

function hasSnapStart(runtime: string): boolean {
  const [, family = '', major = '', minor = '0'] =
    /^([a-z]+)([0-9]{1,4})(?:\.([0-9]{1,4}))?/.exec(runtime) ?? [];
  const least = SNAP_START_RUNTIMES[family];
  if (least === undefined) return false;
  return Number(major) === least[0] ? Number(minor) >= least[1] : Number(major) > least[0];
}

export const snapStartStorage: Rule = {
  code: 'snap-start-storage',
  reason:
    'AWS makes no snapshots of functions with a file system of Amazon EFS or more than 512 megabytes in /tmp.',
  wrong: exampleOption(JAVA, SNAPSHOTS, 'ephemeralStorage: {size: 1024}'),
  right: exampleOption(JAVA, SNAPSHOTS, 'ephemeralStorage: {size: 512}'),
  breaches: eachFunction((settings) => {
    if (snapshotsOf(settings) === undefined) return [];
    const size = partOf(settings.ephemeralStorage, 'size');
    const fileSystem = fileSystemsOf(settings).find(({ arn }) => arn && !isS3Files(arn.value));
    const remedy = 'Do without it, or write None as snapStart.applyOn.';
    return [
      ...(size === undefined || size.value <= SNAP_START_MEGABYTES
        ? []
        : [
            {
              place: size.place,
              message: `AWS has no SnapStart with ${size.value} megabytes in /tmp.`,
              remedy,
            },
          ]),
      ...(fileSystem === undefined
        ? []
        : [
            {
              place: fileSystem.place,
              message: 'AWS has no SnapStart with a file system of Amazon EFS.',
              remedy,
            },
          ]),
    ];
  }),
};

/** By https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html */
export const logLevel: Rule = {
  code: 'log-level',
  reason: 'AWS filters logs by their level only where their format is JSON.',
  wrong: exampleOption(
    'runtime: nodejs24.x',
    'loggingConfig: {logFormat: Text, applicationLogLevel: WARN}',
  ),
  right: exampleOption(
    'runtime: nodejs24.x',
    'loggingConfig: {logFormat: JSON, applicationLogLevel: WARN}',
  ),
  breaches: eachFunction(({ loggingConfig }) => {
    if (partOf(loggingConfig, 'logFormat')?.value !== 'Text') return [];
    const levels = [
      partOf(loggingConfig, 'applicationLogLevel'),
      partOf(loggingConfig, 'systemLogLevel'),
    ];
    return levels
      .filter((level) => level !== undefined)
      .map(({ place }) => ({
        place,
        message: 'The format Text has no log levels.',
        remedy: 'Write JSON as logFormat, or remove the level.',
      }));
  }),
};

export const settingRegion: Rule = {
  code: 'setting-region',
  reason:
    'Lambda uses keys, queues, topics and access points only in the region in which the function is.',
  wrong: exampleOption('runtime: nodejs24.x', `kmsKeyArn: "${KEY.replace('us-east', 'us-west')}"`),
  right: exampleOption('runtime: nodejs24.x', `kmsKeyArn: "${KEY}"`),
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    return functions.flatMap(({ target, settings }) => {
      const region = regions.get(target?.value ?? '');
      return exactSettingTexts(settings).flatMap((text) => elsewhere(text, region));
    });
  },
};

function elsewhere({ value, place }: Said<string>, region: string | undefined): Breach[] {
  const [, named] = /^arn:[^:]*:[^:]*:([^:]+):/.exec(value) ?? [];
  if (region === undefined || named === undefined || named === region) return [];
  const message = `It is in ${named}, and the target deploys to ${region}.`;
  return [{ place, message, remedy: `Name one in ${region}.` }];
}

/** By https://github.com/hashicorp/terraform-provider-aws/issues/6366 */
export const keyWithoutEnvironment: Rule = {
  code: 'key-without-environment',
  severity: 'warning',
  reason:
    'AWS may not keep the key of a function that has nothing to be encrypted with it: no environment variables, no snapshots and no key of the code. A deployment that does not find the key afterwards goes back.',
  wrong: exampleOption('runtime: nodejs24.x', 'environment: {}', `kmsKeyArn: "${KEY}"`),
  right: exampleOption(
    'runtime: nodejs24.x',
    'environment: {LOG_LEVEL: info}',
    `kmsKeyArn: "${KEY}"`,
  ),
  breaches: eachFunction((settings, packageType) => {
    const { kmsKeyArn, environment, sourceKmsKeyArn } = settings;
    if (kmsKeyArn === undefined || kmsKeyArn.value === '') return [];
    const isUsed =
      // AWS encrypts with it the form in which it runs an image.
      packageType !== 'zipFile' ||
      environment === undefined ||
      variablesOf(settings).length > 0 ||
      snapshotsOf(settings) !== undefined ||
      (sourceKmsKeyArn !== undefined && sourceKmsKeyArn.value !== '');
    if (isUsed) return [];
    const message = 'Nothing of the function is encrypted with this key.';
    return [{ place: kmsKeyArn.place, message, remedy: 'Remove it, or write "".' }];
  }),
};
