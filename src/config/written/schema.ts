import { z } from 'zod';
import { settingsShape } from '../shape/settings.js';
import { step } from './steps.js';

const text = z.string();
const targetName = text.describe('the name of a target');
const functionName = text.describe('the name of a function');
const roleArn = 'the ARN of a role, such as arn:aws:iam::111111111111:role/Deploy';

const target = z
  .strictObject({
    account: text.describe('a label for the account, such as production'),
    deployAsIamRole: text.describe(roleArn),
    region: text.describe('an AWS region, such as us-east-1'),
    strategy: text.describe('the name of a strategy'),
    constraints: z
      .strictObject({
        dependsOn: z.array(targetName).describe('a list of targets').exactOptional(),
      })
      .describe('a mapping with dependsOn')
      .exactOptional(),
  })
  .describe('a mapping with account, deployAsIamRole, region and strategy');

const artifact = z
  .strictObject({
    functionName,
    path: text.describe('where the package lies, such as s3://bucket/key.zip'),
    type: z.literal('zipFile').describe('zipFile'),
  })
  .describe('a mapping with functionName, path and type');

const providerOption = z
  .strictObject({
    target: targetName,
    name: functionName,
    runAsIamRole: text.describe("the ARN of the function's execution role"),
    ...settingsShape,
  })
  .describe('a mapping with target, name, runAsIamRole, handler and runtime');

const strategy = z
  .strictObject({
    canary: z
      .strictObject({ steps: z.array(step).describe('a list of steps, such as setWeight') })
      .describe('a mapping with steps'),
  })
  .describe('a mapping with canary');

const traffic = z
  .strictObject({
    targets: z.array(targetName).describe('a list of targets'),
    alias: z
      .array(
        z
          .strictObject({ functionName, aliasName: text.describe('the name of an alias') })
          .describe('a mapping with functionName and aliasName'),
      )
      .describe('a list of aliases'),
  })
  .describe('a mapping with targets and alias');

const deploymentConfig = z.strictObject({
  timeout: z
    .strictObject({
      duration: z.number().describe('a number'),
      unit: text.regex(/^(seconds|minutes|hours)$/i).describe('seconds, minutes or hours'),
    })
    .describe('a mapping with duration and unit')
    .exactOptional(),
  ifDeploymentInProgress: z
    .strictObject({ strategy: z.literal('reject').describe('reject') })
    .describe('a mapping with strategy')
    .exactOptional(),
});

/** What a file may contain. Each description finishes the sentence "Write …". */
export const writtenDeployment = z
  .strictObject({
    version: z.literal('v1').describe('v1'),
    kind: z.literal('lambda').describe('lambda'),
    application: text.describe('the name of the application'),
    description: text.describe('text').exactOptional(),
    context: z
      .record(text, text.describe('text'))
      .describe('a mapping of keys to their values')
      .exactOptional(),
    targets: z.record(text, target).describe('a mapping with the name of each target as its key'),
    artifacts: z.array(artifact).describe('a list of functions and their packages'),
    providerOptions: z
      .strictObject({ lambda: z.array(providerOption).describe('a list of functions and targets') })
      .describe('a mapping with lambda'),
    strategies: z
      .record(text, strategy)
      .describe('a mapping with the name of each strategy as its key'),
    trafficManagement: z.array(traffic).describe('a list of targets and aliases').exactOptional(),
    deploymentConfig: deploymentConfig
      .describe('a mapping with timeout or ifDeploymentInProgress')
      .exactOptional(),
  })
  .describe('a mapping that begins with version: v1 and kind: lambda');

/** A deployment as it was written: shorthand and defaults still are what they are in the file. */
export type WrittenDeployment = z.infer<typeof writtenDeployment>;
