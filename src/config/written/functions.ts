import { z } from 'zod';
import { PACKAGE_TYPES, type PackageType } from '../../domain/packages.js';
import { ARCHITECTURES, type FunctionSettings } from '../../domain/plan.js';
import {
  HANDLER,
  IMAGE_PATH,
  LAYER_ARN,
  PACKAGE_PATH,
  VARIABLE_NAME,
  type Form,
} from '../forms.js';
import { SUPPORTED_RUNTIMES } from '../../domain/runtimeDates.js';
import {
  executionRoleArn,
  functionName,
  keepVersions,
  replacedCode,
  targetName,
  targetNames,
} from './fields.js';
import { wideShape } from './functionWide.js';
import { settingsWithParts } from './settingParts.js';
import { freeText, orTemplate, TEMPLATE, templated, told } from './words.js';

/** In which form an editor wants a path to be, by the type of the package. */
const pathOf = (type: PackageType, { pattern }: Form) => ({
  if: { properties: { type: { const: type } }, required: ['type'] },
  then: { properties: { path: { pattern: orTemplate(pattern.source) } } },
});

export const artifact = told(
  z.strictObject({
    functionName,
    path: told(z.string(), 'where the package lies, such as s3://bucket/key.zip', {
      help: 'The zip file in S3, or the container image in Amazon ECR with its tag or digest. In the region of the target.',
      examples: [
        's3://packages-{{sluice.region}}/orders-{{context.sha}}.zip',
        '111111111111.dkr.ecr.{{sluice.region}}.amazonaws.com/orders:{{context.sha}}',
      ],
    }),
    type: told(z.string(), 'zipFile or image', {
      help: 'What lies there: a zip file, or a container image.',
      editor: { anyOf: [{ enum: PACKAGE_TYPES }, { pattern: TEMPLATE }] },
    }),
    replacedCode: replacedCode.exactOptional(),
    targets: targetNames(
      'The targets that get this package. Without it, it is for all that deploy the function.',
    ).exactOptional(),
  }),
  'a mapping with functionName, path and type',
  { editor: { allOf: [pathOf('zipFile', PACKAGE_PATH), pathOf('image', IMAGE_PATH)] } },
);

/** The settings of a function that a file and a plan write in the same way: all but the role. */
export type SharedSettings = Omit<FunctionSettings, 'role'>;

/** Every one of them, in the order of the language. */
export const settingsShape = {
  handler: freeText('what the runtime calls, such as index.handler', {
    help: 'What the runtime calls. For zip files only.',
    examples: ['index.handler'],
    editor: { pattern: orTemplate(HANDLER.pattern.source) },
  }).exactOptional(),
  runtime: freeText('a Lambda runtime, such as nodejs24.x', {
    help: "Lambda's name for the language and its version. For zip files only.",
    examples: ['nodejs24.x', 'python3.13'],
    // To choose from. Other names are not refused: AWS may have brought them out since.
    editor: { anyOf: [{ enum: SUPPORTED_RUNTIMES }, {}] },
  }).exactOptional(),
  memorySize: told(z.int(), 'a whole number of megabytes from 128 to 10240', {
    help: 'Megabytes. Without it, the memory stays as it is.',
    examples: [512],
    editor: { minimum: 128, maximum: 10240 },
  }).exactOptional(),
  timeout: told(z.int(), 'a whole number of seconds from 1 to 900', {
    help: 'Seconds that one invocation may take. Without it, the timeout stays as it is.',
    examples: [30],
    editor: { minimum: 1, maximum: 900 },
  }).exactOptional(),
  environment: told(
    z.record(z.string(), freeText('text; "" is the empty text')),
    'a mapping of variables to their values',
    {
      help: 'The environment variables, all of them. {{secrets.NAME}} in a value is filled in by the worker. Without it, they stay as they are.',
      examples: [{ LOG_LEVEL: 'info', DATABASE_URL: '{{secrets.orders-db}}' }],
      editor: { propertyNames: { pattern: VARIABLE_NAME.pattern.source } },
    },
  ).exactOptional(),
  layers: told(
    z.array(templated(LAYER_ARN, "the ARN of a layer's version")),
    'a list of ARNs of layer versions',
    {
      help: 'The layers, all of them, in their order. Without it, they stay as they are. For zip files only.',
      editor: { maxItems: 5 },
    },
  ).exactOptional(),
  architectures: told(
    z.array(
      told(z.string(), 'x86_64 or arm64', {
        editor: { anyOf: [{ enum: ARCHITECTURES }, { pattern: TEMPLATE }] },
      }),
    ),
    '[x86_64] or [arm64]',
    { help: 'The instruction set, one of the two.', editor: { minItems: 1, maxItems: 1 } },
  ).exactOptional(),
  ...settingsWithParts,
} satisfies { [Name in keyof SharedSettings]-?: z.ZodType<Required<SharedSettings>[Name]> };

/** What some entry has to say of every function at every target. */
export const REQUIRED_SETTINGS = {
  zipFile: ['runAsIamRole', 'handler', 'runtime'],
  image: ['runAsIamRole'],
} as const satisfies Record<PackageType, readonly string[]>;

export const provisionedConcurrency = told(
  z.int(),
  'a whole number of execution environments, 0 for none',
  {
    help: 'How many execution environments of the new version are kept ready before it gets traffic; 0 for none. Without it, as many as the version before has.',
    examples: [20],
    editor: { minimum: 0 },
  },
).exactOptional();

export const providerOption = told(
  z.strictObject({
    target: targetName.exactOptional(),
    targets: targetNames(
      'The targets that this is for, beside target. Without both, it is for all.',
    ).exactOptional(),
    name: functionName,
    runAsIamRole: executionRoleArn.exactOptional(),
    ...settingsShape,
    ...wideShape,
    provisionedConcurrency,
    keepVersions: keepVersions.exactOptional(),
  }),
  'a mapping with name, and with target, runAsIamRole and, for a zip file, handler and runtime',
);
