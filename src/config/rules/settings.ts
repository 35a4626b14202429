import {
  environmentBytes,
  MAX_ENVIRONMENT_BYTES,
  withSecrets,
} from '../../domain/environmentTemplates.js';
import { ARCHITECTURES } from '../../domain/plan.js';
import type { Breach } from '../findings.js';
import { quoted } from '../quoted.js';
import { exampleOption } from './exampleParts.js';
import type { Facts, FunctionFact, Said } from './facts.js';
import { regionsByTarget } from './knownRegions.js';
import type { Rule } from './rule.js';
import { layersOf, partOf, variablesOf } from './settingsFacts.js';

/** By CreateFunction in the API reference. */
const MAX_DESCRIPTION = 256;

/** By AWS's page "Lambda quotas". */
const MAX_LAYERS = 5;

/**
 * Variables that only Lambda itself sets, by AWS's page "Defined runtime environment variables".
 * It refuses them in CreateFunction and UpdateFunctionConfiguration.
 */
const RESERVED = new Set([
  'AWS_DEFAULT_REGION',
  'AWS_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_LAMBDA_RUNTIME_API',
  'LAMBDA_TASK_ROOT',
  'LAMBDA_RUNTIME_DIR',
]);

const option = (setting: string) => exampleOption('runtime: nodejs24.x', setting);

export const architectures: Rule = {
  code: 'architectures',
  inEditor: true,
  reason: 'A function has one instruction set. Lambda takes a list, and in it one name.',
  wrong: option('architectures: [x86_64, arm64]'),
  right: option('architectures: [arm64]'),
  breaches: eachFunction(({ settings }) => {
    if (settings.architectures === undefined) return [];
    const { value, place } = settings.architectures;
    const names = value.filter((name) => name !== undefined);
    if (names.length < value.length) return [];
    const [only = '', ...others] = names;
    if (others.length === 0 && ARCHITECTURES.includes(only)) return [];
    const message = `A function has one architecture, x86_64 or arm64, not [${names.map(quoted).join(', ')}].`;
    return [{ place, message, remedy: 'Write [x86_64] or [arm64].' }];
  }),
};

export const memorySize: Rule = {
  code: 'memory-size',
  inEditor: true,
  reason: 'Lambda gives a function 128 to 10240 megabytes.',
  wrong: option('memorySize: 64'),
  right: option('memorySize: 512'),
  breaches: eachFunction(({ settings }) =>
    outside('memorySize', 'megabytes', settings.memorySize, 128, 10240),
  ),
};

export const functionTimeout: Rule = {
  code: 'function-timeout',
  inEditor: true,
  reason: 'Lambda gives one invocation 1 to 900 seconds.',
  wrong: option('timeout: 1000'),
  right: option('timeout: 30'),
  breaches: eachFunction(({ settings }) => outside('timeout', 'seconds', settings.timeout, 1, 900)),
};

export const ephemeralStorage: Rule = {
  code: 'ephemeral-storage',
  inEditor: true,
  reason: 'Lambda gives a function 512 to 10240 megabytes in /tmp.',
  wrong: option('ephemeralStorage: {size: 256}'),
  right: option('ephemeralStorage: {size: 1024}'),
  breaches: eachFunction(({ settings }) =>
    outside('ephemeralStorage', 'megabytes', partOf(settings.ephemeralStorage, 'size'), 512, 10240),
  ),
};

export const descriptionLength: Rule = {
  code: 'description-length',
  inEditor: true,
  reason: `Lambda takes descriptions of at most ${MAX_DESCRIPTION} characters.`,
  wrong: option('description: a text of 300 characters …'),
  right: option('description: Takes orders.'),
  abridged: true,
  breaches: eachFunction(({ settings: { description } }) => {
    if (description === undefined || description.value.length <= MAX_DESCRIPTION) return [];
    const { place, value } = description;
    const message = `The description has ${value.length} characters, and Lambda takes at most ${MAX_DESCRIPTION}.`;
    return [{ place, message, remedy: 'Shorten it.' }];
  }),
};

export const tooManyLayers: Rule = {
  code: 'too-many-layers',
  inEditor: true,
  reason: `Lambda gives a function at most ${MAX_LAYERS} layers.`,
  wrong: option(
    `layers: [${[1, 2, 3, 4, 5, 6].map((n) => `"arn:aws:lambda:us-east-1:111111111111:layer:l${n}:1"`).join(', ')}]`,
  ),
  right: option('layers: ["arn:aws:lambda:us-east-1:111111111111:layer:tools:1"]'),
  breaches: eachFunction(({ settings }) => {
    const layers = layersOf(settings);
    const first = layers[MAX_LAYERS];
    if (first === undefined) return [];
    const message = `The function has ${layers.length} layers, and Lambda takes at most ${MAX_LAYERS}.`;
    return [{ place: first.place, message, remedy: 'Merge some of the layers.' }];
  }),
};

export const layerRegion: Rule = {
  code: 'layer-region',
  reason: 'Lambda takes layers only from the region in which the function is.',
  wrong: option('layers: ["arn:aws:lambda:eu-west-1:111111111111:layer:tools:1"]'),
  right: option('layers: ["arn:aws:lambda:us-east-1:111111111111:layer:tools:1"]'),
  breaches({ targets = [], functions = [] }) {
    const regions = regionsByTarget(targets);
    return functions.flatMap(({ target, settings }) =>
      layersOf(settings).flatMap((layer) => foreignLayer(layer, regions.get(target?.value ?? ''))),
    );
  },
};

export const reservedVariable: Rule = {
  code: 'reserved-variable',
  reason: 'Lambda sets these variables itself, and refuses them from anybody else.',
  wrong: option('environment: {AWS_REGION: us-east-1}'),
  right: option('environment: {BUCKET_REGION: us-east-1}'),
  breaches: eachFunction(({ settings }) =>
    variablesOf(settings)
      .filter(({ name }) => RESERVED.has(name.value))
      .map(({ name }) => ({
        place: name.place,
        message: `Lambda sets ${name.value} itself, and takes it from nobody else.`,
        remedy: 'Choose another name, or remove it.',
      })),
  ),
};

export const environmentSize: Rule = {
  code: 'environment-size',
  reason: `Lambda takes at most ${MAX_ENVIRONMENT_BYTES} bytes of environment variables.`,
  wrong: option('environment: {TEXT: "a text of 5000 characters …"}'),
  right: option('environment: {TEXT: short}'),
  abridged: true,
  breaches: eachFunction(({ settings }) => {
    const variables = variablesOf(settings);
    // How long a secret is, only a worker knows: there it is looked at again.
    const environment = Object.fromEntries(
      variables.map(({ name, value }) => [name.value, withSecrets(value?.value ?? '', () => '')]),
    );
    const bytes = environmentBytes(environment);
    const [first] = variables;
    if (first === undefined || bytes <= MAX_ENVIRONMENT_BYTES) return [];
    const place = { path: first.name.place.path.slice(0, -1), part: 'key' as const };
    const message = `The environment has ${bytes} bytes as JSON, and Lambda takes at most ${MAX_ENVIRONMENT_BYTES}.`;
    return [{ place, message, remedy: 'Put large values where the function can read them.' }];
  }),
};

function eachFunction(find: (one: FunctionFact) => Breach[]): (facts: Facts) => Breach[] {
  return ({ functions = [] }) => functions.flatMap(find);
}

function foreignLayer(layer: Said<string>, region: string | undefined): Breach[] {
  const [, layerRegion] = /^arn:[^:]*:lambda:([^:]+):/.exec(layer.value) ?? [];
  if (region === undefined || layerRegion === undefined || layerRegion === region) return [];
  const message = `The layer is in ${layerRegion}, and the target deploys to ${region}.`;
  return [{ place: layer.place, message, remedy: `Publish the layer in ${region}, too.` }];
}

function outside(
  setting: string,
  unit: string,
  given: Said<number> | undefined,
  least: number,
  most: number,
): Breach[] {
  if (given === undefined || (given.value >= least && given.value <= most)) return [];
  const message = `The ${setting} is ${given.value}, and Lambda takes ${least} to ${most} ${unit}.`;
  return [{ place: given.place, message, remedy: `Write a number from ${least} to ${most}.` }];
}
