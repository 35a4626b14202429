import { z } from 'zod';
import { ARCHITECTURES, type FunctionSettings } from '../../domain/plan.js';
import { HANDLER, LAYER_ARN, PACKAGE_PATH, VARIABLE_NAME } from '../forms.js';
import { SUPPORTED_RUNTIMES } from '../../domain/runtimeDates.js';
import { executionRoleArn, functionName, replacedCode, targetName } from './fields.js';
import { formed, freeText, told } from './words.js';

export const artifact = told(
  z.strictObject({
    functionName,
    path: formed(PACKAGE_PATH, 'where the package lies, such as s3://bucket/key.zip', {
      help: 'The zip file in S3. Its bucket is in the region of the target.',
      examples: ['s3://packages/orders-1.4.0.zip'],
    }),
    type: told(z.literal('zipFile'), 'zipFile'),
    replacedCode: replacedCode.exactOptional(),
  }),
  'a mapping with functionName, path and type',
);

/** The settings of a function that a file and a plan write in the same way: all but the role. */
export type SharedSettings = Omit<FunctionSettings, 'role'>;

/** Every one of them, in the order of the language. */
export const settingsShape = {
  handler: freeText('what the runtime calls, such as index.handler', {
    help: 'What the runtime calls.',
    examples: ['index.handler'],
    editor: { pattern: HANDLER.pattern.source },
  }),
  runtime: freeText('a Lambda runtime, such as nodejs24.x', {
    help: "Lambda's name for the language and its version.",
    examples: ['nodejs24.x', 'python3.13'],
    // To choose from. Other names are not refused: AWS may have brought them out since.
    editor: { anyOf: [{ enum: SUPPORTED_RUNTIMES }, {}] },
  }),
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
    z.array(formed(LAYER_ARN, "the ARN of a layer's version")),
    'a list of ARNs of layer versions',
    {
      help: 'The layers, all of them, in their order. Without it, they stay as they are.',
      editor: { maxItems: 5 },
    },
  ).exactOptional(),
  architectures: told(
    z.array(told(z.string(), 'x86_64 or arm64', { editor: { enum: ARCHITECTURES } })),
    '[x86_64] or [arm64]',
    { help: 'The instruction set, one of the two.', editor: { minItems: 1, maxItems: 1 } },
  ).exactOptional(),
} satisfies { [Name in keyof SharedSettings]-?: z.ZodType<Required<SharedSettings>[Name]> };

export const providerOption = told(
  z.strictObject({
    target: targetName,
    name: functionName,
    runAsIamRole: executionRoleArn,
    ...settingsShape,
  }),
  'a mapping with target, name, runAsIamRole, handler and runtime',
);
