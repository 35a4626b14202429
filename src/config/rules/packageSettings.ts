import { MAX_IMAGE_ARGUMENTS, MAX_WORKING_DIRECTORY } from '../../domain/settingParts.js';
import type { Breach } from '../findings.js';
import { exampleOption } from './exampleParts.js';
import type { FunctionFact, PackageFact, Said } from './facts.js';
import type { Rule } from './rule.js';
import { imageConfigOf } from './settingsFacts.js';

const IMAGE = `artifacts:
  - {functionName: orders, path: "111111111111.dkr.ecr.us-east-1.amazonaws.com/orders:1.4.0", type: image}
providerOptions:
  lambda:
    - target: production
      name: orders
      runAsIamRole: arn:aws:iam::111111111111:role/Run`;

const ofImage = (...lines: string[]): string =>
  [IMAGE, ...lines.map((line) => `      ${line}`)].join('\n');

/** Why a container image has no use for something that a file may say. */
type Reason = readonly [why: string, find: (one: FunctionFact) => Said<unknown> | undefined];

/**
 * What Lambda has for zip files alone. Handler, runtime and layers it refuses with an image:
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html and
 * https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html; the others mean nothing to it:
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-update.html and
 * https://docs.aws.amazon.com/lambda/latest/api/API_FunctionCode.html
 */
const OF_ZIP_FILES: Readonly<Record<string, Reason>> = {
  handler: [
    'The image itself says what is run. imageConfig.command goes before it.',
    ({ settings }) => settings.handler,
  ],
  runtime: ['The image has its runtime in it.', ({ settings }) => settings.runtime],
  layers: ['Put what they hold into the image.', ({ settings }) => settings.layers],
  runtimeManagementConfig: [
    'The image has its runtime in it, and another one comes with another image.',
    ({ wide }) => wide.runtimeManagementConfig,
  ],
  sourceKmsKeyArn: [
    'ECR keeps the image, with the key of its repository; kmsKeyArn is the key of what Lambda makes of it.',
    ({ settings }) => settings.sourceKmsKeyArn,
  ],
};

export const settingOfZipFiles: Rule = {
  code: 'setting-of-zip-files',
  reason:
    'A container image has its runtime, its libraries and its start in it, and stays in ECR, by whose digest it is given back. AWS takes none of these settings for it.',
  wrong: ofImage('runtime: nodejs24.x', 'handler: index.handler'),
  right: ofImage('imageConfig: {command: [index.handler]}'),
  breaches: ({ functions = [], packages }) => [
    ...functions.filter(({ packageType }) => packageType === 'image').flatMap(withoutUse),
    ...packages.flatMap(keptForNothing),
  ],
};

function withoutUse(one: FunctionFact): Breach[] {
  return Object.entries(OF_ZIP_FILES).flatMap(([name, [why, find]]): Breach[] => {
    const found = find(one);
    if (found === undefined) return [];
    const place = { ...found.place, part: 'key' as const };
    return [{ place, message: `A container image has no ${name}.`, remedy: `Remove it. ${why}` }];
  });
}

function keptForNothing({ image, replacedCode }: PackageFact): Breach[] {
  if (image === undefined || replacedCode === undefined) return [];
  const place = { ...replacedCode.place, part: 'key' as const };
  const message = 'Of a container image no replaced code has to be kept.';
  const remedy = 'Remove it. The image before stays in ECR, by whose digest it is given back.';
  return [{ place, message, remedy }];
}

/** By https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const settingOfImages: Rule = {
  code: 'setting-of-images',
  reason: 'Only a container image has settings of its own that others could go before.',
  wrong: exampleOption('runtime: nodejs24.x', 'imageConfig: {command: [index.handler]}'),
  right: ofImage('imageConfig: {command: [index.handler]}'),
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ packageType, settings: { imageConfig } }): Breach[] => {
      if (packageType !== 'zipFile' || imageConfig === undefined) return [];
      const place = { ...imageConfig.place, part: 'key' as const };
      const message = 'The function is a zip file, and has no imageConfig.';
      const remedy = 'Remove it, or give the function an artifact of the type image.';
      return [{ place, message, remedy }];
    }),
};

/** By https://docs.aws.amazon.com/lambda/latest/api/API_ImageConfig.html */
export const imageConfig: Rule = {
  code: 'image-config',
  inEditor: true,
  reason: `Lambda takes up to ${MAX_IMAGE_ARGUMENTS} texts as entryPoint, as many as command, and a workingDirectory of up to ${MAX_WORKING_DIRECTORY} characters.`,
  wrong: ofImage('imageConfig: {workingDirectory: a path of 1001 characters …}'),
  right: ofImage('imageConfig: {workingDirectory: /var/task}'),
  abridged: true,
  breaches: ({ functions = [] }) =>
    functions.flatMap(({ settings }) => {
      const { entryPoint, command, workingDirectory } = imageConfigOf(settings);
      return [
        ...tooLong('entryPoint', entryPoint, MAX_IMAGE_ARGUMENTS, 'texts'),
        ...tooLong('command', command, MAX_IMAGE_ARGUMENTS, 'texts'),
        ...tooLong('workingDirectory', workingDirectory, MAX_WORKING_DIRECTORY, 'characters'),
      ];
    }),
};

function tooLong(
  name: string,
  given: Said<{ length: number }> | undefined,
  most: number,
  unit: string,
): Breach[] {
  if (given === undefined || given.value.length <= most) return [];
  const message = `The ${name} has ${given.value.length} ${unit}, and Lambda takes at most ${most}.`;
  return [{ place: given.place, message, remedy: 'Shorten it.' }];
}
