import { z } from 'zod';
import { namePattern } from '../../domain/naming.js';
import { MAX_TARGETS } from '../../domain/plan.js';
import {
  account,
  aliasName,
  applicationName,
  deployRoleArn,
  functionName,
  region,
  strategyName,
  targetName,
  targetNames,
} from './fields.js';
import { artifact, providerOption } from './functions.js';
import { analysisConfig } from './queries.js';
import { afterSteps, beforeSteps, context, strategySteps, unit } from './steps.js';
import { webhook } from './webhooks.js';
import { freeText, told } from './words.js';

const target = told(
  z.strictObject({
    account,
    deployAsIamRole: deployRoleArn,
    region,
    strategy: strategyName,
    constraints: told(
      z.strictObject({
        dependsOn: told(z.array(targetName), 'a list of targets', {
          help: 'Targets that must have deployed before this one starts.',
          examples: [['staging']],
        }).exactOptional(),
        beforeDeployment: beforeSteps.exactOptional(),
        afterDeployment: afterSteps.exactOptional(),
      }),
      'a mapping with dependsOn, beforeDeployment or afterDeployment',
      { help: 'What the target waits for, and what waits for it.' },
    ).exactOptional(),
  }),
  'a mapping with account, deployAsIamRole, region and strategy',
);

const strategy = told(
  z.strictObject({
    canary: told(z.strictObject({ steps: strategySteps }), 'a mapping with steps', {
      help: 'Steps from the old version to the new one.',
    }),
  }),
  'a mapping with canary',
);

const traffic = told(
  z.strictObject({
    targets: targetNames(
      'The targets that this is for. Without it, it is for all that deploy the function.',
    ).exactOptional(),
    alias: told(
      z.array(
        told(
          z.strictObject({
            functionName,
            aliasName,
          }),
          'a mapping with functionName and aliasName',
        ),
      ),
      'a list of aliases',
      { help: 'The alias that carries the traffic of each function.' },
    ),
  }),
  'a mapping with alias, and with targets',
);

const deploymentConfig = told(
  z.strictObject({
    timeout: told(
      z.strictObject({
        duration: told(z.number(), 'a number', { editor: { exclusiveMinimum: 0 } }),
        unit,
      }),
      'a mapping with duration and unit',
      {
        help: 'How long the work at one target may take. Pauses, approvals, callbacks and analyses do not count. The default is 30 minutes.',
        examples: [{ duration: 45, unit: 'minutes' }],
      },
    ).exactOptional(),
    ifDeploymentInProgress: told(
      z.strictObject({
        strategy: told(z.enum(['reject', 'enqueueOne']), 'reject or enqueueOne', {
          help: 'reject refuses a second deployment of the application (the default); enqueueOne keeps the newest waiting.',
        }),
      }),
      'a mapping with strategy',
      { help: 'What happens when a deployment of the application runs already.' },
    ).exactOptional(),
  }),
  'a mapping with timeout or ifDeploymentInProgress',
);

const includedFile = freeText('the path of a file, such as ../shared/webhooks.yaml');

/** What a file may contain. */
export const writtenDeployment = told(
  z.strictObject({
    version: told(z.literal('v1'), 'v1', { help: 'The version of the language.' }),
    kind: told(z.literal('lambda'), 'lambda', { help: 'What is deployed: AWS Lambda functions.' }),
    include: told(
      z.union([includedFile, z.array(includedFile)]),
      'a file or a list of files, such as ../shared/webhooks.yaml',
      {
        help: 'Files with parts of the deployment, by their paths from here. What this file says goes before what they say.',
        examples: [['../shared/strategies.yaml', 'webhooks.yaml']],
      },
    ).exactOptional(),
    application: applicationName,
    description: freeText('text').exactOptional(),
    context: context.exactOptional(),
    contextOverrides: told(context, 'a mapping of keys to their values', {
      help: 'Values for {{context.…}} that go before those of the file and of its steps.',
    }).exactOptional(),
    targets: told(
      z.record(z.string(), target),
      'a mapping with the name of each target as its key',
      {
        help: 'Where it is deployed: accounts and regions, by names of your own.',
        editor: {
          minProperties: 1,
          maxProperties: MAX_TARGETS,
          propertyNames: { pattern: namePattern('target') },
        },
      },
    ),
    targetFilters: told(
      z
        .array(told(z.strictObject({ includeTarget: targetName }), 'a mapping with includeTarget'))
        .min(1),
      'a list of {includeTarget: …}',
      {
        help: 'Deploys to these targets only, as if the others were not there.',
        examples: [[{ includeTarget: 'staging' }]],
      },
    ).exactOptional(),
    artifacts: told(z.array(artifact), 'a list of functions and their packages', {
      help: 'The package of each function.',
    }),
    providerOptions: told(
      z.strictObject({
        lambda: told(z.array(providerOption), 'a list of functions and targets', {
          help: 'One entry for each function at each target.',
        }),
      }),
      'a mapping with lambda',
      { help: 'The settings of the functions.' },
    ),
    strategies: told(
      z.record(z.string(), strategy),
      'a mapping with the name of each strategy as its key',
      {
        help: 'Ways to deploy, by names of your own.',
        editor: { propertyNames: { pattern: namePattern('strategy') } },
      },
    ),
    trafficManagement: told(z.array(traffic), 'a list of targets and aliases', {
      help: 'Which aliases carry the traffic. Without an alias, a function takes all traffic at once.',
    }).exactOptional(),
    analysis: analysisConfig.exactOptional(),
    webhooks: told(z.array(webhook), 'a list of webhooks', {
      help: 'The calls that runWebhook steps make.',
    }).exactOptional(),
    deploymentConfig: deploymentConfig.exactOptional(),
  }),
  'a mapping that begins with version: v1 and kind: lambda',
  { editor: { patternProperties: { '^x-': {} } } },
);

/** A deployment as it was written: shorthand and defaults still are what they are in the file. */
export type WrittenDeployment = z.infer<typeof writtenDeployment>;
